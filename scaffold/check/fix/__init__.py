"""Fixes what is safe and certain of what a check finds, and never makes anything worse.

All fixes of a round go into the files together, then the widget is checked again: a fix that brings a finding
with it, of whatever kind, is taken back. Somebody must decide the rest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scaffold.check.engine import lint
from scaffold.check.findings import Finding
from scaffold.check.fix import files, locale_files, manifest_values, pictures
from scaffold.check.fix.change import Fix, Fixer, Left, Subject
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules.registry import Context
from scaffold.check.waivers import Waiver, split
from scaffold.documents.edit import EditError
from scaffold.documents.edit.jsonedit import Change, edited
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree

MAX_ROUNDS = 5
"""One fix may make way for another; a second run shall find nothing left to fix."""

_SINGLY = 200
"""Fixes of one kind that are tried one by one where they do not go together."""

FIXERS: dict[str, Fixer] = {
    "A120": files.without_leftovers,
    "A121": files.without_mark,
    "A122": files.without_mark,
    "A123": files.with_lf,
    "E105": manifest_values.misplaced,
    "G101": pictures.from_other_format,
    "G102": pictures.from_other_format,
    "G104": pictures.fitted,
    "G105": pictures.saved_as_png,
    "I102": files.moved,
    "I104": files.repaired_json,
    "I105": files.repaired_json,
    "I106": files.repaired_json,
    "I107": files.repaired_json,
    "I120": locale_files.with_text,
    "I121": locale_files.with_content,
    "I123": locale_files.with_text,
    "I130": locale_files.with_text,
    "L101": manifest_values.location,
    "L102": manifest_values.location,
    "L104": manifest_values.doubled,
    "L110": manifest_values.missing_key,
    "M101": files.repaired_json,
    "M102": files.repaired_json,
    "M103": files.repaired_json,
    "M104": files.repaired_json,
    "M105": manifest_values.null_block,
    "M110": manifest_values.missing_key,
    "M112": manifest_values.interface_version,
    "M113": manifest_values.version,
    "M114": manifest_values.as_flag,
    "M115": manifest_values.locale_list,
    "M116": manifest_values.locale_code,
    "M118": manifest_values.doubled,
    "M121": manifest_values.misplaced,
    "M122": manifest_values.misplaced,
    "M131": manifest_values.field_key,
    "M133": manifest_values.as_flag,
    "M140": manifest_values.action_multiple,
    "M141": manifest_values.as_flag,
    "M153": manifest_values.colour,
    "M163": manifest_values.as_flag,
    "M173": manifest_values.unhidable,
    "M174": manifest_values.as_flag,
    "M180": manifest_values.tour_flag,
    "M181": manifest_values.picture_list,
}
"""Code of a rule -> what fixes its findings."""

_PICTURES = frozenset(code for code in FIXERS if code.startswith("G"))


class Fixed(NamedTuple):
    """A widget after its fixes."""

    tree: Tree
    deletions: tuple[str, ...] = ()
    """What is to be deleted beside the widget's own files."""
    changes: tuple[str, ...] = ()
    """`PATH: what was changed`, one line each."""
    left: tuple[str, ...] = ()
    """`PATH: why it was left`, of findings that could not be fixed."""
    before: tuple[Finding, ...] = ()
    """What was found of what is wanted."""
    after: tuple[Finding, ...] = ()
    """What is left of it, or is new."""


def fixable(widget: Widget, findings: Sequence[Finding], context: Context) -> frozenset[Finding]:
    """Return those of `findings` that `apply_fixes` would fix; of pictures those that it would draw."""
    fixes = _fixes(Subject(widget, widget, context.platform, draws=False), findings)
    if not fixes:
        return frozenset()
    pictures = [(finding, fix) for finding, fix in fixes if finding.code in _PICTURES]
    # Apart, since a file that is written whole in one round is changed inside in the next one.
    whole = [(finding, fix) for finding, fix in fixes if not fix.edits and finding.code not in _PICTURES]
    within = [(finding, fix) for finding, fix in fixes if fix.edits]
    done = _applied(widget.archive, pictures).done
    now = lint(widget, context)
    for part in filter(None, (whole, within)):
        done += _improved(widget, part, now, context)[0].done
    return frozenset(finding for finding, _ in done)


_EVERYTHING = CheckOptions()


def apply_fixes(
    archive: Archive, context: Context, options: CheckOptions = _EVERYTHING, waivers: Sequence[Waiver] = ()
) -> Fixed:
    """Return the widget in `archive` after every fix that makes nothing worse; writes nothing."""

    def wanted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return split(waivers, (f for f in findings if options.wants(f.code))).findings

    original = widget = Widget(archive)
    before = now = lint(original, context)
    deletions: list[str] = []
    changes: list[str] = []
    left: dict[str, None] = {}
    for _ in range(MAX_ROUNDS):
        subject = Subject(widget, original, context.platform)
        findings = wanted(now)
        left |= dict.fromkeys(_left(subject, findings))
        made, after = _improved(widget, _fixes(subject, findings), now, context)
        if not made.done:
            break
        widget, now = widget.changed(made.archive), after
        changes += [f"{finding.path}: {fix.what}" for finding, fix in made.done]
        deletions += [path for _, fix in made.done for path in fix.deletions]
    return Fixed(
        widget.tree,
        tuple(deletions),
        tuple(dict.fromkeys(changes)),
        tuple(left),
        wanted(before),
        wanted(now),
    )


def _improved(
    widget: Widget, fixes: list[tuple[Finding, Fix]], now: tuple[Finding, ...], context: Context
) -> tuple["_Applied", tuple[Finding, ...]]:
    """Return the archive after those of the fixes that make nothing worse, and what is found then."""
    made = _applied(widget.archive, fixes)
    after = lint(widget.changed(made.archive), context) if made.done else now
    if not _is_worse(now, after):
        return made, after
    made = _sifted(widget, fixes, now, context)
    return made, lint(widget.changed(made.archive), context)


def _fixes(subject: Subject, findings: Iterable[Finding]) -> list[tuple[Finding, Fix]]:
    made = ((finding, _made(subject, finding)) for finding in findings if finding.code in FIXERS)
    return [(finding, fix) for finding, fix in made if isinstance(fix, Fix)]


def _left(subject: Subject, findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        made = _made(subject, finding) if finding.code in FIXERS else None
        if isinstance(made, Left):
            yield f"{finding.path}: {made.why}"


def _made(subject: Subject, finding: Finding) -> Fix | Left | None:
    return FIXERS[finding.code](subject, finding)


class _Applied(NamedTuple):
    """An archive after some fixes, and which of them."""

    archive: Archive
    done: list[tuple[Finding, Fix]]


def _applied(archive: Archive, fixes: Sequence[tuple[Finding, Fix]]) -> _Applied:
    """Carry out all fixes that go together: whole files first, changes of other files in one pass each."""
    tree = dict(archive.tree)
    done: list[tuple[Finding, Fix]] = []
    taken: set[str] = set()
    deletions: set[str] = set()
    edits: dict[str, list[tuple[Finding, Fix]]] = {}
    for finding, fix in fixes:
        if fix.files and all(path in taken and tree.get(path) == data for path, data in fix.files.items()):
            done.append((finding, fix))  # the same as of the finding before: a file is repaired as a whole
        elif fix.files and taken.isdisjoint(fix.files):
            taken |= fix.files.keys()
            for path, data in fix.files.items():
                if data is None:
                    del tree[path]
                else:
                    tree[path] = data
            done.append((finding, fix))
        elif fix.deletions:
            deletions |= set(fix.deletions)
            done.append((finding, fix))
        for path in fix.edits:
            edits.setdefault(path, []).append((finding, fix))
    for path, changing in edits.items():
        if path not in taken:
            tree[path], changed = _edited(tree[path], path, changing)
            done += changed
    ignored = tuple(path for path in archive.ignored if path not in deletions)
    return _Applied(archive._replace(tree=Tree(tree), ignored=ignored), done)


def _edited(
    data: bytes, path: str, fixes: list[tuple[Finding, Fix]]
) -> tuple[bytes, list[tuple[Finding, Fix]]]:
    """Return a file after the changes of `fixes`, and which of these went in."""
    try:
        text = data.decode()
        return _with(text, path, fixes), fixes
    except UnicodeDecodeError:
        return data, []
    except EditError:
        pass
    done: list[tuple[Finding, Fix]] = []
    for fix in fixes[:_SINGLY]:
        try:
            data = _with(text, path, [*done, fix])
        except EditError:
            continue
        done.append(fix)
    return data, done


def _with(text: str, path: str, fixes: Iterable[tuple[Finding, Fix]]) -> bytes:
    changes: dict[Change, None] = {}
    unhashable: list[Change] = []
    for _, fix in fixes:
        for change in fix.edits[path]:
            try:
                changes[change] = None
            except TypeError:  # a list or an object as value
                unhashable.append(change)
    return edited(text, [*changes, *unhashable]).encode()


def _sifted(
    widget: Widget, fixes: Sequence[tuple[Finding, Fix]], before: tuple[Finding, ...], context: Context
) -> _Applied:
    """Carry out the fixes kind by kind, and of a kind that makes something worse one by one."""

    def is_worse(tried: list[tuple[Finding, Fix]]) -> bool:
        made = _applied(widget.archive, tried).archive
        return _is_worse(before, lint(widget.changed(made), context))

    kept: list[tuple[Finding, Fix]] = []
    for code in dict.fromkeys(finding.code for finding, _ in fixes):
        kind = [(finding, fix) for finding, fix in fixes if finding.code == code]
        if not is_worse([*kept, *kind]):
            kept += kind
            continue
        for single in kind[:_SINGLY] if len(kind) > 1 else []:
            if not is_worse([*kept, single]):
                kept.append(single)
    return _applied(widget.archive, kept)


def _is_worse(before: Iterable[Finding], after: Iterable[Finding]) -> bool:
    """Return whether more is found of some kind in some file, whatever the user wants to hear of it."""
    counts = _count(before)
    return any(count > counts[kind] for kind, count in _count(after).items())


def _count(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.path) for finding in findings)
