"""Changes to a project: areas and languages added and removed, newer templates, widgets made elsewhere."""
