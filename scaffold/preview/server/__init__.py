"""The local server of the preview page."""
