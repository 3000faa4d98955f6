"""House templates: an agency's own cookiecutter templates, laid over every widget.

`opened` fetches one, the `Layer` it gives asks, checks and lays; `recorded` makes its path one that lasts.
cookiecutter itself runs in a child process only, in a folder of its own: see `worker`.
"""

from scaffold.generate.overlay.fetching import is_named, recorded
from scaffold.generate.overlay.layer import Laid, Layer, Trust, opened, starter

__all__ = ["Laid", "Layer", "Trust", "is_named", "opened", "recorded", "starter"]
