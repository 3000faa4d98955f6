"""M18x: the tour; M190: the web forms of amoCRM."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_comments import is_comment
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule


@rule("M180", "tour-flag", Severity.WARNING, requires=READABLE)
def tour_flag(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Tour is not enabled.

    What:
        `tour.is_tour` is missing or not true.
    Why:
        Only true is valid; a widget without a tour has no `tour` block.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "is_tour": false,
    Good:
        manifest.json
            "is_tour": true,
    """
    if widget.manifest.find("tour") and widget.manifest.value("tour", "is_tour") is not True:
        yield in_manifest(widget.manifest, "`tour.is_tour` is not true", "write true", "tour", "is_tour")


@rule("M181", "tour-images", Severity.WARNING, requires=READABLE)
def tour_images(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid list of tour images.

    What:
        `tour.tour_images` is missing, is not an object, or contains anything but lists of strings.
    Why:
        The tour has nothing to show.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "en": "/images/tour_en.png",
    Good:
        manifest.json
            "en": [
              "/images/tour_en.png"
            ],
    """
    tour = widget.manifest.find("tour")
    if tour is None:
        return
    images = tour.find("tour_images")
    if images is None or not isinstance(images.value, dict):
        hint = 'write `{"en": ["/images/tour_en.png"]}`'
        yield in_manifest(
            widget.manifest, "`tour.tour_images` is not an object by locale", hint, "tour", "tour_images"
        )
        return
    for locale, node in ((key, node) for key, node in images.items() if not is_comment(key)):
        entries = node.value if isinstance(node.value, list) else []
        if not entries or not all(isinstance(entry.value, str) for entry in entries):
            message = f"`tour.tour_images.{locale}` is not a list of paths"
            yield in_manifest(
                widget.manifest, message, 'write `["/images/..."]`', "tour", "tour_images", locale
            )


@rule("M182", "tour-locales", Severity.WARNING, requires=(*READABLE, "M115"))
def tour_locales(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Tour locales differ from the widget's locales.

    What:
        `tour.tour_images` has no images for a declared locale, or has images for one that is not declared. If
        the locale file is missing or undeclared as well, that is reported instead.
    Why:
        Users of that language see no tour; images of other locales are never shown.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
              "/images/tour_en.png"
            ]
    Good:
        manifest.json
            ],
            "es": [
              "/images/tour_es.png"
    """
    manifest = widget.manifest
    images = dict(manifest.members("tour", "tour_images"))
    if not images:
        return
    for locale in widget.locales:
        if locale not in images and locale in widget.texts:
            hint = f"add images for `{locale}`"
            yield in_manifest(
                manifest, f"the tour has no images for `{locale}`", hint, "tour", "tour_images", locale
            )
    for locale in images.keys() - set(widget.locales) - set(widget.texts):
        if is_comment(locale):
            continue
        hint = f"add `{locale}` to `widget.locale`, or delete its images"
        message = f"the tour has images for `{locale}`, which is not declared"
        yield in_manifest(manifest, message, hint, "tour", "tour_images", locale)


@rule("M183", "tour-description", Severity.WARNING, requires=READABLE)
def tour_description(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing tour description.

    What:
        `tour.tour_description` is missing or not a string.
    Why:
        It is shown beside the images; amoCRM requires it.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
            }
    Good:
        manifest.json
            },
            "tour_description": "tour.description"
    """
    text = widget.manifest.value("tour", "tour_description")
    if widget.manifest.find("tour") and not (isinstance(text, str) and text):
        hint = "add the key of a text, such as `tour.description`"
        message = "`tour.tour_description` is missing or not a string"
        yield in_manifest(widget.manifest, message, hint, "tour", "tour_description")


@rule("M190", "web-form-title", Severity.ERROR, requires=READABLE, platforms=("amocrm",))
def web_form_title(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing title of the web form block.

    What:
        `amoforms_settings` has no `title`, or one that is not a string.
    Why:
        It is required in every such block.
    Source:
        https://www.amocrm.ru/developers/content/integrations/amoforms-widgets
    Bad:
        manifest.json
            "amoforms_settings": {
              "required": false
    Good:
        manifest.json
            "title": "widget.name",
    """
    title = widget.manifest.value("amoforms_settings", "title")
    if widget.manifest.find("amoforms_settings") and not (isinstance(title, str) and title):
        hint = "add the key of a text"
        message = "`amoforms_settings.title` is missing or not a string"
        yield in_manifest(widget.manifest, message, hint, "amoforms_settings", "title")
