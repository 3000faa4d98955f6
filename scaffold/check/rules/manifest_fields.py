"""M13x: the fields of the installation window and, as far as they are alike, of the digital pipeline."""

import re
from collections.abc import Iterator
from itertools import islice

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_comments import is_comment
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import did_you_mean
from scaffold.check.rules.settings_fields import fields, typed_fields
from scaffold.documents.node import Node
from scaffold.kommo.limits import SETTINGS_FIELD_TYPES
from scaffold.kommo.manifest import FIELD
from scaffold.text import nearest

ACTION_MULTIPLE_INSIDE = ("dp", "settings", "action_multiple")
"""Where `dp.action_multiple` is often put, one level too deep; it is not a field, and M140 reports it."""

_COMPARED = 50
"""Unknown keys of one field that are compared; with more, something else is wrong."""


@rule("M131", "field-shape", Severity.ERROR, requires=READABLE)
def field_shape(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid field in `settings`.

    What:
        A member of `settings` or `dp.settings` is not an object, or its `name` or `type` is missing or not a
        string.
    Why:
        The field cannot be shown.
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
    for path, node in fields(widget.manifest):
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
                hint = f"rename `{other}` to `{key}`" if other else f"add `{key}` as a string"
                yield in_manifest(widget.manifest, f"`{shown}` has no `{key}`", hint, *path, other or key)


def stand_in(node: Node, key: str) -> str:
    """Return the unknown key of a field that may be a misspelling of the missing `key`, or nothing."""
    if node.find(key):
        return ""
    return nearest(key, [other for other, _ in islice(node.items(), _COMPARED) if other not in FIELD])


@rule("M132", "field-type", Severity.ERROR, requires=READABLE)
def field_type(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown field type in `settings`.

    What:
        `type` of a field in `settings` is not one of text, pass, users, users_lp, custom.
    Why:
        The platform supports only these five.
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
            yield in_manifest(widget.manifest, f"`{kind}` is not a field type", hint, *path, "type")


@rule("M137", "secret-as-text", Severity.INFO, requires=("M101",))
def secret_as_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Secret in a plain text field.

    What:
        A field of `settings` has the type `text` and a code that suggests a password or a secret.
    Why:
        Anyone looking at the screen can read it; `pass` hides the input. The value still reaches every user's
        browser, so real secrets belong on a server.
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
                widget.manifest, f"`{path[-1]}` is a plain text field", "use `pass`", *path, "type"
            )


@rule("M133", "required-not-boolean", Severity.WARNING, requires=READABLE)
def required_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`required` is not a boolean.

    What:
        `required` of a field in `settings` or `dp.settings` is a string or a number.
    Why:
        The documented type is boolean; `"false"` may count as true.
    Source:
        https://developers.kommo.com/docs/field-types
    Bad:
        manifest.json
            "required": "false"
    Good:
        manifest.json
            "required": true
    """
    for path, node in fields(widget.manifest):
        required = node.find("required")
        if required and not isinstance(required.value, bool):
            message = f"`{'.'.join(path)}.required` is not true or false"
            yield in_manifest(
                widget.manifest, message, "write true or false, without quotes", *path, "required"
            )


@rule("M136", "undocumented-field-key", Severity.WARNING, requires=READABLE)
def undocumented_field_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown key in a settings field.

    What:
        A field of `settings` has a key other than `name`, `type` and `required`.
    Why:
        The key is ignored: a misspelt `required` leaves the field optional.
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
    for path, node in fields(widget.manifest, ("settings",)):
        reported = {stand_in(node, key) for key in ("name", "type")}
        for key in (k for k, _ in node.items() if k not in FIELD and k not in reported and not is_comment(k)):
            message = f"`{'.'.join((*path, key))}` is not documented"
            hint = did_you_mean(key, FIELD, widget.manifest, *path)
            yield in_manifest(widget.manifest, message, hint, *path, key)
