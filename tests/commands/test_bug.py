"""How the command line reports its own bugs, and to which stream errors go."""

import errno
import json
from typing import Any, NoReturn

import pytest

from tests.check.disk import put
from tests.shell import Shell

AS_JSON = [
    ("check", "w", "--format=json"), ("check", "w", "--format", "json"), ("check", "--format=json", "w"),
    ("pack", "w", "--json"),
]  # fmt: skip
AS_TEXT = [("check", "w"), ("check", "w", "--format=github"), ("check", "w", "--format", "sarif")]


def fail(*_args: Any, **_options: Any) -> NoReturn:
    raise RuntimeError("boom")


@pytest.mark.parametrize("args", AS_TEXT, ids=" ".join)
def test_a_bug_is_exit_code_3_with_its_trace(
    args: tuple[str, ...], shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shell.folder / "w")
    monkeypatch.setattr("scaffold.project.reading.read", fail)
    result = shell(*args)
    assert (result.code, result.out) == (3, "")
    assert "Traceback (most recent call last)" in result.err
    assert result.err.endswith(
        "error: this is a bug: RuntimeError: boom\nhint: please report it, with the traceback\n"
    )


@pytest.mark.parametrize("args", AS_JSON, ids=" ".join)
def test_a_bug_is_one_json_document(
    args: tuple[str, ...], shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shell.folder / "w")
    monkeypatch.setattr("scaffold.project.reading.read", fail)
    result = shell(*args)
    assert result.code == 3
    assert json.loads(result.out) == {
        "error": {
            "message": "this is a bug: RuntimeError: boom",
            "hint": "please report it, with the traceback",
            "details": [],
        }
    }


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "a/b"), 2),
        (OSError(errno.ENOSPC, "No space left on device"), 2),
        (OSError(errno.ENAMETOOLONG, "File name too long", b"a/b"), 2),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "a/b"), 3),
    ],
    ids=lambda value: getattr(value, "strerror", ""),
)
def test_an_error_of_the_system_is_not_a_bug(
    error: OSError, code: int, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_options: Any) -> NoReturn:
        raise error

    put(shell.folder / "w")
    monkeypatch.setattr("scaffold.commands.check.settle", refuse)
    result = shell("check", "w")
    assert (result.code, "Traceback" in result.err) == (code, code == 3)
    place = "a file" if error.filename is None else "a/b"
    assert (f"error: cannot use {place}: {str(error.strerror).lower()}" in result.err) is (code == 2)


@pytest.mark.parametrize("args", AS_JSON, ids=" ".join)
def test_an_error_is_json_on_stdout_if_json_was_requested(args: tuple[str, ...], shell: Shell) -> None:
    result = shell(*args)
    assert result.code == 2
    assert json.loads(result.out)["error"]["message"] in (
        "cannot read w: no such file or directory",
        "w does not exist",
    )
    assert result.err == ""


@pytest.mark.parametrize("args", AS_TEXT, ids=" ".join)
def test_an_error_otherwise_goes_to_stderr(args: tuple[str, ...], shell: Shell) -> None:
    result = shell(*args)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("error: cannot read w")
