"""A folder on disk <-> its files in memory: bounded, without links."""

import hashlib
import os
import stat
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.archive import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, MIB
from scaffold.files.tree import Tree
from scaffold.generate.overlay.conventions import HOOKS

NO_PART = frozenset({
    ".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".nox", ".idea",
    ".mypy_cache", ".pytest_cache", ".ruff_cache",
})  # fmt: skip
"""Folders of a template's developer that are not part of the template."""

REPOSITORIES = frozenset({".git", ".hg", ".svn"})
"""Folders that a hook may make in the project and that are ignored: the user makes his own repository."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder's regular files."""

    files: Tree
    executable: frozenset[str] = frozenset()
    """Paths of the executable ones."""
    links: tuple[str, ...] = ()
    """Paths of everything that is not a regular file; never followed, never read."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the files' names and contents, in hexadecimal."""
        sha = hashlib.sha256()
        for path, data in self.files.items():
            name = os.fsencode(path)
            sha.update(f"{len(name)} {len(data)} ".encode() + name + data)
        return sha.hexdigest()

    def below(self, folder: str) -> "Snapshot":
        """Return the part below `folder`; all of it if `folder` is empty."""
        prefix = f"{folder}/" if folder else ""
        inside = [path for path in (*self.executable, *self.links) if path.startswith(prefix)]
        return Snapshot(
            self.files.below(folder) if folder else self.files,
            frozenset(path.removeprefix(prefix) for path in inside if path in self.executable),
            tuple(path.removeprefix(prefix) for path in inside if path not in self.executable),
        )

    def refuse_links(self, *folders: str) -> None:
        """Raise ScaffoldError for a link in, or in place of, one of `folders`; without any, for all links."""
        for path in self.links:
            if not folders or path.partition("/")[0] in folders:
                raise ScaffoldError(
                    f"the template has a link: `{path}`", "replace the link by the file itself"
                )

    def write(self, root: Path) -> None:
        """Write the files below `root`, which must not exist yet."""
        root.mkdir(parents=True)
        for path, data in self.files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            if path in self.executable:
                target.chmod(0o700)


def read(root: Path, left_out: Container[str]) -> Snapshot:
    """Return the files below `root`, without the folders `left_out` directly in it.

    Raises ScaffoldError if there are too many files or bytes.
    """
    files: dict[str, bytes] = {}
    executable, links = set(), []
    total = 0
    for path, status in _walk(root, left_out):
        if not stat.S_ISREG(status.st_mode):
            links.append(path)
            continue
        total += status.st_size
        if len(files) >= MAX_FILES or status.st_size > MAX_FILE_BYTES or total > MAX_TOTAL_BYTES:
            most = f"{MAX_FILE_BYTES // MIB} MiB each, {MAX_TOTAL_BYTES // MIB} MiB together"
            raise ScaffoldError(
                f"the template is too large, at `{path}`", f"at most {MAX_FILES} files, {most}"
            )
        with open(root / path, "rb") as file:
            files[path] = file.read(MAX_FILE_BYTES)
        if status.st_mode & stat.S_IXUSR:
            executable.add(path)
    return Snapshot(Tree(files), frozenset(executable), tuple(links))


def hooks(files: Iterable[str]) -> list[str]:
    """Return the names of the hooks among the template's files, in the order they run."""
    names = [path.removeprefix("hooks/") for path in files if path.startswith("hooks/")]
    return [
        name
        for hook in HOOKS
        for name in names
        if os.path.splitext(name)[0] == hook and not name.endswith("~")
    ]


def _walk(root: Path, left_out: Container[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield path and status of everything except folders."""
    pending = [""]
    while pending:
        folder = pending.pop()
        for entry in sorted(os.scandir(root / folder), key=lambda entry: entry.name):
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISDIR(status.st_mode):
                yield f"{folder}{entry.name}", status
            elif folder or entry.name not in left_out:
                pending.append(f"{folder}{entry.name}/")
