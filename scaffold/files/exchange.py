"""Replaces several files in any folders, all of them or none."""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files import permissions
from scaffold.text import reason


def exchange(files: Mapping[Path, bytes], hint: str = "free disk space, or choose another folder") -> None:
    """Write `files` in their order, replacing existing ones; none if one of them cannot be written.

    All are written to temporary files beside their targets first, so that a full disk or a read-only folder
    is noticed before anything changes; if a later rename fails, the earlier files are restored. Only a kill
    between two renames leaves some new and some old, each of them complete. Raises ScaffoldError with the
    system's reason, and if a target is a link, a folder or a device.
    """
    for target in files:
        refuse_special(target, hint)
    staged: dict[Path, Path] = {}
    try:
        for target, data in files.items():
            staged[target] = _staged(target, data)
        _publish(staged)
    except OSError as error:
        place = next((target for target in files if target not in staged), next(iter(files)))
        raise ScaffoldError(f"cannot write {error.filename2 or place}: {reason(error)}", hint) from error
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def refuse_special(target: Path, hint: str) -> None:
    """Raise ScaffoldError if there is something at `target` that is not a regular file."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise ScaffoldError(f"cannot write {target}: {reason(error)}", hint) from error
    if stat.S_ISDIR(mode):
        raise ScaffoldError(f"cannot write {target}: is a directory", hint)
    if stat.S_ISLNK(mode):
        raise ScaffoldError(f"cannot write {target}: is a symbolic link", hint)
    if not stat.S_ISREG(mode):
        raise ScaffoldError(f"cannot write {target}: is not a regular file", hint)


def _staged(target: Path, data: bytes) -> Path:
    """Write the data to a temporary file beside `target`, with the permissions of `target`."""
    temporary = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.tmp")
    with open(temporary, "xb") as file:
        try:
            file.write(data)
            file.flush()
            permissions.keep(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return temporary


def _publish(staged: Mapping[Path, Path]) -> None:
    before: dict[Path, bytes | None] = {}
    try:
        for target, temporary in staged.items():
            before[target] = target.read_bytes() if target.exists() else None
            os.replace(temporary, target)
    except BaseException:
        for target, data in before.items():
            if not staged[target].exists():  # it was replaced
                _restore(target, data)
        raise


def _restore(target: Path, data: bytes | None) -> None:
    if data is None:
        target.unlink(missing_ok=True)
    else:
        os.replace(_staged(target, data), target)
