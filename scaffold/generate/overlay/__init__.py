"""Overlay templates: an agency's own cookiecutter templates, applied over every widget.

`opened` fetches one, the `Layer` it gives asks, checks and applies; `recorded` makes its path one that lasts.
cookiecutter itself runs in a child process only, in a folder of its own: see `worker`.
"""

from scaffold.generate.overlay.fetching import is_named, recorded
from scaffold.generate.overlay.layer import Applied, Layer, Trust, opened, starter

__all__ = ["Applied", "Layer", "Trust", "is_named", "opened", "recorded", "starter"]
