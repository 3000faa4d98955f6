"""Builds a project from answers, with the user's own template if they name one."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from scaffold.files.tree import Tree
    from scaffold.generate.answers.draft import Draft
    from scaffold.generate.answers.record import Answers
    from scaffold.generate.overlay import Layer

_OPTIONS = {"template.source": "--template", "template.checkout": "--checkout"}
_OF_THE_SOURCE = ("template.checkout", "template.commit", "template.sha256")
"""Answers that describe the template which a file names, and no other."""


class Built(NamedTuple):
    """A project, ready to be written."""

    answers: "Answers"
    tree: "Tree"
    executable: frozenset[str] = frozenset()
    origins: Mapping[str, str] = MappingProxyType({})
    """Path -> what the template did to the built-in file."""
    summary: Mapping[str, Any] = MappingProxyType({})
    """What `--json` prints about the template."""


def with_options(draft: "Draft", template: str | None, checkout: str | None) -> "Draft":
    """Return the draft with `--template` and `--checkout`, which override an answers file."""
    options = {"template.source": template, "template.checkout": checkout}
    chosen = {key: value for key, value in options.items() if value is not None}
    if not chosen:
        return draft
    from scaffold.generate.answers.draft import Given, node_of
    from scaffold.generate.answers.faults import Source

    given = dict(draft.given)
    for key in _OF_THE_SOURCE:
        if key in given and given[key].source == draft.file:
            del given[key]
    given |= {key: Given(node_of(value), Source(_OPTIONS[key])) for key, value in chosen.items()}
    return draft.with_given(given)


def opened(draft: "Draft", *, trust: bool, dry_run: bool) -> AbstractContextManager["Layer | None"]:
    """Return the fetched template, or None if the answers name none, or an invalid one."""
    if "template.source" not in draft:
        return nullcontext()
    from scaffold.generate import overlay

    if not overlay.is_named(draft):  # the faults are reported with all others
        return nullcontext()
    trusted = overlay.Trust(code=trust, hooks=trust and not dry_run)
    return overlay.opened(draft, trusted, lambda line: click.echo(line, err=True))


def build(answers: "Answers", layer: "Layer | None", dest: Path, *, hooks: bool = True) -> Built:
    """Return the project for `dest`. Raises ScaffoldError."""
    from scaffold.generate import build as project

    if layer is None:
        return Built(answers, project.build(answers))
    from scaffold.generate import overlay
    from scaffold.project import layout

    applied = layer.apply(answers, project.make(answers), hooks=hooks)
    merged, chosen = applied.merged, applied.chosen
    answers = answers._replace(template=chosen)
    record = overlay.recorded(answers, dest / layout.ANSWERS)
    origins = dict.fromkeys(merged.replaced, "replaces the built-in file")
    origins |= dict.fromkeys(merged.merged, "merged into the built-in file")
    summary = {
        "source": chosen.source,
        "commit": chosen.commit,
        "sha256": chosen.sha256,
        "replaced": list(merged.replaced),
        "merged": list(merged.merged),
        "added": list(merged.added),
    }
    return Built(answers, project.with_record(merged.files, record), applied.executable, origins, summary)
