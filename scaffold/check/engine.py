"""Runs the rules over a widget and stamps what they find."""

from collections.abc import Iterator

from scaffold.check import rules
from scaffold.check.findings import Finding
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules.registry import Context, Problem, Rule
from scaffold.errors import ScaffoldError
from scaffold.text import printable

_MAX_CHARS = 500
"""Of a message or hint, which may quote what the widget says."""

_USUAL = Context()
_EVERYTHING = CheckOptions()


def lint(
    widget: Widget, context: Context = _USUAL, options: CheckOptions = _EVERYTHING
) -> tuple[Finding, ...]:
    """Return every finding of the rules that `options` want, by path, place and code.

    Raises ScaffoldError for a code that no rule has.
    """
    refuse_unknown_codes(options)
    run = _Run(widget, context)
    found = {finding for rule in _chosen(options) for finding in run.findings(rule)}
    return tuple(sorted(found, key=lambda f: (f.path, f.line, f.column, f.code, f.pointer, f.message)))


def refuse_unknown_codes(options: CheckOptions) -> None:
    """Raise ScaffoldError for a code that no rule has."""
    for code in (*options.select, *options.ignore):
        if not rules.is_known(code):
            families = ", ".join(rules.FAMILIES)
            raise ScaffoldError(
                f"no rule has the code `{code}`", f"give a code such as M101, or a family: {families}"
            )


def _chosen(options: CheckOptions) -> Iterator[Rule]:
    """Yield the rules that `options` want; a family that is left out is not even imported."""
    for letter in rules.FAMILIES:
        if options.may_want(letter):
            yield from (rule for rule in rules.family(letter) if options.wants(rule.code))


class _Run:
    """One widget under the rules; a rule runs once, and says nothing that one it requires says already."""

    def __init__(self, widget: Widget, context: Context) -> None:
        self._widget = widget
        self._context = context
        self._problems: dict[str, tuple[Problem, ...]] = {}

    def findings(self, rule: Rule) -> Iterator[Finding]:
        """Yield what `rule` finds."""
        for problem in self._run(rule):
            yield _stamped(rule, self._context.profile, problem)

    def _run(self, rule: Rule) -> tuple[Problem, ...]:
        if rule.code not in self._problems:
            runs = rule.applies(self._context) and not self._is_held_up(rule)
            found = rule.check(self._widget, self._context) if runs else ()
            self._problems[rule.code] = tuple(p for p in found if not self._is_said(rule, p))
        return self._problems[rule.code]

    def _is_held_up(self, rule: Rule) -> bool:
        """Return whether a file cannot be read that this rule, or one that it requires, reads."""
        required = map(rules.named, rule.requires)
        return any(
            any(problem.blocks_dependents for problem in self._run(other)) or self._is_held_up(other)
            for other in required
        )

    def _is_said(self, rule: Rule, problem: Problem) -> bool:
        """Return whether a required rule has a problem of the same value, or of one that holds it."""
        said = (other for code in rule.requires for other in self._run(rules.named(code)))
        return any(_holds(other, problem) for other in said)


def _stamped(rule: Rule, profile: str, problem: Problem) -> Finding:
    line, column = (problem.place.line, problem.place.column) if problem.place else (0, 0)
    return Finding(
        rule.code, rule.slug, rule.severities[profile], problem.path, printable(problem.message, _MAX_CHARS),
        printable(problem.hint, _MAX_CHARS), problem.value or (), line, column,
    )  # fmt: skip


def _holds(outer: Problem, inner: Problem) -> bool:
    """Return whether `outer` is about the value of `inner`, one around it, or the whole file."""
    if outer.path != inner.path:
        return False
    if not outer.value:
        return outer.value is not None or outer.place is None
    return inner.value is not None and inner.value[: len(outer.value)] == outer.value
