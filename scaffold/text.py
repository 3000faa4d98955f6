"""Text for people: escaping of foreign text, quoted values, suggestions, reasons given by the system."""

import re
from collections.abc import Iterable, Mapping

SHOWN_CHARS = 60
"""Characters of a value that a message shows; the rest is cut."""

OBEYED = "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
"""Characters that a terminal obeys, except line ends and tabs, for `[]` in a regular expression."""

_OBEYED = re.compile(rf"\r(?!\n)|[{OBEYED}]")


def printable(text: str, limit: int | None = None) -> str:
    """Return `text`, or its first `limit` characters, on one line and safe to show on a terminal.

    Characters that do not print (control characters, line ends, direction marks) are escaped as in Python;
    a tab becomes a space.
    """
    text = text[:limit]
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else " " if char == "\t" else char.encode("unicode_escape").decode()
        for char in text
    )


def harmless(text: str) -> str:
    """Return `text`, which may have several lines, with the characters escaped that a terminal obeys."""
    return _OBEYED.sub(lambda found: printable(found[0]), text)


def shell_command(words: Iterable[str]) -> str:
    """Return a command as one line for a shell, with escapes for characters that do not print."""
    from shlex import quote  # few runs show a command

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
    """Return a value for a message: in backticks, on one line, cut to `SHOWN_CHARS`, safe on a terminal."""
    text = value if isinstance(value, str) else _literal(value)
    cut = text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 3] + "..."
    return f"`{printable(cut)}`"


def _literal(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word that `word` may be a misspelling of, or an empty string."""
    from difflib import get_close_matches  # only a run with a mistake needs it

    words = list(known)
    same = (one for one in words if one.casefold() == word.casefold())
    return next(same, "") or next(iter(get_close_matches(word, words, 1, cutoff)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `, did you mean ...?` for a word that is similar to a known one, else an empty string."""
    near = nearest(word, known)
    return f", did you mean `{near}`?" if near else ""


def reason(error: Exception) -> str:
    """Return the reason of an error for use within a sentence: `no such file or directory`."""
    words = getattr(error, "strerror", None) or str(error)
    if isinstance(error, ValueError) and "embedded null" in words:
        return "a path cannot contain a null character"  # versions of Python word it differently
    return f"{words[:1].lower()}{words[1:]}"


def count(number: int, noun: str) -> str:
    """Return `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown_encoding(written: str, environment: Mapping[str, str]) -> str:
    """Return the encoding that a terminal can show, given the one that Python has `written` to it.

    In the C locale that is ASCII, whatever Python writes.
    """
    chosen = (environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    return "ascii" if next(filter(None, chosen), "") in {"C", "POSIX"} else written
