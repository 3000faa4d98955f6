"""Fixes a widget in rounds: apply all fixes, check again, and take back those that make anything worse."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scaffold.check.engine import lint
from scaffold.check.findings import Finding
from scaffold.check.fix.batch import MAX_SINGLE, Batch, apply_batch
from scaffold.check.fix.change import Fix, Left, ProposedFix, Subject
from scaffold.check.fix.fixers import FIXERS
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules.registry import Context
from scaffold.check.waivers import Waiver, split
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree

MAX_ROUNDS = 5
"""One fix may make another possible; a second run of `--fix` should have nothing left to do."""

_PICTURES = frozenset(code for code in FIXERS if code.startswith("G"))
_EVERYTHING = CheckOptions()


@dataclass(frozen=True, slots=True)
class Fixed:
    """A widget after its fixes."""

    tree: Tree
    deletions: tuple[str, ...] = ()
    """What to delete in the widget's folder, in addition to the widget's own files."""
    changes: tuple[str, ...] = ()
    """`PATH: what to change`, one line each; all of it is done in `tree`."""
    left: tuple[str, ...] = ()
    """`PATH: why it is not fixed`, one line each."""
    before: tuple[Finding, ...] = ()
    """The selected findings before any fix."""
    after: tuple[Finding, ...] = ()
    """The selected findings that remain."""


def fixable(widget: Widget, findings: Sequence[Finding], context: Context) -> frozenset[Finding]:
    """Return those of `findings` that `apply_fixes` would fix. Pictures are not drawn for it."""
    fixes, _ = _proposed(Subject(widget, widget, context.platform, draws=False), findings)
    if not fixes:
        return frozenset()
    pictures = [(finding, fix) for finding, fix in fixes if finding.code in _PICTURES]
    # Apart from edits: a file that one round replaces is edited in the next.
    whole = [(finding, fix) for finding, fix in fixes if not fix.edits and finding.code not in _PICTURES]
    edits = [(finding, fix) for finding, fix in fixes if fix.edits]
    applied = apply_batch(widget.archive, pictures).applied
    now = lint(widget, context)
    for part in filter(None, (whole, edits)):
        applied += _improved(widget, part, now, context)[0].applied
    return frozenset(finding for finding, _ in applied)


def apply_fixes(
    archive: Archive, context: Context, options: CheckOptions = _EVERYTHING, waivers: Sequence[Waiver] = ()
) -> Fixed:
    """Return the widget in `archive` after every fix that makes nothing worse; writes nothing."""
    original = widget = Widget(archive)
    before = now = lint(original, context)
    deletions: list[str] = []
    changes: list[str] = []
    left: dict[str, None] = {}
    for _ in range(MAX_ROUNDS):
        subject = Subject(widget, original, context.platform)
        fixes, reasons = _proposed(subject, _selected(now, options, waivers))
        left |= dict.fromkeys(reasons)
        made, after = _improved(widget, fixes, now, context)
        if not made.applied:
            break
        widget, now = widget.changed(made.archive), after
        changes += [f"{finding.path}: {fix.what}" for finding, fix in made.applied]
        deletions += [path for _, fix in made.applied for path in fix.deletions]
    return Fixed(
        widget.tree,
        tuple(deletions),
        tuple(dict.fromkeys(changes)),
        tuple(left),
        _selected(before, options, waivers),
        _selected(now, options, waivers),
    )


def _selected(
    findings: Iterable[Finding], options: CheckOptions, waivers: Sequence[Waiver]
) -> tuple[Finding, ...]:
    """Return the findings that the user wants fixed."""
    return split(waivers, (finding for finding in findings if options.includes(finding.code))).findings


def _proposed(subject: Subject, findings: Iterable[Finding]) -> tuple[list[ProposedFix], list[str]]:
    """Return the fixes of findings, and for others `PATH: why it is not fixed`."""
    fixes: list[ProposedFix] = []
    reasons: list[str] = []
    for finding in findings:
        made = FIXERS[finding.code](subject, finding) if finding.code in FIXERS else None
        if isinstance(made, Fix):
            fixes.append((finding, made))
        elif isinstance(made, Left):
            reasons.append(f"{finding.path}: {made.why}")
    return fixes, reasons


def _improved(
    widget: Widget, fixes: Sequence[ProposedFix], now: tuple[Finding, ...], context: Context
) -> tuple[Batch, tuple[Finding, ...]]:
    """Apply those of the fixes that make nothing worse, and return the findings after them too."""
    made = apply_batch(widget.archive, fixes)
    after = lint(widget.changed(made.archive), context) if made.applied else now
    if not _is_worse(now, after):
        return made, after
    made = apply_batch(widget.archive, _harmless(widget, fixes, now, context))
    return made, lint(widget.changed(made.archive), context)


def _harmless(
    widget: Widget, fixes: Sequence[ProposedFix], before: tuple[Finding, ...], context: Context
) -> list[ProposedFix]:
    """Return the fixes that make nothing worse: tried rule by rule and, where that fails, one by one."""

    def is_worse(tried: list[ProposedFix]) -> bool:
        made = apply_batch(widget.archive, tried).archive
        return _is_worse(before, lint(widget.changed(made), context))

    kept: list[ProposedFix] = []
    for code in dict.fromkeys(finding.code for finding, _ in fixes):
        of_rule = [(finding, fix) for finding, fix in fixes if finding.code == code]
        if not is_worse([*kept, *of_rule]):
            kept += of_rule
            continue
        for single in of_rule[:MAX_SINGLE] if len(of_rule) > 1 else []:
            if not is_worse([*kept, single]):
                kept.append(single)
    return kept


def _is_worse(before: Iterable[Finding], after: Iterable[Finding]) -> bool:
    """Return whether any rule has more findings in any file, also a rule that the user did not select."""
    counts = _count(before)
    return any(count > counts[kind] for kind, count in _count(after).items())


def _count(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.path) for finding in findings)
