"""A project that grows: areas and languages that come and go, newer templates, widgets made elsewhere."""
