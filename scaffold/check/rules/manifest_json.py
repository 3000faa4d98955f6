"""M10x and M125: whether the manifest can be read, and whether its blocks have the right type."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import MANIFEST, Widget
from scaffold.check.rules.manifest_comments import is_comment
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.documents.jsondoc import Document
from scaffold.kommo.manifest import TOP_LEVEL

READABLE = ("M101", "M105")
"""What most rules of the manifest require: it can be parsed, and its blocks are objects."""

INVALID = ("syntax", "depth", "control-character", "escape", "surrogate", "nan")
"""Kinds of errors in the JSON itself; comments, trailing commas and duplicate keys have their own rules."""

_FORMS: dict[str, str] = {
    "settings": '{"field": {"name": "settings.field", "type": "text", "required": false}}',
    "salesbot_designer": '{"block": {"name": "salesbot.block", "settings": {}}}',
    "left_menu": '{"item": {"title": "menu.item", "icons": {...}}}',
    "dp": '{"settings": {...}, "action_multiple": false, "webhook_url": "https://..."}',
}
"""Block that must not be empty -> how to write it."""


def _errors(document: Document, *kinds: str, hint: str) -> Iterator[Problem]:
    for error in document.errors:
        # A comment written as a key may repeat: M129 reports it.
        if error.kind in kinds and not is_comment(error.subject):
            yield Problem(MANIFEST, error.message, hint, error, blocks_dependents=not document.complete)


@rule("M101", "invalid-json", Severity.ERROR, requires=("A101",), waivable=False)
def invalid_json(widget: Widget, _context: Context) -> Iterator[Problem]:
    r"""Invalid JSON in the manifest.

    What:
        manifest.json is not valid JSON: a comma is missing or doubled, a string is not closed, quotes are
        single, a string contains a raw control character or an unknown escape.
    Why:
        The upload rejects the archive. If the intended meaning is unclear, nothing after that place is read,
        so fixing it may reveal further findings.
    Source:
        https://developers.kommo.com/docs/structure-widget
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
            "version": "1.0.0",,
    Good:
        manifest.json
            "version": "1.0.1",
    """
    return _errors(widget.manifest.document, *INVALID, hint="fix the JSON here")


@rule("M102", "json-comment", Severity.ERROR, requires=("A101",), waivable=False)
def json_comment(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Comment in the manifest.

    What:
        A `//` or `/* */` comment in manifest.json.
    Why:
        The vendor's samples contain comments, but JSON has none, and the upload rejects the archive.
    Source:
        https://developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
            // the manifest
                "version": "1.0.0",
    Good:
        manifest.json
            {
                "version": "1.0.1",
    """
    return _errors(widget.manifest.document, "comment", hint="delete the comment")


@rule("M103", "trailing-comma", Severity.ERROR, requires=("A101",), waivable=False)
def trailing_comma(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Trailing comma in the manifest.

    What:
        A comma before a closing brace or bracket in manifest.json.
    Why:
        JavaScript allows it, JSON does not, and the upload rejects the archive.
    Source:
        https://developers.kommo.com/docs/structure-widget
    Bad:
        manifest.json
            "version": "1.0.0",
            "settings",
    Good:
        manifest.json
            "version": "1.0.1",
            "settings"
    """
    return _errors(widget.manifest.document, "trailing-comma", hint="delete the comma")


@rule("M104", "duplicate-key", Severity.WARNING, requires=("A101",))
def duplicate_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Duplicate key in the manifest.

    What:
        The same key twice in one object of manifest.json, except for keys that are comments.
    Why:
        Only the last one counts; the first is silently lost.
    Source:
        https://www.rfc-editor.org/rfc/rfc8259#section-4
    Bad:
        manifest.json
            "version": "0.9.0", "version": "1.0.0",
    Good:
        manifest.json
            "version": "1.0.1",
    """
    return _errors(widget.manifest.document, "duplicate-key", hint="keep one of the two")


@rule("M105", "not-an-object", Severity.ERROR, requires=("M101",), waivable=False)
def not_an_object(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Manifest or one of its blocks is not an object.

    What:
        The manifest itself, or a block such as `widget`, `tour`, `settings` or `dp`, is not an object but a
        list, a string or `null`.
    Why:
        The block is not read, and the upload is known to reject `tour: null`.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "tour": null, "locations": [
              }
            }
    Good:
        manifest.json
              "locations": [
              },
              "tour": {
                "is_tour": true,
                "tour_images": {
                  "en": [
                    "/images/tour_en.png"
                  ],
                  "es": [
                    "/images/tour_es.png"
            ...
    """
    root = widget.manifest.document.root
    if root and not isinstance(root.value, dict):
        yield in_manifest(widget.manifest, "the manifest is not an object", "write it as {...}")
    for block in TOP_LEVEL:
        node = widget.manifest.find(block)
        if node and block != "locations" and not isinstance(node.value, dict):
            hint = "delete it" if node.value is None else f"write it as `{_FORMS.get(block, '{...}')}`"
            yield in_manifest(widget.manifest, f"`{block}` is not an object", hint, block)


@rule("M125", "location-list", Severity.ERROR, requires=("M101",))
def location_list(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`locations` is not a list of strings.

    What:
        `locations` is a string or an object, an empty list, or a list that contains anything but strings.
    Why:
        The widget appears nowhere.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "settings",
            7
    Good:
        manifest.json
            "settings"
    """
    node = widget.manifest.find("locations")
    if node is None:
        return
    if not isinstance(node.value, list) or not node.value:
        hint = 'write a list such as `["lcard-1", "settings"]`'
        yield in_manifest(widget.manifest, "`locations` is not a list of areas", hint, "locations")
        return
    for index, entry in enumerate(node.value):
        if not isinstance(entry.value, str):
            message = f"entry {index + 1} of `locations` is not a string"
            yield in_manifest(
                widget.manifest, message, "write the code of an area as a string", "locations", index
            )
