"""M170 and M172 to M174: the left menu; `manifest_menu_icons` has its icons."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.documents.node import Node
from scaffold.kommo.manifest import MENU_AFTER, MENU_ALWAYS_SHOWN, MENU_SYSTEM_ITEMS


def public_first(severity: Severity) -> dict[str, Severity]:
    """Return one severity for both profiles.

    A rule's examples are checked with its first profile, and a left menu needs a public widget.
    """
    return {"public": severity, "private": severity}


def own_items(widget: Widget) -> Iterator[tuple[str, Node]]:
    """Yield code and node of the items that the widget adds to the menu."""
    for code, node in widget.manifest.members("left_menu"):
        if code not in MENU_SYSTEM_ITEMS:
            yield code, node


@rule("M170", "menu-title", public_first(Severity.ERROR), requires=READABLE)
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
        (("left_menu", code), node) for code, node in own_items(widget)
    ]
    for code, _ in widget.manifest.members("left_menu"):
        for sub, node in widget.manifest.members("left_menu", code, "submenu"):
            items.append((("left_menu", code, "submenu", sub), node))
    for path, node in items:
        title = node.find("title")
        if not (title and isinstance(title.value, str) and title.value):
            hint = "add the key of a text, such as `menu.title`"
            yield in_manifest(widget.manifest, f"`{'.'.join(path)}` has no `title`", hint, *path, "title")


@rule("M172", "menu-after", public_first(Severity.WARNING), requires=READABLE)
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
    for code, node in own_items(widget):
        after = node.find("sort", "after")
        if after and after.value not in MENU_AFTER[context.platform]:
            hint = f"use {', '.join(MENU_AFTER[context.platform])}"
            path = ("left_menu", code, "sort", "after")
            yield in_manifest(
                widget.manifest, f"`{after.plain()}` is not an item of the system menu", hint, *path
            )


@rule("M173", "menu-settings-hidden", public_first(Severity.WARNING), requires=READABLE)
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


@rule("M174", "menu-value-type", public_first(Severity.WARNING), requires=READABLE)
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
