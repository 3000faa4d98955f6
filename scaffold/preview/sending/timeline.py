"""The requests to the widget's server and what it did with them, in order."""

import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from scaffold.text import printable

EVENTS_MAX = 200
"""Events kept for a page that is opened later."""

TEXT_MAX_CHARS = 2000

DETAIL_MAX_CHARS = 100_000
"""Length of a detail as JSON; a page of 250 leads is longer, and is cut."""

Event = dict[str, Any]
"""`id`, `at` (Unix time in milliseconds), `source`, `kind` (of the page's log), `text` and `detail`."""


class Timeline:
    """Events of one preview; safe to use from several threads."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._order = threading.RLock()
        self._under_way = 0
        self._held: list[Event] = []
        """Events during a request, which are published after it."""
        self._events: deque[Event] = deque(maxlen=EVENTS_MAX)
        self.publish: Callable[[Event], None] = lambda _event: None
        """Called with each event, from any thread."""

    def events(self) -> list[Event]:
        """Return the newest events, the oldest first."""
        with self._order:
            return list(self._events)

    def add(self, source: str, text: str, detail: Any = None, kind: str = "note") -> None:
        """Add an event: `source` is `sent`, `asked`, `log`, `handled`, `php` or `problem`."""
        event = {
            "at": int(time.time() * 1000), "source": source, "kind": kind,
            "text": printable(text, TEXT_MAX_CHARS), "detail": _bounded(detail),
        }  # fmt: skip
        with self._order:
            if self._under_way and source != "sent":
                self._held.append(event)
            else:
                self._put(event)

    def _put(self, event: Event) -> None:
        numbered = {"id": next(self._ids), **event}
        self._events.append(numbered)
        self.publish(numbered)

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Hold back the server's own events until the request that causes them has been added."""
        with self._order:
            self._under_way += 1
        try:
            yield
        finally:
            with self._order:
                self._under_way -= 1
                if not self._under_way:
                    for event in self._held:
                        self._put(event)
                    self._held.clear()


def _bounded(detail: Any) -> Any:
    text = json.dumps(detail)
    return detail if len(text) <= DETAIL_MAX_CHARS else {"cut": text[:DETAIL_MAX_CHARS]}
