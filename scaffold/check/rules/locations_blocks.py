"""L110 and L111: areas without their block, and blocks without their area."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import declared, idle_blocks
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import block_of, missing


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
