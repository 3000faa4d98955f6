"""Parts of messages that several families share."""


def and_more(count: int) -> str:
    """Return the end of a message that reports only the first of `count` problems."""
    return f", and {count - 1} more like it" if count > 1 else ""
