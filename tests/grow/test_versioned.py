"""Asking git for uncommitted files runs no program that the project's own configuration names."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.grow.versioned import uncommitted

PATHS = ["a.txt", "b.txt", "c.txt", "new.txt"]

TRAPS: dict[str, Callable[[str], list[tuple[str, str]]]] = {
    "file monitor": lambda run: [("core.fsmonitor", run)],
    "filter": lambda run: [("filter.evil.clean", f"{run}; cat"), ("filter.evil.required", "true")],
    "process": lambda run: [("filter.e=v.process", run)],
    "hooks": lambda run: [("core.hooksPath", str(Path(run).parent / "hooks"))],
}


FILTERS = {"filter": "evil", "process": "e=v"}


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@acme.example"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in a repository with a committed, an edited, an added and an untracked file."""
    folder = tmp_path / "repository" / "project"
    folder.mkdir(parents=True)
    git(folder.parent, "init", "-q")
    for name in PATHS[:2]:
        (folder / name).write_text("committed\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "all")
    (folder / "b.txt").write_text("edited\n")
    (folder / "c.txt").write_text("added\n")
    git(folder, "add", "c.txt")
    (folder / "new.txt").write_text("new\n")
    return folder


def test_edited_files_are_named(project: Path) -> None:
    assert uncommitted(project, PATHS) == ["b.txt"]
    assert uncommitted(project.parent.parent, ["repository/project/b.txt"]) == []


@pytest.mark.parametrize("trap", TRAPS)
def test_no_program_of_the_project_is_run(trap: str, project: Path, tmp_path: Path) -> None:
    program, trace = tmp_path / "program", tmp_path / "trace"
    program.write_text(f"#!/bin/sh\ntouch '{trace}'\nexit 1\n")
    program.chmod(0o755)
    for key, value in TRAPS[trap](str(program)):
        git(project, "config", key, value)
    for hooks in (tmp_path / "hooks", project.parent / ".git" / "hooks"):
        hooks.mkdir(exist_ok=True)
        (hooks / "post-index-change").write_bytes(program.read_bytes())
        (hooks / "post-index-change").chmod(0o755)
    (project.parent / ".git" / "info" / "attributes").write_text(f"a.txt filter={FILTERS.get(trap, trap)}\n")
    (project / "a.txt").write_text("committed\n")  # with another time, so that git has to read it
    assert uncommitted(project, PATHS) == ["b.txt"]
    assert not trace.exists()
    subprocess.run(["git", "status"], cwd=project, capture_output=True, check=False)
    assert trace.exists()


def test_the_users_own_configuration_is_used(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.ignoreStat")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "not a bool")
    assert uncommitted(project, PATHS) == []  # git refuses to work with it
