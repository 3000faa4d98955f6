"""Asks git which of the files that are about to change have uncommitted changes.

A project may come from somebody else with its `.git`, whose configuration can name programs for git to run: a
file monitor, hooks, filters, commands that fetch missing objects. None of them is run. Filters in the user's
own configuration, such as those of Git LFS, are.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

_SECONDS = 30

_ALONE = {
    "GIT_OPTIONAL_LOCKS": "0",  # the index is not written, which would call a hook
    "GIT_ALLOW_PROTOCOL": "",  # nothing is fetched
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
}
_NO_PROGRAMS = (("core.fsmonitor", "false"), ("core.hooksPath", os.devnull))
_STATUS = (
    "status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames", "--ignore-submodules=all",
    "--", ".",
)  # fmt: skip
_FILTERS = ("config", "-z", "--show-scope", "--includes", "--name-only", "--get-regexp", r"^filter\.")
_PROJECTS_OWN = frozenset({"local", "worktree"})


def uncommitted(folder: Path, paths: Sequence[str]) -> list[str]:
    """Return the files of `paths` in `folder` that git tracks and that have uncommitted changes.

    Untracked files are left out. Without git, or outside a repository, the list is empty.
    """
    try:
        status = _git(folder, *_STATUS, settings=(*_NO_PROGRAMS, *_without_filters(folder)))
        root = _git(folder, "rev-parse", "--show-prefix").removesuffix("\n") if status else ""
    except (OSError, subprocess.SubprocessError):
        return []
    changed = set()
    for entry in status.split("\0"):
        if entry and entry[:2] != "A ":  # added and not changed since: git can restore it
            changed.add(entry[3:].removeprefix(root))
    return [path for path in paths if path in changed]


def _without_filters(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield settings that turn off the filters of the project's own configuration."""
    try:
        parts = _git(folder, *_FILTERS, settings=_NO_PROGRAMS).split("\0")
    except subprocess.CalledProcessError:  # there are none
        return
    for scope, key in zip(parts[::2], parts[1::2], strict=False):
        if scope in _PROJECTS_OWN:
            yield key, "false" if key.endswith(".required") else ""


def _git(folder: Path, *arguments: str, settings: Sequence[tuple[str, str]] = _NO_PROGRAMS) -> str:
    """Return git's output. Raises OSError or SubprocessError if git cannot be run or fails."""
    given = os.environ.get("GIT_CONFIG_COUNT", "")
    first = int(given) if given.isdecimal() else 0
    env = {**os.environ, **_ALONE, "GIT_CONFIG_COUNT": str(first + len(settings))}
    for number, (key, value) in enumerate(settings, start=first):
        env |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    done = subprocess.run(  # noqa: S603 - no shell, and nothing of the project's is run
        ["git", *arguments],  # noqa: S607 - the user's own git
        cwd=folder, env=env, capture_output=True, timeout=_SECONDS, check=True,
    )  # fmt: skip
    return done.stdout.decode(errors="replace")
