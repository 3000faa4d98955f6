"""G110 to G114: the slides of the tour."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.images import Image
from scaffold.check.model.widget import Widget
from scaffold.check.rules.file_lookup import in_archive, is_missing, missing_hint
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.documents.node import Path
from scaffold.kommo.amocrm import LOGO_FORMATS
from scaffold.kommo.limits import TOUR_HEIGHT, TOUR_MAX_SLIDES, TOUR_WIDTH
from scaffold.text import printable

_SEVERITY = {"private": Severity.WARNING, "public": Severity.ERROR}
"""The tour is shown in the marketplace, but a private widget may have one too."""

_LOOKED_AT = 50
"""How many slides of a locale are checked; real widgets have a few."""

_TOUR = ("tour", "tour_images")


def slides(widget: Widget) -> Iterator[tuple[Path, str]]:
    """Yield path in the manifest and path in the archive of each slide; M182 reports undeclared locales."""
    manifest = widget.manifest
    for locale, node in manifest.members(*_TOUR):
        if manifest.locales and locale not in widget.locales:
            continue
        entries = node.value if isinstance(node.value, list) else []
        for index, entry in enumerate(entries[:_LOOKED_AT]):
            if isinstance(entry.value, str):
                yield (*_TOUR, locale, index), in_archive(entry.value)


def _pictures(widget: Widget) -> Iterator[tuple[str, Image]]:
    """Yield each existing slide once, with its image."""
    for path in dict.fromkeys(path for _, path in slides(widget)):
        if image := widget.image(path):
            yield path, image


@rule("G110", "missing-slide", _SEVERITY, requires=("M101",))
def missing_slide(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing tour slide.

    What:
        A path in `tour.tour_images` of a declared locale names a file that does not exist.
    Why:
        Users see a broken image in the tour.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://developers.kommo.com/docs/getting-listed
    Bad:
        images/tour_es.png: no such file
    Good:
        images/tour_es.png: PNG, 1188x616, 1566 bytes
    """
    for path, file in slides(widget):
        if is_missing(widget, file):
            shown = printable(file[:100], 200)
            yield in_manifest(
                widget.manifest,
                f"the slide `{shown}` is not in the archive",
                missing_hint(widget, file),
                *path,
            )


@rule("G111", "slide-size", {"public": Severity.ERROR}, requires=("M101",))
def slide_size(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Wrong tour slide size.

    What:
        A slide whose size, according to its header, is not 1188x616.
    Why:
        The marketplace requires exactly this size; other sizes are stretched.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        images/tour_es.png: PNG, 800x600, 1231 bytes
    Good:
        images/tour_es.png: PNG, 1188x616, 1566 bytes
    """
    for path, image in _pictures(widget):
        if not image.flaw and image.size not in ((0, 0), (TOUR_WIDTH, TOUR_HEIGHT)):
            message = f"the slide is {image.width}x{image.height} pixels"
            yield Problem(path, message, f"resize it to {TOUR_WIDTH}x{TOUR_HEIGHT}")


@rule("G112", "too-many-slides", _SEVERITY, requires=("M101",))
def too_many_slides(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Too many tour slides.

    What:
        `tour.tour_images` has more than five images for one locale.
    Why:
        The marketplace shows one to five.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        manifest.json
            "/images/tour_es.png", "/images/tour_es.png", "/images/tour_es.png", "/images/tour_es.png"...
    Good:
        manifest.json
            "/images/tour_es.png"
    """
    for locale, node in widget.manifest.members(*_TOUR):
        count = len(node.value) if isinstance(node.value, list) else 0
        if count > TOUR_MAX_SLIDES:
            message = f"the tour has {count} slides for `{locale}`"
            yield in_manifest(
                widget.manifest, message, f"keep at most {TOUR_MAX_SLIDES}", *_TOUR, locale, TOUR_MAX_SLIDES
            )


@rule("G113", "broken-slide", _SEVERITY, requires=("M101",))
def broken_slide(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Broken tour slide.

    What:
        A slide that is cut off, or is not an image at all.
    Why:
        Users see a broken image in the tour.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        images/tour_es.png: PNG, 1188x616, 1558 bytes, truncated
    Good:
        images/tour_es.png: PNG, 1188x616, 1566 bytes
    """
    for path, image in _pictures(widget):
        if image.flaw:
            yield Problem(path, f"the image cannot be read: {image.flaw}", "save it again")


@rule("G114", "slide-format", Severity.WARNING, requires=("M101",))
def slide_format(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Tour slide format does not match its file extension.

    What:
        A `.png` file that contains a JPEG, or the other way round.
    Why:
        Renaming a file does not change its format, and some programs reject it.
    Source:
        https://developers.kommo.com/docs/getting-listed
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        images/tour_es.png: JPEG, 1188x616, 17 bytes
    Good:
        images/tour_es.png: PNG, 1188x616, 1566 bytes
    """
    for path, image in _pictures(widget):
        expected = LOGO_FORMATS.get(f".{path.rpartition('.')[2].lower()}")
        if expected and not image.flaw and image.format != expected:
            yield Problem(path, f"the file is {image.format}, not {expected}", f"save it as {expected}")
