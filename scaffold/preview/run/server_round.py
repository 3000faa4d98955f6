"""Every request that a project has a sample of, in every variant, sent to its own back end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.preview.sending import variants
from scaffold.preview.sending.server_half import ServerHalf, Wanted

_FIRST, _LAST = "oauth", "hook"
"""A widget is installed before it does anything, and uninstalled at the end."""


@dataclass(frozen=True, slots=True)
class ServerRound:
    """What came of it."""

    address: str
    requests: tuple[dict[str, Any], ...]
    """One a variant: `name`, `variant`, `method`, `path`, `status`, `expected`, `as_expected`, `log`."""
    problems: tuple[str, ...] = ()
    """What keeps the back end from working, one line each."""

    @property
    def failed(self) -> bool:
        """Whether an answer was not what was to be expected, or the back end does not work."""
        return bool(self.problems) or not all(row["as_expected"] for row in self.requests)

    def as_json(self) -> dict[str, Any]:
        """Return the member `server` of the report."""
        return {"address": self.address, "requests": list(self.requests), "problems": list(self.problems)}

    def lines(self) -> list[str]:
        """Return one line a request, and what the back end logged below those that went wrong."""
        found = []
        for row in self.requests:
            verdict = "ok" if row["as_expected"] else "failed"
            found.append(f"{row['name']:<20} {verdict:<7} {row['status'] or '-':<12} {row['title']}")
            if not row["as_expected"]:
                found.append(f"  {row['error'] or row['expected']}")
                found += [f"  log: {line}" for line in row["log"]]
        return [*found, *(f"back end: {problem}" for problem in self.problems)]


def run(half: ServerHalf) -> ServerRound:
    """Send all of it, one request after the other: each has been worked on before the next goes out."""
    address, told = half.address, _Told(half)
    told.events()  # of the start: only its problems count
    rows: list[dict[str, Any]] = []
    for sender in sorted(half.known(), key=lambda sender: _place(sender.name)):
        if sender.fault:
            told.problems.append(sender.fault)
            continue
        found = _ordered(sender.name, variants.of(sender.document))
        rows += [_send(half, told, sender.name, variant) for variant in found]
    return ServerRound(address, tuple(rows), tuple(dict.fromkeys(told.problems)))


def _place(name: str) -> int:
    return {_FIRST: 0, _LAST: 2}.get(name, 1)


def _ordered(name: str, found: list[variants.Variant]) -> Iterator[variants.Variant]:
    """Yield the variants; those of the last request in reverse, so that the valid one ends all."""
    yield from reversed(found) if name == _LAST else found


def _send(half: ServerHalf, told: "_Told", name: str, variant: variants.Variant) -> dict[str, Any]:
    before = half.php.done if half.php else 0
    try:
        answer = half.send(Wanted(name, variant.name))
    except ScaffoldError as error:
        answer = {"method": "", "status": None, "as_expected": None, "error": error.message}
    if half.php and answer["status"] is not None:
        half.php.wait(before + variant.copies)
    logged = told.events()
    # the copy of an event that was worked on twice has been answered rightly all the same
    again = variant.copies > 1 and sum(event["source"] == "handled" for event in logged) > 1
    return {
        "name": name, "variant": variant.name, "title": variant.title, "method": answer["method"],
        "status": answer["status"], "expected": variant.expected.words,
        "as_expected": answer["as_expected"] is True and not again, "error": answer.get("error", ""),
        "log": [event["text"] for event in logged],
    }  # fmt: skip


class _Told:
    """The timeline's events since the last look."""

    def __init__(self, half: ServerHalf) -> None:
        self._half = half
        self._seen = 0
        self.problems: list[str] = []

    def events(self) -> list[dict[str, Any]]:
        """Return what the back end logged and asked since then."""
        new = [event for event in self._half.timeline.events() if event["id"] > self._seen]
        self._seen = new[-1]["id"] if new else self._seen
        self.problems += [event["text"] for event in new if event["source"] == "problem"]
        return [event for event in new if event["source"] in ("log", "handled", "asked")]
