"""The callbacks and the lines of the widget's scripts that ran, from Chromium's precise coverage."""

import re
from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from scaffold.check.model.widget import Widget
from scaffold.kommo.callbacks import CALLBACKS

if TYPE_CHECKING:
    from playwright.sync_api import Page

_WIDGET_PATH = re.compile(r"/upl/[^/]+/[^/]+/widget/(.+)")

SCRIPT = "script.js"


class Coverage(NamedTuple):
    """What ran, in all areas together."""

    called: tuple[str, ...]
    """The widget's documented callbacks that were called."""
    uncalled: tuple[str, ...]
    """The widget's documented callbacks that were not."""
    lines: dict[str, tuple[int, int, tuple[int, ...]]]
    """Script -> number of lines that ran, of lines with code, and the lines that did not run (1-based)."""

    @property
    def percent(self) -> float:
        """Share of the lines with code in script.js that ran."""
        ran, all_, _missed = self.lines.get(SCRIPT, (0, 0, ()))
        return 100.0 * ran / all_ if all_ else 100.0

    def as_json(self) -> dict[str, Any]:
        """Return `callbacks` and `lines`."""
        return {
            "callbacks": {"called": list(self.called), "not_called": list(self.uncalled)},
            "lines": {
                "percent": round(self.percent, 1),
                "files": [
                    {"path": path, "covered": ran, "total": all_, "missed": list(missed)}
                    for path, (ran, all_, missed) in self.lines.items()
                ],
            },
        }


def start(page: "Page") -> Callable[[], list[dict[str, Any]]]:
    """Start counting; the returned function returns what has run since, one entry for each script."""
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.startPreciseCoverage", {"callCount": False, "detailed": True})

    def take() -> list[dict[str, Any]]:
        result: list[dict[str, Any]] = session.send("Profiler.takePreciseCoverage")["result"]
        return result

    return take


class Ranges:
    """The offsets of each script that ran in no area."""

    def __init__(self) -> None:
        self._missed: dict[str, list[list[tuple[int, int]]]] = {}

    def add(self, scripts: Sequence[dict[str, Any]]) -> None:
        """Add what ran in one area."""
        for script in scripts:
            match = _WIDGET_PATH.fullmatch(urlsplit(script["url"]).path)
            if match:
                self._missed.setdefault(match[1], []).append(_unrun(script["functions"]))

    def missed(self, path: str, length: int) -> bytearray | None:
        """Return a byte for each character, 1 if it never ran; None for a script that was never loaded."""
        runs = self._missed.get(path)
        if runs is None:
            return None
        marks = bytearray(b"\x01") * length
        for ranges in runs:
            here = bytearray(length)
            for begin, end in ranges:
                here[begin:end] = b"\x01" * (min(end, length) - min(begin, length))
            marks = bytearray(a & b for a, b in zip(marks, here, strict=True))
        return marks


def _unrun(functions: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the ranges that did not run, without the inner ranges that did."""
    ranges = [r for f in functions for r in f["ranges"]]
    ranges.sort(key=lambda r: (r["startOffset"], -r["endOffset"]))
    found: list[tuple[int, int]] = []
    for item in ranges:
        begin, end = item["startOffset"], item["endOffset"]
        if item["count"] == 0:
            found.append((begin, end))
        else:
            found = [piece for old in found for piece in _without(old, begin, end)]
    return found


def _without(old: tuple[int, int], begin: int, end: int) -> list[tuple[int, int]]:
    low, high = old
    return [piece for piece in ((low, min(high, begin)), (max(low, end), high)) if piece[0] < piece[1]]


def measure(widget: Widget, ranges: Ranges, called: Set[str], defined: Set[str]) -> Coverage:
    """Return the coverage of all areas; `defined` are the callbacks that the widget has."""
    known = [callback.name for callback in CALLBACKS if callback.name in (called | defined)]
    lines = {}
    for path in sorted(p for p in widget.tree if p.endswith(".js")):
        text = widget.tree[path].decode("utf-8", "replace")
        length = _units(text)
        marks = ranges.missed(path, length)
        if marks is not None or path == SCRIPT:
            lines[path] = _lines(text, marks or bytearray(b"\x01") * length)
    return Coverage(
        tuple(name for name in known if name in called),
        tuple(name for name in known if name not in called),
        lines,
    )


def _lines(text: str, marks: bytearray) -> tuple[int, int, tuple[int, ...]]:
    """Return how many lines ran, how many have code, and which did not run.

    A line ran if its first character did: the rest may be the other branch of a condition.
    """
    missed, total, begin, in_comment = [], 0, 0, False
    for number, line in enumerate(text.split("\n"), 1):
        code, in_comment = _code(line, in_comment)
        if code:
            total += 1
            if marks[begin + _units(line[: len(line) - len(line.lstrip())])]:
                missed.append(number)
        begin += _units(line) + 1
    return total - len(missed), total, tuple(missed)


def _units(text: str) -> int:
    """Return the length in UTF-16 code units, as the browser counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _code(line: str, in_comment: bool) -> tuple[bool, bool]:
    """Return whether a line has code other than brackets, and whether a comment continues after it."""
    rest = line.strip()
    if in_comment:
        _, end, rest = rest.partition("*/")
        if not end:
            return False, True
    rest = re.sub(r"/\*.*?\*/", "", rest)
    starts = "/*" in rest
    rest = rest.split("/*")[0].split("//")[0] if "://" not in rest else rest.split("/*")[0]
    return bool(re.search(r"[^\s{}()\[\];,]", rest)), starts
