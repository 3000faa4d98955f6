"""M119 to M125: the support contact, unknown keys, secrets and the list of locations."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_comments import is_comment
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import did_you_mean, stand_ins
from scaffold.kommo.manifest import DP, TOP_LEVEL, WIDGET

_URL = re.compile(r"https?://[^\s/?#@\[\]]+(?:[/?#]\S*)?\Z", re.IGNORECASE)
_MISPLACED = frozenset({"webhook_url"})
"""Undocumented at the root, but E105 reports them there."""


@rule("M119", "no-support", {"public": Severity.INFO}, requires=(*READABLE, "M110"))
def no_support(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing support contact.

    What:
        `widget.support` is missing.
    Why:
        It adds a button to the installation window through which users reach you. It is optional on Kommo and
        required on amoCRM. Users of a private widget know its author.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
            "installation": true
    Good:
        manifest.json
            "installation": true,
            "support": {
              "link": "https://acme-help.test/help",
              "email": "help@acme-help.test"
            }
    """
    if widget.manifest.find("widget", "support") is None:
        hint = 'add `"support": {"link": "https://...", "email": "..."}`'
        yield in_manifest(widget.manifest, "`widget.support` is missing", hint, "widget", "support")


@rule("M120", "invalid-support", Severity.WARNING, requires=READABLE)
def invalid_support(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid support contact.

    What:
        `widget.support` is not an object, has neither `link` nor `email`, or one of them is invalid.
    Why:
        The support button does nothing.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "link": "help"
    Good:
        manifest.json
            "email": "help@acme-help.test"
    """
    manifest = widget.manifest
    support = manifest.value("widget", "support")
    if manifest.find("widget", "support") is None:
        return
    if not isinstance(support, dict) or not (support.get("link") or support.get("email")):
        hint = 'write `{"link": "https://...", "email": "..."}`'
        yield in_manifest(
            manifest, "`widget.support` has neither `link` nor `email`", hint, "widget", "support"
        )
        return
    if support.get("link") and not is_url(support["link"]):
        path = ("widget", "support", "link")
        yield in_manifest(manifest, "`widget.support.link` is not a URL", "write a URL, https://...", *path)
    if support.get("email") and "@" not in str(support["email"]):
        path = ("widget", "support", "email")
        yield in_manifest(
            manifest, "`widget.support.email` is not an email address", "write an address, name@host", *path
        )


@rule("M121", "undocumented-widget-key", Severity.WARNING, requires=READABLE)
def undocumented_widget_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown key in the `widget` block.

    What:
        A key of `widget` that is not documented: a misspelling, or a block that belongs at the root of the
        manifest.
    Why:
        The key is ignored.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "instalation": true
    Good:
        manifest.json
            "is_showcase": false
    """
    reported = stand_ins(widget.manifest).values()
    for key, _ in widget.manifest.members("widget"):
        if ("widget", key) in reported or is_comment(key):
            continue
        if key in TOP_LEVEL:
            is_moved = widget.manifest.misplaced.get((key,)) == ("widget", key)
            hint = f"move `{key}` to the root of the manifest" if is_moved else "delete it"
            yield in_manifest(widget.manifest, f"`{key}` does not belong in `widget`", hint, "widget", key)
        elif key not in WIDGET:
            hint = did_you_mean(key, WIDGET, widget.manifest, "widget")
            yield in_manifest(widget.manifest, f"`widget.{key}` is not documented", hint, "widget", key)


@rule("M122", "undocumented-key", Severity.WARNING, requires=READABLE)
def undocumented_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown top-level key in the manifest.

    What:
        A top-level key that is not documented: a misspelling, or a key that belongs in `widget` or `dp`.
    Why:
        The key is ignored.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
              "version": "1.0.0",
            },
            "scopes": [
              "crm"
            ]
    Good:
        manifest.json
              "version": "1.0.1",
            }
    """
    reported = stand_ins(widget.manifest).values()
    for key, _ in widget.manifest.members():
        home = "widget" if key in WIDGET else "dp" if key in DP else ""
        if key in TOP_LEVEL or key in _MISPLACED or (key,) in reported or is_comment(key):
            continue
        if home:
            is_there = widget.manifest.document.find(home, key) is not None
            hint = "delete it" if is_there else f"move it into `{home}`"
            yield in_manifest(widget.manifest, f"`{key}` does not belong at the root", hint, key)
        else:
            hint = did_you_mean(key, TOP_LEVEL, widget.manifest)
            yield in_manifest(widget.manifest, f"`{key}` is not documented", hint, key)


@rule("M123", "legacy-code", Severity.INFO, requires=READABLE)
def legacy_code(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Widget code in the manifest.

    What:
        `widget.code` is set.
    Why:
        The platform creates the code at the first upload; only older widgets need it in the manifest.
    Source:
        https://www.amocrm.ru/developers/content/integrations/upload
    Bad:
        manifest.json
            "version": "1.0.0",
            },
            "code": "acme_leads"
    Good:
        manifest.json
            "version": "1.0.1",
            }
    """
    if widget.manifest.find("widget", "code"):
        message = "`widget.code` is only used by older widgets"
        yield in_manifest(widget.manifest, message, "delete it, unless the widget needs it", "widget", "code")


@rule("M124", "secret-key", Severity.WARNING, requires=READABLE, secret=True)
def secret_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Secret key in the manifest.

    What:
        `widget.secret_key` is set.
    Why:
        Everyone who can read the archive or its repository has the key. New widgets have none; once
        published, a key is no longer secret.
    Source:
        https://www.amocrm.ru/developers/content/integrations/upload
    Bad:
        manifest.json
            "version": "1.0.0",
            },
            "secret_key": "0123456789abcdef"
    Good:
        manifest.json
            "version": "1.0.1",
            }
    """
    if widget.manifest.find("widget", "secret_key"):
        hint = "delete it, and have the key replaced"
        yield in_manifest(
            widget.manifest,
            "`widget.secret_key` is a secret that everyone with the archive can read",
            hint,
            "widget",
            "secret_key",
        )


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


def is_url(value: object) -> bool:
    """Return whether `value` is a string with an http or https URL."""
    return isinstance(value, str) and _URL.match(value) is not None
