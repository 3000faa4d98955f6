"""Takes over a widget that was made elsewhere: its manifest, texts and logo become answers.

What the answers cannot hold is left out, and reported where the manifest that they give differs from the
widget's own. Nothing of the widget is changed.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scaffold import __version__
from scaffold.documents import jsondoc
from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from scaffold.generate.answers import dump
from scaffold.generate.answers.blocks import LATER
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.build import make
from scaffold.grow.adopt.differences import differences
from scaffold.grow.adopt.reader import Reader
from scaffold.grow.adopt.texts import Texts
from scaffold.project import layout, record
from scaffold.project.state import State

_OURS = (f"{layout.WIDGET}/", "backend/")
"""What an adopted project takes of what is generated: no README, no settings of an editor."""


class Adopted(NamedTuple):
    """A widget, read into a record."""

    answers: Answers
    files: Mapping[str, bytes]
    """Of the record, paths from the project's folder."""
    unexpressed: tuple[str, ...]
    """What the answers do not hold, a line each: `manifest.json: /widget/code`."""


def adopt(archive: Archive, said: State, name: str) -> Adopted:
    """Return the record of a widget; `name` is its folder's, for the code.

    Raises ScaffoldError for a manifest that cannot be read at all.
    """
    document = jsondoc.parse_bytes(archive.tree.get("manifest.json", b""))
    plain = document.root.plain() if document.root else None
    if not isinstance(plain, dict) or not document.complete:
        error = document.errors[0] if document.errors else None
        place = (
            f"manifest.json:{error.line}:{error.column}: {error.message}" if error else "it is not an object"
        )
        raise ScaffoldError("the manifest cannot be read", "fix it first: kommo-widget check", (place,))
    reader = Reader(plain, Texts(archive.tree), archive.tree, name)
    answers, draft = reader.answers()
    made = make(answers)
    files = {layout.ANSWERS: dump.dump(answers).encode(), **record.files(placed(made, said), said)}
    if answers.logo is not None:
        files[layout.LOGO] = answers.logo
    return Adopted(answers, files, tuple(_unexpressed(plain, made, reader, draft)))


def placed(made: Mapping[str, bytes], said: State) -> dict[str, bytes]:
    """Return generated files at their paths in an adopted project.

    Where the project is the widget's own folder there is no place for a back end, which the archive would
    take along.
    """
    ours = {path: data for path, data in made.items() if path.startswith(_OURS)}
    if said.widget == layout.WIDGET:
        return ours
    prefix = _OURS[0]
    return {path.removeprefix(prefix): data for path, data in ours.items() if path.startswith(prefix)}


def state_of(folder: Path) -> State:
    """Return the state of a project that `folder` is to be; raises ScaffoldError where no widget lies."""
    if (folder / "manifest.json").is_file():
        return State(version=__version__, widget=".", adopted=True)
    if (folder / layout.WIDGET / "manifest.json").is_file():
        return State(version=__version__, adopted=True)
    raise ScaffoldError(
        f"there is no widget in {folder}: no manifest.json, and none in {layout.WIDGET}/",
        "name the folder that holds manifest.json",
    )


def _unexpressed(manifest: dict[str, Any], made: Tree, reader: Reader, draft: Draft) -> Iterator[str]:
    """Yield what the answers do not hold, a line each."""
    document = jsondoc.parse_bytes(made[f"{layout.WIDGET}/manifest.json"])
    rendered = document.root.plain() if document.root else {}
    texts = Texts(made.below(layout.WIDGET)).limited(reader.texts.locales)
    for path in differences(manifest, rendered, reader.texts, texts):
        yield f"manifest.json: {jsondoc.pointer(*path)}"
    for question in QUESTIONS:
        if question.required and question.areas and draft.get(question.key) in (LATER, question.example):
            yield f"answers: {question.key} is not in the widget; fill it in where it is needed"
