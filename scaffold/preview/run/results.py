"""The results of a headless run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from scaffold.preview.run.coverage import Coverage
from scaffold.preview.run.server_round import ServerRound

STRICT: dict[str, str] = {
    "uncaught": "an uncaught error",
    "own-file": "a file of the widget is missing",
    "api": "the account's API refused a request",
    "cors": "a request was refused by CORS",
    "error-message": "the widget showed an error",
    "save-refused": "a save was refused",
    "missing-callback": "a callback is missing",
    "missing-text": "a text is missing",
    "not-saved": "the settings were not saved",
    "not-usable": "a control cannot be used",
    "literal-code": "the widget relies on its code in the project",
    "returned": "a callback returned a value of the wrong shape",
    "absent": "an error after reading a member that the preview lacks",
}
"""Code of a fault, warning or note that fails a strict run -> what it means."""


class Fault(NamedTuple):
    """An error, and who caused it."""

    message: str
    source: str
    """`widget` or `host`."""
    code: str = ""
    """Its kind, for `--strict`."""
    at: str = ""
    """Where in the widget's files it was thrown, as `script.js:12:5`; empty if unknown."""
    callback: str = ""
    """The callback that threw; empty outside callbacks."""

    def as_json(self) -> dict[str, str]:
        """Return `message` and `source`, and `at` and `callback` if they are known."""
        known = {"at": self.at, "callback": self.callback}
        return {"message": self.message, "source": self.source} | {k: v for k, v in known.items() if v}

    def __str__(self) -> str:
        """Return the message, after the callback and the location."""
        where = ", ".join(filter(None, (self.callback, self.at if self.at not in self.message else "")))
        return f"{where}: {self.message}" if where else self.message


@dataclass(slots=True)
class AreaRun:
    """What one area did."""

    area: str
    """Code without suffix; empty if only the script was loaded."""
    fidelity: str
    loaded: bool = False
    called: list[dict[str, Any]] = field(default_factory=list)
    """`callback` and `returned`, in the order of the calls."""
    warnings: list[dict[str, str]] = field(default_factory=list)
    """`code` and `message`: what the platform does not accept, or what will cause trouble later."""
    notes: list[dict[str, str]] = field(default_factory=list)
    """`code` and `message`: facts that are not a fault."""
    errors: list[Fault] = field(default_factory=list)
    """What a callback threw or rejected with, and required callbacks that are missing."""
    async_errors: list[Fault] = field(default_factory=list)
    """What failed outside callbacks, and requests that were blocked."""
    unknown_members: list[str] = field(default_factory=list)
    screenshot: str | None = None
    """Path of the screenshot."""
    locale: str = ""
    """The user's language, if the run has several."""
    callbacks: list[str] = field(default_factory=list)
    """The documented callbacks that the widget defines."""

    def take(self, result: Any) -> None:
        """Take over what the page reports, converted to the documented types."""
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
        """Add an error outside callbacks; a blocked request only once."""
        if fault.code != "blocked" or fault not in self.async_errors:
            self.async_errors.append(fault)

    def strict_faults(self) -> list[str]:
        """Return what fails a strict run in addition to errors, one line each."""
        # a missing file is also a warning
        later = [fault for fault in self.async_errors if fault.source == "widget"]
        absent = [fault for fault in (*self.errors, *self.async_errors) if fault.code == "absent"]
        faults = [fault for fault in (*absent, *later) if fault.code != "own-file"]
        rows = [(fault.code, fault.message) for fault in faults]
        rows += [(row["code"], row["message"]) for row in (*self.warnings, *self.notes)]
        return [f"{STRICT[code]}: {message}" for code, message in dict.fromkeys(rows) if code in STRICT]


class Report(NamedTuple):
    """The results of a headless run."""

    loaded: bool
    """Whether the script loaded in every area that was run."""
    areas: tuple[AreaRun, ...]
    problems: tuple[str, ...] = ()
    """What is wrong with the widget's files, one line each."""
    coverage: Coverage | None = None
    lines: Mapping[str, str] = MappingProxyType({})
    """Location of an error, as `script.js:12:5` -> the line of code there."""
    server: ServerRound | None = None
    """The results of the requests to the project's back end, if it was run."""

    @property
    def failed(self) -> bool:
        """Whether the widget fails: it does not load, a callback threw, or its server gave a wrong answer."""
        if self.server is not None and self.server.failed:
            return True
        return not self.loaded or any(e.source == "widget" for run in self.areas for e in run.errors)

    @property
    def strict_faults(self) -> list[str]:
        """What fails a strict run in addition to errors, one line each."""
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
