"""A headless run, for programs and for people."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """An error, and whose it is."""

    message: str
    source: str
    """`widget` or `host`."""


@dataclass(slots=True)
class AreaRun:
    """What one area did."""

    area: str
    """Code without suffix; empty where only the script was loaded."""
    fidelity: str
    loaded: bool = False
    called: list[dict[str, Any]] = field(default_factory=list)
    """`callback` and `returned`, in the order of the calls."""
    errors: list[Fault] = field(default_factory=list)
    """Thrown or rejected in a callback that the host called."""
    async_errors: list[Fault] = field(default_factory=list)
    """Whatever failed later, and requests that were not let through."""
    unknown_members: list[str] = field(default_factory=list)
    screenshot: str | None = None
    """Path of the picture."""

    def take(self, result: Any) -> None:
        """Take over what the page reports, and nothing that is not of the promised form."""
        known = result if isinstance(result, dict) else {}
        self.loaded = known.get("loaded") is True
        self.fidelity = str(known.get("fidelity") or self.fidelity)
        for call in known.get("called") or ():
            self.called.append({"callback": str(call.get("callback")), "returned": call.get("returned")})
        self.errors += _faults(known.get("errors"))
        self.async_errors += _faults(known.get("async_errors"))
        self.unknown_members += [str(name) for name in known.get("unknown_members") or ()]


@dataclass(frozen=True, slots=True)
class Report:
    """What a headless run found."""

    loaded: bool
    """Whether the script could be loaded in every area that was run."""
    areas: tuple[AreaRun, ...]
    problems: tuple[str, ...] = ()
    """What keeps the widget's files from being read as they should, one line each."""

    @property
    def failed(self) -> bool:
        """Whether the widget is at fault: it does not load, or a callback threw."""
        return not self.loaded or any(e.source == "widget" for run in self.areas for e in run.errors)


def _faults(rows: Any) -> list[Fault]:
    return [
        Fault(str(row.get("message")), "host" if row.get("source") == "host" else "widget")
        for row in rows or ()
    ]


def as_json(report: Report) -> str:
    """Return one JSON document: `loaded`, and per area what was called, returned and failed."""
    return json.dumps({"loaded": report.loaded, "areas": [_row(run) for run in report.areas]}, indent=2)


def _row(run: AreaRun) -> dict[str, Any]:
    row = asdict(run)
    del row["loaded"]
    return row


def as_text(report: Report) -> str:
    """Return one line per area, and its errors below it."""
    lines = [*report.problems, *(line for run in report.areas for line in _lines(run))]
    if not report.loaded:
        lines.append("the widget does not load")
    failed = sum(1 for run in report.areas if not run.loaded or run.errors)
    return "\n".join([*lines, f"{len(report.areas)} areas, {failed} with errors"])


def _lines(run: AreaRun) -> list[str]:
    calls = ", ".join(call["callback"] for call in run.called) or "nothing was called"
    verdict = "failed" if run.errors or not run.loaded else "ok"
    lines = [f"{run.area:<20} {verdict:<7} {run.fidelity:<12} {calls}"]
    lines += [f"  error ({fault.source}): {fault.message}" for fault in run.errors]
    lines += [f"  later ({fault.source}): {fault.message}" for fault in run.async_errors]
    lines += [f"  not in the preview: {name}" for name in run.unknown_members]
    return [*lines, *([f"  picture: {run.screenshot}"] if run.screenshot else [])]
