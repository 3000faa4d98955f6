"""See the widget run: a loopback server, the host's page, a fake REST API, and the headless run."""
