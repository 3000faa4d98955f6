"""The user's cache folder; everything works without it."""

import os
import sys
from pathlib import Path


def cache_dir(name: str) -> Path | None:
    """Return `<user's cache>/kommo-widget/<name>`, which is created if necessary, private to the user (0700).

    Returns None if it cannot be created, belongs to somebody else or is writable by others: its content is
    trusted when it is read again.
    """
    try:
        folder = _base() / "kommo-widget" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            status = folder.lstat()
            if status.st_uid != os.getuid() or status.st_mode & 0o022:
                return None
    except (OSError, RuntimeError):
        return None
    return folder


def cache_hint(name: str) -> str:
    """Return what to do if `cache_dir` returned None."""
    try:
        folder = _base() / "kommo-widget" / name
    except RuntimeError:  # there is no home folder
        return "set HOME"
    return f"make {folder} a folder that only you can write to"


def _base() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    return Path(chosen) if os.path.isabs(chosen) else Path.home() / ".cache"
