"""L112, L113 and L115: what a declared area needs besides its block."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.file_lookup import is_missing, namesakes
from scaffold.check.rules.idle import declared
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import BY_CODE, CARD_CODES


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
