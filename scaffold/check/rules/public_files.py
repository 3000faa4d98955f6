"""P10x: what the marketplace requires of a public widget's manifest and files."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from posixpath import basename, splitext

from scaffold.check.findings import Severity
from scaffold.check.model.places import Place
from scaffold.check.model.widget import MANIFEST, SCRIPT, Widget
from scaffold.check.rules.loading import is_library
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.kommo.limits import IMAGE_BY_NAME, TOUR_HEIGHT, TOUR_MAX_SLIDES, TOUR_WIDTH

_PUBLIC = {"public": Severity.WARNING}

_READ_TEXTS = (".js", ".css", ".json", ".twig", ".html", ".htm", ".php", ".svg")
_OF_THE_PLATFORM = frozenset({MANIFEST, SCRIPT, "style.css", "widget.php", "amoforms.js", "personal_page.js"})
_WORD = re.compile(rb"\w+")
_MIN_BYTES = 400
"""A smaller script may well be on one line."""
_MAX_MEAN_BYTES = 200
"""Mean line length from which a script counts as minified; readable bundles have 40."""
_TEXT = rb""""(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'|`(?:[^`\\]++|\\.)*+`"""
"""A string literal: a picture or template inside one says nothing about the code around it."""


@rule("P101", "missing-tour", _PUBLIC, requires=("M101", "M105"))
def missing_tour(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing tour.

    What:
        The block `tour` is missing.
    Why:
        The manifest's table calls it required, although the marketplace's checklist does not mention it.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
              "version": "1.0.1",
              }
            }
    Good:
        manifest.json
                "version": "1.0.0",
              },
              "tour": {
                "is_tour": true,
                "tour_images": {
                  "en": [
                    "/images/tour_en.png"
                  ],
                  "es": [
                    "/images/tour_es.png"
            ...
    """
    if widget.manifest.find("tour") is None:
        hint = "add `tour` with one to five slides of 1188x616 pixels for each locale"
        yield in_manifest(widget.manifest, "`tour` is missing", hint, "tour")


@rule("P102", "minified-script", _PUBLIC)
def minified_script(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Minified script.

    What:
        A script with more than 200 bytes per line on average, strings not counted. Scripts below 400 bytes
        and third-party libraries in files of their own are not checked.
    Why:
        A person reviews the script before it is published, and a minified one slows that down.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            define(['jquery'], function ($) {return function () {var self = this;this.callbacks = {ren...
    Good:
        script.js
            define(['jquery', './lib/score'], function ($) {
              return function () {
                var self = this;

                this.callbacks = {
                  render: function () {
                    self.render_template({
                      caption: { class_name: 'acme-caption' },
                      body: '',
                      render: $('<p>').text(self.i18n('widget.name')).prop('outerHTML'),
            ...
    """
    for path, data in widget.tree.items():
        if not path.endswith(".js") or len(data) < _MIN_BYTES or is_library(widget, path):
            continue
        if _mean_line(data) > _MAX_MEAN_BYTES:
            hint = "ship the script without minification"
            yield Problem(path, "the script is minified", hint, Place(1, 1))


def _mean_line(data: bytes) -> float:
    lines = [line for line in re.sub(_TEXT, b'""', data).split(b"\n") if line.strip()]
    return sum(map(len, lines)) / max(1, len(lines))


@rule("P103", "unused-file", _PUBLIC, requires=("M101",))
def unused_file(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unused file.

    What:
        A file that the CRM does not load and that no script, style sheet, template or JSON file of the
        archive mentions, with or without its extension. Images of a slide's size are not reported while the
        tour is missing or incomplete, nor SVGs while the left menu has no icons: that is reported instead.
    Why:
        The marketplace rejects unused files, tests and sources.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        images/old_banner.png: PNG, 10x10, 71 bytes
    Good:
        images/old_banner.png: no such file
    """
    texts = {path: data for path, data in widget.tree.items() if path.endswith(_READ_TEXTS)}
    lacks_slides, lacks_icons = _lacks_slides(widget), _lacks_icons(widget)
    naming = _by_words(texts)
    for path in widget.tree:
        if path in _OF_THE_PLATFORM or path.startswith("i18n/") or basename(path) in IMAGE_BY_NAME:
            continue
        name = splitext(basename(path))[0].encode()
        is_used = any(_names(texts[other], name) for other in naming(name) if other != path)
        may_be_named = (lacks_slides and _may_be_slide(widget, path)) or (
            lacks_icons and path.endswith(".svg")
        )
        if not is_used and not may_be_named:
            yield Problem(path, f"`{path}` is not used anywhere", "delete it")


def _by_words(texts: Mapping[str, bytes]) -> Callable[[bytes], Iterable[str]]:
    """Return a function from a name to the texts that contain every word of it."""
    having: dict[bytes, dict[str, None]] = {}
    for path, data in texts.items():
        for word in set(_WORD.findall(data)):
            having.setdefault(word, {})[path] = None

    def naming(name: bytes) -> Iterable[str]:
        found = sorted((having.get(word, {}) for word in _WORD.findall(name)), key=len)
        return [path for path in found[0] if all(path in other for other in found)] if found else list(texts)

    return naming


def _names(data: bytes, name: bytes) -> bool:
    """Return whether a text contains `name` as a whole word: `old` is not in `folder`."""
    return name in data and re.search(rb"(?<!\w)" + re.escape(name) + rb"(?!\w)", data) is not None


def _lacks_slides(widget: Widget) -> bool:
    """Return whether the tour has no image for some locale, or names one that does not exist."""
    images = dict(widget.manifest.members("tour", "tour_images"))
    for locale in widget.manifest.locales:
        named = images[locale].plain() if locale in images else []
        paths = named if isinstance(named, list) else []
        if not paths or any(str(path).lstrip("./") not in widget.tree for path in paths[:TOUR_MAX_SLIDES]):
            return True
    return False


def _lacks_icons(widget: Widget) -> bool:
    """Return whether `widget_page` is declared and an icon of the left menu is missing or not an SVG."""
    if "widget_page" not in widget.manifest.areas:
        return False
    items = [item for _, item in widget.manifest.members("left_menu")]
    icons = [item.find("icons", scheme) for item in items for scheme in ("light", "dark")]
    paths = [str(icon.value).lstrip("./") if icon else "" for icon in icons]
    return not paths or any(path not in widget.tree or not path.endswith(".svg") for path in paths)


def _may_be_slide(widget: Widget, path: str) -> bool:
    image = widget.image(path)
    return image is not None and image.size == (TOUR_WIDTH, TOUR_HEIGHT)
