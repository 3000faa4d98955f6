"""Mends what is safe and certain, and what `check` finds: byte order marks, line ends, missing texts, logos.

What it does not touch: the order of keys, files that do not belong (`pack` leaves them out), and everything
that somebody must decide.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from scaffold.check.findings import Finding
from scaffold.check.fix import files, pictures, texts
from scaffold.check.model.model import Widget
from scaffold.check.run import Asked, findings_of
from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from scaffold.project import reading

MAX_ROUNDS = 5
"""One mend may bring another fault to light; a second run shall find nothing left to mend."""


class Mend(NamedTuple):
    """One file made anew."""

    path: str
    data: bytes
    what: str
    """What was changed, one line."""


class Mended(NamedTuple):
    """What is to be written, and what to say of it."""

    folder: Path
    files: Tree
    """The files that change, paths from `folder`."""
    changes: tuple[str, ...]
    """`PATH: what was changed`, one line each."""


Mender = Callable[[Widget, Finding], tuple[bytes, str] | None]
"""From a finding to the file anew and what was changed; None where it cannot be mended."""

MENDERS: dict[str, Mender] = {
    "A121": files.without_mark,
    "A122": files.without_mark,
    "A123": files.with_lf,
    "I120": texts.with_text,
    "I123": texts.with_text,
    "I130": texts.with_text,
    "G104": pictures.fitted,
}
"""Code of a rule -> what mends its findings."""


def mend(path: Path, asked: Asked) -> Mended:
    """Return the mended files of the widget in the folder or project `path`; writes nothing.

    Raises ScaffoldError for a zip, and for what cannot be read.
    """
    if path.is_file():
        raise ScaffoldError(f"cannot mend {path}: it is a file", "give the folder that it was packed from")
    archive = reading.read(path)
    before, changes = archive.tree, []
    for _ in range(MAX_ROUNDS):
        mends = list(_mends(archive, path, asked))
        if not mends:
            break
        archive = archive._replace(tree=archive.tree | {made.path: made.data for made in mends})
        changes += [f"{made.path}: {made.what}" for made in mends]
    changed = Tree({name: data for name, data in archive.tree.items() if before[name] != data})
    return Mended((reading.widget_folder(path) / archive.folder).resolve(), changed, tuple(changes))


def _mends(archive: Archive, path: Path, asked: Asked) -> Iterator[Mend]:
    """Yield the mends of one round; of one file each goes on from the one before."""
    tree = archive.tree
    for finding in findings_of(archive, path, asked):
        if finding.code in MENDERS and finding.path in tree:
            made = MENDERS[finding.code](Widget(archive._replace(tree=tree)), finding)
            if made and made[0] != tree[finding.path]:
                tree |= {finding.path: made[0]}
                yield Mend(finding.path, *made)
