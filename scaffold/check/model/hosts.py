"""Hosts that cannot be reached from outside: the machine itself and private networks."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_local(host: str) -> bool:
    """Return whether a host, without its port, cannot be reached from outside.

    Sources: <https://www.rfc-editor.org/rfc/rfc6761>, <https://www.rfc-editor.org/rfc/rfc6762>.
    """
    try:
        return not ip_address(host).is_global
    except ValueError:  # a name
        return f".{host.lower()}".endswith((".localhost", ".local"))


def url_is_local(url: str) -> bool:
    """Return whether `url`, or the beginning of one, is of http or https and its host is local."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_local(parts.hostname or "")
