"""Foreign text on the terminal: nothing of it moves the cursor, and no line of its own begins with it."""

import json
from collections.abc import Callable, Mapping

import pytest

from tests.check.disk import put
from tests.shell import Shell

EVIL = "a\x1b[2Jb\n::error::c\r\x9b31md\u202ee"


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
    "template": lambda _: ("new", "w", "--defaults", "--template", f"./{EVIL}"),
    "key of the answers": lambda shell: answers(shell, {EVIL: 1}),
    "answer": lambda shell: answers(
        shell, {"code": EVIL, "areas": [EVIL], "locales": [EVIL], "version": EVIL}
    ),
    "key of a table": lambda shell: answers(shell, {"areas": ["settings"], "settings": {EVIL: {EVIL: 1}}}),
    "area to add": lambda _: ("add", EVIL),
    "project": lambda _: ("update", EVIL),
    "adopted": lambda _: ("adopt", EVIL),
    "key of the manifest": lambda shell: widget(shell, "manifest.json", {EVIL: 1, "widget": {EVIL: 1}}),
    "location": lambda shell: widget(shell, "manifest.json", {"locations": [EVIL], "widget": {"name": EVIL}}),
    "key of a text": lambda shell: widget(shell, "i18n/en.json", {EVIL: {EVIL: EVIL}}),
    "folder": folder,
}


CHECKS = ("path", "key of the manifest", "location", "key of a text", "folder")


def assert_harmless(shell: Shell, *command: str) -> None:
    result = shell(*command)
    assert result.code in (1, 2)
    for text in (result.out, result.err):
        assert not set(text) & {"\x1b", "\r", "\x9b", "\u202e"}
        assert "\n::error::c" not in text


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_of_it_gets_through(name: str, shell: Shell) -> None:
    assert_harmless(shell, *COMMANDS[name](shell))


@pytest.mark.parametrize("name", CHECKS)
def test_nor_into_an_annotation(name: str, shell: Shell) -> None:
    assert_harmless(shell, *COMMANDS[name](shell), "--format", "github")


def test_a_path_that_is_not_text_is_an_address_in_sarif(shell: Shell) -> None:
    name = "w\udcff"
    put(shell.folder / name)
    (shell.folder / name / "script.js").write_text("define(", encoding="utf-8")
    document = json.loads(shell("check", name, "--format", "sarif").out)
    [place] = document["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "w%FF/script.js"
