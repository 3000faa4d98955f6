"""Generates, checks, previews and packs Kommo widgets."""

__version__ = "0.1.0"
