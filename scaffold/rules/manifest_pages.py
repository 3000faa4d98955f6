"""M17x and M18x: the left menu, the tour, and the web forms of the sibling product."""

from collections.abc import Iterator

from scaffold.findings import Severity
from scaffold.kommo.manifest import MENU_ALWAYS_SHOWN, MENU_SYSTEM_ITEMS
from scaffold.nodes import Node
from scaffold.rules.registry import Context, Problem, in_manifest, rule
from scaffold.widget.model import Widget

_READABLE = ("M101", "M105")
_PUBLIC_FIRST = {"public": Severity.ERROR, "private": Severity.ERROR}
"""The left menu is for public integrations, and an example of it is clean only there."""
_WARNING_PUBLIC_FIRST = dict.fromkeys(_PUBLIC_FIRST, Severity.WARNING)


def _own_items(widget: Widget) -> Iterator[tuple[str, Node]]:
    for code, node in widget.manifest.members("left_menu"):
        if code not in MENU_SYSTEM_ITEMS:
            yield code, node


@rule("M170", "menu-title", _PUBLIC_FIRST, requires=_READABLE)
def menu_title(widget: Widget, _context: Context) -> Iterator[Problem]:
    """An item of the left menu has no title.

    What:
        An item of `left_menu`, or of its `submenu`, that is no object or has no `title`.
    Why:
        Nobody can see what to click.
    Source:
        https://developers.kommo.com/docs/left-menu
    Bad:
        * with tour
        * with widget_page
        manifest.json {"left_menu": {"acme": {"title": null}}}
    Good:
        * with tour
        * with widget_page
    """
    items: list[tuple[tuple[str, ...], Node]] = [
        (("left_menu", code), node) for code, node in _own_items(widget)
    ]
    for code, _ in widget.manifest.members("left_menu"):
        for sub, node in widget.manifest.members("left_menu", code, "submenu"):
            items.append((("left_menu", code, "submenu", sub), node))
    for path, node in items:
        title = node.find("title")
        if not (title and isinstance(title.value, str) and title.value):
            hint = "add the key of a text, such as `menu.title`"
            yield in_manifest(f"`{'.'.join(path)}` has no `title`", hint, *path, "title")


@rule("M171", "menu-icon", _WARNING_PUBLIC_FIRST, requires=_READABLE)
def menu_icon(widget: Widget, _context: Context) -> Iterator[Problem]:
    """An item of the left menu has no icon.

    What:
        An item of `left_menu` of your own with neither `icons` (light and dark) nor the older `icon`.
    Why:
        The folded menu shows icons only.
    Source:
        https://developers.kommo.com/docs/left-menu
    Bad:
        * with tour
        * with widget_page
        manifest.json {"left_menu": {"acme": {"icons": null}}}
    Good:
        * with tour
        * with widget_page
        manifest.json {"left_menu": {"acme": {"icons": null, "icon": "images/logo_min.png"}}}
    """
    for code, node in _own_items(widget):
        if isinstance(node.value, dict) and not node.value.keys() & {"icon", "icons"}:
            hint = 'add `"icons": {"light": "images/...", "dark": "images/..."}`'
            yield in_manifest(f"`left_menu.{code}` has no icon", hint, "left_menu", code)


@rule("M172", "menu-after", _WARNING_PUBLIC_FIRST, requires=_READABLE)
def menu_after(widget: Widget, _context: Context) -> Iterator[Problem]:
    """An item of the left menu stands after one that does not exist.

    What:
        `sort.after` of an item is no item of the system's menu.
    Why:
        The item stands last then.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://www.amocrm.ru/developers/content/web_sdk/left_menu
    Bad:
        * with tour
        * with widget_page
        manifest.json {"left_menu": {"acme": {"sort": {"after": "deals"}}}}
    Good:
        * with tour
        * with widget_page
        manifest.json {"left_menu": {"acme": {"sort": {"after": "stats"}}}}
    """
    for code, node in _own_items(widget):
        after = node.find("sort", "after")
        if after and after.value not in MENU_SYSTEM_ITEMS:
            hint = f"use {', '.join(MENU_SYSTEM_ITEMS)}"
            path = ("left_menu", code, "sort", "after")
            yield in_manifest(f"`{after.plain()}` is no item of the menu", hint, *path)


@rule("M173", "menu-settings-hidden", _WARNING_PUBLIC_FIRST, requires=_READABLE)
def menu_settings_hidden(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The left menu's Settings are to be hidden.

    What:
        `left_menu.settings.is_hidden` is true.
    Why:
        Settings is the one item that cannot be hidden.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://www.amocrm.ru/developers/content/web_sdk/left_menu
    Bad:
        * with tour
        * with widget_page
        manifest.json {"left_menu": {"settings": {"is_hidden": true}}}
    Good:
        * with tour
        * with widget_page
        manifest.json {"left_menu": {"stats": {"is_hidden": true}}}
    """
    if widget.manifest.value("left_menu", MENU_ALWAYS_SHOWN, "is_hidden") is True:
        path = ("left_menu", MENU_ALWAYS_SHOWN, "is_hidden")
        yield in_manifest("`settings` of the left menu cannot be hidden", "delete it", *path)


@rule("M180", "tour-flag", Severity.WARNING, requires=_READABLE)
def tour_flag(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The tour is not switched on.

    What:
        `tour.is_tour` is missing or anything else than true.
    Why:
        Only true is allowed; a widget without a tour has no `tour` block.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        * with tour
        manifest.json {"tour": {"is_tour": false}}
    Good:
        * with tour
    """
    if widget.manifest.find("tour") and widget.manifest.value("tour", "is_tour") is not True:
        yield in_manifest("`tour.is_tour` is not true", "write true", "tour", "is_tour")


@rule("M181", "tour-images", Severity.WARNING, requires=_READABLE)
def tour_images(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The tour's pictures are not lists of paths by locale.

    What:
        `tour.tour_images` is missing, is no object, or holds something else than lists of texts.
    Why:
        The tour has nothing to show.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        * with tour
        manifest.json {"tour": {"tour_images": {"en": "/images/tour_en.png"}}}
    Good:
        * with tour
    """
    tour = widget.manifest.find("tour")
    if tour is None:
        return
    images = tour.find("tour_images")
    if images is None or not isinstance(images.value, dict):
        hint = 'write `{"en": ["/images/tour_en.png"]}`'
        yield in_manifest("`tour.tour_images` is not an object by locale", hint, "tour", "tour_images")
        return
    for locale, node in images.items():
        entries = node.value if isinstance(node.value, list) else []
        if not entries or not all(isinstance(entry.value, str) for entry in entries):
            message = f"`tour.tour_images.{locale}` is not a list of paths"
            yield in_manifest(message, 'write `["/images/..."]`', "tour", "tour_images", locale)


@rule("M182", "tour-locales", Severity.WARNING, requires=(*_READABLE, "M115"))
def tour_locales(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The tour's locales are not those of the widget.

    What:
        `tour.tour_images` has no pictures for a declared locale, or has some for one that is not declared.
        Where the file of texts is missing or not declared either, that is told instead.
    Why:
        Users of that language see no tour; the others' pictures are never seen.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        * with tour
        manifest.json {"tour": {"tour_images": {"es": null}}}
    Good:
        * with tour
    """
    manifest = widget.manifest
    images = dict(manifest.members("tour", "tour_images"))
    if not images:
        return
    for locale in manifest.locales:
        if locale not in images and locale in widget.texts:
            hint = f"add the list `{locale}`"
            yield in_manifest(f"the tour has no pictures for `{locale}`", hint, "tour", "tour_images", locale)
    for locale in images.keys() - set(manifest.locales) - set(widget.texts):
        hint = "add the locale to `widget.locale`, or delete its pictures"
        message = f"the tour has pictures for `{locale}`, which is not declared"
        yield in_manifest(message, hint, "tour", "tour_images", locale)


@rule("M183", "tour-description", Severity.WARNING, requires=_READABLE)
def tour_description(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The tour has no description.

    What:
        `tour.tour_description` is missing or no text.
    Why:
        It stands beside the pictures; the sibling product requires it.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        * with tour
        manifest.json {"tour": {"tour_description": null}}
    Good:
        * with tour
    """
    text = widget.manifest.value("tour", "tour_description")
    if widget.manifest.find("tour") and not (isinstance(text, str) and text):
        hint = "add the key of a text, such as `tour.description`"
        message = "`tour.tour_description` is missing or no text"
        yield in_manifest(message, hint, "tour", "tour_description")


@rule("M190", "web-form-title", Severity.ERROR, requires=_READABLE, platforms=("amocrm",))
def web_form_title(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The widget's part of a web form has no title.

    What:
        `amoforms_settings` has no `title`, or one that is no text.
    Why:
        It is required as soon as there is the block.
    Source:
        https://www.amocrm.ru/developers/content/integrations/amoforms-widgets
    Bad:
        * with amoforms
        manifest.json {"amoforms_settings": {"title": null}}
    Good:
        * with amoforms
    """
    title = widget.manifest.value("amoforms_settings", "title")
    if widget.manifest.find("amoforms_settings") and not (isinstance(title, str) and title):
        hint = "add the key of a text"
        message = "`amoforms_settings.title` is missing or no text"
        yield in_manifest(message, hint, "amoforms_settings", "title")
