"""A change of a project is made completely or not at all, whichever write the process dies at."""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from scaffold.errors import ScaffoldError
from scaffold.project import layout, transaction
from scaffold.project.journal import Journal, Write

BEFORE: dict[str, bytes] = {
    ".kommo-widget/answers.yml": b"areas: [lcard-1]\n",
    "widget/script.js": "// mine: ё\r\n".encode(),
    "widget/images/logo.png": b"\x89PNG\r\n\x1a\n\0\xff",
    "widget/templates/old.twig": b"<p>old</p>\n",
    "notes.txt": b"untouched\n",
}
AFTER: dict[str, bytes] = {
    ".kommo-widget/answers.yml": b"areas: [lcard-1, llist-0]\n",
    "widget/script.js": "// mine: ё\r\n// new\r\n".encode(),
    "widget/images/logo.png": b"\x89PNG\r\n\x1a\n\0\xfe",
    "widget/lib/deep/new.js": b"\n",
    "notes.txt": b"untouched\n",
}
WRITES = tuple(
    Write(path, BEFORE.get(path), AFTER.get(path))
    for path in sorted({*BEFORE, *AFTER})
    if BEFORE.get(path) != AFTER.get(path)
)
CLEAN = Journal("add llist-0", WRITES)
IN_CONFLICT = Journal("add llist-0", WRITES, ("widget/script.js",))


class Killed(BaseException):
    """An error that none of our code may catch."""


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def folders(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_dir()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    for path, data in BEFORE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@contextmanager
def failing(number: int, error: Callable[[], BaseException], when: str = "before") -> Iterator[list[str]]:
    """Let write `number`, from 1, fail before or after it is done; a file is left half written before."""
    calls: list[str] = []
    real: dict[tuple[Any, str], Any] = {}

    def wrapped(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            calls.append(name)
            if len(calls) != number:
                return act(*args, **more)
            if when == "after":
                with suppress(OSError):
                    act(*args, **more)
            elif name == "write_bytes":
                act(args[0], args[1][: len(args[1]) // 2])
            raise error()

        return call

    patched = [
        (os, "replace"),
        *((Path, name) for name in ("write_bytes", "unlink", "rmdir", "mkdir", "chmod")),
    ]
    for owner, name in patched:
        real[owner, name] = getattr(owner, name)
        setattr(owner, name, wrapped(name, real[owner, name]))
    try:
        yield calls
    finally:
        for (owner, name), act in real.items():
            setattr(owner, name, act)


def count(project: Path, planned: Journal) -> int:
    with failing(0, Killed) as calls:
        transaction.commit(project, planned)
    return len(calls)


def test_a_commit_writes_its_files_and_leaves_nothing_else(project: Path) -> None:
    transaction.commit(project, CLEAN)
    assert tree(project) == AFTER
    assert "widget/templates" not in folders(project)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("planned", [CLEAN, IN_CONFLICT], ids=["clean", "conflict"])
def test_a_kill_at_any_write_leaves_the_old_or_the_new_files(
    project: Path, planned: Journal, when: str
) -> None:
    spare = shutil.copytree(project, project.with_name("spare"))
    total = count(spare, planned)
    assert total > 20
    seen = set()
    for number in range(1, total + 1):
        shutil.rmtree(project)
        for path, data in BEFORE.items():
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(data)
        with pytest.raises(Killed), failing(number, Killed, when):
            transaction.commit(project, planned)
        has_journal = (project / layout.JOURNAL).exists()
        message = transaction.recover(project)
        held = tree(project)
        undo = held.pop(layout.UNDO, None)
        assert held in (BEFORE, AFTER), number
        assert (undo is not None) == (held == AFTER and bool(planned.open)), number
        assert bool(message) == has_journal, number
        assert transaction.recover(project) == ""
        seen.add(held == AFTER)
    assert seen == {True, False}


def test_a_recovery_that_is_killed_is_continued(project: Path) -> None:
    with pytest.raises(Killed), failing(8, Killed):
        transaction.commit(project, CLEAN)
    for number in range(1, 12):
        with suppress(Killed), failing(number, Killed):
            transaction.recover(project)
    transaction.recover(project)
    assert tree(project) == AFTER


def test_a_full_disk_at_any_write_changes_nothing(project: Path) -> None:
    total = count(shutil.copytree(project, project.with_name("spare")), CLEAN)
    for number in range(1, total + 1):
        with suppress(ScaffoldError), failing(number, lambda: OSError(28, "No space left on device")):
            transaction.commit(project, CLEAN)
        assert f"{layout.FOLDER}/writing.tmp" not in tree(project), number
        transaction.recover(project)
        held = tree(project)
        assert held in (BEFORE, AFTER), number
        if held == AFTER:
            return
    pytest.fail("no write was the last")


@pytest.mark.parametrize("number", range(4, 24, 3))
def test_an_edit_after_a_kill_is_not_lost(project: Path, number: int) -> None:
    with pytest.raises(Killed), failing(number, Killed):
        transaction.commit(project, CLEAN)
    has_journal = (project / layout.JOURNAL).exists()
    (project / "widget/script.js").write_bytes(b"// edited\n")
    message = transaction.recover(project)
    held = tree(project)
    assert held["widget/script.js"] == b"// edited\n"
    assert {**held, "widget/script.js": b""} == {**BEFORE, "widget/script.js": b""}
    assert message.startswith("undid `add llist-0`, which had been interrupted; ") is has_journal
    assert message.endswith("left alone: widget/script.js") is has_journal


def test_the_widget_may_be_on_another_file_system(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def within(source: Path, target: Path) -> None:
        if source.parent != target.parent and "widget" in target.relative_to(project).parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(os, "replace", within)
    (project / "widget/script.js").chmod(0o640)
    program = Write("widget/run.sh", None, b"#!/bin/sh\n", program=True)
    transaction.commit(project, CLEAN._replace(writes=(*WRITES, program)))
    assert tree(project) == {**AFTER, "widget/run.sh": b"#!/bin/sh\n"}
    assert (project / "widget/script.js").stat().st_mode & 0o777 == 0o640
    assert (project / "widget/run.sh").stat().st_mode & 0o111 == 0o111


def test_a_file_that_changed_since_the_plan_stops_the_commit(project: Path) -> None:
    (project / "widget/script.js").write_bytes(b"// edited\n")
    before = tree(project)
    with pytest.raises(ScaffoldError, match="has changed in the meantime"):
        transaction.commit(project, CLEAN)
    assert tree(project) == before


def test_abort_restores_the_files(project: Path) -> None:
    transaction.commit(project, IN_CONFLICT)
    (project / "widget/script.js").write_bytes(b"<<<<<<< half resolved\n")
    assert transaction.abort(project, force=False).command == "add llist-0"
    assert tree(project) == BEFORE
    with pytest.raises(ScaffoldError, match="there is no merge to abort"):
        transaction.abort(project, force=False)


def test_abort_does_not_replace_edited_files_without_conflicts(project: Path) -> None:
    transaction.commit(project, IN_CONFLICT)
    (project / "widget/lib/deep/new.js").write_bytes(b"// edited\n")
    held = tree(project)
    with pytest.raises(ScaffoldError) as refused:
        transaction.abort(project, force=False)
    assert refused.value.details == ("widget/lib/deep/new.js",)
    assert tree(project) == held
    transaction.abort(project, force=True)
    assert tree(project) == BEFORE


def test_a_kill_while_aborting_leaves_the_old_or_the_new_files(project: Path) -> None:
    spare = shutil.copytree(project, project.with_name("spare"))
    transaction.commit(spare, IN_CONFLICT)
    with failing(0, Killed) as calls:
        transaction.abort(spare, force=False)
    assert len(calls) > 20
    for number in range(1, len(calls) + 1):
        shutil.rmtree(project)
        shutil.copytree(spare, project)
        transaction.commit(project, IN_CONFLICT)
        with pytest.raises(Killed), failing(number, Killed):
            transaction.abort(project, force=False)
        transaction.recover(project)
        held = tree(project)
        held.pop(layout.UNDO, None)
        assert held in (BEFORE, AFTER), number


def test_permissions_are_kept(project: Path) -> None:
    (project / "widget/script.js").chmod(0o600)
    transaction.commit(
        project, CLEAN._replace(writes=(*WRITES, Write("run.sh", None, b"#!/bin/sh\n", program=True)))
    )
    assert (project / "widget/script.js").stat().st_mode & 0o777 == 0o600
    assert (project / "run.sh").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("text", ["", "{}", "[]", "[" * 100_000, '{"command": 1, "files": [{}], "open": []}'])
def test_a_journal_that_cannot_be_read_is_reported(project: Path, text: str) -> None:
    (project / layout.JOURNAL).write_text(text)
    with pytest.raises(ScaffoldError, match="which a killed command left"):
        transaction.recover(project)


ELSEWHERE = [
    "../victim", "/victim", "a/../../victim", ".git/hooks/pre-commit", "C:/victim", "a\\..\\victim", "",
    "a\0b", "link/victim", "to-victim",
]  # fmt: skip
"""Paths that lead outside the project; `link` is a link to a folder, `to-victim` one to a file."""


@pytest.mark.parametrize("name", [layout.JOURNAL, layout.UNDO])
@pytest.mark.parametrize("path", ELSEWHERE)
def test_a_foreign_journal_writes_nothing_outside(project: Path, path: str, name: str) -> None:
    outside = project.with_name("victim")
    outside.write_bytes(b"mine\n")
    (project / "link").symlink_to(project.parent)
    (project / "to-victim").symlink_to(outside)
    before = tree(project)
    for held in ("mine\n", None):
        write = {"path": path, "before": held, "after": "theirs\n", "program": True}
        good = {"path": "new", "before": None, "after": "new\n", "program": False}
        document = {"command": "add", "open": [], "files": [good, write]}
        if name == layout.UNDO:
            write |= {"before": "theirs\n", "after": held}
            document["files"] = [write]
        (project / name).write_text(json.dumps(document))
        with pytest.raises(ScaffoldError):
            transaction.recover(project) if name == layout.JOURNAL else transaction.abort(project, force=True)
        (project / name).unlink()
        assert (outside.read_bytes(), tree(project)) == (b"mine\n", before)


def test_nothing_is_written_through_a_link_in_the_record(project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "elsewhere"
    outside.write_bytes(b"mine\n")
    (project / layout.WRITING).symlink_to(outside)
    transaction.commit(project, CLEAN)
    assert (outside.read_bytes(), tree(project)) == (b"mine\n", AFTER)
    shutil.move(project / layout.FOLDER, tmp_path / "record")
    (project / layout.FOLDER).symlink_to(tmp_path / "record")
    before = tree(tmp_path)
    with pytest.raises(ScaffoldError):
        transaction.commit(project, Journal("add", (Write("new", None, b"new\n"),)))
    assert tree(tmp_path) == before
