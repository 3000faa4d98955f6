"""Parts of messages and hints that several families share."""

from collections.abc import Collection


def nearest(name: str, known: Collection[str], cutoff: float = 0.6) -> str:
    """Return the known name that is most like `name`; empty if none reaches `cutoff` (0 to 1)."""
    if not known:
        return ""
    from difflib import get_close_matches  # only needed for a widget with a misspelling

    return next(iter(get_close_matches(name, known, 1, cutoff)), "")


def and_more(count: int) -> str:
    """Return the end of a message that reports only the first of `count` problems."""
    return f", and {count - 1} more like it" if count > 1 else ""
