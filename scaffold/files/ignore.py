"""Which files belong in widget.zip: one filter for `check`, which reads, and for `pack`, which writes."""

from enum import Enum

ARCHIVE_NAME = "widget.zip"
"""The archive that `pack` writes, named as on the vendor's upload page.

<https://www.amocrm.ru/developers/content/integrations/upload>
"""


class IgnoreReason(Enum):
    """Why a file does not belong in the archive."""

    LEFTOVER = "leftover"
    """Left by a system or a tool; not wanted anywhere."""
    PRIVATE = "private"
    """Belongs in a folder that people work in, such as `.git`, but not in an archive."""


LEFTOVERS: tuple[str, ...] = (
    "__macosx", "._*", ".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db",
    "*.map", "*.bak", "*.orig", "*.rej", "*.swp", "*.swo", "*.tmp", "*~", "*.log",
    "*.zip", "*.rar", "*.7z", "*.tar", "*.gz", "*.psd", "*.pyc",
)  # fmt: skip
"""Lower-case patterns for one part of a path, with a star at the start or the end."""

PRIVATE: tuple[str, ...] = (
    ".*", "node_modules", "__pycache__", "package-lock.json", "yarn.lock", "pnpm-lock.yaml",
    "*.code-workspace", "*.iml",
)  # fmt: skip
"""Like `LEFTOVERS`, which has priority."""


def ignore_reason(path: str) -> IgnoreReason | None:
    """Return why the file or folder at `path` does not belong in the archive; None if it does."""
    if path.lower() == ARCHIVE_NAME:
        return IgnoreReason.PRIVATE  # an earlier result of `pack`
    parts = [part.lower() for part in path.split("/")]
    if any(_is_one_of(LEFTOVERS, part) for part in parts):
        return IgnoreReason.LEFTOVER
    if any(_is_one_of(PRIVATE, part) for part in parts):
        return IgnoreReason.PRIVATE
    return None


def _is_one_of(patterns: tuple[str, ...], part: str) -> bool:
    return any(
        part.endswith(pattern[1:])
        if pattern.startswith("*")
        else part.startswith(pattern[:-1])
        if pattern.endswith("*")
        else part == pattern
        for pattern in patterns
    )
