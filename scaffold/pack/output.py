"""What goes into widget.zip, and where that is written."""

from contextlib import suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.archive import Archive
from scaffold.files.bounded import opened
from scaffold.files.exchange import refuse_special
from scaffold.files.ignore import ARCHIVE_NAME
from scaffold.files.tree import Tree
from scaffold.project import reading
from scaffold.text import reason

HINT = "name another file with -o"


def default(folder: Path) -> Path:
    """Return the default path of the archive of `folder`, which is a project or a widget."""
    home = folder.parent if reading.is_widget_of_project(folder) else folder
    return home / ARCHIVE_NAME


def refuse_unsuited(target: Path) -> None:
    """Raise ScaffoldError if the archive cannot be written, or would replace something that is not one."""
    try:
        if not target.parent.is_dir():
            raise ScaffoldError(f"cannot write {target}: no such file or directory", HINT)
        refuse_special(target, HINT)
        if target.exists() and not _may_be_replaced(target):
            raise ScaffoldError(f"{target} exists and is not a widget's zip", HINT)
    except OSError as error:
        raise ScaffoldError(f"cannot write {target}: {reason(error)}", HINT) from error


def _may_be_replaced(target: Path) -> bool:
    """Return whether a file is empty or the archive of a widget."""
    from scaffold.files.zips import from_zip

    with opened(target) as file:
        if not file.read(1):
            return True
        file.seek(0)
        try:
            return "manifest.json" in from_zip(file).tree
        except ScaffoldError:
            return False


def read(folder: Path, output: Path) -> Archive:
    """Read the files to pack, without `output` if that is one of them. Raises ScaffoldError."""
    if not folder.is_dir():
        kind = "is not a folder" if folder.exists() else "does not exist"
        raise ScaffoldError(f"{folder} {kind}", "give a widget's folder, or its project")
    archive = reading.read(folder)
    with suppress(ValueError):
        inside = output.resolve().relative_to(reading.widget_folder(folder).resolve()).as_posix()
        return archive._replace(tree=Tree({p: data for p, data in archive.tree.items() if p != inside}))
    return archive
