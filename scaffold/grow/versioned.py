"""What git says of files that are about to change: all that is asked of it."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

_SECONDS = 30


def uncommitted(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return those of `paths`, from `folder`, that git knows and that differ from what was committed.

    Files that git has never seen are none of them. Without git, or outside of a repository: nothing.
    """
    try:
        done = subprocess.run(
            ["git", "status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames", "--", "."],  # noqa: S607
            cwd=folder,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        root = _prefix(folder) if done.returncode == 0 and done.stdout else ""
    except (OSError, subprocess.TimeoutExpired):
        return []
    if done.returncode:
        return []
    changed = set()
    for entry in done.stdout.decode(errors="replace").split("\0"):
        if entry and entry[:2] != "A ":  # added and not changed since: git can give it back
            changed.add(entry[3:].removeprefix(root))
    return [path for path in paths if path in changed]


def _prefix(folder: Path) -> str:
    """Return the path of `folder` inside the repository, empty or with a slash at its end."""
    done = subprocess.run(
        ["git", "rev-parse", "--show-prefix"],  # noqa: S607 - the git that the user runs
        cwd=folder,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    return done.stdout.decode(errors="replace").removesuffix("\n")
