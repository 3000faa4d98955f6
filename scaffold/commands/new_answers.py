"""The answers of `new`: from a file, from options, or from the wizard."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scaffold.commands import building
from scaffold.commands.new_request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scaffold.files.tree import Tree
    from scaffold.generate.answers.draft import Draft
    from scaffold.generate.answers.record import Answers
    from scaffold.generate.overlay import Layer
    from scaffold.generate.wizard.kept import Kept

_WAYS = "give --answers FILE, --defaults, or --set KEY=VALUE for each; on a terminal you are asked"


def draft(request: Request, source: str | None) -> "Draft":
    """Return the answers that are given: by a preset, a file, options, or none."""
    from scaffold.generate.answers.reading import draft_of, read_source

    if request.preset is not None:
        from scaffold.generate import presets

        source = str(presets.path(request.preset))
    document = None if source is None else read_source(source, sys.stdin.buffer)
    name = request.folder_name(source)
    given = draft_of(document, request.overrides, defaults=request.defaults, folder_name=name)
    given = building.with_options(given, request.template, request.checkout)
    if request.trust and "template.source" not in given:
        raise click.UsageError("--trust requires --template")
    return given


def answers(
    draft: "Draft", request: Request, layer: "Layer | None", *, may_ask: bool
) -> tuple["Answers", "Kept | None"]:
    """Return the answers; those of the wizard with the file that keeps them until the project is written."""
    from scaffold.generate.answers.faults import AnswersError
    from scaffold.generate.answers.resolve import missing
    from scaffold.generate.answers.validate import complete

    checked = layer.checked(draft, complete=not request.defaults) if layer else draft
    incomplete = may_ask and bool(missing(draft) or (layer and checked.faults))
    if incomplete and sys.stdin.isatty() and sys.stdout.isatty() and not request.as_json:
        return _ask(draft, request, layer)
    try:
        return complete(checked), None
    except AnswersError as error:
        raise (AnswersError(error.faults, _WAYS) if incomplete else error) from error.__cause__


def _ask(draft: "Draft", request: Request, layer: "Layer | None") -> tuple["Answers", "Kept"]:
    from scaffold.generate import wizard
    from scaffold.generate.wizard.kept import Kept

    def tree_of(answers: "Answers") -> "Tree":
        dest = request.destination(answers.code)
        tree = building.build(answers, layer, dest, hooks=False).tree
        _ensure_allowed(tree, dest, request)
        return tree

    if request.dest and Path(request.dest).exists():
        _ensure_allowed({}, Path(request.dest), request)  # before the user answers any question
    kept = Kept(str(Path(request.dest).absolute()) if request.dest else f"{Path.cwd()}/")
    if layer is None:
        return wizard.ask(draft, tree_of, kept=kept), kept
    begun = layer.checked(draft, complete=False)
    return wizard.ask(begun, tree_of, more=layer.questions, kept=kept), kept


def _ensure_allowed(tree: "Mapping[str, bytes]", dest: Path, request: Request) -> None:
    from scaffold.files import apply
    from scaffold.files.tree import Tree

    if not request.dry_run:
        apply.ensure_allowed(apply.plan(Tree(tree), dest), request.force)
