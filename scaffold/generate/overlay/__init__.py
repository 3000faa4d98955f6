"""Overlay templates: an agency's own cookiecutter templates, applied on top of every widget.

`opened` fetches one; the `Layer` it yields asks its questions, checks answers and applies it; `recorded`
makes its path relative to the record. cookiecutter itself runs only in a child process, in a folder of its
own: see `worker`.
"""

from scaffold.generate.overlay.fetching import is_named, recorded
from scaffold.generate.overlay.layer import Applied, Layer, Trust, opened, starter

__all__ = ["Applied", "Layer", "Trust", "is_named", "opened", "recorded", "starter"]
