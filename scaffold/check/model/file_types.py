"""What a file is, by its name and by what it holds: decided once for every rule that reads text."""

TEXT_SUFFIXES: tuple[str, ...] = (
    ".json", ".js", ".css", ".twig", ".html", ".htm", ".txt", ".svg", ".php", ".xml", ".md",
)  # fmt: skip

_LOOKED_AT = 8192
"""Bytes at a file's start by which text is recognized."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF", b"PK\3\4", b"%PDF-", b"\x1f\x8b",
    b"\0\0\1\0", b"wOFF", b"wOF2", b"OTTO",
)  # fmt: skip
"""How pictures, archives, fonts and documents begin, whatever their names say."""


def is_text(path: str, data: bytes) -> bool:
    """Return whether a file is text: by its name, and not by its bytes something else."""
    return path.lower().endswith(TEXT_SUFFIXES) and is_readable(data)


def is_readable(data: bytes) -> bool:
    """Return whether bytes may be text: no other kind of file begins so, and NUL is only in UTF-16."""
    if data.startswith(_UTF16):
        return True
    return not data.startswith(_SIGNATURES) and b"\0" not in data[:_LOOKED_AT]
