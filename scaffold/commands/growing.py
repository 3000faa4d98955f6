"""What `add`, `remove` and `update` share: their options, and the steps from answers to files."""

from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from scaffold.commands import new_overlay, shared
from scaffold.commands.settling import settle
from scaffold.errors import ScaffoldError
from scaffold.text import harmless, printable, shell_command

if TYPE_CHECKING:
    from scaffold.files.tree import Tree
    from scaffold.generate.answers.draft import Draft
    from scaffold.generate.answers.record import Answers
    from scaffold.grow.growth import Growth
    from scaffold.grow.planning import Change
    from scaffold.grow.project import Project


class Request(NamedTuple):
    """The command line, as far as the commands share it."""

    folder: Path
    """The project."""
    command: str
    """As typed, without options: `add llist-0`."""
    label: str
    """Name of the new version in conflict markers: `with llist-0`."""
    trust: bool = False
    dry_run: bool = False
    diff: bool = False
    force: bool = False
    as_json: bool = False


def options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that the commands share."""
    for option in (
        shared.as_json,
        click.option("--abort", is_flag=True, help="Undo a merge that left conflicts."),
        click.option("--force", is_flag=True, help="Also change files with uncommitted modifications."),
        shared.diff,
        shared.dry_run,
        shared.trust,
    ):
        command = option(command)
    return command


def abort(request: Request) -> int:
    """Undo the last merge, which left conflicts; return 0."""
    from scaffold.project import transaction

    settle(request.folder)
    undone = transaction.abort(request.folder, force=request.force)
    if request.as_json:
        _print({"path": str(request.folder), "aborted": undone.command})
    else:
        click.echo(f"restored the files from before `{undone.command}`", err=True)
    return 0


def grow(request: Request, change: Callable[["Draft"], "Draft"], refusal: str = "") -> int:
    """Change the answers of a project and the files generated from them; return 1 if that left conflicts.

    `change` returns the new answers; `refusal` is the message if they are invalid.
    """
    from scaffold.grow import answers as recorded
    from scaffold.grow.growth import refuse_unresolved
    from scaffold.grow.project import opened
    from scaffold.project import layout

    if request.diff and not request.dry_run:
        raise click.UsageError("--diff requires --dry-run")
    settle(request.folder)
    refuse_unresolved(request.folder)
    project = opened(request.folder)
    draft = recorded.recorded(project.tree[layout.ANSWERS], request.folder)
    before = recorded.checked(draft, "the recorded answers have faults")
    growth, steps = _grown(request, project, before, recorded.checked, change(draft), refusal)
    if not request.dry_run and not growth.is_nothing:
        _write(growth, request)
    _report(growth, steps, request)
    return 1 if growth.conflicts else 0


_NO_BACKEND = (
    "generate the back end in another folder, with kommo-widget new and the same areas: in this one,"
    " which is the widget itself, it would end up in the archive"
)


def _grown(
    request: Request,
    project: "Project",
    before: "Answers",
    checked: Callable[["Draft", str], "Answers"],
    draft: "Draft",
    refusal: str,
) -> tuple["Growth", list[str]]:
    """Generate the project again and plan the changes; return them with the next steps that they add."""
    from scaffold.generate.next_steps import next_steps
    from scaffold.grow.growth import grown
    from scaffold.grow.merge import Sides

    with new_overlay.opened(draft, trust=request.trust, dry_run=request.dry_run) as layer:
        answers = checked(layer.checked(draft, complete=True) if layer else draft, refusal)
        built = new_overlay.build(answers, layer, request.folder)
    made = _generated(built.tree, project)
    answers_pair = _recorded(before, request), _recorded(built.answers, request)
    growth = grown(project, answers_pair, made, Sides(new=request.label), built.executable)
    old, new = (next_steps(one, request.folder) for one in (before, built.answers))
    steps = [step for step in new if step not in old]
    if any(path.startswith("backend/") for path in built.tree) and not any(
        path.startswith("backend/") for path in made
    ):
        steps = [step for step in steps if "/backend/" not in step]
        steps.insert(0, _NO_BACKEND)
    return growth, steps


def _generated(tree: "Tree", project: "Project") -> "Tree":
    """Return the generated files without the record, at the paths that they have in this project."""
    from scaffold.files.tree import Tree
    from scaffold.project import layout

    made = {path: data for path, data in tree.items() if not path.startswith(f"{layout.FOLDER}/")}
    if project.state.adopted:
        from scaffold.grow.adopt import placed

        made = placed(made, project.state)
    return Tree(made)


def _recorded(answers: "Answers", request: Request) -> "Answers":
    """Return answers as they are recorded: a template's path is relative to the record's folder."""
    if answers.template is None:
        return answers
    from scaffold.generate import overlay
    from scaffold.project import layout

    return overlay.recorded(answers, request.folder / layout.ANSWERS)


def _write(growth: "Growth", request: Request) -> None:
    from scaffold.grow.versioned import uncommitted
    from scaffold.project.transaction import commit

    planned = growth.journal(request.command)
    dirty = tuple(uncommitted(request.folder, [write.path for write in planned.writes]))
    if dirty and not request.force:
        raise ScaffoldError(
            "files that would change are modified and not committed",
            "commit or stash them, or change them with --force; --dry-run shows what would happen",
            dirty,
        )
    commit(request.folder, planned)


def _report(growth: "Growth", steps: list[str], request: Request) -> None:
    folder = shell_command([request.folder.as_posix()])
    after = [*steps, f"check the widget: kommo-widget check {folder}"]
    if growth.conflicts:
        after = [
            "resolve the conflicts, or undo everything: kommo-widget add --abort --dir " + folder,
            *after,
        ]
    if request.as_json:
        changes = [_as_json(change) for change in growth.changes]
        _print({"path": str(request.folder), "changes": changes, "next_steps": after})
        return
    if request.diff:
        _print_diff(growth)
        return
    _print_changes(growth)
    for migration in growth.project.migrations:
        click.echo(f"moved to format {migration.format} of the record: {migration.what}", err=True)
    if growth.is_nothing:
        return
    click.echo("next:", err=True)
    for number, step in enumerate(after, start=1):
        click.echo(f"  {number}. {step}", err=True)


def _as_json(change: "Change") -> dict[str, Any]:
    return {
        "path": change.path,
        "action": change.action.value,
        "lines": [conflict.line for conflict in change.conflicts],
        "kept": [{"line": one.line, "unit": one.message} for one in change.kept],
        **({"reason": change.reason} if change.reason else {}),
        **({"paste": list(change.paste)} if change.paste else {}),
    }


def _print_changes(growth: "Growth") -> None:
    """Print a line for each file that changes or keeps an edit, and a summary."""
    counts: dict[str, int] = {}
    for change in growth.changes:
        counts[change.action.value] = counts.get(change.action.value, 0) + 1
        if change.before != change.after or change.conflicts or change.reason or change.kept:
            click.echo(
                f"{change.action.value:<8}  {change.path}" + (f"  ({change.reason})" if change.reason else "")
            )
        for conflict in change.conflicts:
            about = f": yours is kept; the other is {conflict.message}" if conflict.message else ""
            click.echo(f"          {change.path}:{conflict.line}: conflict{printable(about)}")
        for piece in change.paste:
            click.echo(f"paste into {change.path}:\n{harmless(indent(piece, '    '))}")
        for kept in change.kept:
            click.echo(
                f"          {change.path}:{kept.line}: kept because it was edited: {_name(kept.message)}"
            )
    if growth.is_nothing:
        click.echo(f"identical: {sum(counts.values())} files, nothing to do")
    else:
        click.echo(", ".join(f"{count} {action}" for action, count in sorted(counts.items())))


def _name(key: str) -> str:
    """Return the name of a unit as it is printed."""
    return printable(key.removeprefix("name ").replace("\0", ""))


def _print_diff(growth: "Growth") -> None:
    from scaffold.files import apply

    for change in growth.written:
        click.echo(apply.file_diff(change.path, change.before, change.after), nl=False)
    for path, data in growth.record.items():
        if path.endswith((".yml", ".json")):
            click.echo(apply.file_diff(path, growth.project.disk.get(path), data), nl=False)


def _print(document: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def arguments(names: tuple[str, ...], locales: tuple[str, ...]) -> str:
    """Return the areas and locales as they are typed on the command line."""
    return " ".join([*(f"--locale {locale}" for locale in locales), *names])
