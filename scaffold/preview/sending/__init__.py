"""Sends the platform's requests to the widget's server, and runs that server if it is PHP."""
