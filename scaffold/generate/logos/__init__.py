"""The pictures of a widget: placeholders drawn from its name and code, or a picture of the user's, fitted.

Nothing here imports Pillow before it is called.
"""

from scaffold.generate.logos.placeholders import draw, slides
from scaffold.pictures import fit

__all__ = ["draw", "fit", "slides"]
