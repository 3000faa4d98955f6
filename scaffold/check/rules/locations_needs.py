"""L11x: what a declared area needs elsewhere, and blocks whose area is not declared."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import declared, idle_blocks
from scaffold.check.rules.lookup import is_missing, namesakes
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import block_of, missing
from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import BY_CODE, CARD_CODES


@rule("L110", "area-without-block", Severity.ERROR, requires=("M101",))
def area_without_block(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing manifest block for a declared area.

    What:
        `digital_pipeline` without `dp`, `advanced_settings` without `advanced`, or `salesbot_designer`,
        `sms`, `mobile_card`, `widget_page` or `settings` without their block. `settings` needs none if
        `widget.installation` is false. On amoCRM, `amoforms` needs `amoforms_settings`. A block that is
        misspelt or in the wrong place is reported there.
    Why:
        The block defines what the area shows or calls; without it the area does not work. For `settings`, the
        upload rejects the archive.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "installation": true,
            "lcard-1",
            "settings"
    Good:
        manifest.json
            "installation": false,
            "lcard-1"
    """
    manifest = widget.manifest
    for area, index in declared(manifest).items():
        block = block_of(manifest, area)
        if block and manifest.document.find(block) is None:
            message = f"`{area}` is declared, but the block `{block}` is missing"
            hint = f"add `{block}` to the manifest"
            yield missing(manifest, (block,), message, hint, "locations", index)


@rule("L111", "block-without-area", Severity.WARNING, requires=("M101",))
def block_without_area(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Manifest block for an undeclared area.

    What:
        `dp` without the location `digital_pipeline`, or `salesbot_designer`, `advanced`, `sms`, `mobile` or
        `left_menu` without their location, or on amoCRM `amoforms_settings`. A `left_menu` that only changes
        items of the CRM needs none, and the fields of `settings` are shown even without their location.
    Why:
        The block has no effect.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "advanced": {
              "title": "advanced.title"
    Good:
        manifest.json
            "left_menu": {
              "stats": {
                "submenu": {
                  "leads": {
                    "title": "widget.name",
                    "sort": 1
                  }
                }
              }
    """
    for block, area in idle_blocks(widget.manifest).items():
        message = f"`{block}` exists, but the location `{area}` is not declared"
        yield in_manifest(
            widget.manifest, message, f"add `{area}` to `locations`, or delete `{block}`", block
        )


@rule("L112", "card-sdk-without-card", Severity.ERROR, requires=("M101",))
def card_sdk_without_card(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Card SDK without a card location.

    What:
        `card_sdk` without any of `lcard`, `ccard`, `comcard`, with either suffix.
    Why:
        The tab appears in the declared cards, so it appears nowhere.
    Source:
        https://developers.kommo.com/docs/card-sdk
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        manifest.json
            "locations": [
              "settings",
    Good:
        manifest.json
            "lcard-0",
    """
    manifest = widget.manifest
    areas = declared(manifest)
    for area, index in areas.items():
        needed = BY_CODE[area].needs_one_of if area == "card_sdk" else ()
        # Older pages of the documentation also list the customer card.
        if needed and not any(other in areas for other in (*needed, *CARD_CODES)):
            shown = ", ".join(f"`{other}-0`" for other in needed)
            message = f"`{area}` is declared without any card"
            yield in_manifest(
                manifest, message, f"add the cards that should show the tab: {shown}", "locations", index
            )


@rule("L113", "area-without-file", Severity.ERROR, requires=("M101",), platforms=("amocrm",))
def area_without_file(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing script for a declared area.

    What:
        `amoforms` without amoforms.js, or `personal_page` without personal_page.js, at the root of the
        archive.
    Why:
        These areas run that file instead of script.js.
    Source:
        https://www.amocrm.ru/developers/content/integrations/amoforms-widgets
        https://www.amocrm.ru/developers/content/web_sdk/personal_page
    Bad:
        manifest.json
            "settings",
            "personal_page"
        personal_page.js: no such file
    Good:
        manifest.json
            "settings",
            "personal_page"
        personal_page.js
            define([], function () {
              return { initLead: function () {}, registerWidgetsBarSlot: function () {} };
            });
    """
    for entry in widget.manifest.locations:
        file = OWN_BY_CODE[entry.area].file if entry.area in OWN_BY_CODE else ""
        if file and is_missing(widget, file):
            other = next(namesakes(widget, file), "")
            hint = f"move `{other}` to the root" if other else f"add `{file}` next to script.js"
            message = f"`{entry.area}` is declared, but `{file}` is missing"
            yield Problem(file, message, hint)


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


@rule("L115", "catalogs-without-settings", Severity.WARNING, requires=("M101",))
def catalogs_without_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Lists SDK without the `settings` location.

    What:
        `catalogs` is declared without `settings`.
    Why:
        The list is bound to the widget by `setSdkCatalogId` before the settings are saved. Without an
        installation window nothing is ever saved, and elements keep opening in the standard card.
    Source:
        https://developers.kommo.com/docs/lists-sdk
    Bad:
        manifest.json
              "installation": false,
            "locations": [
              "catalogs"
            ]
    Good:
        manifest.json
                "installation": true,
                "lcard-1",
                "settings",
              ],
              "settings": {
                "api_key": {
                  "name": "settings.api_key",
                  "type": "text",
                  "required": false
                }
            ...
    """
    manifest = widget.manifest
    areas = declared(manifest)
    index = areas.get("catalogs")
    if index is not None and "settings" not in areas:
        message = "`catalogs` is declared without `settings`, so the list is never bound"
        yield in_manifest(manifest, message, "add `settings` to `locations`", "locations", index)
