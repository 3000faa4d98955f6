"""The fake REST API: an account in memory that answers as the CRM does. Knows nothing of sockets."""
