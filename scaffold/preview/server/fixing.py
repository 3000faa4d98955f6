"""`check --fix` from the preview's page: first the diff, then, if the files have not changed, the write."""

import hashlib
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from scaffold.check import runner
from scaffold.check.options import CheckOptions
from scaffold.errors import ScaffoldError
from scaffold.files import apply


class Shown(NamedTuple):
    """What the fixes of a rule would change."""

    diff: str
    """A unified diff, and a line for each file that would be deleted."""
    changes: tuple[str, ...]
    """One line for each change: `PATH: what is changed`."""
    digest: str
    """Hash of every file before and after, so that only what the user saw is written."""


class Fixing:
    """The fixes of the previewed widget, one rule at a time, as `check --fix --select CODE` makes them."""

    def __init__(self, path: Path) -> None:
        """`path` is the one that the preview was started with."""
        self._path = path
        self._lock = Lock()

    def show(self, code: str) -> Shown:
        """Return what the fixes of a rule would change. Raises ScaffoldError if they change nothing."""
        return self._plan(code)[0]

    def write(self, code: str, digest: str) -> Shown:
        """Write the fixes of a rule, whole or not at all.

        `digest` is that of the diff the user saw. Raises ScaffoldError if the files have changed since, or
        cannot be written.
        """
        with self._lock:
            shown, planned, deleted = self._plan(code)
            if shown.digest != digest:
                raise ScaffoldError("the widget has changed since the diff was shown", "look at the new diff")
            apply.execute(planned, force=True)
            apply.delete(planned.destination, deleted)
            return shown

    def _plan(self, code: str) -> tuple[Shown, apply.Plan, tuple[str, ...]]:
        fixes = runner.apply_fixes(self._path, CheckOptions(select=(code,)))
        if not (fixes.files or fixes.deleted):
            raise ScaffoldError(f"no finding of {code} can be fixed automatically", "", fixes.left)
        planned = apply.plan(fixes.files, fixes.folder)
        diff = apply.diff(planned) + apply.deletions(fixes.folder, fixes.deleted)
        return Shown(diff, fixes.changes, _digest(planned, fixes.deleted)), planned, fixes.deleted


def _digest(planned: apply.Plan, deleted: tuple[str, ...]) -> str:
    """Return a hash of the files as they are and of their changes."""
    found = hashlib.sha256()
    for change in planned.changes:
        for part in (change.path.encode(), change.verb.value.encode(), change.before, change.after):
            found.update(len(part).to_bytes(8, "big") + part)
    found.update("\0".join(deleted).encode())
    return found.hexdigest()
