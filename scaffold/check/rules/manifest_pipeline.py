"""M14x: the digital pipeline's block, apart from its URL, which E10x checks."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import is_active
from scaffold.check.rules.manifest_comments import is_comment
from scaffold.check.rules.manifest_fields import ACTION_MULTIPLE_INSIDE
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import did_you_mean
from scaffold.check.rules.settings_fields import typed_fields
from scaffold.kommo.limits import DP_FIELD_TYPES
from scaffold.kommo.manifest import DP


@rule("M140", "missing-action-multiple", Severity.ERROR, requires=READABLE)
def missing_action_multiple(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing `action_multiple` in the digital pipeline block.

    What:
        `dp` has no `action_multiple`.
    Why:
        It is required in every `dp` block, directly under `dp` and not in `dp.settings`.
    Source:
        https://developers.kommo.com/docs/widgets-dp
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            },
            "webhook_url": "https://hooks.acme-help.test/digital_pipeline.php"
    Good:
        manifest.json
            "action_multiple": false,
    """
    if is_active(widget.manifest, "dp") and widget.manifest.find("dp", "action_multiple") is None:
        inside = widget.manifest.find(*ACTION_MULTIPLE_INSIDE) is not None
        hint = "move it out of `dp.settings`" if inside else 'add `"action_multiple": false`'
        place = ACTION_MULTIPLE_INSIDE if inside else ("dp", "action_multiple")
        yield in_manifest(widget.manifest, "`dp.action_multiple` is missing", hint, *place)


@rule("M141", "action-multiple-not-boolean", Severity.WARNING, requires=READABLE)
def action_multiple_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`action_multiple` is not a boolean.

    What:
        `dp.action_multiple` is a string or a number.
    Why:
        The documented type is boolean; `"false"` may count as true.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        manifest.json
            "action_multiple": "false",
    Good:
        manifest.json
            "action_multiple": true,
    """
    node = widget.manifest.find("dp", "action_multiple")
    if node and not isinstance(node.value, bool):
        message = "`dp.action_multiple` is not true or false"
        yield in_manifest(
            widget.manifest, message, "write true or false, without quotes", "dp", "action_multiple"
        )


@rule("M142", "missing-dp-settings", Severity.WARNING, requires=READABLE)
def missing_dp_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing `settings` in the digital pipeline block.

    What:
        `dp` has no `settings`, or one that is not an object.
    Why:
        The vendor's text requires it, although its table does not: without it, users have nothing to fill in.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        manifest.json
            "action_multiple": false,
    Good:
        manifest.json
            "settings": {
              "message": {
                "name": "dp.message",
                "type": "text",
                "required": true
              }
            },
            "action_multiple": true,
    """
    settings = widget.manifest.find("dp", "settings")
    if is_active(widget.manifest, "dp") and not (settings and isinstance(settings.value, dict)):
        state = "not an object" if settings else "missing"
        yield in_manifest(
            widget.manifest,
            f"`dp.settings` is {state}",
            "add the fields of the action as an object",
            "dp",
            "settings",
        )


@rule("M143", "dp-field-type", Severity.WARNING, requires=READABLE)
def dp_field_type(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown field type in the digital pipeline block.

    What:
        `type` of a field in `dp.settings` is not one of text, number, custom.
    Why:
        The vendor documents text, and its scaffolder uses the other two; how other types are shown is
        unknown.
    Source:
        https://developers.kommo.com/docs/widgets-dp
        https://github.com/kommo-crm/create-kommo-integration
    Bad:
        manifest.json
            "type": "checkbox",
    Good:
        manifest.json
            "type": "number",
    """
    for path, kind in typed_fields(widget.manifest, "dp", "settings"):
        if kind not in DP_FIELD_TYPES:
            hint = f"use {', '.join(DP_FIELD_TYPES)}"
            yield in_manifest(
                widget.manifest,
                f"`{kind}` is not a documented field type of `dp.settings`",
                hint,
                *path,
                "type",
            )


@rule("M144", "undocumented-dp-key", Severity.WARNING, requires=READABLE)
def undocumented_dp_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown key in the digital pipeline block.

    What:
        A key of `dp` that is not documented.
    Why:
        The key is ignored.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        manifest.json
            "multiple": true
    Good:
        manifest.json
            "title": "widget.name"
    """
    for key, _ in widget.manifest.members("dp"):
        if key not in DP and not is_comment(key):
            hint = did_you_mean(key, DP, widget.manifest, "dp")
            yield in_manifest(widget.manifest, f"`dp.{key}` is not documented", hint, "dp", key)
