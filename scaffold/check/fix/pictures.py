"""Mends the size of a logo."""

from collections.abc import Iterator
from posixpath import basename

from scaffold.check.findings import Finding
from scaffold.check.model.model import Widget
from scaffold.errors import ScaffoldError
from scaffold.kommo.limits import IMAGE_BY_NAME, Image

MAX_ENLARGED = 2
"""A picture is not drawn larger than so many times: it would be a blur."""


def fitted(widget: Widget, finding: Finding) -> tuple[bytes, str] | None:
    """Return the logo in its right size, made of the widget's largest one."""
    logo = IMAGE_BY_NAME.get(basename(finding.path))
    if logo is None:
        return None
    from scaffold.files import pictures

    for path in _largest_first(widget, logo):
        try:
            picture = pictures.fit(widget.tree[path], [logo.name])[logo.name]
        except ScaffoldError:
            continue
        was = widget.image(finding.path)
        size = f"{was.width}x{was.height} " if was else ""
        return picture, f"{size}fitted into {logo.width}x{logo.height}, from {path}"
    return None


def _largest_first(widget: Widget, logo: Image) -> Iterator[str]:
    """Yield the logos that are large enough to make `logo` of."""
    sizes = {}
    for name in IMAGE_BY_NAME:
        path = f"images/{name}"
        image = widget.image(path)
        if image and image.format and not image.flaw:
            sizes[path] = image.size
    for path, (width, height) in sorted(sizes.items(), key=lambda item: (-item[1][0] * item[1][1], item[0])):
        if max(width / logo.width, height / logo.height) * MAX_ENLARGED >= 1:
            yield path
