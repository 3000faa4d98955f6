"""M171, M175 and M176: the icons of the left menu's items."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.manifest_menu import own_items, public_first
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.values import is_text
from scaffold.documents.node import Node
from scaffold.kommo.marketplace import MENU_ICON_FORMAT

_SCHEMES = ("light", "dark")
"""Colour schemes of the CRM; each has its own icon."""


@rule("M171", "menu-icon", public_first(Severity.WARNING), requires=READABLE)
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
    for code, node in own_items(widget):
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


@rule(
    "M175",
    "menu-icon-deprecated",
    public_first(Severity.INFO),
    requires=(*READABLE, "M171"),
    platforms=("kommo",),
)
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
    for code, node in own_items(widget):
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
    for code, node in own_items(widget):
        for scheme in _SCHEMES:
            icon = node.find("icons", scheme)
            name = icon.value.partition("?")[0].lower() if icon and isinstance(icon.value, str) else ""
            if name and not name.endswith(MENU_ICON_FORMAT):
                path = ("left_menu", code, "icons", scheme)
                yield in_manifest(
                    widget.manifest, f"`{'.'.join(path)}` is not an SVG", "save the icon as an SVG", *path
                )
