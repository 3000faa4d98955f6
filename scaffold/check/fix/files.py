"""Mends how a text file is written."""

from scaffold.check.findings import Finding
from scaffold.check.model.model import Widget

_MARK = b"\xef\xbb\xbf"


def without_mark(widget: Widget, finding: Finding) -> tuple[bytes, str]:
    """Return the file without its byte order mark."""
    return widget.tree[finding.path].removeprefix(_MARK), "removed the byte order mark"


def with_lf(widget: Widget, finding: Finding) -> tuple[bytes, str]:
    """Return the file with LF line ends."""
    data = widget.tree[finding.path]
    count = data.count(b"\r\n")
    return data.replace(b"\r\n", b"\n"), f"made {count} line end{'s' if count > 1 else ''} LF"
