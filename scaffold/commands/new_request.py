"""The command line of `new`."""

from pathlib import Path
from typing import NamedTuple


class Request(NamedTuple):
    """The command line."""

    dest: str | None
    """The project's folder; with several answers files, the folder for all projects."""
    answers: tuple[str, ...]
    preset: str | None
    overrides: tuple[str, ...]
    defaults: bool
    template: str | None
    checkout: str | None
    trust: bool
    dry_run: bool
    diff: bool
    force: bool
    discard_edits: bool
    as_json: bool

    @property
    def several(self) -> bool:
        """Whether there is more than one project to create."""
        return len(self.answers) > 1

    def may_ask(self, source: str | None) -> bool:
        """Return whether missing answers may be asked for, if the answers are read from `source`."""
        return source is None and not self.defaults and self.preset is None

    def folder_name(self, source: str | None) -> str:
        """Return the name that a missing `code` is derived from; empty if there is none."""
        if self.several:
            return "" if source in (None, "-") else Path(str(source)).stem
        return Path(self.dest).resolve().name if self.dest else ""

    def destination(self, code: str) -> Path:
        """Return the folder of the project with this code."""
        if self.several:
            return Path(self.dest or ".") / code
        return Path(self.dest or code)
