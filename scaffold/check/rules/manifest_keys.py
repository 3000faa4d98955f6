"""M121 to M124: keys that do not belong in the manifest, or not where they are."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_comments import is_comment
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import did_you_mean, stand_ins
from scaffold.kommo.manifest import DP, TOP_LEVEL, WIDGET

_MISPLACED = frozenset({"webhook_url"})
"""Undocumented at the root, but E105 reports them there."""


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
        hint = "delete it, and rotate the key"
        yield in_manifest(
            widget.manifest,
            "`widget.secret_key` is a secret that everyone with the archive can read",
            hint,
            "widget",
            "secret_key",
        )
