"""The widget that `new` generates."""
