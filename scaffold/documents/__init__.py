"""Documents as text with positions: JSON, YAML and TOML, each value knows where it stands."""
