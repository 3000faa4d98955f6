"""Sends every sample request of a project, in every variant, to its own back end."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.preview.sending import variants
from scaffold.preview.sending.widget_server import SampleRequest, WidgetServer

_FIRST, _LAST = "oauth", "hook"
"""The installation comes first, and the uninstallation last."""


class ServerRound(NamedTuple):
    """The results."""

    address: str
    """Of PHP's server."""
    requests: tuple[dict[str, Any], ...]
    """One for each variant; the keys are those of `_send`."""
    problems: tuple[str, ...] = ()
    """Why the back end does not work, one line each."""

    @property
    def failed(self) -> bool:
        """Whether an answer was not the expected one, or the back end does not work."""
        return bool(self.problems) or not all(row["as_expected"] for row in self.requests)

    def as_json(self) -> dict[str, Any]:
        """Return the member `server` of the report."""
        return {"address": self.address, "requests": list(self.requests), "problems": list(self.problems)}

    def lines(self) -> list[str]:
        """Return a line for each request, and below a failed one what the back end logged."""
        found = []
        for row in self.requests:
            verdict = "ok" if row["as_expected"] else "failed"
            found.append(f"{row['name']:<20} {verdict:<7} {row['status'] or '-':<12} {row['title']}")
            if not row["as_expected"]:
                found.append(f"  {row['error'] or row['expected']}")
                found += [f"  log: {line}" for line in row["log"]]
        return [*found, *(f"back end: {problem}" for problem in self.problems)]


def run(server: WidgetServer) -> ServerRound:
    """Send all requests, each after the work on the one before is finished."""
    address, new = server.back_end.address, _NewEvents(server)
    if server.back_end.php:
        server.back_end.php.settle()  # requests of the areas may still be worked on
    new.events()  # of the start: only the problems count
    rows: list[dict[str, Any]] = []
    for sender in sorted(server.known(), key=lambda sender: _place(sender.name)):
        if sender.fault:
            new.problems.append(sender.fault)
            continue
        found = _ordered(sender.name, variants.of(sender.document))
        rows += [_send(server, new, sender.name, variant) for variant in found]
    return ServerRound(address, tuple(rows), tuple(dict.fromkeys(new.problems)))


def _place(name: str) -> int:
    return {_FIRST: 0, _LAST: 2}.get(name, 1)


def _ordered(name: str, found: list[variants.Variant]) -> Iterator[variants.Variant]:
    """Yield the variants; those of the last request in reverse, so that the valid one comes last of all."""
    yield from reversed(found) if name == _LAST else found


def _send(server: WidgetServer, new: "_NewEvents", name: str, variant: variants.Variant) -> dict[str, Any]:
    before = server.back_end.php.done if server.back_end.php else 0
    try:
        answer = server.send(SampleRequest(name, variant.name))
    except ScaffoldError as error:
        answer = {"method": "", "status": None, "as_expected": None, "error": error.message}
    if server.back_end.php and answer["status"] is not None:
        server.back_end.php.wait(before + variant.copies)
    logged = new.events()
    # a copy that was handled twice still got the expected answer
    again = variant.copies > 1 and sum(event["source"] == "handled" for event in logged) > 1
    return {
        "name": name, "variant": variant.name, "title": variant.title, "method": answer["method"],
        "status": answer["status"], "expected": variant.expected.words,
        "as_expected": answer["as_expected"] is True and not again, "error": answer.get("error", ""),
        "log": [event["text"] for event in logged],
    }  # fmt: skip


class _NewEvents:
    """The timeline's events since the last call."""

    def __init__(self, server: WidgetServer) -> None:
        self._server = server
        self._seen = 0
        self.problems: list[str] = []

    def events(self) -> list[dict[str, Any]]:
        """Return what the back end has logged and requested since the last call."""
        new = [event for event in self._server.timeline.events() if event["id"] > self._seen]
        self._seen = new[-1]["id"] if new else self._seen
        self.problems += [event["text"] for event in new if event["source"] == "problem"]
        return [event for event in new if event["source"] in ("log", "handled", "asked")]
