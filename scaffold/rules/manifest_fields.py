"""M13x: the fields of the installation window and of the digital pipeline, the `dp` block itself M14x."""

from collections.abc import Iterator

from scaffold.findings import Severity
from scaffold.kommo.limits import DP_FIELD_TYPES, SETTINGS_FIELD_TYPES
from scaffold.kommo.manifest import DP
from scaffold.nodes import Node
from scaffold.rules.registry import Context, Problem, in_manifest, rule
from scaffold.widget.manifest import Manifest
from scaffold.widget.model import Widget

_READABLE = ("M101", "M105")
_HOMES: tuple[tuple[str, ...], ...] = (("settings",), ("dp", "settings"))


def _fields(manifest: Manifest, *homes: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    for home in homes or _HOMES:
        for code, node in manifest.members(*home):
            yield (*home, code), node


def _typed(manifest: Manifest, *home: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for path, node in _fields(manifest, home):
        kind = node.find("type")
        if kind and isinstance(kind.value, str):
            yield path, kind.value


@rule("M126", "installation-without-settings", Severity.WARNING, requires=_READABLE)
def installation_without_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The widget asks for an installation window that has nothing to show.

    What:
        `widget.installation` is true, but there is no `settings` block, nor the location `settings`.
    Why:
        Users get a window without a field, and cannot configure what is configurable nowhere else.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json {"locations": ["lcard-1"], "settings": null}
    Good:
        manifest.json {"widget": {"installation": false}, "locations": ["lcard-1"], "settings": null}
    """
    manifest = widget.manifest
    if manifest.value("widget", "installation") is not True:
        return
    if manifest.find("settings") is None and "settings" not in manifest.areas:
        hint = "add the location and the block `settings`, or write false"
        message = "`widget.installation` is true, but there is nothing to install with"
        yield in_manifest(message, hint, "widget", "installation")


@rule("M130", "empty-settings", Severity.ERROR, requires=_READABLE)
def empty_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The installation window has no field.

    What:
        `settings` is empty, while the location `settings` is declared or `widget.installation` is true.
    Why:
        The upload wants at least one field there.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://developers.kommo.com/docs/getting-listed
    Bad:
        manifest.json {"settings": {"api_key": null}}
    Good:
        manifest.json {"settings": {"api_key": {"type": "pass"}}}
    """
    manifest = widget.manifest
    wanted = "settings" in manifest.areas or manifest.value("widget", "installation") is True
    if wanted and manifest.value("settings") == {}:
        yield in_manifest("`settings` has no field", "add a field, or leave the block out", "settings")


@rule("M131", "field-shape", Severity.ERROR, requires=_READABLE)
def field_shape(widget: Widget, _context: Context) -> Iterator[Problem]:
    """A field is not an object with a name and a type.

    What:
        A member of `settings` or `dp.settings` that is no object, or lacks `name` or `type` as a text.
    Why:
        The field cannot be drawn.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json {"settings": {"api_key": {"type": null}}}
    Good:
        manifest.json {"settings": {"api_key": {"type": "pass"}}}
    """
    for path, node in _fields(widget.manifest):
        shown = ".".join(path)
        if not isinstance(node.value, dict):
            hint = 'write `{"name": "settings.x", "type": "text", "required": false}`'
            yield in_manifest(f"`{shown}` is not a field", hint, *path)
            continue
        for key in ("name", "type"):
            value = node.find(key)
            if not (value and isinstance(value.value, str) and value.value):
                yield in_manifest(f"`{shown}` has no `{key}`", f"add `{key}` as a text", *path, key)


@rule("M132", "field-type", Severity.ERROR, requires=_READABLE)
def field_type(widget: Widget, _context: Context) -> Iterator[Problem]:
    """A field of the installation window has a type that does not exist.

    What:
        `type` of a field of `settings` is none of text, pass, users, users_lp, custom.
    Why:
        The platform knows these five only.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json {"settings": {"api_key": {"type": "password"}}}
    Good:
        manifest.json {"settings": {"api_key": {"type": "pass"}}}
    """
    for path, kind in _typed(widget.manifest, "settings"):
        if kind not in SETTINGS_FIELD_TYPES:
            hint = f"use {', '.join(SETTINGS_FIELD_TYPES)}"
            yield in_manifest(f"`{kind}` is no type of a field", hint, *path, "type")


@rule("M133", "required-not-boolean", Severity.WARNING, requires=_READABLE)
def required_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Whether a field is required is not said by true or false.

    What:
        `required` of a field of `settings` or `dp.settings` holds a text or a number.
    Why:
        The vendor's table has a boolean; `"false"` may well count as true.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json {"settings": {"api_key": {"required": "false"}}}
    Good:
        manifest.json {"settings": {"api_key": {"required": true}}}
    """
    for path, node in _fields(widget.manifest):
        required = node.find("required")
        if required and not isinstance(required.value, bool):
            message = f"`{'.'.join(path)}.required` is not true or false"
            yield in_manifest(message, "write it without quotes", *path, "required")


@rule("M134", "custom-without-settings", Severity.ERROR, requires=_READABLE)
def custom_without_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """A field that the widget draws itself has no window to be drawn in.

    What:
        A field of type `custom` in `settings`, without the location `settings`.
    Why:
        The script is not run in the installation window then, so the field stays empty.
    Source:
        https://developers.kommo.com/docs/field-types
        https://www.amocrm.ru/developers/content/integrations/custom_settings
    Bad:
        manifest.json {"settings": {"api_key": {"type": "custom"}}, "locations": ["lcard-1", "everywhere"]}
    Good:
        manifest.json {"settings": {"api_key": {"type": "custom"}}}
    """
    if "settings" in widget.manifest.areas:
        return
    for path, kind in _typed(widget.manifest, "settings"):
        if kind == "custom":
            message = f"`{'.'.join(path)}` is drawn by the widget, which does not run in `settings`"
            yield in_manifest(message, "add the location `settings`", *path, "type")


@rule("M135", "second-custom", Severity.WARNING, requires=_READABLE)
def second_custom(widget: Widget, _context: Context) -> Iterator[Problem]:
    """There is more than one field that the widget draws itself.

    What:
        A second field of type `custom` in `settings`.
    Why:
        Both get the same container, whose id has the widget's code only; the sibling product allows one.
    Source:
        https://www.amocrm.ru/developers/content/integrations/custom_settings
    Bad:
        manifest.json merge
            {"settings": {"api_key": {"type": "custom"},
                          "rules": {"name": "settings.api_key", "type": "custom", "required": false}}}
    Good:
        manifest.json {"settings": {"api_key": {"type": "custom"}}}
    """
    customs = [path for path, kind in _typed(widget.manifest, "settings") if kind == "custom"]
    for path in customs[1:]:
        message = f"`{'.'.join(path)}` is a second field of type `custom`"
        yield in_manifest(message, "keep one, and store JSON in it", *path, "type")


@rule("M140", "missing-action-multiple", Severity.ERROR, requires=_READABLE)
def missing_action_multiple(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The digital pipeline block does not say whether an action spans stages.

    What:
        `dp` has no `action_multiple`.
    Why:
        It is required as soon as there is a `dp` block. Right under `dp`, not inside `dp.settings`.
    Source:
        https://developers.kommo.com/docs/widgets-dp
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        * with digital_pipeline
        manifest.json {"dp": {"action_multiple": null}}
    Good:
        * with digital_pipeline
        manifest.json {"dp": {"action_multiple": false}}
    """
    if widget.manifest.find("dp") and widget.manifest.find("dp", "action_multiple") is None:
        inside = widget.manifest.find("dp", "settings", "action_multiple") is not None
        hint = "move it out of `dp.settings`" if inside else 'add `"action_multiple": false`'
        yield in_manifest("`dp.action_multiple` is missing", hint, "dp", "action_multiple")


@rule("M141", "action-multiple-not-boolean", Severity.WARNING, requires=_READABLE)
def action_multiple_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Whether an action spans stages is not said by true or false.

    What:
        `dp.action_multiple` holds a text or a number.
    Why:
        The vendor's table has a boolean; `"false"` may well count as true.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        * with digital_pipeline
        manifest.json {"dp": {"action_multiple": "false"}}
    Good:
        * with digital_pipeline
        manifest.json {"dp": {"action_multiple": true}}
    """
    node = widget.manifest.find("dp", "action_multiple")
    if node and not isinstance(node.value, bool):
        message = "`dp.action_multiple` is not true or false"
        yield in_manifest(message, "write it without quotes", "dp", "action_multiple")


@rule("M142", "missing-dp-settings", Severity.WARNING, requires=_READABLE)
def missing_dp_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The action of the digital pipeline has no fields.

    What:
        `dp` has no `settings`.
    Why:
        The vendor's text requires it, its table does not: users have nothing to fill in.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        * with digital_pipeline
        manifest.json {"dp": {"settings": null}}
    Good:
        * with digital_pipeline
        manifest.json {"dp": {"action_multiple": true}}
    """
    if widget.manifest.find("dp") and widget.manifest.find("dp", "settings") is None:
        yield in_manifest("`dp.settings` is missing", "add the fields of the action", "dp", "settings")


@rule("M143", "dp-field-type", Severity.WARNING, requires=_READABLE)
def dp_field_type(widget: Widget, _context: Context) -> Iterator[Problem]:
    """A field of the digital pipeline has a type that is not documented.

    What:
        `type` of a field of `dp.settings` is none of text, number, custom.
    Why:
        The vendor shows text, its scaffolder the other two; of others nobody says how they are drawn.
    Source:
        https://developers.kommo.com/docs/widgets-dp
        https://github.com/kommo-crm/create-kommo-integration
    Bad:
        * with digital_pipeline
        manifest.json {"dp": {"settings": {"message": {"type": "checkbox"}}}}
    Good:
        * with digital_pipeline
        manifest.json {"dp": {"settings": {"message": {"type": "number"}}}}
    """
    for path, kind in _typed(widget.manifest, "dp", "settings"):
        if kind not in DP_FIELD_TYPES:
            hint = f"use {', '.join(DP_FIELD_TYPES)}"
            yield in_manifest(f"`{kind}` is no documented type of a field here", hint, *path, "type")


@rule("M144", "undocumented-dp-key", Severity.WARNING, requires=_READABLE)
def undocumented_dp_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """The digital pipeline block has a key that is not documented.

    What:
        A key of `dp` that the vendor's tables do not have.
    Why:
        It is not read.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        * with digital_pipeline
        manifest.json {"dp": {"multiple": true}}
    Good:
        * with digital_pipeline
        manifest.json {"dp": {"title": "widget.name"}}
    """
    for key, _ in widget.manifest.members("dp"):
        if key not in DP:
            yield in_manifest(f"`dp.{key}` is not documented", f"`dp` has {', '.join(DP)}", "dp", key)
