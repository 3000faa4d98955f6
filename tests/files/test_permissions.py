"""The permissions of replaced files; a read-only file on a system that neither replaces nor deletes one."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scaffold.errors import ScaffoldError
from scaffold.files import apply, permissions
from scaffold.files.exchange import exchange
from scaffold.files.tree import Tree
from scaffold.project.journal import Journal, Write
from scaffold.project.transaction import commit, recover

pytestmark = pytest.mark.skipif(os.name != "posix", reason="simulates Windows on a system with permissions")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse what Windows refuses: to replace and to delete a read-only file."""
    real: dict[str, Any] = {"replace": os.replace, "unlink": Path.unlink}

    def refuse(place: Path) -> None:
        if place.exists() and not place.stat().st_mode & 0o200:
            raise PermissionError(errno.EACCES, "Permission denied", str(place))

    def replace(source: Path, target: Path) -> None:
        refuse(target)
        real["replace"](source, target)

    def unlink(place: Path, **options: bool) -> None:
        refuse(place)
        real["unlink"](place, **options)

    monkeypatch.setattr(permissions, "_ARE_KEPT", False)
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(Path, "unlink", unlink)


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o755])
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    replacements: tuple[Callable[[], None], ...] = (
        lambda: exchange({tmp_path / "a": b"new"}),
        lambda: apply.execute(apply.plan(Tree({"a": b"newer"}), tmp_path), force=True),
        lambda: commit(tmp_path, Journal("add", (Write("a", b"newer", b"newest"),))),
    )
    for replace in replacements:
        (tmp_path / "a").touch()
        (tmp_path / "a").chmod(mode)
        replace()
        assert (tmp_path / "a").stat().st_mode & 0o777 == mode
    assert (tmp_path / "a").read_bytes() == b"newest"


@pytest.mark.usefixtures("windows")
def test_a_read_only_file_leaves_no_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o444)
    with pytest.raises(ScaffoldError, match="permission denied"):
        exchange({tmp_path / "a": b"new"})
    with pytest.raises(ScaffoldError, match="permission denied"):
        apply.execute(apply.plan(Tree({"a": b"new"}), tmp_path), force=True)
    assert held(tmp_path) == {"a": b"old"}


@pytest.mark.usefixtures("windows")
def test_a_read_only_file_does_not_stop_later_changes(tmp_path: Path) -> None:
    files = {".kommo-widget/answers.yml": b"code: acme\n", "a": b"old", "b": b"old"}
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "a").chmod(0o444)
    with pytest.raises(ScaffoldError, match="permission denied"):
        commit(tmp_path, Journal("add", (Write("b", b"old", b"new"), Write("a", b"old", b"new"))))
    assert held(tmp_path) == files
    assert recover(tmp_path) == ""
    commit(tmp_path, Journal("add", (Write("b", b"old", b"new"),)))
    assert held(tmp_path) == {**files, "b": b"new"}
