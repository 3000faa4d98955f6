"""Scaffold, check, preview and pack Kommo widgets."""

__version__ = "0.1.0"
