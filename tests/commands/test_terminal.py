"""Foreign text on the terminal: it cannot move the cursor, or start a line of its own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from scaffold.preview.run.results import AreaRun, Fault, Report
from scaffold.preview.run.run_report import as_text
from scaffold.text import shell_command
from tests.check.disk import put
from tests.shell import Result, Shell

ROOT = Path(__file__).parents[2]
LINES = "a\n::error::c"
EVIL = "a\x1b[2Jb\n::error::c\r\x9b31md\u202ee"
EVIL_LINE = "a\x9b31m\u202e::error::c"
SEEN = re.compile(r"error(?:::|%3A%3A)c")
"""The part of both that is printed as it is, or percent-encoded, so that its absence shows an empty test."""


def answers(shell: Shell, document: object) -> tuple[str, ...]:
    (shell.folder / "a.json").write_text(json.dumps(document), encoding="utf-8")
    return ("new", "w", "--answers", "a.json")


def widget(shell: Shell, path: str, document: object) -> tuple[str, ...]:
    put(shell.folder / "w")
    (shell.folder / "w" / path).write_text(json.dumps(document), encoding="utf-8")
    return ("check", "w")


def folder(shell: Shell) -> tuple[str, ...]:
    put(shell.folder / EVIL)
    (shell.folder / EVIL / "script.js").write_text("define(", encoding="utf-8")
    return ("check", EVIL)


COMMANDS: Mapping[str, Callable[[Shell], tuple[str, ...]]] = {
    "command": lambda _: (EVIL,),
    "option": lambda _: ("check", f"--{EVIL}"),
    "path": lambda _: ("check", EVIL),
    "rule": lambda _: ("check", "--explain", EVIL),
    "topic": lambda _: ("help", EVIL),
    "preset": lambda _: ("new", "w", "--preset", EVIL),
    "key of --set": lambda _: ("new", "w", "--set", f"{EVIL}=1"),
    "value of --set": lambda _: ("new", "w", "--set", f"areas={EVIL}"),
    "template": lambda _: ("new", "w", "--defaults", "--template", f"./{EVIL_LINE}"),
    "key of the answers": lambda shell: answers(shell, {EVIL: 1}),
    "answer": lambda shell: answers(
        shell, {"code": EVIL, "areas": [EVIL], "locales": [EVIL], "version": EVIL}
    ),
    "key of a table": lambda shell: answers(shell, {"areas": ["settings"], "settings": {EVIL: {EVIL: 1}}}),
    "area to add": lambda shell: project(shell, "add", EVIL, "--dir", "DIR"),
    "project": lambda _: ("update", EVIL),
    "adopted": lambda _: ("adopt", EVIL),
    "key of the manifest": lambda shell: widget(shell, "manifest.json", {EVIL: 1, "widget": {EVIL: 1}}),
    "location": lambda shell: widget(shell, "manifest.json", {"locations": [EVIL], "widget": {"name": EVIL}}),
    "key of a text": lambda shell: widget(shell, "i18n/en.json", {EVIL: {EVIL: EVIL}}),
    "folder": folder,
}


CONTENT = f"// {EVIL}\n"


def project(shell: Shell, *command: str) -> tuple[str, ...]:
    """Return a command on a project whose folder, README and description have foreign text."""
    made = shell("new", EVIL, "--defaults", "--set", "code=acme", "--set", f"description={EVIL_LINE}")
    assert made.code == 0
    (shell.folder / EVIL / "README.md").write_text(CONTENT, encoding="utf-8", newline="")
    return tuple(EVIL if word == "DIR" else word for word in command)


def edited(shell: Shell, *command: str) -> tuple[str, ...]:
    """Return a command on such a project whose answers were edited since it was written."""
    command = project(shell, *command)
    record = shell.folder / EVIL / ".kommo-widget/answers.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.0.1"), "utf-8")
    return command


def overlay(shell: Shell) -> tuple[str, ...]:
    assert shell("template", "new", "t").code == 0
    return ("new", EVIL, "--defaults", "--set", "code=acme", "--template", "./t")


DONE: Mapping[str, Callable[[Shell], tuple[str, ...]]] = {
    "new": lambda _: ("new", EVIL, "--defaults", "--set", "code=acme", "--set", f"description={LINES}"),
    "new --dry-run": lambda _: ("new", EVIL, "--defaults", "--set", "code=acme", "--dry-run"),
    "new --diff": lambda shell: project(
        shell, "new", "DIR", "--defaults", "--set", "code=acme", "--force", "--dry-run", "--diff"
    ),
    "template new": lambda _: ("template", "new", EVIL),
    "a template": overlay,
    "pack": lambda shell: project(shell, "pack", "DIR"),
    "pack -o": lambda shell: project(shell, "pack", "DIR", "-o", f"{EVIL}.zip"),
    "add": lambda shell: project(shell, "add", "llist-0", "--dir", "DIR", "--force"),
    "add --diff": lambda shell: project(shell, "add", "llist-0", "--dir", "DIR", "--dry-run", "--diff"),
    "update": lambda shell: edited(shell, "update", "DIR"),
}
"""Commands that succeed and name a path."""


@pytest.mark.parametrize("name", DONE)
def test_the_output_of_a_successful_command_is_harmless(name: str, shell: Shell) -> None:
    command = DONE[name](shell)
    result = shell(*command)
    assert result.code == 0, result.err
    assert_harmless(result)


def test_the_report_of_a_headless_run_is_harmless() -> None:
    area = AreaRun(EVIL, EVIL, loaded=True, locale=EVIL, screenshot=EVIL, unknown_members=[EVIL])
    area.called.append({"callback": EVIL, "returned": EVIL})
    area.errors.append(Fault(EVIL, "widget"))
    area.async_errors.append(Fault(EVIL, "widget", "uncaught"))
    area.warnings.append({"code": "api", "message": EVIL})
    area.notes.append({"code": "save-refused", "message": EVIL})
    shown = as_text(Report(True, (area,), problems=(EVIL,)), strict=True)
    assert shown.count("error::c") > 8
    assert not set(shown) & {"\x1b", "\r", "\x9b", "\u202e"}
    assert "\n::error::c" not in shown


def test_bash_reads_a_quoted_command_back() -> None:
    words = ["kommo-widget", "new", f"{EVIL}'\\ \U000e0001", "b\udcff", "é 'x'", ""]
    shown = shell_command(words)
    assert shown.isprintable()
    script = f"printf '%s\\0' {shown}"
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", script], env=env, capture_output=True, check=True)
    assert [os.fsdecode(word) for word in done.stdout.split(b"\0")[:-1]] == words


def test_the_output_stream_escapes_what_was_not_escaped() -> None:
    code = "import sys; from scaffold import streams; streams.prepare(); sys.stdout.write(sys.argv[1])"
    shown = f"{EVIL}\r\n\x1b[1;31mred\x1b[0m\t"
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(shown, ensure_ascii=False) + shown],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    out = done.stdout.decode()
    assert "\x1b[1;31mred\x1b[0m\t" in out
    assert not set(out.replace("\x1b[1;31m", "").replace("\x1b[0m", "").replace("\r\n", "")) & {
        "\x1b", "\r", "\x9b", "\u202e",
    }  # fmt: skip
    assert json.JSONDecoder().raw_decode(out)[0] == shown


CHECKS = ("path", "key of the manifest", "location", "key of a text", "folder")


def assert_harmless(result: Result) -> None:
    """Assert that foreign text was printed, and that none of it acts on the terminal."""
    assert SEEN.search(result.out + result.err)
    for text in (result.out, result.err):
        assert not set(text) & {"\x1b", "\r", "\x9b", "\u202e"}
        assert "\n::error::c" not in text


@pytest.mark.parametrize("name", COMMANDS)
def test_the_output_of_a_failed_command_is_harmless(name: str, shell: Shell) -> None:
    result = shell(*COMMANDS[name](shell))
    assert result.code in (1, 2)
    assert_harmless(result)


@pytest.mark.parametrize("name", CHECKS)
def test_annotations_are_harmless(name: str, shell: Shell) -> None:
    result = shell(*COMMANDS[name](shell), "--format", "github")
    assert result.code in (1, 2)
    assert_harmless(result)


def test_a_path_that_is_not_unicode_is_percent_encoded_in_sarif(shell: Shell) -> None:
    name = "w\udcff"
    put(shell.folder / name)
    (shell.folder / name / "script.js").write_text("define(", encoding="utf-8")
    document = json.loads(shell("check", name, "--format", "sarif").out)
    [place] = document["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "w%FF/script.js"
