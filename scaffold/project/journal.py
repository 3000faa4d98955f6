"""The journal of a change: a file with the old and the new content of each file that changes."""

import base64
import json
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.apply.paths import path_faults
from scaffold.files.archive import MAX_TOTAL_BYTES, MIB
from scaffold.files.bounded import read_bytes

_MAX_BYTES = 2 * MAX_TOTAL_BYTES
"""Size of a journal, which has the old and the new content."""


class Write(NamedTuple):
    """One file that changes."""

    path: str
    """Relative to the project's folder, with forward slashes."""
    before: bytes | None
    """The old content; None if there is no file."""
    after: bytes | None
    """The new content; None to delete the file."""
    program: bool = False
    """Whether a new file is executable."""


class Journal(NamedTuple):
    """What one command changes."""

    command: str
    """As typed, without options: `add llist-0`."""
    writes: tuple[Write, ...]
    open: tuple[str, ...] = ()
    """Paths with conflicts that the user has to resolve."""


def read(project: Path, path: str) -> Journal:
    """Read the journal at `path`. Raises ScaffoldError if it is not valid."""
    try:
        document = json.loads(read_bytes(project / path, _MAX_BYTES))
        writes = tuple(
            Write(str(one["path"]), _bytes(one["before"]), _bytes(one["after"]), bool(one["program"]))
            for one in document["files"]
        )
        found = Journal(str(document["command"]), writes, tuple(map(str, document["open"])))
        if faults := path_faults(dict.fromkeys([*(write.path for write in writes), *found.open])):
            raise ValueError(faults)
        return found
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ScaffoldError(
            f"cannot read {project / path}, which a killed command left",
            "restore the project and delete the file",
        ) from error


def dump(journal: Journal) -> bytes:
    """Return the file's bytes. Raises ScaffoldError if there are too many."""
    files = [
        {"path": w.path, "before": _plain(w.before), "after": _plain(w.after), "program": w.program}
        for w in journal.writes
    ]
    document = {"command": journal.command, "open": journal.open, "files": files}
    data = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    if len(data) > _MAX_BYTES:
        raise ScaffoldError(f"more than {_MAX_BYTES // MIB} MiB would change at once", "take large files out")
    return data


def _plain(data: bytes | None) -> Any:
    """Return bytes as JSON: a string if they are UTF-8, else an object with base64."""
    if data is None:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _bytes(plain: Any) -> bytes | None:
    if plain is None:
        return None
    return base64.b64decode(plain["base64"]) if isinstance(plain, dict) else str(plain).encode()
