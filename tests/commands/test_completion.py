"""Completion in the shells themselves: what they offer when the user presses Tab."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pexpect
import pytest

from tests.shell import Shell
from tests.waiting import PATIENCE_S, kill

ROOT = Path(__file__).parents[2]

LINES: Mapping[str, tuple[str, set[str]]] = {
    "command": ("kommo-widget sch", {"schema"}),
    "areas": ("kommo-widget add adv", {"advanced_settings"}),
    "area after an area": ("kommo-widget add sms card_", {"card_sdk"}),
    "list of areas": ("kommo-widget preview --areas sms,mob", {"sms,mobile_card"}),
    "key of the answers": ("kommo-widget new --set catalogs.", {"catalogs.list_id="}),
    "rule": ("kommo-widget check --explain A10", {"A101", "A102"}),
    "page": ("kommo-widget help temp", {"template", "templates"}),
    "shell": ("kommo-widget completion z", {"zsh"}),
    "nothing": ("kommo-widget add zzz", set()),
}

IN_FISH: Mapping[str, set[str]] = {"list of areas": set()}
"""What fish offers instead: click's script for it takes a comma as the end of a word."""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The completion scripts by shell."""
    folder = tmp_path_factory.mktemp("completion")
    for shell in ("bash", "zsh", "fish"):
        done = subprocess.run(
            [sys.executable, "-m", "scaffold", "completion", shell], cwd=ROOT, capture_output=True, check=True
        )
        (folder / shell).write_bytes(done.stdout)
    return {path.name: path for path in folder.iterdir()}


def environment() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}


def shell_of(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is not installed: tests/run installs it"
    return found


@pytest.mark.parametrize("name", LINES)
def test_bash_offers(name: str, script: Mapping[str, Path]) -> None:
    line, offered = LINES[name]
    words = line.split()
    code = (
        f"source {script['bash']}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1};"
        ' _kommo_widget_completion kommo-widget; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        [shell_of("bash"), "--norc", "-c", code],
        env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert set(done.stdout.split()) == offered


@pytest.mark.parametrize("name", LINES)
def test_fish_offers(name: str, script: Mapping[str, Path], tmp_path: Path) -> None:
    line, offered = LINES[name]
    done = subprocess.run(
        [shell_of("fish"), "--no-config", "-c", f"source {script['fish']}; complete --do-complete '{line}'"],
        env={**environment(), "HOME": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {row.partition("\t")[0] for row in done.stdout.splitlines()} == IN_FISH.get(name, offered)


def test_zsh_completes_a_unique_word(script: Mapping[str, Path], tmp_path: Path) -> None:
    """The word is completed on the line, and the command then runs."""
    terminal = pexpect.spawn(
        shell_of("zsh"), ["-f", "-i"],
        cwd=tmp_path, encoding="utf-8", timeout=PATIENCE_S, dimensions=(40, 120),
        env={**environment(), "HOME": str(tmp_path), "TERM": "dumb", "PS1": "ready> "},
    )  # fmt: skip
    terminal.expect("ready> ")
    terminal.sendline(f"autoload -U compinit; compinit -u; source {script['zsh']}; echo so''urced")
    terminal.expect("sourced")
    terminal.send("kommo-widget completion fi\t\n")
    terminal.expect("complete --no-files --command kommo-widget")
    kill(terminal)


@pytest.mark.parametrize(("typed", "meant"), [("chek", "check"), ("previw", "preview"), ("ad", "add")])
def test_a_misspelt_command_is_suggested(typed: str, meant: str, shell: Shell) -> None:
    result = shell(typed)
    assert result.code == 2
    assert result.err.splitlines()[0] == f"error: no such command `{typed}`, did you mean `{meant}`?"


def test_no_command_is_suggested_for_a_word_unlike_any(shell: Shell) -> None:
    assert shell("qqq").err.splitlines()[0] == "error: no such command `qqq`"
