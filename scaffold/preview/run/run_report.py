"""A headless run, for programs and for people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scaffold.text import count, printable

if TYPE_CHECKING:
    from scaffold.preview.run.coverage import Coverage
    from scaffold.preview.run.server_round import ServerRound

STRICT: dict[str, str] = {
    "uncaught": "an uncaught error",
    "own-file": "a file of the widget is not there",
    "api": "the account's API refused a request",
    "cors": "a request was refused by CORS",
    "error-message": "the widget showed an error",
    "save-refused": "a save was refused",
    "missing-callback": "a callback is missing",
    "missing-text": "a text is missing",
    "not-saved": "the settings were not saved",
    "not-usable": "a control is gone",
    "literal-code": "the widget relies on a code that the platform does not give",
    "returned": "a callback returned another shape",
    "absent": "an error after a read of what is not in the preview",
}
"""Codes of faults, warnings and notes that fail a strict run -> what each means."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error, and whose it is."""

    message: str
    source: str
    """`widget` or `host`."""
    code: str = field(default="", compare=False)
    """Of what kind; for `--strict`."""
    at: str = field(default="", compare=False)
    """Where in the widget's files it was thrown, as `script.js:12:5`; empty where that is not known."""
    callback: str = field(default="", compare=False)
    """In which callback; empty outside of them."""

    def as_json(self) -> dict[str, str]:
        """Return the two members that are promised, and the two others where they are known."""
        known = {"at": self.at, "callback": self.callback}
        return {"message": self.message, "source": self.source} | {k: v for k, v in known.items() if v}

    def __str__(self) -> str:
        """Return the message behind where it comes from."""
        where = ", ".join(filter(None, (self.callback, self.at if self.at not in self.message else "")))
        return f"{where}: {self.message}" if where else self.message


@dataclass(slots=True)
class AreaRun:
    """What one area did."""

    area: str
    """Code without suffix; empty where only the script was loaded."""
    fidelity: str
    loaded: bool = False
    called: list[dict[str, Any]] = field(default_factory=list)
    """`callback` and `returned`, in the order of the calls."""
    warnings: list[dict[str, str]] = field(default_factory=list)
    """`code` and `message`: what the platform does not take, or not for long."""
    notes: list[dict[str, str]] = field(default_factory=list)
    """`code` and `message`: what is nobody's fault."""
    errors: list[Fault] = field(default_factory=list)
    """Thrown or rejected in a callback that the host called; or a required callback is missing."""
    async_errors: list[Fault] = field(default_factory=list)
    """Whatever failed later, and requests that were not let through."""
    unknown_members: list[str] = field(default_factory=list)
    screenshot: str | None = None
    """Path of the picture."""
    locale: str = ""
    """The user's language, where several were asked for."""
    callbacks: list[str] = field(default_factory=list)
    """The documented callbacks that the widget has."""

    def take(self, result: Any) -> None:
        """Take over what the page reports, and nothing that is not of the promised form."""
        known = result if isinstance(result, dict) else {}
        self.loaded = known.get("loaded") is True
        self.fidelity = str(known.get("fidelity") or self.fidelity)
        for call in known.get("called") or ():
            self.called.append({"callback": str(call.get("callback")), "returned": call.get("returned")})
        self.warnings += _messages(known.get("warnings"))
        self.notes += _messages(known.get("notes"))
        self.errors += _faults(known.get("errors"))
        for fault in _faults(known.get("async_errors")):
            self.add_later(fault)
        self.unknown_members += [str(name) for name in known.get("unknown_members") or ()]
        self.callbacks += [str(name) for name in known.get("callbacks") or ()]

    def add_later(self, fault: Fault) -> None:
        """Add an error outside the callbacks, a request that was not let through only once."""
        if fault.code != "blocked" or fault not in self.async_errors:
            self.async_errors.append(fault)

    def strict_faults(self) -> list[str]:
        """Return what a strict run fails for beside the errors, a line each."""
        # a file that is not there is a warning too
        later = [fault for fault in self.async_errors if fault.source == "widget"]
        absent = [fault for fault in (*self.errors, *self.async_errors) if fault.code == "absent"]
        faults = [fault for fault in (*absent, *later) if fault.code != "own-file"]
        rows = [(fault.code, fault.message) for fault in faults]
        rows += [(row["code"], row["message"]) for row in (*self.warnings, *self.notes)]
        return [f"{STRICT[code]}: {message}" for code, message in dict.fromkeys(rows) if code in STRICT]


@dataclass(frozen=True, slots=True)
class Report:
    """What a headless run found."""

    loaded: bool
    """Whether the script could be loaded in every area that was run."""
    areas: tuple[AreaRun, ...]
    problems: tuple[str, ...] = ()
    """What keeps the widget's files from being read as they should, one line each."""
    coverage: "Coverage | None" = None
    lines: Mapping[str, str] = field(default_factory=dict)
    """The line of code at each place that an error names, as `script.js:12:5`."""
    server: "ServerRound | None" = None
    """What came of the requests to the project's back end, where it was run."""

    @property
    def failed(self) -> bool:
        """Whether the widget is at fault: it does not load, a callback threw, its server answers wrongly."""
        if self.server is not None and self.server.failed:
            return True
        return not self.loaded or any(e.source == "widget" for run in self.areas for e in run.errors)

    @property
    def strict_faults(self) -> list[str]:
        """What a strict run fails for beside the errors, a line each."""
        return [f"{run.area}: {line}" for run in self.areas for line in run.strict_faults()]


def _messages(rows: Any) -> list[dict[str, str]]:
    return [{"code": str(row.get("code")), "message": str(row.get("message"))} for row in rows or ()]


def _faults(rows: Any) -> list[Fault]:
    return [
        Fault(
            str(row.get("message")),
            "host" if row.get("source") == "host" else "widget",
            str(row.get("code", "")),
            str(row.get("at", "")),
            str(row.get("callback", "")),
        )
        for row in rows or ()
    ]


def as_json(report: Report, strict: bool = False) -> str:
    """Return one JSON document: `loaded`, and per area what was called, returned and failed."""
    document: dict[str, Any] = {"loaded": report.loaded, "areas": [_row(run) for run in report.areas]}
    if report.coverage:
        document["coverage"] = report.coverage.as_json()
    if report.server:
        document["server"] = report.server.as_json()
    if strict:
        document["strict"] = report.strict_faults
    return json.dumps(document, indent=2)


def _row(run: AreaRun) -> dict[str, Any]:
    locale = {"locale": run.locale} if run.locale else {}
    return locale | {
        "area": run.area, "fidelity": run.fidelity, "called": run.called, "warnings": run.warnings,
        "notes": run.notes, "errors": [fault.as_json() for fault in run.errors],
        "async_errors": [fault.as_json() for fault in run.async_errors],
        "unknown_members": run.unknown_members, "screenshot": run.screenshot,
    }  # fmt: skip


def as_text(report: Report, strict: bool = False) -> str:
    """Return one line per area, and what was found there below it."""
    lines = [*report.problems, *(line for run in report.areas for line in _lines(run, report.lines))]
    if not report.loaded:
        lines.append("the widget does not load")
    if report.coverage:
        lines += _coverage_lines(report.coverage)
    if report.server:
        lines += report.server.lines()
    if strict:
        lines += [f"strict: {line}" for line in report.strict_faults]
    failed = sum(1 for run in report.areas if not run.loaded or run.errors)
    return "\n".join(map(printable, [*lines, f"{count(len(report.areas), 'area')}, {failed} with errors"]))


def _lines(run: AreaRun, code: Mapping[str, str]) -> list[str]:
    calls = ", ".join(call["callback"] for call in run.called) or _why_nothing(run)
    verdict = "failed" if run.errors or not run.loaded else "ok"
    name = f"{run.area} ({run.locale})" if run.locale else run.area
    lines = [f"{name:<20} {verdict:<7} {run.fidelity:<12} {calls}"]
    for word, faults in (("error", run.errors), ("later", run.async_errors)):
        for fault in faults:
            lines.append(f"  {word} ({fault.source}): {fault}")
            lines += [f"    {code[fault.at]}"] if fault.at in code else []
    lines += [f"  warning: {row['message']}" for row in run.warnings]
    lines += [f"  note: {row['message']}" for row in run.notes]
    lines += [f"  not in the preview: {name}" for name in run.unknown_members]
    return [*lines, *([f"  picture: {run.screenshot}"] if run.screenshot else [])]


def _why_nothing(run: AreaRun) -> str:
    """Return what the text says in place of the callbacks that were called."""
    if any(note["code"] == "no-callback" for note in run.notes):
        return "no callbacks in this area"
    return "nothing was called" if run.loaded else "not loaded"


def _coverage_lines(coverage: "Coverage") -> list[str]:
    lines = [f"callbacks: {len(coverage.called)} called"]
    if coverage.uncalled:
        lines[0] += f", never called: {', '.join(coverage.uncalled)}"
    for path, (ran, all_, missed) in coverage.lines.items():
        share = f"{100 * ran / all_:.1f} %" if all_ else "no code"
        lines.append(f"{path}: {ran} of {all_} lines ran ({share}){_missed(missed)}")
    return lines


def _missed(numbers: tuple[int, ...]) -> str:
    """Return the lines that did not run, as ranges."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [f"{low}" if low == high else f"{low}-{high}" for low, high in ranges]
    return f", not {', '.join(shown)}" if shown else ""
