"""Requests to the widget's server, as the platform sends them, and that server itself where it is PHP."""
