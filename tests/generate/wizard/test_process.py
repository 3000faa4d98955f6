"""`new` in a pseudo-terminal: the files that it writes, and its exit code."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from scaffold.kommo.areas import AREAS
from tests.generate.wizard.driving import BACK, CTRL_C, ENTER
from tests.shell import foreground
from tests.waiting import PATIENCE_S, ended, kill

HOME = "\x1b[H"

Start = Callable[..., "Session"]


class Session:
    """`kommo-widget` in a terminal."""

    def __init__(
        self,
        folder: Path,
        *args: str,
        columns: int = 80,
        rows: int = 40,
        env: dict[str, str] | None = None,
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=1000)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""
        usual = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        own = {"TERM": "xterm-256color", "XDG_CACHE_HOME": str(folder.parent / "cache")}
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "scaffold", *args],
            cwd=folder,
            dimensions=(rows, columns),
            env=usual | own | (env or {}),
            timeout=PATIENCE_S,
            preexec_fn=foreground,
        )

    @property
    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, prompt: str) -> "Session":
        """Wait for a prompt, which may be on the screen before what is below it."""
        return self.sees(f"? {prompt}\n")

    def sees(self, text: str) -> "Session":
        """Wait until a text is on the screen."""
        while text not in f"{self.text}\n":
            assert self._read(), self.text
        return self

    def press(self, keys: str) -> "Session":
        self.process.send(keys)
        return self

    def resize(self, rows: int, columns: int) -> "Session":
        """Change the size and clear the screen, which is then drawn again."""
        self.screen.resize(rows, columns)
        self.screen.reset()
        self.process.setwinsize(rows, columns)
        return self

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        while self._read():
            pass
        ended(self.process)
        return int(self.process.exitstatus if self.process.exitstatus is not None else -1)

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does, and wait for the end."""
        self.process.ptyproc.fileobj.close()
        ended(self.process)

    def _read(self) -> bool:
        try:
            data = self.process.read_nonblocking(65536, PATIENCE_S)
        except pexpect.EOF:
            return False
        self.written += data
        self._stream.feed(data)
        return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "work"
    path.mkdir()
    return path


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    sessions = []

    def start(*args: str, **options: Any) -> Session:
        session = Session(folder, *args, **options)
        sessions.append(session)
        return session

    yield start
    for session in sessions:
        kill(session.process)


def _record(folder: Path, name: str) -> str:
    return (folder / name / ".kommo-widget" / "answers.yml").read_text(encoding="utf-8")


def test_enter_on_every_prompt_writes_a_widget(start: Start, folder: Path) -> None:
    session = start("new")
    for prompt in ("Name", "What should it do?", "How do you want to answer the rest?"):
        session.until(prompt).press(ENTER)
    session.until("Ready to write?")
    assert list(folder.iterdir()) == []
    assert session.press(ENTER).end() == 0
    assert [path.name for path in folder.iterdir()] == ["my_widget"]
    assert "areas: [lcard-1, settings]" in _record(folder, "my_widget")
    assert "again: kommo-widget new my_widget --defaults" in session.text


def test_answers_can_be_changed_by_going_back_and_on_the_review_page(start: Start, folder: Path) -> None:
    session = start("new", "demo", "--set", "areas=catalogs,settings", "--set", "locales=en,es")
    session.until("Name in English").press("Leads" + ENTER).until("What should it do?").press(BACK)
    session.until("Name in English").press("Scores" + ENTER).until("What should it do?").press(ENTER)
    session.until("Id of the list").press("7" + ENTER).until("How do you want to answer the rest?").press(
        ENTER
    )
    session.until("Ready to write?").press("Version" + ENTER)
    session.until("Version").press("2.0.0" + ENTER)
    session.until("Ready to write?").press("Name in Sp" + ENTER).until("Name in Spanish").press(
        "Puntos" + ENTER
    )
    assert session.until("Ready to write?").press(HOME + ENTER).end() == 0
    record = _record(folder, "demo")
    assert "version: 2.0.0\n" in record
    assert "  list_id: 7\n" in record
    assert "name:\n  en: Scores\n  es: Puntos\n" in record


@pytest.mark.parametrize(
    ("keys", "prompt"),
    [
        pytest.param("", "Name", id="text"),
        pytest.param(ENTER, "What should it do?", id="ticks"),
        pytest.param(ENTER * 3, "Ready to write?", id="review"),
    ],
)
def test_ctrl_c_leaves_nothing_in_the_folder(start: Start, folder: Path, keys: str, prompt: str) -> None:
    session = start("new", "demo").until("Name").press(keys).until(prompt)
    assert session.press(CTRL_C).end() == 130
    assert list(folder.iterdir()) == []


def _occupied(folder: Path) -> Path:
    (folder / "my_widget").mkdir()
    (folder / "my_widget" / "notes.txt").write_text("mine\n", encoding="utf-8")
    return folder / "my_widget"


def test_an_occupied_destination_is_refused_before_the_first_question(start: Start, folder: Path) -> None:
    _occupied(folder)
    session = start("new", "my_widget")
    assert session.end() == 2
    assert session.text.startswith("error: `my_widget` exists and is not empty\nhint: ")


def test_another_code_avoids_an_occupied_destination_found_at_the_review(start: Start, folder: Path) -> None:
    occupied = _occupied(folder)
    session = start("new").until("Name").press(ENTER * 3).until("Ready to write?")
    session.sees("! `my_widget` exists and is not empty")
    session.press("Code of" + ENTER).until("Code of the widget")
    session.press("other" + ENTER).until("Ready to write?").press(HOME + ENTER)
    assert session.end() == 0
    assert sorted(path.name for path in folder.iterdir()) == ["my_widget", "other"]
    assert [path.name for path in occupied.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("env", "coloured"),
    [pytest.param({}, True, id="colour"), pytest.param({"NO_COLOR": "1"}, False, id="NO_COLOR")],
)
def test_no_color_turns_colours_off(start: Start, env: dict[str, str], coloured: bool) -> None:
    session = start("new", "demo", env=env).until("Name").press(ENTER + CTRL_C)
    assert session.end() == 130
    colours = re.findall(rb"\x1b\[[0-9;]*\b(?:3[0-9]|4[0-9]|9[0-7])\b[0-9;]*m", session.written)
    assert bool(colours) is coloured


@pytest.mark.parametrize("away", ["ctrl-c", "closed"])
def test_the_next_run_resumes_where_one_was_stopped(start: Start, folder: Path, away: str) -> None:
    session = start("new").until("Name").press("Acme" + ENTER).until("What should it do?")
    if away == "ctrl-c":
        assert session.press(CTRL_C).end() == 130
        assert "run the same command to continue" in session.text
    else:
        session.hang_up()
    session = start("new").until("Continue where you stopped?").press(ENTER).until("What should it do?")
    session.press(ENTER * 2).until("Ready to write?").press(ENTER)
    assert session.end() == 0
    assert [path.name for path in folder.iterdir()] == ["acme"]
    assert list((folder.parent / "cache").rglob("*.json")) == []


def test_a_dumb_terminal_gets_plain_lines(start: Start, folder: Path) -> None:
    # High enough that no question scrolls off the screen before it is read.
    session = start("new", "demo", rows=200, env={"TERM": "dumb"})
    session.until("Name:").press("Acme\n").until("What should it do?").press("1 2\n\n")
    session.until("How do you want to answer the rest?").press("\n").until("Ready to write?").press("\n")
    assert session.end() == 0
    assert b"\x1b" not in session.written
    assert session.written.isascii()
    assert "areas: [settings, ccard-1]" in _record(folder, "demo")


def test_a_resized_terminal_is_redrawn(start: Start, folder: Path) -> None:
    session = start("new", "demo", columns=120).until("Name").press(ENTER).until("What should it do?")
    last = "(lcard)"
    session.sees(last).resize(15, 50).until("What should it do?").sees(last)
    lines = session.text.rstrip().split("\n")
    assert max(map(len, lines)) < 50
    assert any(f"1 of {len(AREAS)}" in line for line in lines)
    session.resize(40, 120).until("What should it do?").sees(last).press(ENTER * 3)
    assert session.end() == 0
    assert "areas: [lcard-1, settings]" in _record(folder, "demo")
