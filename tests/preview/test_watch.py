"""Live reload: what open pages receive, and when their streams end."""

import asyncio
import http.client
import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from scaffold.preview.server import watch
from tests.preview.client import Client
from tests.waiting import PATIENCE_S


class Events:
    """The events of one page, in their order."""

    def __init__(self, reply: http.client.HTTPResponse) -> None:
        self._reply = reply

    def next(self) -> tuple[str, Any]:
        """Return name and data of the next event; waits for it. A heartbeat is a comment, not an event."""
        lines: dict[str, str] = {}
        while "event" not in lines:
            while line := self._line().rstrip("\n"):
                name, _, value = line.partition(": ")
                lines[name] = value
        return lines["event"], json.loads(lines["data"])

    def _line(self) -> str:
        line = self._reply.readline().decode()
        assert line, "the stream has ended"
        return line

    def until(self, file: str) -> None:
        """Wait for the change of `file`, whatever else happens before."""
        while True:
            kind, data = self.next()
            if kind == "change" and file in data["files"]:
                return

    def ended(self) -> bool:
        """Tell whether the stream has ended; waits for its end or the next event."""
        return self._reply.readline() == b""


@contextmanager
def listening(client: Client) -> Iterator[Events]:
    with closing(http.client.HTTPConnection("127.0.0.1", client.port, timeout=PATIENCE_S)) as connection:
        connection.request("GET", "/_preview/events", headers=client.authorized)
        reply = connection.getresponse()
        assert reply.getheader("content-type") == "text/event-stream; charset=utf-8"
        events = Events(reply)
        assert events.next() == ("hello", {"revision": 1})
        yield events


def change(folder: Path, name: str, text: str) -> None:
    """Write a file in one step, which is a single event: creating it and filling it could be two."""
    written = folder.with_name("written")
    written.write_text(text, encoding="utf-8")
    os.replace(written, folder / name)


def changed(*files: str, revision: int) -> tuple[str, Any]:
    """Return the event of a change without a syntax error."""
    return ("change", {"files": list(files), "error": None, "revision": revision})


@pytest.fixture
def events(client: Client, folder: Path) -> Iterator[Events]:
    """The events of a page whose watcher is known to run, as it has reported a first change."""
    with listening(client) as found:
        change(folder, "first.txt", "x")
        assert found.next() == changed("first.txt", revision=2)
        yield found


def test_a_change_is_reported(events: Events, folder: Path) -> None:
    change(folder, "script.js", "define([], function () { return function () {}; });")
    assert events.next() == changed("script.js", revision=3)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("script.js", "define([], function () {\n  return {;\n});", (2, 11)),
        ("i18n/en.json", '{"a": }', (1, 7)),
    ],
)
def test_a_syntax_error_is_reported_with_its_location(
    events: Events, folder: Path, name: str, text: str, place: tuple[int, int]
) -> None:
    change(folder, name, text)
    kind, data = events.next()
    assert (kind, data["files"]) == ("change", [name])
    assert (data["error"]["file"], data["error"]["line"], data["error"]["column"]) == (name, *place)


def test_what_pack_leaves_out_is_not_reported(events: Events, folder: Path) -> None:
    (folder / "node_modules").mkdir()
    change(folder, "node_modules/x.js", "1")
    change(folder, "script.js.swp", "1")
    change(folder, "style.css", "a {}")
    assert events.next() == changed("style.css", revision=3)


def remove_and_build(folder: Path) -> None:
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


def swap(folder: Path) -> None:
    shutil.copytree(folder, folder.with_name("built"))
    folder.rename(folder.with_name("old"))
    folder.with_name("built").rename(folder)


@pytest.mark.parametrize("build", [remove_and_build, swap])
def test_a_recreated_folder_is_watched(events: Events, folder: Path, build: Callable[[Path], None]) -> None:
    build(folder)
    events.until("script.js")
    change(folder, "marker.txt", "x")
    events.until("marker.txt")


def test_a_file_that_is_written_in_place_is_reported(events: Events, folder: Path) -> None:
    (folder / "script.js").write_text("define([], function () { return function () {}; });", encoding="utf-8")
    events.until("script.js")


def test_a_request_of_the_widget_is_reported(client: Client) -> None:
    with listening(client) as events:
        client.ask("/api/v4/nothing?secret=1")
        assert events.next() == (
            "api",
            {"method": "GET", "path": "/api/v4/nothing", "status": 404, "note": ""},
        )


def test_every_page_gets_the_events(client: Client) -> None:
    with listening(client) as one, listening(client) as other:
        client.ask("/api/v4/leads/1001")
        assert one.next() == other.next()


def test_a_page_that_does_not_read_loses_the_oldest_events() -> None:
    async def read() -> list[str]:
        hub = watch.Hub()
        stream = hub.stream()
        texts = [await anext(stream)]
        for number in range(watch.QUEUE_MAX + 3):
            hub.publish("change", {"number": number})
        texts += [await anext(stream) for _ in range(watch.QUEUE_MAX)]
        await stream.aclose()
        return texts

    with ThreadPoolExecutor(1) as thread:  # a browser of another test may have a loop in this one
        hello, *texts = thread.submit(asyncio.run, read()).result()
    assert hello.startswith("event: hello")
    received = [json.loads(text.partition("data: ")[2])["number"] for text in texts]
    assert received == list(range(3, watch.QUEUE_MAX + 3))


def test_streams_end_with_the_server(client: Client) -> None:
    with listening(client) as events:
        client.preview.hub.close()
        assert events.ended()
