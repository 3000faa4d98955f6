"""URLs that open a file in an editor, for the links at a finding's location."""

import re

from scaffold.errors import ScaffoldError
from scaffold.text import did_you_mean, printable

ENVIRONMENT = "KOMMO_WIDGET_EDITOR"

USUAL = "vscode"

_LIKE_VSCODE = ("vscode", "vscode-insiders", "vscodium", "cursor", "windsurf", "zed")
_OF_JETBRAINS = ("idea", "phpstorm", "webstorm", "pycharm")

EDITORS: dict[str, str] = {
    **{name: f"{name}://file{{file}}:{{line}}:{{column}}" for name in _LIKE_VSCODE},
    **{name: f"{name}://open?file={{file}}&line={{line}}&column={{column}}" for name in _OF_JETBRAINS},
    "sublime": "subl://open?url=file://{file}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
    "none": "",
}
"""Editor -> the URL template that it handles; `{file}` begins with a slash."""

_FORM = re.compile(r"([a-z][a-z0-9+.-]*)://[!-~]{1,400}")
_LOCAL = re.compile(r"https?://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?/")
_CLOSED = frozenset({"javascript", "data", "vbscript", "blob", "about", "file", "ws", "wss"})
"""Schemes that execute the address, or that a page may not open."""


def template_of(wanted: str) -> str:
    """Return the URL template of an editor; empty for `none`.

    `wanted` is a name from EDITORS or a template with `{file}`, `{line}` and `{column}`. Raises ScaffoldError
    for anything else.
    """
    if wanted in EDITORS:
        return EDITORS[wanted]
    match = _FORM.fullmatch(wanted)
    if match is None:
        near = did_you_mean(wanted, EDITORS)
        raise ScaffoldError(
            f"no editor is called `{printable(wanted, 200)}`{near}",
            f"give {', '.join(EDITORS)}, or an address with {{file}}, {{line}} and {{column}}",
        )
    is_web = match[1] in ("http", "https")
    if match[1] in _CLOSED or (is_web and not _LOCAL.match(wanted)):
        raise ScaffoldError(
            f"`{printable(wanted, 200)}` does not open an editor on this machine", "use another scheme"
        )
    places = re.findall(r"\{[^{}]*\}?|\}", wanted)
    odd = [place for place in places if place not in ("{file}", "{line}", "{column}")]
    if odd or "{file}" not in places:
        raise ScaffoldError(
            f"`{printable(wanted, 200)}` is not an editor's address",
            "use {file}, and optionally {line} and {column}, and no other braces",
        )
    return wanted
