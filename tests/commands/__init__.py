"""Command lines that belong to no package of their own, and what they print."""
