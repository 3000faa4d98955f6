"""Runs `new` with an overlay template, in this process."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from scaffold.generate import build as project
from tests.cases import answers_of
from tests.shell import Shell

ANSWERS = {"code": "acme_leads", "name": "Acme leads", "areas": ["lcard-1", "settings"]}


class Runner(Shell):
    """Runs `new` in a folder of its own, whose temporary files are in `tmp`."""

    def new(self, source: Any, *args: str, answers: dict[str, Any] | None = None, **more: Any) -> Any:
        """Make `demo` from ANSWERS and a template; `answers` answer the template's own questions."""
        template = {"source": str(source), **more}
        if answers is not None:
            template["answers"] = answers
        path = self.write("answers.json", {**ANSWERS, "template": template})
        return self("new", "demo", "--answers", path, *args)

    def applied(self, folder: str = "demo") -> dict[str, bytes]:
        """Return the files that differ from a project without a template, except the record."""
        built = project.build(answers_of(ANSWERS))
        return {
            path: data
            for path, data in self.files(folder).items()
            if not path.startswith(".kommo-widget/") and built.get(path) != data
        }

    @property
    def tmp(self) -> Path:
        return self.folder / ".tmp"

    def nothing_is_left(self) -> bool:
        """Return whether neither the project nor a temporary file exists."""
        return not (self.folder / "demo").exists() and not list(self.tmp.iterdir())


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ".tmp"))
    monkeypatch.setenv("HOME", str(tmp_path / ".home"))
    return Runner(tmp_path, monkeypatch, capsys)


def error_of(result: Any) -> dict[str, Any]:
    """Return the error that `--json` printed."""
    assert result.code == 2, result
    error: dict[str, Any] = json.loads(result.out)["error"]
    return error
