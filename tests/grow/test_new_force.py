"""`new --force` in an existing project: it names the files edited by hand, and keeps them unless asked."""

import json
import shutil
from pathlib import Path

from tests.shell import Shell

RELEASED = Path(__file__).parent / "released"
FORCE = ("new", "acme", "--defaults", "--force")


def test_an_unedited_project_is_replaced(shell: Shell) -> None:
    shell("new", "acme", "--defaults")
    before = shell.files("acme")
    assert shell(*FORCE, "--set", "areas=lcard-1,settings,llist-0").code == 0
    assert shell.files("acme") != before
    assert shell(*FORCE).code == 0
    assert before.items() <= shell.files("acme").items()


def test_edited_files_are_named_and_kept(shell: Shell) -> None:
    shell("new", "acme", "--defaults")
    for path in ("widget/script.js", "README.md"):
        with (shell.folder / "acme" / path).open("a") as file:
            file.write("\n// mine\n")
    before = shell.files()
    result = shell(*FORCE)
    assert (result.code, shell.files()) == (2, before)
    assert result.err.splitlines() == [
        "error: 2 files of the project would lose your edits",
        "README.md",
        "widget/script.js",
        "hint: to keep them, use kommo-widget add, remove or update; to lose them, --force --discard-edits",
    ]
    document = json.loads(shell(*FORCE, "--json").out)
    assert document["error"]["details"] == ["README.md", "widget/script.js"]
    assert shell(*FORCE, "--discard-edits").code == 0
    assert b"mine" not in shell.files()["acme/widget/script.js"]


def test_other_line_ends_are_not_an_edit(shell: Shell) -> None:
    shell("new", "acme", "--defaults")
    place = shell.folder / "acme/widget/script.js"
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    assert shell(*FORCE).code == 0


def test_the_layout_of_the_released_version_is_read_and_replaced(shell: Shell) -> None:
    shutil.copytree(RELEASED / "minimal", shell.folder / "acme")
    shutil.copytree(RELEASED / "minimal/.kommo-widget/pristine", shell.folder / "acme", dirs_exist_ok=True)
    (shell.folder / "acme/README.md").write_text("mine")
    assert shell(*FORCE).code == 2
    assert shell(*FORCE, "--discard-edits").code == 0
    assert not [path for path in shell.files("acme") if path.startswith(".kommo-widget/pristine/")]


def test_discard_edits_requires_force(shell: Shell) -> None:
    result = shell("new", "acme", "--defaults", "--discard-edits")
    assert (result.code, "requires --force" in result.err) == (2, True)
