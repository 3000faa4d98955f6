"""Runs the rules over a widget and stamps what they find."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from scaffold.check.findings import Finding
from scaffold.check.model.model import MANIFEST, Widget
from scaffold.check.rules import all_rules
from scaffold.check.rules.registry import Context, Problem, Rule
from scaffold.documents.jsondoc import pointer, steps
from scaffold.documents.node import Node
from scaffold.errors import ScaffoldError
from scaffold.text import printable

_MAX_CHARS = 500
"""Of a message or hint, which may quote what the widget says."""


class Waiver(NamedTuple):
    """A finding that a team accepts."""

    code: str
    """A code or the beginning of one, such as `A1`."""
    reason: str
    path: str = "*"
    """A glob over the finding's path."""

    def covers(self, finding: Finding) -> bool:
        """Return whether `finding` is accepted."""
        return finding.code.startswith(self.code) and fnmatchcase(finding.path, self.path)


class Options(NamedTuple):
    """What is asked of the widget, and what of the answer is wanted."""

    context: Context = Context()
    select: tuple[str, ...] = ()
    """Beginnings of codes; empty: all."""
    ignore: tuple[str, ...] = ()
    """Beginnings of codes; wins over `select`."""
    waivers: tuple[Waiver, ...] = ()


class Waived(NamedTuple):
    """A finding that a team accepts, and why."""

    finding: Finding
    reason: str


class Result(NamedTuple):
    """What was found, by path, place and code."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    """What waivers cover."""


_EVERYTHING = Options()


def lint(widget: Widget, options: Options = _EVERYTHING) -> tuple[Finding, ...]:
    """Return every finding that no waiver covers. Raises ScaffoldError for a code that no rule has."""
    return examine(widget, options).findings


def examine(widget: Widget, options: Options = _EVERYTHING) -> Result:
    """Return every finding, and apart those that waivers cover. Raises as `lint` does."""
    rules = all_rules()
    _refuse_unknown_codes(rules, (*options.select, *options.ignore))
    run = _Run(widget, options.context, {rule.code: rule for rule in rules})
    found: set[Finding] = set()
    waived: dict[Finding, str] = {}
    for rule in rules:
        waivers = () if rule.vital else options.waivers
        for finding in run.findings(rule) if _is_wanted(rule.code, options) else ():
            waiver = next((waiver for waiver in waivers if waiver.covers(finding)), None)
            if waiver:
                waived[finding] = waiver.reason
            else:
                found.add(finding)
    accepted = tuple(Waived(finding, waived[finding]) for finding in _sorted(waived))
    return Result(_sorted(found), accepted)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.path, f.line, f.column, f.code, f.pointer, f.message)))


def _is_wanted(code: str, options: Options) -> bool:
    return code.startswith(options.select or ("",)) and not (
        options.ignore and code.startswith(options.ignore)
    )


def _refuse_unknown_codes(rules: tuple[Rule, ...], codes: tuple[str, ...]) -> None:
    for code in codes:
        if not any(rule.code.startswith(code) for rule in rules) or not code:
            families = ", ".join(sorted({rule.code[0] for rule in rules}))
            raise ScaffoldError(
                f"no rule has the code `{code}`", f"give a code such as M101, or a family: {families}"
            )


class _Run:
    """One widget under the rules; a rule runs once, and says nothing that one it requires says already."""

    def __init__(self, widget: Widget, context: Context, rules: dict[str, Rule]) -> None:
        self._widget = widget
        self._context = context
        self._rules = rules
        self._problems: dict[str, tuple[Problem, ...]] = {}

    def findings(self, rule: Rule) -> Iterator[Finding]:
        """Yield what `rule` finds."""
        for problem in self._run(rule):
            line, column = self._place(problem)
            severity = rule.severities[self._context.profile]
            yield Finding(
                rule.code, rule.slug, severity, problem.path, printable(problem.message, _MAX_CHARS),
                printable(problem.hint, _MAX_CHARS), problem.pointer, line, column,
            )  # fmt: skip

    def _run(self, rule: Rule) -> tuple[Problem, ...]:
        if rule.code not in self._problems:
            runs = rule.applies(self._context) and not self._is_held_up(rule)
            found = map(self._located, rule.check(self._widget, self._context)) if runs else ()
            self._problems[rule.code] = tuple(p for p in found if not self._is_said(rule, p))
        return self._problems[rule.code]

    def _is_held_up(self, rule: Rule) -> bool:
        """Return whether a file cannot be read that this rule, or one that it requires, reads."""
        required = [self._rules[code] for code in rule.requires]
        return any(
            any(problem.blinding for problem in self._run(other)) or self._is_held_up(other)
            for other in required
        )

    def _is_said(self, rule: Rule, problem: Problem) -> bool:
        """Return whether a required rule has a problem of the same value, or of one that holds it."""
        said = (other for code in rule.requires for other in self._run(self._rules[code]))
        return any(_holds(other, problem) for other in said)

    def _located(self, problem: Problem) -> Problem:
        """Return a problem of the manifest with the pointer at which the value really stands."""
        if problem.path != MANIFEST or not problem.pointer or not self._widget.manifest.displaced:
            return problem
        path = self._widget.manifest.where(*steps(problem.pointer))
        return problem._replace(pointer=pointer(*path))

    def _place(self, problem: Problem) -> tuple[int, int]:
        """Return line and column of a problem; a value that is not there is placed at what should hold it."""
        if problem.line or not problem.path.endswith(".json"):
            return problem.line, problem.column
        node = self._widget.document(problem.path).root
        for step in steps(problem.pointer):
            child = node and node.find(_index(node, step))
            if not child:
                break
            node = child
        if node is None:
            return 0, 0
        return (node.key_line, node.key_column) if node.key_line else (node.line, node.column)


def _holds(outer: Problem, inner: Problem) -> bool:
    """Return whether `outer` is about the value of `inner`, one around it, or the whole file."""
    if outer.path != inner.path:
        return False
    if not outer.pointer:
        return not outer.line
    return f"{inner.pointer}/".startswith(f"{outer.pointer}/")


def _index(node: Node, step: str) -> str | int:
    return int(step) if isinstance(node.value, list) and step.isdecimal() else step
