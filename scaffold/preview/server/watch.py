"""Sends changes on disk and requests to the fake API to every open page."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path
from typing import Any

from scaffold.files.ignore import ignore_reason

DEBOUNCE_MS, STEP_MS = 60, 20
"""How long changes are collected, and after how long without a change they are sent at once."""

LOOK_MS = 250
"""How often it is checked whether the watched folder has been replaced."""

HEARTBEAT_S = 15
"""Interval of the comments that detect a page that has been closed."""

RETRY_MS = 1000
"""How long a page waits before it reconnects."""

QUEUE_MAX = 200
"""Events kept for a page that does not read them; older ones are dropped."""


class Hub:
    """Sends events to every page that listens."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def publish(self, event: str, data: dict[str, Any]) -> None:
        """Send one event to every page."""
        self._put(f"event: {event}\ndata: {json.dumps(data)}\n\n")

    def close(self) -> None:
        """End every stream, current and future: the server is about to stop."""
        self._closed = True
        self._put(None)

    def _put(self, text: str | None) -> None:
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(text)

    async def stream(self, hello: Callable[[], dict[str, Any]] = dict) -> AsyncGenerator[str, None]:
        """Yield the server-sent events of one page until it disconnects or the hub closes.

        The first has the data of `hello`, which is called when no later event can be missed any more.
        """
        queue: asyncio.Queue[str | None] = asyncio.Queue(QUEUE_MAX)
        self._queues.add(queue)
        try:
            yield f"event: hello\nretry: {RETRY_MS}\ndata: {json.dumps(hello())}\n\n"
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
    """Yield the changed files, as relative paths with forward slashes, each time the folder changes.

    A build may remove the folder and create it again, or point a link at another one: then the new folder is
    watched, and all of its files count as changed.
    """
    found = _watched(folder)
    while True:
        async for files in found:
            yield files
        while _identity(folder) is None:
            await asyncio.sleep(STEP_MS / 1000)
        found = _watched(folder, new=True)


async def _watched(folder: Path, new: bool = False) -> AsyncIterator[list[str]]:
    """Yield the changes of this folder until it is removed or replaced; first all files if it is `new`."""
    from watchfiles import Change, awatch

    root, identity = folder.resolve(), _identity(folder)
    events = awatch(
        root, watch_filter=None, debounce=DEBOUNCE_MS, step=STEP_MS, rust_timeout=LOOK_MS,
        yield_on_timeout=True,
    )  # fmt: skip
    try:
        async for found in events:
            paths = {Path(name) for _, name in found}
            # a new folder may have the inode of the old one
            is_gone = any(change == Change.deleted and Path(name) == root for change, name in found)
            if new:  # files written before the watch began have no event
                paths |= {path for path in root.rglob("*") if path.is_file()}
                new = False
            names = {path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root)}
            if kept := sorted(name for name in names if name != "." and not ignore_reason(name)):
                yield kept
            if is_gone or _identity(folder) != identity:
                return
    except (FileNotFoundError, RuntimeError):  # removed while the watch was being set up
        return


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return device and inode, which tell folders of the same name apart; None if there is no folder."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
