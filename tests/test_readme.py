"""The commands in README and reference work, in their order, on a fresh copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.reference.pages import page, topics
from tests import docs
from tests.shell import Shell

TEXT = docs.README.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, flags=re.DOTALL | re.MULTILINE)
COMMANDS = [block for language, block in BLOCKS if language == "sh"]
SET_UP, SESSION, TESTS = COMMANDS[:3]
PAGES = {topic: page(topic) for topic in topics()}
PAGE_COMMANDS = [
    block for text in PAGES.values() for block in re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.M)
]
(TEMPLATES,) = PAGE_COMMANDS
MAX_README_BYTES = 8_000


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the files that git tracks, as in a fresh clone."""
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
        env={**os.environ, "PATH": path, "PIP_COMPILE": "0"},  # few modules run: compiled on import
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
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


def test_the_template_is_written_and_used(tmp_path: Path) -> None:
    done = run(TEMPLATES, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "template: README.md replaces the built-in file" in done.stderr
    assert (tmp_path / "from_ours" / "eslint.config.js").is_file()


def test_the_tests_are_run_by_the_command_that_ci_runs() -> None:
    assert TESTS == "bash tests/run\n"
    assert "exec bash tests/run\n" in (docs.ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_of_the_readme_is_run_here() -> None:
    assert len(COMMANDS) == 3


def test_the_readme_is_short() -> None:
    assert len(TEXT.encode()) <= MAX_README_BYTES


@pytest.mark.parametrize("path", docs.FILES, ids=lambda path: path.name)
def test_generated_files_are_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == docs.FILES[path](), "run `python tests/docs.py`"


@pytest.mark.parametrize("topic", PAGES)
def test_a_page_is_printed_and_linked(topic: str, shell: Shell) -> None:
    printed = shell("help", topic)
    assert (printed.code, printed.out) == (0, PAGES[topic])
    assert f"(.github/docs/{topic}.md)" in TEXT


@pytest.mark.parametrize("command", ["new", "pack", "help"])
def test_help_about_a_command_prints_its_usage(command: str, shell: Shell) -> None:
    assert shell("help", command).out.startswith(f"Usage: kommo-widget {command} ")


def test_an_unknown_topic_gets_a_suggestion(shell: Shell) -> None:
    result = shell("help", "answer")
    assert result.code == 2
    assert result.err.startswith(
        "error: no page about `answer`, did you mean `answers`?\nhint: topics: answers, "
    )


LINK = re.compile(r"\]\((?!https?://)([^)#]+)")


@pytest.mark.parametrize(
    "path", sorted([docs.README, *(docs.ROOT / ".github").rglob("*.md")]), ids=lambda p: p.name
)
def test_links_between_pages_resolve(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target
