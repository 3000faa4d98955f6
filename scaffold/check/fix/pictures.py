"""Fixes logos: each is made from the user's picture of the most similar shape, unless it would look bad."""

from collections.abc import Iterator
from posixpath import basename
from typing import NamedTuple

from scaffold.check.findings import Finding
from scaffold.check.fix.change import Fix, Left, Subject
from scaffold.check.model.images import Image
from scaffold.check.model.widget import Widget
from scaffold.errors import ScaffoldError
from scaffold.kommo.limits import IMAGE_BY_NAME, IMAGE_MAX_BYTES
from scaffold.kommo.limits import Image as Logo

MAX_ENLARGED = 2
"""A picture is not enlarged by more than this factor: it would be blurred."""

MAX_STRETCH = 1.6
"""Two shapes are similar if, at the same height, one is at most this many times as wide as the other.

A logo three times as wide as it is high leaves two thirds of a square empty, and is not readable there.
"""

SAME_SHAPE = 1.1
"""Up to this factor two shapes count as the same."""


class _Source(NamedTuple):
    path: str
    stretch: float
    enlarged: float


def fitted(subject: Subject, finding: Finding) -> Fix | Left | None:
    """Return the fix that makes a logo of the right size from the user's most suitable picture."""
    logo = IMAGE_BY_NAME.get(basename(finding.path))
    if logo is None:
        return None
    sources = list(_sources(subject.original, logo))
    if not sources:
        return Left("no picture of a similar shape is large enough: draw one, or add a larger picture")
    if not subject.draws:
        return Fix("", files={finding.path: b""})
    source = _best(subject.original, sources, finding.path)
    what = f"resize it to {logo.width}x{logo.height}, from {source}"
    return _drawn(subject, source, finding.path, what, logo)


def saved_as_png(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that saves a picture named `.png` as PNG."""
    image = subject.widget.image(finding.path)
    if not finding.path.endswith(".png") or image is None or image.animated or image.format == "SVG":
        return None
    return _drawn(subject, finding.path, finding.path, f"save the {image.format} as PNG")


def from_other_format(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that makes a missing logo from the same one in another format."""
    logo = IMAGE_BY_NAME.get(basename(finding.path))
    stem = finding.path.removesuffix(".png")
    others = (f"{stem}{end}" for end in (".jpg", ".jpeg", ".gif", ".webp"))
    source = next((path for path in others if path in subject.original.tree), "")
    image = subject.original.image(source)
    if logo is None or image is None or image.flaw or image.animated or not all(image.size):
        return None
    if _stretch(image, logo) > MAX_STRETCH or _enlarged(image, logo) > MAX_ENLARGED:
        return None
    return _drawn(subject, source, finding.path, f"save {source} as PNG", logo)


def _drawn(subject: Subject, source: str, target: str, what: str, logo: Logo | None = None) -> Fix | None:
    """Return the fix that draws `target`, fitted into `logo` if given; None if that fails."""
    if not subject.draws:
        return Fix(what, files={target: b""})
    from scaffold.files import pictures

    data = subject.original.tree[source]
    try:
        made = pictures.fit(data, [logo], IMAGE_MAX_BYTES)[logo.name] if logo else pictures.as_png(data)
    except ScaffoldError:
        return None
    return Fix(what, files={target: pictures.marked(made, source)}) if len(made) <= IMAGE_MAX_BYTES else None


def _best(original: Widget, sources: list[_Source], own: str) -> str:
    """Return the path of the picture to make a logo from: its own file, or one of the nearest shape.

    If its own would have to be enlarged, a sharper picture of the same shape that looks the same is better.
    """
    nearest = min(sources, key=lambda source: (source.stretch, source.enlarged))
    of_own = next((source for source in sources if source.path == own), nearest)
    if of_own.path != own or of_own.enlarged <= 1:
        return of_own.path
    from scaffold.files import pictures

    for source in sources:
        is_sharper = source.stretch <= SAME_SHAPE and source.enlarged <= 1
        if is_sharper and pictures.look_alike(original.tree[own], original.tree[source.path]):
            return source.path
    return own


def _sources(original: Widget, logo: Logo) -> Iterator[_Source]:
    """Yield the user's logos that `logo` can be made from."""
    for name in IMAGE_BY_NAME:
        path = f"images/{name}"
        image = original.image(path)
        if image is None or not image.format or image.format == "SVG" or image.flaw or not all(image.size):
            continue
        # What an earlier run made is not a picture of the user's.
        from scaffold.files.pictures import is_marked

        stretch, enlarged = _stretch(image, logo), _enlarged(image, logo)
        if stretch <= MAX_STRETCH and enlarged <= MAX_ENLARGED and not is_marked(original.tree[path]):
            yield _Source(path, stretch, enlarged)


def _stretch(image: Image, logo: Logo) -> float:
    """Return how much wider one of the two shapes is than the other; 1 for the same shape."""
    ratio = (image.width / image.height) / (logo.width / logo.height)
    return max(ratio, 1 / ratio)


def _enlarged(image: Image, logo: Logo) -> float:
    """Return how many times larger the picture is drawn inside `logo`."""
    return min(logo.width / image.width, logo.height / image.height)
