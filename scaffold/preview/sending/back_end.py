"""The project's own back end, run by PHP; what it logs goes to the timeline."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.preview.sending.php_log import Line
from scaffold.preview.sending.php_server import PhpServer
from scaffold.preview.sending.senders import PUBLIC, project_of
from scaffold.preview.sending.timeline import Timeline
from scaffold.preview.widget_source import Source


class BackEnd:
    """The back end of one project; safe to use from several threads."""

    def __init__(self, source: Source, timeline: Timeline, say: Callable[[str], None]) -> None:
        """`say` prints one line on the terminal."""
        self._source = source
        self._timeline = timeline
        self._say = say
        self._starting = threading.Lock()
        self.php: PhpServer | None = None
        """PHP's server; None before the first start."""
        self.settings: dict[str, str] = {}
        """Its settings; empty before the first start, and after `close`."""

    @property
    def folder(self) -> Path | None:
        """The project's folder `backend/`; None if it has no back end."""
        project = project_of(self._source.path)
        return project / "backend" if project and (project / PUBLIC).is_dir() else None

    @property
    def address(self) -> str:
        """Address of PHP's server; empty while it is not running."""
        return self.php.address if self.php else ""

    @property
    def problem(self) -> str:
        """Why PHP's server ended by itself; empty if it did not."""
        return self.php.problem if self.php else ""

    def start(self, settings: Callable[[], dict[str, str]]) -> None:
        """Start it, unless it is running; `settings` makes its settings.

        Raises ScaffoldError if there is no back end or no PHP, or PHP does not start.
        """
        with self._starting:
            if self.address:
                return
            if self.folder is None:
                raise ScaffoldError(
                    f"there is no {PUBLIC} to start",
                    "add an area with a back end by `kommo-widget add`, or set the answer backend.url",
                )
            self.php = PhpServer(self.folder, self._take)
            self.settings = settings()
            self.php.start(self.settings)
            served = f"PHP serves {PUBLIC} at {self.address}"
            self._say(served)
            self._timeline.add("php", f"{served}; its settings were made for this run")

    def close(self) -> None:
        """Stop PHP's server."""
        if self.php:
            self.php.stop()
        self.settings = {}

    def _take(self, line: Line) -> None:
        """Add a line of PHP's log to the timeline."""
        if line.kind == "problem":
            self._say(f"back end: {line.text}")
            self._timeline.add("problem", line.text, kind="failed")
        elif line.kind == "handled" and (entry := _entry(line.text)):
            self._timeline.add("handled", f"handled: {entry.get('done', '')}", entry)
        else:
            self._timeline.add(line.kind, line.text)


def _entry(text: str) -> dict[str, Any] | None:
    """Return the object in a line of events.log, or None if it is not one."""
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None
