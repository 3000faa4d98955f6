"""JSON, YAML and TOML as nodes: every value has a position in the text."""
