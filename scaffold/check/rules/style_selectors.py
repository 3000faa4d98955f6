"""C10x: style sheets that reach beyond the widget."""

import re
from collections.abc import Iterable, Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.styles import Selector
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.kommo.page import (
    BARE_BLOCKS,
    COLOR_SCHEME,
    COMMON_WORDS,
    SYSTEM_CLASSES,
    SYSTEM_PREFIXES,
    WIDGET_HOOKS,
    has_only_common_words,
    words_of,
)

MAX_REPORTED = 10
"""Findings of one rule in one sheet; the last one says how many more there are."""

_HOOK = re.compile("|".join(rf"{re.escape(hook)}[\w-]" for hook in WIDGET_HOOKS))

_COMMON_ATTRIBUTES = frozenset({
    "type", "href", "src", "name", "disabled", "readonly", "checked", "selected", "required", "hidden",
    "class", "id", "style", "role", "title", "target", "lang", "dir", "value", "placeholder",
    "contenteditable"
})  # fmt: skip
"""Attributes that elements of the CRM have too."""


def _is_system(name: str) -> bool:
    """Return whether a class or id belongs to the CRM, other than the one it gives each widget."""
    if _HOOK.match(name):
        return False
    block = name.partition("__")[0]
    if block in SYSTEM_CLASSES and (block != name or block not in BARE_BLOCKS):
        return True
    return name.startswith(SYSTEM_PREFIXES)


def _is_global(selector: Selector) -> bool:
    """Return whether a selector may match elements outside the widget."""
    is_dark = selector.text.startswith(":root") and COLOR_SCHEME in selector.attributes
    if selector.names or is_dark or selector.text.startswith(("&", ":host")):
        return False
    return selector.attributes <= _COMMON_ATTRIBUTES


def _is_own_root(selector: Selector, words: frozenset[str]) -> bool:
    """Return whether a selector is `:root` and only sets variables that begin with one of `words`."""
    return selector.text == ":root" and bool(selector.variables) and _first_words(selector.variables) <= words


def _first_words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(words[0] for name in names if (words := words_of(name)))


def _reported(path: str, selectors: list[Selector], what: str, hint: str) -> Iterator[Problem]:
    """Yield a problem for each of the first selectors; `what` has `{}` for the selector's text."""
    for number, selector in enumerate(selectors[:MAX_REPORTED], 1):
        rest = len(selectors) - MAX_REPORTED
        more = f", and {rest} more like it" if number == MAX_REPORTED and rest > 0 else ""
        yield Problem(path, what.format(selector.text) + more, hint, selector)


@rule("C101", "global-selector", Severity.WARNING)
def global_selector(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Global selector.

    What:
        A selector without any class, id or attribute of the widget's own: `*`, `body`, `a`, `:root`,
        `input[type=text]`. `:root[data-color-scheme="dark"]` is the documented way to support the dark
        scheme, and `:root` may define custom properties that share a prefix with the widget's classes. At
        most ten are reported per sheet.
    Why:
        It affects the whole CRM, not only the widget. One widget is known to have frozen pages this way.
    Source:
        https://developers.kommo.com/docs/style-css
        https://developers.kommo.com/docs/getting-listed
    Bad:
        style.css
            body { font-family: serif; }
    Good:
        style.css
            .acme-panel * { font-family: serif; }
            :root { --acme-text: #111; }
            :root[data-color-scheme="dark"] { --acme-text: #fff; }
    """
    for path, style in widget.styles.items():
        own = _first_words(name for other in style.selectors for name in other.names) - COMMON_WORDS
        found = [s for s in style.selectors if _is_global(s) and not _is_own_root(s, own)]
        hint = "prefix it with a class of the widget"
        yield from _reported(path, found, "`{}` affects elements outside the widget", hint)


@rule("C102", "unprefixed-class", Severity.WARNING)
def unprefixed_class(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unprefixed class name.

    What:
        A selector made of everyday words only, such as `title` or `form-label`. Ids count as classes, and so
        do values of attributes that name an element. Classes of the CRM are left to C103. Each
        class is reported once per sheet, at most ten in all.
    Why:
        The CRM or another widget has elements with the same class, and the rule changes them too.
    Source:
        https://developers.kommo.com/docs/style-css
        https://developers.kommo.com/docs/getting-listed
    Bad:
        style.css
            .title { font-size: 20px; }
    Good:
        style.css
            .acme-panel .title { font-size: 20px; }
    """
    for path, style in widget.styles.items():
        found = [selector for selector in style.selectors if _is_unprefixed(selector)]
        hint = "start it with a prefix of your own, or nest it under a class that has one"
        what = "`{}` may match elements outside the widget"
        yield from _reported(path, _first_of_each(found), what, hint)


def _first_of_each(selectors: list[Selector]) -> list[Selector]:
    """Return the first selector of each outermost class."""
    first: dict[str, Selector] = {}
    for selector in selectors:
        first.setdefault(selector.names[0], selector)
    return list(first.values())


def _is_unprefixed(selector: Selector) -> bool:
    given = selector.names
    if not given or any(_is_system(name) or _HOOK.match(name) for name in given):
        return False
    return all(map(has_only_common_words, given))


@rule("C103", "system-class", Severity.WARNING)
def system_class(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Style changes the CRM's own elements.

    What:
        A selector that names only classes of the CRM, such as `.modal-body`. Combined with a class or id of
        the widget's own, or below `.card-widgets__widget-<code>`, it affects the widget alone. Each class is
        reported once per sheet, at most ten in all.
    Why:
        The CRM looks different wherever that class is used; the marketplace rejects it.
    Source:
        https://developers.kommo.com/docs/style-css
        https://developers.kommo.com/docs/getting-listed
    Bad:
        style.css
            .modal-body { padding: 0; }
    Good:
        style.css
            .modal-body .acme-panel { padding: 0; }
    """
    for path, style in widget.styles.items():
        found = [
            selector
            for selector in style.selectors
            if selector.names and all(map(_is_system, selector.names))
        ]
        hint = "prefix it with a class of the widget"
        yield from _reported(path, _first_of_each(found), "`{}` changes elements of the CRM", hint)


@rule("C104", "remote-style", {"public": Severity.WARNING})
def remote_style(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Style sheet loaded from another host.

    What:
        An `@import` of a style sheet on another host.
    Why:
        The marketplace rejects such a style sheet if it has global selectors, and the check cannot read it.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        style.css
            @import url("https://cdn.acme-help.test/all.css");
    Good:
        style.css
            @import url("./panel.css");
    """
    for path, style in widget.styles.items():
        for statement in style.imports:
            if statement.address.startswith(("http:", "https:", "//")):
                message = f"`{statement.text}` loads a style sheet from another host"
                hint = "copy what the widget needs into the archive"
                yield Problem(path, message, hint, statement)
