"""Tells every open page what changed on disk and what was asked of the fake API."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scaffold.files.ignore import junk

DEBOUNCE_MS, STEP_MS = 60, 20
"""How long changes are gathered, and how long it must be still for them to be told at once."""

HEARTBEAT_S = 15
"""A comment is sent as often, so that a page that went away is noticed."""

QUEUE_MAX = 200
"""Events kept for a page that does not read; older ones are dropped."""


class Hub:
    """Hands events to every page that listens."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def publish(self, event: str, data: dict[str, Any]) -> None:
        """Send one event to every page."""
        self._put(f"event: {event}\ndata: {json.dumps(data)}\n\n")

    def close(self) -> None:
        """End every stream, now and later: the server is about to stop."""
        self._closed = True
        self._put(None)

    def _put(self, text: str | None) -> None:
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(text)

    async def stream(self) -> AsyncIterator[str]:
        """Yield the events of one page as server-sent events until it goes away or the hub closes."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(QUEUE_MAX)
        self._queues.add(queue)
        try:
            yield "event: hello\ndata: {}\n\n"
            while not self._closed:
                try:
                    text = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
                except TimeoutError:
                    text = ": still here\n\n"
                if text is None:
                    return
                yield text
        finally:
            self._queues.discard(queue)


async def changes(folder: Path) -> AsyncIterator[list[str]]:
    """Yield the changed files, relative with forward slashes, each time the folder changes."""
    from watchfiles import awatch

    root = folder.resolve()
    seen = awatch(root, watch_filter=None, debounce=DEBOUNCE_MS, step=STEP_MS, rust_timeout=1000)
    async for found in seen:
        paths = {
            Path(name).relative_to(root).as_posix() for _, name in found if Path(name).is_relative_to(root)
        }
        if kept := sorted(path for path in paths if path != "." and not junk(path)):
            yield kept
