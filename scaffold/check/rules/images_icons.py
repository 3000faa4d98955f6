"""G115 and G120: images other than logos and slides, and the icons that the manifest names."""

from collections.abc import Iterator
from itertools import islice

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.file_lookup import in_archive, is_missing, missing_hint
from scaffold.check.rules.images_slides import slides
from scaffold.check.rules.manifest_menu import public_first
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.documents.node import Node, Path
from scaffold.kommo.amocrm import LOGO_FORMATS
from scaffold.kommo.limits import IMAGES
from scaffold.kommo.manifest import SALESBOT_LOGO
from scaffold.text import printable

_LOOKED_AT = 50
"""How many icons are checked; real widgets have a few."""

_FORMATS: dict[str, str] = {**LOGO_FORMATS, ".svg": "SVG", ".webp": "WebP"}
_LOGO_STEMS = frozenset(logo.name.partition(".")[0] for logo in IMAGES)
_LOGOS = frozenset(f"images/{logo.name}" for logo in IMAGES if logo.always)
"""G101 reports these, even if an icon names them."""


def _icons(widget: Widget) -> Iterator[tuple[Path, Node]]:
    """Yield path and node of each icon in the manifest."""
    places: list[Path] = [("salesbot_designer", SALESBOT_LOGO)]
    for item, _ in widget.manifest.members("left_menu"):
        places.append(("left_menu", item, "icon"))
        places += (("left_menu", item, "icons", theme) for theme in ("light", "dark"))
    named = ((path, node) for path in places if (node := widget.manifest.find(*path)))
    yield from islice(named, _LOOKED_AT)


@rule("G115", "picture-format", Severity.WARNING)
def picture_format(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Image format does not match its file extension.

    What:
        A `.svg`, `.png`, `.jpg`, `.gif` or `.webp` file that contains another of these formats. Logos and
        slides have rules of their own.
    Why:
        Renaming a file does not change its format: a browser does not show a PNG as an SVG.
    Source:
        https://developers.kommo.com/docs/left-menu
    Bad:
        images/home.svg: PNG, 24x24, 76 bytes
    Good:
        images/home.svg: no such file
    """
    reported = {path for _, path in slides(widget)}
    for path in widget.tree:
        expected = _FORMATS.get(f".{path.rpartition('.')[2].lower()}")
        is_logo = path.startswith("images/") and path.removeprefix("images/").partition(".")[0] in _LOGO_STEMS
        if expected is None or path in reported or is_logo:
            continue
        image = widget.image(path)
        if image and image.format and not image.flaw and image.format != expected:
            yield Problem(path, f"the file is {image.format}, not {expected}", f"save it as {expected}")


@rule("G120", "missing-icon", public_first(Severity.WARNING), requires=("M101",))
def missing_icon(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing icon file.

    What:
        `icon` or `icons` of a `left_menu` item, or `salesbot_designer.logo`, names a file that does not
        exist. URLs on other hosts are not checked.
    Why:
        The item or block has no image; in a collapsed menu nothing else is visible.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://developers.kommo.com/docs/salesbot-sdk
    Bad:
        manifest.json
            "dark": "images/dark.svg"
    Good:
        manifest.json
            "dark": "images/menu_dark.svg"
    """
    for path, node in _icons(widget):
        file = in_archive(node.value) if isinstance(node.value, str) else ""
        if file and file not in _LOGOS and "//" not in str(node.value) and is_missing(widget, file):
            shown = printable(file[:100], 200)
            yield in_manifest(
                widget.manifest,
                f"the icon `{shown}` is not in the archive",
                missing_hint(widget, file),
                *path,
            )
