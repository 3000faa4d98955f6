"""Tests of the wizard, driven by keys."""
