"""The read model: a widget as the rules see it, each file parsed once, on first use."""
