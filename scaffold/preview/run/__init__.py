"""Runs the preview in a headless browser."""
