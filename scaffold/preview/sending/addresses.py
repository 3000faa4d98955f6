"""Limits sample requests to addresses that the widget or the user has named."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from scaffold.kommo.areas import ENDPOINT_ADDRESSES
from scaffold.preview.sending.senders import base_of
from scaffold.preview.widget_source import Source


class Addresses:
    """The origins named by the manifest and the answers as they are now, and those that the user added."""

    def __init__(self, source: Source, named: Iterable[str] = ()) -> None:
        self._source = source
        self._named: set[str] = set()
        for url in named:
            self.add(url)

    def add(self, url: str) -> bool:
        """Allow the origin of `url`; return False if it has none."""
        origin = _origin(url)
        if origin:
            self._named.add(origin)
        return bool(origin)

    def allow(self, url: str) -> bool:
        """Return whether a request may be sent to `url`."""
        manifest = self._source.widget.manifest
        own = {_origin(str(manifest.value(*path) or "")) for path in ENDPOINT_ADDRESSES.values()}
        own.add(_origin(base_of(self._source.path)))
        return _origin(url) in (own | self._named) - {""}


def _origin(url: str) -> str:
    """Return `scheme://host:port`, always with the port; empty if `url` has no origin."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}" if port and parts.hostname else ""
