"""M13x: the fields of the installation window, and what they share with those of the digital pipeline."""

import re
from collections.abc import Iterator
from itertools import islice

from scaffold.check.findings import Severity
from scaffold.check.model.manifest import Manifest
from scaffold.check.model.model import Widget
from scaffold.check.rules.manifest_extras import is_comment
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.documents.node import Node
from scaffold.kommo.limits import SETTINGS_FIELD_TYPES
from scaffold.kommo.manifest import FIELD

_READABLE = ("M101", "M105")
ACTION_MULTIPLE_INSIDE = ("dp", "settings", "action_multiple")
"""Where people put `dp.action_multiple`: one level too deep and not a field: M140 reports it."""

_COMPARED = 50
"""Undocumented keys of one field that are compared; who has more has another fault."""

_HOMES: tuple[tuple[str, ...], ...] = (("settings",), ("dp", "settings"))


def _fields(manifest: Manifest, *homes: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    for home in homes or _HOMES:
        for code, node in manifest.members(*home):
            yield (*home, code), node


def typed_fields(manifest: Manifest, *home: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield path and type of each field of a block whose type is a text."""
    for path, node in _fields(manifest, home):
        kind = node.find("type")
        if kind and isinstance(kind.value, str):
            yield path, kind.value


@rule(
    "M126",
    "installation-without-settings",
    {"private": Severity.WARNING, "public": Severity.ERROR},
    requires=_READABLE,
)
def installation_without_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`installation` is on, but there are no settings.

    What:
        `widget.installation` is true, but there is no `settings` block, nor the location `settings`.
    Why:
        Users get a window without a field, and cannot configure what is configurable nowhere else. The
        checklist for public widgets asks for the block.
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
        message = "`widget.installation` is true, but there is nothing to install with"
        yield in_manifest(manifest, message, hint, "widget", "installation")


@rule("M127", "settings-without-installation", Severity.WARNING, requires=_READABLE)
def settings_without_installation(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Settings without an installation window.

    What:
        `widget.installation` is false, while `settings` has fields.
    Why:
        Such a widget is only listed: nobody sees the fields, and they stay empty.
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
        message = "`widget.installation` is false, so nobody sees the fields of `settings`"
        yield in_manifest(manifest, message, hint, "widget", "installation")


@rule("M130", "empty-settings", Severity.ERROR, requires=_READABLE)
def empty_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Empty `settings` block.

    What:
        `settings` is empty, while the location `settings` is declared or `widget.installation` is true.
    Why:
        The upload wants at least one field there.
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
    wanted = installs is True or (installs is not False and "settings" in manifest.areas)
    if wanted and manifest.value("settings") == {}:
        yield in_manifest(
            manifest, "`settings` has no field", "add a field, or leave the block out", "settings"
        )


@rule("M131", "field-shape", Severity.ERROR, requires=_READABLE)
def field_shape(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid field in `settings`.

    What:
        A member of `settings` or `dp.settings` that is not an object, or lacks `name` or `type` as a text.
    Why:
        The field cannot be drawn.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json
            "name": "settings.api_key",
            "required": false
    Good:
        manifest.json
            "type": "pass",
    """
    for path, node in _fields(widget.manifest):
        shown = ".".join(path)
        if path == ACTION_MULTIPLE_INSIDE or (is_comment(path[-1]) and isinstance(node.value, str)):
            continue
        if not isinstance(node.value, dict):
            hint = 'write `{"name": "settings.x", "type": "text", "required": false}`'
            yield in_manifest(widget.manifest, f"`{shown}` is not a field", hint, *path)
            continue
        for key in ("name", "type"):
            value = node.find(key)
            if not (value and isinstance(value.value, str) and value.value):
                other = stand_in(node, key)
                hint = f"rename `{other}` to `{key}`" if other else f"add `{key}` as a text"
                yield in_manifest(widget.manifest, f"`{shown}` has no `{key}`", hint, *path, other or key)


def stand_in(node: Node, key: str) -> str:
    """Return the undocumented key of a field that is a misspelling of the missing `key`, or nothing."""
    if node.find(key):
        return ""
    from difflib import get_close_matches  # loaded for a widget with a fault only

    others = [other for other, _ in islice(node.items(), _COMPARED) if other not in FIELD]
    return next(iter(get_close_matches(key, others, 1)), "")


@rule("M132", "field-type", Severity.ERROR, requires=_READABLE)
def field_type(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown field type in `settings`.

    What:
        `type` of a field of `settings` is none of text, pass, users, users_lp, custom.
    Why:
        The platform knows these five only.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json
            "type": "password",
    Good:
        manifest.json
            "type": "pass",
    """
    for path, kind in typed_fields(widget.manifest, "settings"):
        if kind not in SETTINGS_FIELD_TYPES:
            hint = f"use {', '.join(SETTINGS_FIELD_TYPES)}"
            yield in_manifest(widget.manifest, f"`{kind}` is not a type of a field", hint, *path, "type")


@rule("M137", "secret-as-text", Severity.INFO, requires=("M101",))
def secret_as_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Secret in a plain text field.

    What:
        A field of `settings` of type `text` whose code speaks of a password or a secret.
    Why:
        Everybody who looks at the screen can read it; `pass` hides what is typed. Every user's browser gets
        it all the same: a server is the place for what must stay secret.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json
            "type": "text"
    Good:
        manifest.json
            "type": "pass"
    """
    for path, kind in typed_fields(widget.manifest, "settings"):
        if kind == "text" and re.search(r"passw(?:or)?d|secret|private_?key", path[-1], re.IGNORECASE):
            yield in_manifest(
                widget.manifest, f"`{path[-1]}` is asked for in a line of text", "use `pass`", *path, "type"
            )


@rule("M133", "required-not-boolean", Severity.WARNING, requires=_READABLE)
def required_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`required` is not a boolean.

    What:
        `required` of a field of `settings` or `dp.settings` holds a text or a number.
    Why:
        The vendor's table has a boolean; `"false"` may well count as true.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json
            "required": "false"
    Good:
        manifest.json
            "required": true
    """
    for path, node in _fields(widget.manifest):
        required = node.find("required")
        if required and not isinstance(required.value, bool):
            message = f"`{'.'.join(path)}.required` is not true or false"
            yield in_manifest(widget.manifest, message, "write it without quotes", *path, "required")


@rule("M134", "custom-without-settings", Severity.WARNING, requires=_READABLE)
def custom_without_settings(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Custom field without the `settings` location.

    What:
        A field of type `custom` in `settings`, without the location `settings`. A widget with `init_once` and
        `everywhere` runs beside the window all the same.
    Why:
        The script is not run in the installation window then, so the field may stay empty.
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


@rule("M135", "second-custom", Severity.WARNING, requires=_READABLE)
def second_custom(widget: Widget, _context: Context) -> Iterator[Problem]:
    """More than one custom field.

    What:
        A second field of type `custom` in `settings`.
    Why:
        Both get the same container, whose id has the widget's code only; the sibling product allows one.
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
        yield in_manifest(widget.manifest, message, "keep one, and store JSON in it", *path, "type")


@rule("M136", "undocumented-field-key", Severity.WARNING, requires=_READABLE)
def undocumented_field_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown key in a settings field.

    What:
        A field of `settings` has another key than `name`, `type` and `required`.
    Why:
        It is not read: a misspelt `required` leaves the field optional.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json
            "required": false,
            "requierd": true
    Good:
        manifest.json
            "required": true
    """
    for path, node in _fields(widget.manifest, ("settings",)):
        reported = {stand_in(node, key) for key in ("name", "type")}
        for key in (k for k, _ in node.items() if k not in FIELD and k not in reported and not is_comment(k)):
            message = f"`{'.'.join((*path, key))}` is not documented"
            yield in_manifest(widget.manifest, message, f"a field has {', '.join(FIELD)}", *path, key)
