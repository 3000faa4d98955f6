"""Merges texts line by line with `git merge-file`."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scaffold.errors import ScaffoldError

_SECONDS = 30
_USAGE = 128
"""From this exit code on, it is not a number of conflicts."""


class Sides(NamedTuple):
    """The labels of the three sides in conflict markers."""

    yours: str = "yours"
    before: str = "before"
    new: str = "new"


class Merged(NamedTuple):
    """A merged text."""

    text: str
    conflicts: int = 0
    """Number of conflicts with markers."""


def merge(before: str, yours: str, new: str, sides: Sides) -> Merged:
    """Return the text with both changes; lines that both sides changed are between conflict markers.

    Each text must have LF. Raises ScaffoldError if git cannot be run.
    """
    if yours in (new, before):
        return Merged(new)
    if before == new:
        return Merged(yours)
    with TemporaryDirectory(prefix="kommo-widget-") as folder:
        places = [Path(folder, name) for name in ("yours", "before", "new")]
        for place, text in zip(places, (yours, before, new), strict=True):
            place.write_bytes(text.encode())
        return _merge_file(places, sides)


def _merge_file(places: list[Path], sides: Sides) -> Merged:
    labels = [part for side in sides for part in ("-L", side)]
    for style in _styles():
        done = _git("merge-file", "-p", "-q", style, *labels, *map(str, places))
        if 0 <= done.returncode < _USAGE:
            return Merged(done.stdout.decode(), done.returncode)
    reason = done.stderr.decode(errors="replace").strip().splitlines()
    raise ScaffoldError(f"git merge-file failed: {reason[0] if reason else done.returncode}", "update git")


@cache
def _styles() -> tuple[str, ...]:
    """Return the options to try: zdiff3, in git since 2.35, shows less of what both sides have in common."""
    known = _git("merge-file", "-h")
    return ("--zdiff3", "--diff3") if b"zdiff3" in known.stdout + known.stderr else ("--diff3",)


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - our own files, no shell
            ["git", *arguments],  # noqa: S607 - the user's own git
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise ScaffoldError(
            "git was not found; it is needed to merge lines that both sides changed", "install git"
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScaffoldError(f"git cannot be run: {error}", "check that git works here") from error
