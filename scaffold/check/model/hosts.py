"""Hosts that cannot be reached from outside: the machine itself and private networks."""

import re
from urllib.parse import urlsplit

_LOCAL = re.compile(
    r"localhost|.+\.(?:localhost|local)|0\.0\.0\.0|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+"
    r"|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+"
    r"|::1?|f[cd][\da-f]{2}:[\da-f:]*|fe[89ab][\da-f]:[\da-f:%.]*",
    re.IGNORECASE,
)


def is_local(host: str) -> bool:
    """Return whether a host, without its port, cannot be reached from outside.

    Sources: <https://www.rfc-editor.org/rfc/rfc6761>, <https://www.rfc-editor.org/rfc/rfc1918>,
    <https://www.rfc-editor.org/rfc/rfc4193>, <https://www.rfc-editor.org/rfc/rfc4291>.
    """
    return _LOCAL.fullmatch(host) is not None


def url_is_local(url: str) -> bool:
    """Return whether `url`, or the beginning of one, is of http or https and its host is local."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_local(parts.hostname or "")
