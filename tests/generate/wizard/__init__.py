"""The wizard, driven by keys."""
