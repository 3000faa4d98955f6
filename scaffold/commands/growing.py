"""What `add`, `remove` and `update` share: their options, and the steps from answers to files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from scaffold.commands import building, growth_report, shared
from scaffold.commands.settling import settle
from scaffold.errors import ScaffoldError
from scaffold.text import shell_command

if TYPE_CHECKING:
    from scaffold.files.tree import Tree
    from scaffold.generate.answers.draft import Draft
    from scaffold.generate.answers.record import Answers
    from scaffold.grow.growth import Growth
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
        shared.print_json({"path": str(request.folder), "aborted": undone.command})
    else:
        click.echo(f"restored the files from before `{undone.command}`", err=True)
    return 0


def grow(request: Request, change: Callable[["Draft"], "Draft"], refusal: str = "") -> int:
    """Change the answers of a project and the files generated from them; return 1 if that left conflicts.

    `change` returns the new answers; `refusal` is the message if they are invalid.
    """
    from scaffold.grow import answers as recorded
    from scaffold.grow.growth import grown, refuse_unresolved
    from scaffold.grow.merge import Sides
    from scaffold.grow.project import opened
    from scaffold.project import layout

    if request.diff and not request.dry_run:
        raise click.UsageError("--diff requires --dry-run")
    settle(request.folder)
    refuse_unresolved(request.folder)
    project = opened(request.folder)
    draft = recorded.recorded(project.tree[layout.ANSWERS], request.folder)
    before = recorded.checked(draft, "the recorded answers have faults")
    built = _built(change(draft), request, refusal)
    made = _generated(built.tree, project)
    answers = _recorded(before, request), _recorded(built.answers, request)
    growth = grown(project, answers, made, Sides(new=request.label), built.executable)
    if not request.dry_run and not growth.is_nothing:
        _write(growth, request)
    _report(growth, _next_steps(growth, before, built, request), request)
    return 1 if growth.conflicts else 0


def _built(draft: "Draft", request: Request, refusal: str) -> building.Built:
    """Generate the project from its new answers."""
    from scaffold.grow.answers import checked

    with building.opened(draft, trust=request.trust, dry_run=request.dry_run) as layer:
        answers = checked(layer.checked(draft, complete=True) if layer else draft, refusal)
        return building.build(answers, layer, request.folder)


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


_NO_BACKEND = (
    "generate the back end in another folder, with kommo-widget new and the same areas: in this one,"
    " which is the widget itself, it would end up in the archive"
)


def _next_steps(growth: "Growth", before: "Answers", built: building.Built, request: Request) -> list[str]:
    """Return what is left to do: what the change adds, and what every change needs."""
    from scaffold.generate.next_steps import next_steps

    old, new = (next_steps(answers, request.folder) for answers in (before, built.answers))
    steps = [step for step in new if step not in old]
    state = growth.project.state
    is_widget = state.adopted and state.widget == "."
    if is_widget and any(path.startswith("backend/") for path in built.tree):
        steps = [_NO_BACKEND, *(step for step in steps if "/backend/" not in step)]
    folder = shell_command([request.folder.as_posix()])
    steps.append(f"check the widget: kommo-widget check {folder}")
    if growth.conflicts:
        undo = f"kommo-widget add --abort --dir {folder}"
        steps.insert(0, f"resolve the conflicts, or undo everything: {undo}")
    return steps


def _report(growth: "Growth", steps: list[str], request: Request) -> None:
    if request.as_json:
        changes = growth_report.as_json(growth)
        shared.print_json({"path": str(request.folder), "changes": changes, "next_steps": steps})
    elif request.diff:
        growth_report.print_diff(growth)
    else:
        growth_report.print_changes(growth)
        if not growth.is_nothing:
            shared.print_steps(steps)


def arguments(names: tuple[str, ...], locales: tuple[str, ...]) -> str:
    """Return the areas and locales as they are typed on the command line."""
    return " ".join([*(f"--locale {locale}" for locale in locales), *names])
