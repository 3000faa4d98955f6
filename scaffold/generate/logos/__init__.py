"""The pictures of a widget: placeholders drawn from its name and code, or the user's own, scaled.

Pillow is imported only when a function is called.
"""

from scaffold.generate.logos.placeholders import draw, slides
from scaffold.pictures import fit

__all__ = ["draw", "fit", "slides"]
