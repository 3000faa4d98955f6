"""README's commands do what they say, in its order, on a fresh copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import docs

TEXT = docs.README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)
COMMANDS = [block for language, block in BLOCKS if language == "sh"]
SET_UP, SESSION, HOUSE, TESTS = COMMANDS[:4]


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what git tracks, as a fresh clone has it."""
    copy = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=docs.ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (docs.ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(docs.ROOT / name, copy / name)
    return copy


def run(commands: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-eu", "-c", commands],
        cwd=cwd,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_command_installs_and_makes_a_demo_widget(checkout: Path) -> None:
    done = run(SET_UP, checkout)
    assert done.returncode == 0, done.stderr
    assert (checkout / "demo" / "widget" / "manifest.json").is_file()


def test_the_session_makes_checks_and_packs_a_widget(tmp_path: Path) -> None:
    answers = next(block for language, block in BLOCKS if language == "yaml")
    (tmp_path / "answers.yml").write_text(answers, encoding="utf-8")
    done = run(SESSION, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "acme_leads" / "widget.zip").is_file()


def test_the_house_template_is_written_and_used(tmp_path: Path) -> None:
    done = run(HOUSE, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "template: README.md replaces the built-in file" in done.stderr
    assert (tmp_path / "from_house" / "eslint.config.js").is_file()


def test_the_tests_are_run_by_the_command_that_ci_runs() -> None:
    assert TESTS == "bash tests/run\n"
    assert "exec bash tests/run\n" in (docs.ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_of_the_readme_is_run_here() -> None:
    assert len(COMMANDS) == 4


def test_generated_parts_are_up_to_date() -> None:
    assert docs.generated(TEXT) == TEXT
    assert docs.HELP.read_text(encoding="utf-8") == docs.help_text()
