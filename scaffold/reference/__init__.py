"""The reference: pages of prose and tables, the same on the command line and in the repository."""
