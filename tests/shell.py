"""Command lines of ours, run in this process."""

import io
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scaffold.cli import run


@dataclass(frozen=True)
class Result:
    """The exit code and output of a command line."""

    code: int
    out: str
    err: str


class Shell:
    """Runs command lines in a folder of their own."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *args: str, stdin: str = "") -> Result:
        self._monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        )
        code = run(args)
        out, err = self._capsys.readouterr()
        return Result(code, out, err)

    def files(self, folder: str = ".") -> dict[str, bytes]:
        root = self.folder / folder
        return {
            p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()
        }

    def write(self, name: str, plain: Any) -> str:
        (self.folder / name).write_text(json.dumps(plain), encoding="utf-8")
        return name


def foreground() -> None:
    """Let Ctrl-C interrupt this process: a shell starts background processes with it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
