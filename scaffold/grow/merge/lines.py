"""Merges texts line by line, by `git merge-file`."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scaffold.errors import ScaffoldError

_SECONDS = 30
_USAGE = 128
"""An exit code from here on is not a count of conflicts."""


class Sides(NamedTuple):
    """What conflict markers call the three sides."""

    yours: str = "yours"
    before: str = "before"
    new: str = "new"


class Merged(NamedTuple):
    """A merged text."""

    text: str
    conflicts: int = 0
    """How many stretches stand between markers."""


def merge(before: str, yours: str, new: str, sides: Sides) -> Merged:
    """Return the text with both changes; the lines that both sides changed stand between markers.

    Each text has LF. Raises ScaffoldError where git cannot be run.
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
    raise ScaffoldError(f"git merge-file fails: {reason[0] if reason else done.returncode}", "update git")


@cache
def _styles() -> tuple[str, ...]:
    """Return the options to try: zdiff3, which git has since 2.35, shows less of what both sides share."""
    known = _git("merge-file", "-h")
    return ("--zdiff3", "--diff3") if b"zdiff3" in known.stdout + known.stderr else ("--diff3",)


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - texts in files of ours, no shell
            ["git", *arguments],  # noqa: S607 - the git that the user runs
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise ScaffoldError(
            "git is not there, which merges lines that both sides changed", "install git"
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScaffoldError(f"git cannot be run: {error}", "see that git works here") from error
