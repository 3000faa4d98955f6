"""S140 to S142: names that the scripts use but never declare."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Unknown, Use
from scaffold.check.model.widget import Widget
from scaffold.check.rules.loading import is_library, loaded_scripts
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.urls import module_host
from scaffold.text import nearest


@rule("S140", "undeclared-name", Severity.ERROR)
def undeclared_name(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Undeclared name.

    What:
        A script uses a name that is not declared in it or in another script of the archive, is not a global
        of browsers or of the CRM, and is not guarded by `typeof`. Reported here if the line runs whenever the
        script is loaded, or whenever `render`, `init` or `bind_actions` is called; otherwise by S141. Each
        name is reported once. A script with a syntax error is not checked.
    Why:
        The browser throws a ReferenceError, and nothing after it runs.
    Source:
        https://developers.kommo.com/docs/script-js
        https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Errors/Not_defined
    Bad:
        script.js
            var self = this, lang = langs.userLang;
    Good:
        script.js
            var self = this, langs = self.langs, lang = langs.userLang;
    """
    return _reported(widget, certain=True)


@rule("S141", "perhaps-undeclared-name", Severity.WARNING)
def perhaps_undeclared_name(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Possibly undeclared name.

    What:
        Like S140, but the line runs conditionally, later, or in another callback; or the widget loads a
        script from another host, which may declare the name.
    Why:
        The browser throws a ReferenceError as soon as it reaches the line.
    Source:
        https://developers.kommo.com/docs/script-js
        https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Errors/Not_defined
    Bad:
        script.js
            self.draw = function () { return panel.html(); };
    Good:
        script.js
            self.draw = function (panel) { return panel.html(); };
    """
    return _reported(widget, certain=False)


def _reported(widget: Widget, *, certain: bool) -> Iterator[Problem]:
    """Yield the undeclared names that are certain to fail, or the others."""
    scripts = loaded_scripts(widget)
    shared = _shared(widget, scripts)
    doubtful = any(_loads_foreign(widget, path) for path in scripts)
    for path in scripts:
        if is_library(widget, path):
            continue
        for unknown in _unknown(widget, path):
            if (unknown.certain and not doubtful) is not certain or unknown.place.text in shared:
                continue
            if _is_meant_for_define(widget, unknown.place.text):
                continue  # S104 reports it
            if not _is_declared_by_another(widget, path, scripts, unknown.place.text):
                yield _problem(widget, path, unknown)


def _is_meant_for_define(widget: Widget, name: str) -> bool:
    """Return whether `name` may be a misspelling of `define` in a script that never calls it."""
    if widget.script is None or widget.script.names_define:
        return False
    return bool(nearest("define", [name.lower()]))


def _problem(widget: Widget, path: str, unknown: Unknown) -> Problem:
    name = unknown.place.text
    more = f", used {unknown.uses} times" if unknown.uses > 1 else ""
    hint = _hint(widget, path, name)
    return Problem(path, f"`{name}` is not declared anywhere{more}", hint, unknown.place)


def _hint(widget: Widget, path: str, name: str) -> str:
    if name in ("self", "_this", "that"):
        return f"declare it: `var {name} = this;`"
    text = widget.tree[path]
    declared = {
        match[1].decode() for match in re.finditer(rb"\b(?:var|let|const|function)\s+([\w$]{1,60})", text)
    }
    close = nearest(name[:60], sorted(declared - {name})[:500], 0.8)
    return f"did you mean `{close}`?" if close else "declare it, or load the module that defines it"


def _unknown(widget: Widget, path: str) -> tuple[Unknown, ...]:
    seen = widget.outline(path)
    return seen.names.unknown if seen else ()


def _shared(widget: Widget, scripts: tuple[str, ...]) -> frozenset[str]:
    """Return the names that the loaded scripts put on `window`."""
    outlines = [seen for path in scripts if (seen := widget.outline(path))]
    return frozenset(name for seen in outlines for name in seen.names.shared)


def _loads_foreign(widget: Widget, path: str) -> bool:
    """Return whether a script loads code from outside the archive, which may declare names."""
    seen = widget.outline(path)
    if seen is None:
        return False
    remote = any(module_host(module.text) for define in seen.defines for module in define.dependencies)
    return remote or bool(seen.used(Use.SCRIPT_TAG)) or seen.calls("getScript")


def _is_declared_by_another(widget: Widget, path: str, scripts: tuple[str, ...], name: str) -> bool:
    """Return whether a library, a broken script or one that is loaded in another way may declare it."""
    word = re.escape(name.encode())
    declaring = re.compile(
        rb"(?:\b(?:var|let|const|function|class)\s+|\.\s*|\[\s*[\"'])" + word + rb"(?![\w$])|"
        rb"(?<![\w$.])" + word + rb"\s*="
    )
    others = (other for other in widget.tree if other.endswith(".js") and other != path)
    return any(
        declaring.search(widget.tree[other])
        for other in others
        if other not in scripts or is_library(widget, other) or _is_broken(widget, other)
    )


def _is_broken(widget: Widget, path: str) -> bool:
    seen = widget.outline(path)
    return seen is not None and bool(seen.errors)


@rule("S142", "implicit-global", {"public": Severity.WARNING})
def implicit_global(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Assignment to an undeclared name.

    What:
        An assignment such as `total = 0` to a name that is not declared anywhere. Each name is reported once
        per script. A script with a syntax error is not checked.
    Why:
        The name becomes a global on `window`, which every widget and the CRM share; the marketplace requires
        declared variables.
    Source:
        https://developers.kommo.com/docs/getting-listed
        https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Strict_mode
    Bad:
        script.js
            total = 0;
    Good:
        script.js
            var total = 0;
    """
    scripts = loaded_scripts(widget)
    for path in scripts:
        seen = widget.outline(path)
        for place in seen.names.assigned if seen and not is_library(widget, path) else ():
            message = f"`{place.text}` is assigned but not declared anywhere"
            yield Problem(path, message, "declare it with `var`", place)
