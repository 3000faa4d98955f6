"""Fixes findings if there is one safe and obvious way, and never makes anything worse.

- `engine`: applies all fixes of a round together, checks again, and takes back those that cause findings
- `batch`: applies fixes to an archive; `change`: what a fix is
- `fixers`: the fixer of each rule; they are in `files`, `locale_files`, `manifest_values` and `pictures`
"""
