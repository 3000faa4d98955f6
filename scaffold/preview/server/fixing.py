"""`check --fix` from the preview's page: first the diff, then, where nothing changed meanwhile, the write."""

import hashlib
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from scaffold.check import runner
from scaffold.check.options import CheckOptions
from scaffold.errors import ScaffoldError
from scaffold.files import apply


class Shown(NamedTuple):
    """What the fixes of a rule would do."""

    diff: str
    """A unified diff, and a line for each file that goes."""
    changes: tuple[str, ...]
    """`PATH: what is changed`, one line each."""
    digest: str
    """Of every file before and after, so that what is written is what was seen."""


class Fixing:
    """The fixes of the widget on preview, rule by rule, by the code of `check --fix --select CODE`."""

    def __init__(self, path: Path) -> None:
        """Take the path that the preview was started with."""
        self._path = path
        self._lock = Lock()

    def show(self, code: str) -> Shown:
        """Return what the fixes of a rule would change. Raises ScaffoldError where that is nothing."""
        return self._plan(code)[0]

    def write(self, code: str, digest: str) -> Shown:
        """Write the fixes of a rule, whole or not at all.

        `digest` is of the diff that the user saw. Raises ScaffoldError where the files are no longer those,
        and where they cannot be written.
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
            raise ScaffoldError(f"nothing of {code} can be fixed by itself", "", fixes.left)
        planned = apply.plan(fixes.files, fixes.folder)
        diff = apply.diff(planned) + apply.deletions(fixes.folder, fixes.deleted)
        return Shown(diff, fixes.changes, _digest(planned, fixes.deleted)), planned, fixes.deleted


def _digest(planned: apply.Plan, deleted: tuple[str, ...]) -> str:
    """Return one for each state of the files and each change of them."""
    found = hashlib.sha256()
    for change in planned.changes:
        for part in (change.path.encode(), change.verb.value.encode(), change.before, change.after):
            found.update(len(part).to_bytes(8, "big") + part)
    found.update("\0".join(deleted).encode())
    return found.hexdigest()
