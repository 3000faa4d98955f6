"""M16x: the blocks of the bot builder; L110 reports a missing `salesbot_designer`."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.manifest import Manifest
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import is_active
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.values import is_text
from scaffold.documents.node import Node
from scaffold.kommo.limits import SALESBOT_FIELD_TYPES
from scaffold.kommo.manifest import SALESBOT_LOGO

_HOME = "salesbot_designer"


def _blocks(manifest: Manifest) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield path and node of each block; nothing if the area is not declared, which L111 reports."""
    for code, node in manifest.members(_HOME) if is_active(manifest, _HOME) else ():
        if code != SALESBOT_LOGO:
            yield (_HOME, code), node


def _fields(manifest: Manifest) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield path and node of each field of the blocks."""
    for path, _ in _blocks(manifest):
        for field, node in manifest.members(*path, "settings"):
            yield (*path, "settings", field), node


@rule("M160", "salesbot-block", Severity.ERROR, requires=READABLE)
def salesbot_block(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Incomplete Salesbot block.

    What:
        `salesbot_designer` has no block, or one that is not an object, whose `name` is missing or not a
        string, or whose `settings` is missing or not an object.
    Why:
        The bot builder cannot offer the block.
    Source:
        https://developers.kommo.com/docs/salesbot-sdk
    Bad:
        manifest.json
            "score": {
              "settings": {
    Good:
        manifest.json
            "name": "salesbot.score",
    """
    manifest = widget.manifest
    if is_active(manifest, _HOME) and not any(_blocks(manifest)):
        message = f"`{_HOME}` has no block"
        yield in_manifest(manifest, message, "add a block with `name` and `settings`", _HOME)
    for path, node in _blocks(manifest):
        shown = ".".join(path)
        if not isinstance(node.value, dict):
            yield in_manifest(
                manifest, f"`{shown}` is not an object", "write an object with `name` and `settings`", *path
            )
            continue
        if not is_text(node.find("name")):
            message = f"`{shown}.name` is missing or not a string"
            yield in_manifest(manifest, message, "write the key of a text", *path, "name")
        settings = node.find("settings")
        if settings is None or not isinstance(settings.value, dict):
            message = f"`{shown}.settings` is missing or not an object"
            yield in_manifest(manifest, message, "write the fields as an object", *path, "settings")


@rule("M161", "salesbot-field", Severity.ERROR, requires=READABLE)
def salesbot_field(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Incomplete field of a Salesbot block.

    What:
        A member of a block's `settings` is not an object, or its `name` or `type` is missing or not a string.
    Why:
        The bot builder cannot show the field.
    Source:
        https://developers.kommo.com/docs/salesbot-sdk
    Bad:
        manifest.json
            "name": "salesbot.limit",
            "manual": true
    Good:
        manifest.json
            "type": "numeric",
    """
    manifest = widget.manifest
    for path, node in _fields(manifest):
        shown = ".".join(path)
        if not isinstance(node.value, dict):
            hint = "write an object with `name` and `type`"
            yield in_manifest(manifest, f"`{shown}` is not an object", hint, *path)
            continue
        for key in ("name", "type"):
            if not is_text(node.find(key)):
                message = f"`{shown}.{key}` is missing or not a string"
                yield in_manifest(manifest, message, f"write `{key}` as a string", *path, key)


@rule("M162", "salesbot-field-type", Severity.WARNING, requires=READABLE)
def salesbot_field_type(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown field type in a Salesbot block.

    What:
        `type` of a block's field is a string other than text, numeric, url.
    Why:
        The type decides which fields of the account are offered; other types are not documented.
    Source:
        https://developers.kommo.com/docs/salesbot-sdk
    Bad:
        manifest.json
            "type": "number",
    Good:
        manifest.json
            "type": "url",
    """
    for path, node in _fields(widget.manifest):
        kind = node.find("type")
        if kind and is_text(kind) and kind.value not in SALESBOT_FIELD_TYPES:
            message = f"`{kind.value}` is not a documented field type of a block"
            hint = f"use {', '.join(SALESBOT_FIELD_TYPES)}"
            yield in_manifest(widget.manifest, message, hint, *path, "type")


@rule("M163", "manual-not-boolean", Severity.WARNING, requires=READABLE)
def manual_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`manual` is not a boolean.

    What:
        `manual` of a block's field is not true or false.
    Why:
        The vendor's samples use a boolean; `"false"` may count as true.
    Source:
        https://developers.kommo.com/docs/salesbot-sdk
    Bad:
        manifest.json
            "manual": "Y"
    Good:
        manifest.json
            "manual": false
    """
    for path, node in _fields(widget.manifest):
        manual = node.find("manual")
        if manual and not isinstance(manual.value, bool):
            message = f"`{'.'.join(path)}.manual` is not true or false"
            yield in_manifest(
                widget.manifest, message, "write true or false, without quotes", *path, "manual"
            )
