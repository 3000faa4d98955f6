"""Which files are text, by name and content; every rule that reads text uses this."""

TEXT_SUFFIXES: tuple[str, ...] = (
    ".json", ".js", ".css", ".twig", ".html", ".htm", ".txt", ".svg", ".php", ".xml", ".md",
)  # fmt: skip

_LOOKED_AT = 8192
"""Bytes at the start of a file that are inspected."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF", b"PK\3\4", b"%PDF-", b"\x1f\x8b",
    b"\0\0\1\0", b"wOFF", b"wOF2", b"OTTO",
)  # fmt: skip
"""The first bytes of pictures, archives, fonts and documents, which may have a text file's name."""


def is_text(path: str, data: bytes) -> bool:
    """Return whether a file is text: its name says so and its content does not contradict it."""
    return path.lower().endswith(TEXT_SUFFIXES) and is_readable(data)


def is_readable(data: bytes) -> bool:
    """Return whether `data` may be text: no signature of another type, and NUL only in UTF-16."""
    if data.startswith(_UTF16):
        return True
    return not data.startswith(_SIGNATURES) and b"\0" not in data[:_LOOKED_AT]
