"""A command run in the folder above a project suggests the project's path."""

import pytest

from tests.shell import Shell


@pytest.fixture(autouse=True)
def project(shell: Shell) -> None:
    assert shell("new", "my widget", "--defaults").code == 0


@pytest.mark.parametrize("command", ["check", "pack"])
def test_the_project_below_is_suggested(command: str, shell: Shell) -> None:
    result = shell(command)
    assert (result.code, result.err) == (
        2,
        f"error: there is no widget at .\nhint: did you mean: kommo-widget {command} './my widget'\n",
    )


def test_an_absolute_path_is_suggested_as_absolute(shell: Shell) -> None:
    result = shell("check", str(shell.folder))
    assert f"kommo-widget check '{shell.folder}/my widget'" in result.err


def test_a_widget_above_a_project_is_still_checked(shell: Shell) -> None:
    (shell.folder / "script.js").write_text("define([], function () {});\n")
    assert shell("check").code == 1


def test_an_empty_folder_suggests_nothing(shell: Shell) -> None:
    (shell.folder / "empty").mkdir()
    result = shell("check", "empty")
    assert (result.code, "did you mean" in result.err) == (1, False)
