"""M17x: the left menu."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.values import is_text
from scaffold.documents.node import Node
from scaffold.kommo.manifest import MENU_AFTER, MENU_ALWAYS_SHOWN, MENU_SYSTEM_ITEMS
from scaffold.kommo.marketplace import MENU_ICON_FORMAT

_PUBLIC_FIRST = {"public": Severity.ERROR, "private": Severity.ERROR}
"""Public first: examples are checked with the first profile, and a left menu needs a public widget."""
_WARNING_PUBLIC_FIRST = dict.fromkeys(_PUBLIC_FIRST, Severity.WARNING)
_INFO_PUBLIC_FIRST = dict.fromkeys(_PUBLIC_FIRST, Severity.INFO)

_SCHEMES = ("light", "dark")
"""Colour schemes of the CRM; each has its own icon."""


def _own_items(widget: Widget) -> Iterator[tuple[str, Node]]:
    for code, node in widget.manifest.members("left_menu"):
        if code not in MENU_SYSTEM_ITEMS:
            yield code, node


@rule("M170", "menu-title", _PUBLIC_FIRST, requires=READABLE)
def menu_title(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing title of a left menu item.

    What:
        An item of your own in `left_menu`, or an item of any `submenu`, is not an object or has no `title`;
        or `left_menu` is empty, while `widget_page` is declared.
    Why:
        Without a title, users cannot see what to click.
    Source:
        https://developers.kommo.com/docs/left-menu
    Bad:
        manifest.json
            "acme": {
              "icons": {
    Good:
        manifest.json
            "title": "menu.title",
    """
    if "widget_page" in widget.manifest.areas and widget.manifest.value("left_menu") == {}:
        yield in_manifest(
            widget.manifest, "`left_menu` has no item", "add an item with `title` and `icons`", "left_menu"
        )
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
            yield in_manifest(widget.manifest, f"`{'.'.join(path)}` has no `title`", hint, *path, "title")


@rule("M171", "menu-icon", _WARNING_PUBLIC_FIRST, requires=READABLE)
def menu_icon(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing icon of a left menu item.

    What:
        An item of your own in `left_menu` has neither `icons` (light and dark) nor the older `icon`, or one
        of them is empty or not a path.
    Why:
        The collapsed menu shows icons only.
    Source:
        https://developers.kommo.com/docs/left-menu
    Bad:
        manifest.json
            "title": "menu.title",
            "sort": {
    Good:
        manifest.json
            "icons": {
              "light": "images/menu_light.svg",
              "dark": "images/menu_dark.svg"
            },
    """
    for code, node in _own_items(widget):
        if isinstance(node.value, dict) and not node.value.keys() & {"icon", "icons"}:
            hint = 'add `"icons": {"light": "images/...", "dark": "images/..."}`'
            yield in_manifest(widget.manifest, f"`left_menu.{code}` has no icon", hint, "left_menu", code)
        for keys in _empty_icons(node):
            path = ("left_menu", code, *keys)
            message, hint = f"`{'.'.join(path)}` is not a path", "write the path of an image in the archive"
            if keys == ("icons",):
                message = f"`{'.'.join(path)}` has neither `light` nor `dark`"
                hint = 'write `{"light": "images/...", "dark": "images/..."}`'
            yield in_manifest(widget.manifest, message, hint, *path)


def _empty_icons(item: Node) -> Iterator[tuple[str, ...]]:
    """Yield the keys of an item's icons that are empty or not a path."""
    if (icon := item.find("icon")) and not is_text(icon):
        yield ("icon",)
    if icons := item.find("icons"):
        schemes = [(scheme, icons.find(scheme)) for scheme in _SCHEMES]
        if not any(found for _, found in schemes):
            yield ("icons",)
        yield from (("icons", scheme) for scheme, found in schemes if found and not is_text(found))


@rule("M175", "menu-icon-deprecated", _INFO_PUBLIC_FIRST, requires=(*READABLE, "M171"), platforms=("kommo",))
def menu_icon_deprecated(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Deprecated icon key of a left menu item.

    What:
        An item of your own in `left_menu` has `icon` but no `icons`.
    Why:
        `icon` is kept for compatibility only, and looks the same in the light and the dark scheme.
    Source:
        https://developers.kommo.com/changelog/left-menu-logos-update
    Bad:
        manifest.json
            "title": "menu.title",
            "sort": {
            },
            "icon": "images/menu_light.svg"
    Good:
        manifest.json
            "icons": {
              "light": "images/menu_light.svg",
              "dark": "images/menu_dark.svg"
            },
            }
    """
    for code, node in _own_items(widget):
        if isinstance(node.value, dict) and "icon" in node.value and "icons" not in node.value:
            hint = 'write `"icons": {"light": "images/...", "dark": "images/..."}`'
            yield in_manifest(
                widget.manifest, f"`left_menu.{code}.icon` is deprecated", hint, "left_menu", code, "icon"
            )


@rule("M176", "menu-icon-format", {"public": Severity.WARNING}, requires=READABLE, platforms=("kommo",))
def menu_icon_format(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Left menu icon is not an SVG.

    What:
        `icons.light` or `icons.dark` of an item names a file that does not end in .svg.
    Why:
        The marketplace's checklist applies to left menu icons: SVG, your own design, with a contrast of at
        least 3.0.
    Source:
        https://developers.kommo.com/changelog/left-menu-logos-update
        https://developers.kommo.com/docs/getting-listed
    Bad:
        manifest.json
            "dark": "images/logo_min.png"
    Good:
        manifest.json
            "dark": "images/menu_dark.svg"
    """
    for code, node in _own_items(widget):
        for scheme in _SCHEMES:
            icon = node.find("icons", scheme)
            name = icon.value.partition("?")[0].lower() if icon and isinstance(icon.value, str) else ""
            if name and not name.endswith(MENU_ICON_FORMAT):
                path = ("left_menu", code, "icons", scheme)
                yield in_manifest(
                    widget.manifest, f"`{'.'.join(path)}` is not an SVG", "save the icon as an SVG", *path
                )


@rule("M172", "menu-after", _WARNING_PUBLIC_FIRST, requires=READABLE)
def menu_after(widget: Widget, context: Context) -> Iterator[Problem]:
    """Left menu item placed after an unknown item.

    What:
        `sort.after` of an item is not an item of the system menu. Customers, lists and mail exist on amoCRM
        only.
    Why:
        The item is placed last.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://www.amocrm.ru/developers/content/web_sdk/left_menu
    Bad:
        manifest.json
            "after": "deals"
    Good:
        manifest.json
            "after": "stats"
    """
    for code, node in _own_items(widget):
        after = node.find("sort", "after")
        if after and after.value not in MENU_AFTER[context.platform]:
            hint = f"use {', '.join(MENU_AFTER[context.platform])}"
            path = ("left_menu", code, "sort", "after")
            yield in_manifest(
                widget.manifest, f"`{after.plain()}` is not an item of the system menu", hint, *path
            )


@rule("M173", "menu-settings-hidden", _WARNING_PUBLIC_FIRST, requires=READABLE)
def menu_settings_hidden(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Settings hidden from the left menu.

    What:
        `left_menu.settings.is_hidden` is true.
    Why:
        Settings is the one item that cannot be hidden.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://www.amocrm.ru/developers/content/web_sdk/left_menu
    Bad:
        manifest.json
            "settings": {
    Good:
        manifest.json
            "stats": {
    """
    if widget.manifest.value("left_menu", MENU_ALWAYS_SHOWN, "is_hidden") is True:
        path = ("left_menu", MENU_ALWAYS_SHOWN, "is_hidden")
        yield in_manifest(widget.manifest, "`left_menu.settings` cannot be hidden", "delete it", *path)


@rule("M174", "menu-value-type", _WARNING_PUBLIC_FIRST, requires=READABLE)
def menu_value_type(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Wrong value type in the left menu block.

    What:
        `is_hidden` of an item is not true or false, or `sort` of a sub-item is not a number.
    Why:
        `"false"` may count as true, and strings do not sort like numbers.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://www.amocrm.ru/developers/content/web_sdk/left_menu
    Bad:
        manifest.json
            "is_hidden": "true"
    Good:
        manifest.json
            "is_hidden": true
    """
    for code, node in widget.manifest.members("left_menu"):
        hidden = node.find("is_hidden")
        if hidden and not isinstance(hidden.value, bool):
            message = f"`left_menu.{code}.is_hidden` is not true or false"
            yield in_manifest(
                widget.manifest,
                message,
                "write true or false, without quotes",
                "left_menu",
                code,
                "is_hidden",
            )
        for sub, item in widget.manifest.members("left_menu", code, "submenu"):
            sort = item.find("sort")
            if sort and (isinstance(sort.value, bool) or not isinstance(sort.value, int)):
                path = ("left_menu", code, "submenu", sub, "sort")
                yield in_manifest(
                    widget.manifest,
                    f"`{'.'.join(path)}` is not a number",
                    "write a number, without quotes",
                    *path,
                )
