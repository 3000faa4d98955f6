"""Where sample requests may go: a widget must not use the preview to reach what it cannot reach itself."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from scaffold.preview.sending.senders import base_of
from scaffold.preview.server.state import State

_NAMED = (("dp", "webhook_url"), ("sms", "endpoint"), ("mobile", "frame_url"))
"""Places of the manifest that name an address."""


class Addresses:
    """The origins that the manifest and the answers name now, and those that the user named."""

    def __init__(self, state: State, named: Iterable[str] = ()) -> None:
        self._state = state
        self._named: set[str] = set()
        for url in named:
            self.add(url)

    def add(self, url: str) -> bool:
        """Allow the origin of `url`; return whether it has one."""
        origin = _origin(url)
        if origin:
            self._named.add(origin)
        return bool(origin)

    def allow(self, url: str) -> bool:
        """Return whether a request may be sent to `url`."""
        manifest = self._state.source.widget.manifest
        own = {_origin(str(manifest.value(*path) or "")) for path in _NAMED}
        own.add(_origin(base_of(self._state.source.path)))
        return _origin(url) in (own | self._named) - {""}


def _origin(url: str) -> str:
    """Return scheme, host and port in their one form; empty where `url` has none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}" if port and parts.hostname else ""
