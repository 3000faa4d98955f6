"""Runs the rules on a widget and turns their problems into findings."""

from collections.abc import Iterator

from scaffold.check import rules
from scaffold.check.findings import Finding
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules.registry import Context, Problem, Rule
from scaffold.errors import ScaffoldError
from scaffold.text import printable

_MAX_CHARS = 500
"""Of a message or hint, which may quote the widget."""

_DEFAULT = Context()
_EVERYTHING = CheckOptions()


def lint(
    widget: Widget, context: Context = _DEFAULT, options: CheckOptions = _EVERYTHING
) -> tuple[Finding, ...]:
    """Return the findings of the rules that `options` select, sorted by path, position and code.

    Raises ScaffoldError for a code that no rule has.
    """
    refuse_unknown_codes(options)
    run = _Run(widget, context)
    found = {finding for rule in _selected(options) for finding in run.findings(rule)}
    return tuple(sorted(found, key=lambda f: (f.path, f.line, f.column, f.code, f.pointer, f.message)))


def refuse_unknown_codes(options: CheckOptions) -> None:
    """Raise ScaffoldError for a code that no rule has."""
    for code in (*options.select, *options.ignore):
        if not rules.is_known(code):
            families = ", ".join(rules.FAMILIES)
            raise ScaffoldError(
                f"unknown rule code `{code}`", f"give a code such as M101, or a family: {families}"
            )


def _selected(options: CheckOptions) -> Iterator[Rule]:
    """Yield the rules that `options` select. Other families are not even imported."""
    for letter in rules.FAMILIES:
        if options.includes_family(letter):
            yield from (rule for rule in rules.family(letter) if options.includes(rule.code))


class _Run:
    """The rules on one widget. Each runs once and does not repeat what a rule it requires reports."""

    def __init__(self, widget: Widget, context: Context) -> None:
        self._widget = widget
        self._context = context
        self._problems: dict[str, tuple[Problem, ...]] = {}

    def findings(self, rule: Rule) -> Iterator[Finding]:
        """Yield the findings of `rule`."""
        for problem in self._run(rule):
            yield _finding(rule, self._context.profile, problem)

    def _run(self, rule: Rule) -> tuple[Problem, ...]:
        if rule.code not in self._problems:
            runs = rule.applies(self._context) and not self._is_blocked(rule)
            found = rule.check(self._widget, self._context) if runs else ()
            self._problems[rule.code] = tuple(p for p in found if not self._is_covered(rule, p))
        return self._problems[rule.code]

    def _is_blocked(self, rule: Rule) -> bool:
        """Return whether a rule it requires, directly or not, has found a file that cannot be read."""
        required = map(rules.named, rule.requires)
        return any(
            any(problem.blocks_dependents for problem in self._run(other)) or self._is_blocked(other)
            for other in required
        )

    def _is_covered(self, rule: Rule, problem: Problem) -> bool:
        """Return whether a required rule reports the same value, or one that contains it."""
        reported = (other for code in rule.requires for other in self._run(rules.named(code)))
        return any(_contains(other, problem) for other in reported)


def _finding(rule: Rule, profile: str, problem: Problem) -> Finding:
    line, column = (problem.place.line, problem.place.column) if problem.place else (0, 0)
    return Finding(
        rule.code, rule.slug, rule.severities[profile], problem.path, printable(problem.message, _MAX_CHARS),
        printable(problem.hint, _MAX_CHARS), problem.value or (), line, column, target=problem.target,
    )  # fmt: skip


def _contains(outer: Problem, inner: Problem) -> bool:
    """Return whether `outer` is about the value of `inner`, a value around it, or the whole file."""
    if outer.path != inner.path:
        return False
    if not outer.value:
        return outer.value is not None or outer.place is None
    return inner.value is not None and inner.value[: len(outer.value)] == outer.value
