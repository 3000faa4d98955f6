"""G10x: the logos."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.images import Image
from scaffold.check.model.png import has_all_pixels
from scaffold.check.model.widget import MANIFEST, SCRIPT, Widget
from scaffold.check.rules.file_lookup import is_missing, namesakes
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.kommo.amocrm import LOGO_FORMATS
from scaffold.kommo.areas import BY_CODE
from scaffold.kommo.limits import IMAGE_BY_NAME, IMAGE_MAX_BYTES, IMAGES, OLD_LOGO_SIZES
from scaffold.kommo.limits import Image as Logo

_KB = 1000


def _places(logo: Logo, context: Context) -> Iterator[str]:
    """Yield the paths that a logo may have, the usual one first."""
    yield f"images/{logo.name}"
    if context.platform == "amocrm":
        stem = logo.name.removesuffix(".png")
        yield from (f"images/{stem}{end}" for end in LOGO_FORMATS if end != ".png")


def _logos(widget: Widget, context: Context) -> Iterator[tuple[Logo, str, Image]]:
    """Yield each required logo that exists: what it should be, its path, what it is."""
    for logo in (*_always(), *_of_areas(widget)):
        path = next((place for place in _places(logo, context) if place in widget.tree), "")
        if image := widget.image(path):
            yield logo, path, image


def _always() -> Iterator[Logo]:
    return (logo for logo in IMAGES if logo.always)


def _of_areas(widget: Widget) -> Iterator[Logo]:
    for code in sorted(widget.manifest.areas):
        yield from (IMAGE_BY_NAME[name] for name in BY_CODE[code].images)


def _missing(widget: Widget, context: Context, logo: Logo, why: str) -> Iterator[Problem]:
    if not all(is_missing(widget, path) for path in _places(logo, context)):
        return
    path = f"images/{logo.name}"
    stem = path.removesuffix(".png")
    in_other_format = next((stem + end for end in LOGO_FORMATS if stem + end in widget.tree), "")
    hint = f"add it, {logo.width}x{logo.height} pixels"
    if other := next(namesakes(widget, path), ""):
        hint = f"move `{other}` to `{path}`"
    elif in_other_format:
        hint = f"save `{in_other_format}` as PNG"
    yield Problem(path, f"`{path}` is missing{why}", hint)


def _flaw(widget: Widget, path: str, image: Image, expected: tuple[int, int]) -> str:
    """Return why the image cannot be shown, or nothing."""
    if image.flaw:
        return image.flaw
    # Pixels are only counted at the expected size: unpacked, an image of another size may be huge.
    right_size = image.format == "PNG" and image.size == expected
    lies = right_size and not has_all_pixels(widget.tree[path])
    return "its pixels do not match its header" if lies else ""


@rule("G101", "missing-logo", Severity.ERROR, waivable=False)
def missing_logo(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing logo.

    What:
        One of `logo.png`, `logo_main.png`, `logo_medium.png`, `logo_min.png`, `logo_small.png` is missing
        from `images`. amoCRM also accepts JPEG and GIF.
    Why:
        The upload rejects the archive.
    Source:
        https://developers.kommo.com/docs/images
        https://developers.kommo.com/docs/getting-listed
    Bad:
        images/logo_small.png: no such file
    Good:
        images/logo_small.png: PNG, 108x108, 124 bytes
    """
    # Without manifest and script the folder is not a widget, and A101 is enough.
    for logo in _always() if MANIFEST in widget.tree or SCRIPT in widget.tree else ():
        yield from _missing(widget, context, logo, "")


@rule("G102", "missing-area-image", Severity.ERROR, requires=("M101",))
def missing_area_image(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing image for a declared area.

    What:
        `images/logo_dp.png` is missing, while `digital_pipeline` is declared.
    Why:
        It is the action's tile in the pipeline, and one of the three things that this area requires.
    Source:
        https://developers.kommo.com/docs/images
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        images/logo_dp.png: no such file
    Good:
        images/logo_dp.png: PNG, 174x109, 158 bytes
    """
    for code in sorted(widget.manifest.areas):
        for name in BY_CODE[code].images:
            yield from _missing(widget, context, IMAGE_BY_NAME[name], f" (needed by `{code}`)")


@rule("G103", "broken-logo", Severity.ERROR)
def broken_logo(widget: Widget, context: Context) -> Iterator[Problem]:
    """Broken logo.

    What:
        A logo that is cut off, is not an image at all, or whose pixels do not match its header.
    Why:
        The upload rejects it, or users see a broken image. Its format and size in pixels are checked once it
        can be read.
    Source:
        https://developers.kommo.com/docs/images
    Bad:
        images/logo_main.png: PNG, 400x272, 440 bytes, truncated
    Good:
        images/logo_main.png: PNG, 400x272, 448 bytes
    """
    for logo, path, image in _logos(widget, context):
        if flaw := _flaw(widget, path, image, (logo.width, logo.height)):
            yield Problem(path, f"the image cannot be read: {flaw}", "save it again")


@rule("G104", "logo-size", Severity.ERROR)
def logo_size(widget: Widget, context: Context) -> Iterator[Problem]:
    """Wrong logo size.

    What:
        A logo whose size, according to its header, differs from the vendor's table. Widgets from before 2018
        often have a smaller `logo_min.png` (42x42) and `logo_medium.png` (120x42).
    Why:
        The upload requires the exact size, and reports one logo at a time.
    Source:
        https://developers.kommo.com/docs/images
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        images/logo_min.png: PNG, 42x42, 85 bytes
    Good:
        images/logo_min.png: PNG, 84x84, 107 bytes
    """
    for logo, path, image in _logos(widget, context):
        if image.flaw or image.size in ((0, 0), (logo.width, logo.height)):
            continue
        old = ", the size used by older widgets" if image.size == OLD_LOGO_SIZES.get(logo.name) else ""
        message = f"the image is {image.width}x{image.height} pixels{old}"
        yield Problem(path, message, f"resize it to {logo.width}x{logo.height}")


@rule("G105", "logo-format", Severity.WARNING)
def logo_format(widget: Widget, context: Context) -> Iterator[Problem]:
    """Logo format does not match its file extension.

    What:
        A `.png` file that contains a JPEG, GIF, WebP or SVG. On amoCRM, JPEG and GIF logos are checked alike.
    Why:
        The vendor requires PNG. Renaming a file does not change its format, and some programs reject it.
    Source:
        https://developers.kommo.com/docs/images
    Bad:
        images/logo_main.png: JPEG, 400x272, 17 bytes
    Good:
        images/logo_main.png: PNG, 400x272, 448 bytes
    """
    for _, path, image in _logos(widget, context):
        expected = LOGO_FORMATS[path[path.rindex(".") :]]
        if not image.flaw and image.format != expected:
            yield Problem(path, f"the file is {image.format}, not {expected}", f"save it as {expected}")


@rule("G106", "heavy-logo", Severity.ERROR)
def heavy_logo(widget: Widget, context: Context) -> Iterator[Problem]:
    """Logo file is too large.

    What:
        A logo larger than 300 KB.
    Why:
        This is the vendor's limit.
    Source:
        https://developers.kommo.com/docs/images
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        images/logo_main.png: PNG, 400x272, 400448 bytes
    Good:
        images/logo_main.png: PNG, 400x272, 200448 bytes
    """
    for _, path, image in _logos(widget, context):
        if image.bytes > IMAGE_MAX_BYTES:
            weight = -(-image.bytes // _KB)
            message = f"the image is {weight} KB, the limit is {IMAGE_MAX_BYTES // _KB} KB"
            yield Problem(path, message, "save it with fewer colours or better compression")


@rule("G107", "animated-logo", {"public": Severity.WARNING}, requires=("G103", "G105"))
def animated_logo(widget: Widget, context: Context) -> Iterator[Problem]:
    """Animated logo.

    What:
        A logo with more than one frame.
    Why:
        The marketplace accepts still images only.
    Source:
        https://www.amocrm.ru/developers/content/integrations/requirements
    Bad:
        images/logo_main.png: PNG, 400x272, 468 bytes, animated
    Good:
        images/logo_main.png: PNG, 400x272, 448 bytes
    """
    for _, path, image in _logos(widget, context):
        if image.animated:
            yield Problem(path, "the image is animated", "save only its first frame")
