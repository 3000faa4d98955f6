"""The form of a text file: byte order mark and line ends. A merge works on the text and keeps the form."""

from typing import NamedTuple

from scaffold.project.pristine import text_of

_MARK = b"\xef\xbb\xbf"


class Form(NamedTuple):
    """The form of one file."""

    mark: bool = False
    """Whether it starts with a byte order mark."""
    crlf: bool = False
    """Whether most of its lines end with CR LF."""
    ended: bool = True
    """Whether its last line has a line end."""

    def write(self, text: str) -> bytes:
        """Return the file with this text, which must have LF and a final line end."""
        shown = text if self.ended else text.removesuffix("\n")
        data = (shown.replace("\n", "\r\n") if self.crlf else shown).encode()
        return _MARK + data if self.mark else data


def read(data: bytes) -> tuple[str, Form] | None:
    """Return the text, with LF and a final line end, and its form; None if the data is not text."""
    text = text_of(data)
    if text is None:
        return None
    breaks = data.count(b"\n")
    crlf = 2 * data.count(b"\r\n") > breaks
    return text, Form(data.startswith(_MARK), crlf, not data or data.endswith(b"\n"))
