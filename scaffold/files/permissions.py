"""The permissions of a file that replaces another one."""

import os
import stat
from pathlib import Path

_ARE_KEPT = os.name == "posix"
"""Windows has only "read-only", and does not replace a read-only file. A copy of it with the same permissions
could not be deleted either, and would be left behind."""


def keep(new: Path, replaced: Path, *, program: bool = False) -> None:
    """Give `new` the permissions of the file `replaced`, if there is one; a `program` can be executed.

    Raises OSError.
    """
    if not _ARE_KEPT:
        return
    if replaced.exists():
        new.chmod(stat.S_IMODE(replaced.lstat().st_mode) | (0o111 if program else 0))
    elif program:
        new.chmod(0o755)
