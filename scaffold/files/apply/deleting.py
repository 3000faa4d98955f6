"""Deletes files and folders below one folder, never through a link."""

from collections.abc import Iterable
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.text import reason


def delete(folder: Path, paths: Iterable[str]) -> None:
    """Delete files, links and whole folders below `folder`; ignore paths that do not exist.

    Raises ScaffoldError with the system's reason, and if a folder on the way is a link.
    """
    from shutil import rmtree

    for path in paths:
        target = folder / path
        if any(place.is_symlink() for place in (folder, *_between(folder, target))):
            raise ScaffoldError(f"cannot delete `{path}`: it is behind a link", "delete it by hand")
        try:
            if target.is_dir() and not target.is_symlink():
                rmtree(target)
            else:
                target.unlink(missing_ok=True)
        except OSError as error:
            raise ScaffoldError(f"cannot delete `{path}`: {reason(error)}", "delete it by hand") from error


def _between(folder: Path, target: Path) -> list[Path]:
    """Return the folders on the way from `folder` to `target`."""
    return [place for place in target.parents if folder in place.parents]


def deletions(folder: Path, paths: Iterable[str]) -> str:
    """Return one line for each path that `delete` would delete, to be shown after a diff."""
    return "".join(
        f"deleted: {path}{'/' if (folder / path).is_dir() and not (folder / path).is_symlink() else ''}\n"
        for path in paths
    )
