"""Standard streams that are closed, full or no longer read, and a current folder that was deleted."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scaffold.commands.shared import is_coloured
from tests.check.disk import put

FULL = Path("/dev/full")
PROGRAM = [sys.executable, "-m", "scaffold"]
ROOT = str(Path(__file__).parents[2])

PRINTING: Mapping[str, list[str]] = {
    "version": ["--version"],
    "help": ["--help"],
    "usage": ["check", "--help"],
    "areas": ["areas"],
    "schema": ["schema"],
    "check": ["check", "w"],
    "json": ["check", "w", "--format", "json"],
    "page": ["help", "check"],
    "new": ["new", "made", "--defaults"],
}


def shell(command: str, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which `"$@"` is our command line; the line sets up the streams."""
    return subprocess.run(
        ["bash", "-c", command, "bash", *PROGRAM, *args], cwd=folder, env={**os.environ, "PYTHONPATH": ROOT},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "w")
    return tmp_path


@pytest.mark.skipif(not FULL.exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("name", PRINTING)
def test_a_full_output_is_one_error(name: str, folder: Path) -> None:
    done = shell('"$@" >/dev/full', folder, *PRINTING[name])
    assert done.returncode == 2
    assert "error: cannot write the result: no space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", PRINTING)
def test_a_closed_output_is_one_error(name: str, folder: Path) -> None:
    done = shell('"$@" >&-', folder, *PRINTING[name])
    assert done.returncode == 2
    assert "error: cannot write the result: standard output is closed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", PRINTING)
@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_a_standard_error_that_cannot_be_written_changes_nothing(where: str, name: str, folder: Path) -> None:
    done = shell(f'"$@" {where}', folder, *PRINTING[name])
    assert (done.returncode, bool(done.stdout)) == (0, True)


@pytest.mark.parametrize("name", PRINTING)
def test_a_reader_that_closes_the_pipe_is_not_an_error(name: str, folder: Path) -> None:
    done = shell('"$@" | true; exit ${PIPESTATUS[0]}', folder, *PRINTING[name])
    assert (done.returncode, done.stderr.count("Error")) == (0, 0)


def test_check_keeps_its_exit_code_if_the_reader_closes_the_pipe(folder: Path) -> None:
    (folder / "w" / "manifest.json").write_text("{")
    done = shell('"$@" | true; exit ${PIPESTATUS[0]}', folder, "check", "w")
    assert done.returncode == 1


def test_a_closed_input_reads_as_empty(folder: Path) -> None:
    done = shell('"$@" <&-', folder, "new", "made", "--answers", "-")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_file_never_takes_the_place_of_a_closed_stream(folder: Path) -> None:
    """The first file to be opened gets the lowest free descriptor: messages would end up in it."""
    done = shell('"$@" 2>&-', folder, "new", "made", "--defaults")
    assert done.returncode == 0
    texts = (path.read_bytes() for path in (folder / "made").rglob("*") if path.is_file())
    assert not any(b"next:" in text for text in texts)


GONE = 'mkdir gone && cd gone && rmdir ../gone && "$@"'


def test_absolute_paths_work_if_the_current_folder_is_gone(folder: Path) -> None:
    done = shell(GONE, folder, "check", str(folder / "w"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("args", [["check"], ["new", "made", "--defaults"], ["pack"]], ids=" ".join)
def test_a_command_that_needs_the_current_folder_reports_that_it_is_gone(
    args: list[str], folder: Path
) -> None:
    done = shell(GONE, folder, *args)
    assert done.returncode == 2
    assert done.stderr.startswith("error: the current folder is gone\n")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


COLOURS = [
    ("terminal", Terminal(), {"TERM": "xterm"}, True),
    ("pipe", io.StringIO(), {"TERM": "xterm"}, False),
    ("no-color", Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
    ("dumb", Terminal(), {"TERM": "dumb"}, False),
]


@pytest.mark.parametrize(
    ("stream", "variables", "expected"), [row[1:] for row in COLOURS], ids=[row[0] for row in COLOURS]
)
def test_colour_is_for_terminals_that_have_it(
    stream: io.StringIO, variables: Mapping[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert is_coloured(stream) is expected
