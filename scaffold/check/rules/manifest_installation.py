"""M126 to M135: what the installation window needs, and what needs the window."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.settings_fields import typed_fields


@rule(
    "M126",
    "installation-without-settings",
    {"private": Severity.WARNING, "public": Severity.ERROR},
    requires=READABLE,
)
def installation_without_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`installation` is true, but there are no settings.

    What:
        `widget.installation` is true, but there is neither a `settings` block nor the location `settings`.
    Why:
        Users get an installation window without any field. The checklist for public widgets requires the
        block.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "installation": true,
    Good:
        manifest.json
            "installation": false,
    """
    manifest = widget.manifest
    if manifest.value("widget", "installation") is not True:
        return
    if manifest.find("settings") is None and "settings" not in manifest.areas:
        hint = "add the location and the block `settings`, or write false"
        message = "`widget.installation` is true, but there are no settings"
        yield in_manifest(manifest, message, hint, "widget", "installation")


@rule("M127", "settings-without-installation", Severity.WARNING, requires=READABLE)
def settings_without_installation(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Settings without an installation window.

    What:
        `widget.installation` is false, but `settings` has fields.
    Why:
        Such a widget is only listed: users never see the fields, and they stay empty.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
              "lcard-1",
              "settings"
            ],
            "settings": {
              "api_key": {
                "name": "settings.api_key",
                "type": "text",
                "required": false
              }
            }
    Good:
        manifest.json
              "lcard-1"
            ]
    """
    manifest = widget.manifest
    if manifest.value("widget", "installation") is False and any(manifest.members("settings")):
        hint = "write true, or delete the block `settings`"
        message = "`widget.installation` is false, so the fields of `settings` are never shown"
        yield in_manifest(manifest, message, hint, "widget", "installation")


@rule("M130", "empty-settings", Severity.ERROR, requires=READABLE)
def empty_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Empty `settings` block.

    What:
        `settings` is empty, while `widget.installation` is true, or is missing and the location `settings` is
        declared.
    Why:
        The upload requires at least one field.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://developers.kommo.com/docs/getting-listed
    Bad:
        manifest.json
            "settings": {}
    Good:
        manifest.json
            "settings": {
              "api_key": {
                "name": "settings.api_key",
                "type": "pass",
                "required": false
              }
            }
    """
    manifest = widget.manifest
    installs = manifest.value("widget", "installation")
    needs_field = installs is True or (installs is not False and "settings" in manifest.areas)
    if needs_field and manifest.value("settings") == {}:
        yield in_manifest(manifest, "`settings` has no field", "add at least one field", "settings")


@rule("M134", "custom-without-settings", Severity.WARNING, requires=READABLE)
def custom_without_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Custom field without the `settings` location.

    What:
        `settings` has a field of type `custom`, but the location `settings` is not declared. A widget with
        `init_once` and `everywhere` runs beside the window anyway.
    Why:
        The script does not run in the installation window, so the field may stay empty.
    Source:
        https://developers.kommo.com/docs/field-types
        https://www.amocrm.ru/developers/content/integrations/custom_settings
    Bad:
        manifest.json
            "everywhere"
    Good:
        manifest.json
            "settings"
    """
    areas = widget.manifest.areas
    runs_always = "everywhere" in areas and widget.manifest.value("widget", "init_once") is True
    if "settings" in areas or runs_always:
        return
    for path, kind in typed_fields(widget.manifest, "settings"):
        if kind == "custom":
            message = f"`{'.'.join(path)}` is drawn by the widget, which does not run in `settings`"
            yield in_manifest(widget.manifest, message, "add the location `settings`", *path, "type")


@rule("M135", "second-custom", Severity.WARNING, requires=READABLE)
def second_custom(widget: Widget, _context: Context) -> Iterator[Problem]:
    """More than one custom field.

    What:
        `settings` has a second field of type `custom`.
    Why:
        Both share one container, whose id contains only the widget's code; amoCRM allows one.
    Source:
        https://www.amocrm.ru/developers/content/integrations/custom_settings
    Bad:
        manifest.json
            },
            "rules": {
              "name": "settings.api_key",
              "type": "custom",
              "required": false
    Good:
        manifest.json
              "required": false
            }
    """
    customs = [path for path, kind in typed_fields(widget.manifest, "settings") if kind == "custom"]
    for path in customs[1:]:
        message = f"`{'.'.join(path)}` is a second field of type `custom`"
        yield in_manifest(
            widget.manifest, message, "keep one, and store everything in it as JSON", *path, "type"
        )
