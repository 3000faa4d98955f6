"""L114 and L116: areas that only public integrations may use."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import declared
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.kommo.areas import BY_CODE


@rule("L114", "public-only-area", {"private": Severity.ERROR}, requires=("M101",))
def public_only_area(widget: Widget, context: Context) -> Iterator[Problem]:
    """Area is not available to private integrations.

    What:
        `widget_page` in a widget that is private according to a flag or the project's record.
    Why:
        Only public integrations of technical accounts may add pages to the left menu. With `--profile public`
        the area is valid.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://developers.kommo.com/docs/widget-locations
    Bad:
        manifest.json
                "widget_page"
              "left_menu": {
                "acme": {
                  "title": "menu.title",
                  "icons": {
                    "light": "images/menu_light.svg",
                    "dark": "images/menu_dark.svg"
                  },
                  "sort": {
                    "after": "leads"
            ...
        script.js
            this.callbacks.initMenuPage = function () { return true; };
        i18n/en.json
            "menu": {
              "title": "Scores",
              "rules": "Rules"
        ...
    Good:
        manifest.json
              "advanced_settings"
            "advanced": {
              "title": "advanced.title"
        script.js
            this.callbacks.advancedSettings = function () { return true; };
        i18n/en.json
            "advanced": {
              "title": "Scoring rules"
        ...
    """
    for area, index in _public_only(widget) if context.explicit_profile else ():
        message = f"`{area}` is for public integrations only"
        block = BY_CODE[area].block
        both = f"it and `{block}`" if block and widget.manifest.find(block) else "it"
        hint = f"delete {both}, or check with --profile public"
        yield in_manifest(widget.manifest, message, hint, "locations", index)


def _public_only(widget: Widget) -> Iterator[tuple[str, int]]:
    for area, index in declared(widget.manifest).items():
        if area in BY_CODE and BY_CODE[area].public_only:
            yield area, index


@rule("L116", "perhaps-public", {"private": Severity.WARNING}, requires=("M101",))
def perhaps_public(widget: Widget, context: Context) -> Iterator[Problem]:
    """Area may not be available to private integrations.

    What:
        `widget_page` is declared, and neither a flag, a project's record nor a tour says whether the widget
        is public.
    Why:
        In a private integration the page never appears. Without further information, a widget is checked as
        private.
    Source:
        https://developers.kommo.com/docs/left-menu
        https://developers.kommo.com/docs/widget-locations
    Bad:
        manifest.json
                "widget_page"
              "left_menu": {
                "acme": {
                  "title": "menu.title",
                  "icons": {
                    "light": "images/menu_light.svg",
                    "dark": "images/menu_dark.svg"
                  },
                  "sort": {
                    "after": "leads"
            ...
        script.js
            this.callbacks.initMenuPage = function () { return true; };
        i18n/en.json
            "menu": {
              "title": "Scores",
              "rules": "Rules"
        ...
    Good:
        manifest.json
              "advanced_settings"
            "advanced": {
              "title": "advanced.title"
        script.js
            this.callbacks.advancedSettings = function () { return true; };
        i18n/en.json
            "advanced": {
              "title": "Scoring rules"
        ...
    """
    if context.explicit_profile or widget.manifest.find("tour"):
        return
    for area, index in _public_only(widget):
        message = f"`{area}` is for public integrations only"
        hint = "check with --profile public if the widget is public, else with --profile private"
        yield in_manifest(widget.manifest, message, hint, "locations", index)
