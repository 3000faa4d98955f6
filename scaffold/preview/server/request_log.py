"""The requests that the preview's log and the terminal show."""

from collections.abc import Callable

from scaffold.preview.server.watch import Hub


class RequestLog:
    """Shows every request on the page, and each failed one once on the terminal; never its query."""

    def __init__(self, hub: Hub, say: Callable[[str], None]) -> None:
        """`say` prints one line on the terminal."""
        self._hub = hub
        self._say = say
        self._printed: set[tuple[str, str]] = set()
        """Method and path of requests that the terminal has shown: a run repeats them with each visit."""

    def add(self, method: str, path: str, status: int, note: str) -> None:
        """Add a request without its query, which may be secret; `note` is shown on the page."""
        self._hub.publish("api", {"method": method, "path": path, "status": status, "note": note})
        if status >= 400 and (method, path) not in self._printed:
            self._printed.add((method, path))
            self._say(f"{status} {method} {path!a}")
