"""The pictures of a widget: placeholders drawn from its name and code, or the user's own, scaled.

Only `fit` needs Pillow: placeholders are put together from parts.
"""

from collections.abc import Iterable

from scaffold.files import pictures
from scaffold.generate.logos.placeholders import draw, slides
from scaffold.kommo.limits import IMAGE_BY_NAME, IMAGE_MAX_BYTES

__all__ = ["draw", "fit", "slides"]


def fit(picture: bytes, names: Iterable[str]) -> dict[str, bytes]:
    """Return a user's picture as each of `names` (of `limits.IMAGES`): file name -> PNG.

    Raises ScaffoldError if it is not a picture or too large.
    """
    return pictures.fit(picture, [IMAGE_BY_NAME[name] for name in names], IMAGE_MAX_BYTES)
