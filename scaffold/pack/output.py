"""What goes into widget.zip, and how it gets to its place."""

import os
from contextlib import suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from scaffold.kommo.limits import ARCHIVE_NAME
from scaffold.project import reading
from scaffold.text import reason


def default(folder: Path) -> Path:
    """Return where the archive of `folder`, a project or a widget's own folder, goes."""
    home = folder.parent if reading.is_widget_of_project(folder) else folder
    return home / ARCHIVE_NAME


def refuse_unsuited(target: Path) -> None:
    """Raise ScaffoldError where no archive can be written, or something else than one would be lost."""
    hint = "name another file with -o"
    try:
        if target.is_dir():
            raise ScaffoldError(f"cannot write {target}: is a directory", hint)
        if not target.parent.is_dir():
            raise ScaffoldError(f"cannot write {target}: no such file or directory", hint)
        if target.exists() and not _may_be_replaced(target):
            raise ScaffoldError(f"{target} is there and is no zip", hint)
    except OSError as error:
        raise ScaffoldError(f"cannot write {target}: {reason(error)}", hint) from error


def _may_be_replaced(target: Path) -> bool:
    with target.open("rb") as file:
        return file.read(2) in (b"PK", b"")


def read(folder: Path, output: Path) -> Archive:
    """Read what is to be packed, `output` left out where it lies within. Raises ScaffoldError."""
    if not folder.is_dir():
        kind = "is not a folder" if folder.exists() else "does not exist"
        raise ScaffoldError(f"{folder} {kind}", "give a widget's folder, or its project")
    archive = reading.read(folder)
    with suppress(ValueError):
        inside = output.resolve().relative_to(reading.widget_folder(folder).resolve()).as_posix()
        return archive._replace(tree=Tree({p: data for p, data in archive.tree.items() if p != inside}))
    return archive


def write(target: Path, data: bytes) -> None:
    """Write the archive whole or not at all. Raises ScaffoldError with the system's reason."""
    temporary = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.tmp")
    try:
        try:
            with open(temporary, "xb") as file:
                file.write(data)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        why = reason(error)
        raise ScaffoldError(f"cannot write {target}: {why}", "name another file with -o") from error
