"""Text for people: foreign text made harmless, values quoted, near misses, reasons of the system."""

import re
from collections.abc import Iterable, Mapping

SHOWN_CHARS = 60
"""Of a value within a message; the rest is cut."""


OBEYED = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
"""Characters of a set in a regular expression: a terminal obeys them. Line ends and tabs are left out."""

_OBEYED = re.compile(rf"\r(?!\n)|[{OBEYED}]")


def printable(text: str, limit: int | None = None) -> str:
    """Return `text` on one line and harmless to a terminal, its first `limit` characters where given.

    What does not print (control characters, line ends, marks that turn the direction) is escaped as Python
    does; a tab becomes a blank.
    """
    text = text[:limit]
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else " " if char == "\t" else char.encode("unicode_escape").decode()
        for char in text
    )


def harmless(text: str) -> str:
    """Return lines of a file, such as a diff's, with nothing but what a terminal obeys escaped."""
    return _OBEYED.sub(lambda found: printable(found[0]), text)


def shell_command(words: Iterable[str]) -> str:
    """Return a command on one line, as a shell reads it, with escapes for what does not print."""
    from shlex import quote  # loaded only where a command is shown

    return " ".join(
        quote(word) if word.isprintable() else f"$'{''.join(map(_in_quotes, word))}'" for word in words
    )


def _in_quotes(char: str) -> str:
    if char in "\\'":
        return f"\\{char}"
    if char.isprintable():
        return char
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def quoted(value: object) -> str:
    """Return a value as a message shows it: in backticks, on one line, cut, harmless to a terminal."""
    text = value if isinstance(value, str) else _literal(value)
    cut = text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 3] + "..."
    return f"`{printable(cut)}`"


def _literal(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word that `word` may be a misspelling of; empty where there is none."""
    from difflib import get_close_matches  # loaded only where something is wrong

    words = list(known)
    same = (one for one in words if one.casefold() == word.casefold())
    return next(same, "") or next(iter(get_close_matches(word, words, 1, cutoff)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `, did you mean ...?` for a word that is near a known one, else nothing."""
    near = nearest(word, known)
    return f", did you mean `{near}`?" if near else ""


def reason(error: Exception) -> str:
    """Return why the system refused, as part of a sentence: `no such file or directory`."""
    words = getattr(error, "strerror", None) or str(error)
    if isinstance(error, ValueError) and "embedded null" in words:
        return "a path cannot hold a null character"  # each version of Python words it differently
    return f"{words[:1].lower()}{words[1:]}"


def count(number: int, noun: str) -> str:
    """Return `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown_encoding(written: str, environment: Mapping[str, str]) -> str:
    """Return the encoding of what a terminal shows, of the one that is `written`.

    The locale C has no more than ASCII, whatever Python writes there.
    """
    chosen = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    return "ascii" if next(filter(None, chosen), "") in {"C", "POSIX"} else written
