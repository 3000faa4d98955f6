"""Adopts a widget that was made elsewhere: its manifest, texts and logo become answers.

What answers cannot express is left out, and reported if the manifest generated from them differs from the
widget's own. The widget itself is not changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold import __version__
from scaffold.documents import jsondoc
from scaffold.documents.node import pointer
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
"""The generated files that an adopted project gets: no README, no editor settings."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """The record of an adopted widget."""

    answers: Answers
    files: Mapping[str, bytes]
    """Of the record, by path inside the project."""
    unexpressed: tuple[str, ...]
    """What the answers cannot express, one line each: `manifest.json: /widget/code`."""
    unanswered: tuple[str, ...]
    """Keys of required answers that the widget does not give."""


def adopt(archive: Archive, state: State, name: str) -> Adopted:
    """Return the record of a widget; `name` is its folder's name, a fallback for the code.

    Raises ScaffoldError if the manifest cannot be read at all.
    """
    document = jsondoc.parse_bytes(archive.tree.get("manifest.json", b""))
    plain = document.plain()
    if not isinstance(plain, dict) or not document.complete:
        error = document.errors[0] if document.errors else None
        place = (
            f"manifest.json:{error.line}:{error.column}: {error.message}" if error else "it is not an object"
        )
        raise ScaffoldError("the manifest cannot be read", "fix it first: kommo-widget check", (place,))
    reader = Reader(plain, Texts(archive.tree), archive.tree, name)
    answers, draft = reader.answers()
    made = make(answers)
    files = {layout.ANSWERS: dump.dump(answers).encode(), **record.files(placed(made, state), state)}
    if answers.logo is not None:
        files[layout.LOGO] = answers.logo
    unexpressed, unanswered = _unexpressed(plain, made, reader), _unanswered(draft, reader)
    return Adopted(answers, files, tuple(unexpressed), tuple(unanswered))


def placed(made: Mapping[str, bytes], state: State) -> dict[str, bytes]:
    """Return generated files at their paths in an adopted project.

    If the project is the widget's own folder, the back end is left out: it would end up in the archive.
    """
    ours = {path: data for path, data in made.items() if path.startswith(_OURS)}
    if state.widget == layout.WIDGET:
        return ours
    prefix = _OURS[0]
    return {path.removeprefix(prefix): data for path, data in ours.items() if path.startswith(prefix)}


def state_of(folder: Path) -> State:
    """Return the state of the project to make in `folder`; raises ScaffoldError if it has no widget."""
    if (folder / "manifest.json").is_file():
        return State(version=__version__, widget=".", adopted=True)
    if (folder / layout.WIDGET / "manifest.json").is_file():
        return State(version=__version__, adopted=True)
    raise ScaffoldError(
        f"there is no widget in {folder}: no manifest.json, and none in {layout.WIDGET}/",
        "give the folder with manifest.json",
    )


def _unexpressed(manifest: dict[str, Any], made: Tree, reader: Reader) -> Iterator[str]:
    """Yield what the answers do not express, one line each."""
    document = jsondoc.parse_bytes(made[f"{layout.WIDGET}/manifest.json"])
    rendered = document.plain()
    texts = Texts(made.below(layout.WIDGET)).limited(reader.texts.locales)
    for path in differences(manifest, rendered, reader.texts, texts):
        yield f"manifest.json: {pointer(*path)}"


def _unanswered(draft: Draft, reader: Reader) -> Iterator[str]:
    """Yield the keys of required answers for which the draft has only a placeholder."""
    for question in QUESTIONS:
        if question.required and question.areas and question.key in draft:
            answer = draft.get(question.key)
            if answer in (LATER, question.example) and answer != reader.found(question):
                yield question.key
