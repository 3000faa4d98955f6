"""Fetches a template with cookiecutter's own code, and identifies its version: a commit or a checksum."""

from dataclasses import dataclass
from os.path import isabs, relpath
from pathlib import Path
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.faults import AnswersError, Fault
from scaffold.generate.answers.kinds.overlay_source import is_local
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.validate import read_one
from scaffold.generate.overlay import process, snapshot
from scaffold.generate.overlay.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Fetched:
    """A template's files, identified by either a commit or a checksum."""

    snapshot: Snapshot
    commit: str = ""
    sha256: str = ""
    """Of the files; empty with a commit."""


def fetch(draft: Draft, workshop: Path) -> Fetched:
    """Return the template that `draft` names; clones and downloads go into the folder `workshop`.

    Raises ScaffoldError if it cannot be fetched, AnswersError if it differs from the recorded checksum.
    """
    source = read_one("template.source", draft)
    checkout = read_one("template.commit", draft) or read_one("template.checkout", draft)
    address = _address(source, checkout)
    folder, commit = Path(address), ""
    if not folder.is_dir():  # else there is nothing to fetch
        job = {"name": "fetch", "source": address, "shown": source, "checkout": checkout or None}
        reply = process.run(workshop, job, process.FETCHING)
        folder, commit = Path(reply["folder"]), reply["commit"]
    files = snapshot.read(folder, snapshot.NO_PART)
    if commit:
        return Fetched(files, commit=commit)
    if checkout:
        raise ScaffoldError(
            f"`{source}` is not a git repository, so it has no `{checkout}`", "remove --checkout"
        )
    _compare(draft, files.digest)
    return Fetched(files, sha256=files.digest)


def is_named(draft: Draft) -> bool:
    """Return whether the answers name a template, without faults that keep it from being fetched."""
    if "template.source" not in draft:
        return False
    try:
        for key in draft:
            if key.startswith("template."):
                read_one(key, draft)
    except AnswersError:
        return False
    return True


def recorded(answers: Answers, record: Path) -> Answers:
    """Return the answers for the file `record`: a relative path becomes relative to its folder."""
    template = answers.template
    if template is None or not is_local(template.source) or isabs(template.source):
        return answers
    source = template.source
    try:
        moved = Path(relpath(Path(source).resolve(), record.parent.resolve())).as_posix()
    except ValueError:  # another drive
        moved = str(Path(source).resolve())
    return answers._replace(template=template._replace(source=moved))


def _address(source: str, checkout: Any) -> str:
    """Return `source` for cookiecutter: a git address for a local repository that must be cloned."""
    if not is_local(source):
        return source
    place = Path(source).resolve()
    is_bare = (place / "objects").is_dir() and (place / "HEAD").is_file()
    if place.is_dir() and (is_bare or (checkout and (place / ".git").exists())):
        return f"git+file://{place.as_posix()}"
    return str(place)


def _compare(draft: Draft, digest: str) -> None:
    """Raise AnswersError if the template's files differ from the recorded checksum."""
    given = draft.given.get("template.sha256")
    if given is not None and given.node.value != digest:
        message = (
            f"the template has changed: its `template.sha256` is {digest} now;"
            " delete this line to use the template as it is"
        )
        raise AnswersError([Fault(given.source, given.node.line, given.node.column, message)])
