"""Pipes, sockets, devices and links in place of files of commands: left alone, and nothing waits for them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.errors import ScaffoldError
from scaffold.preview.run import screenshots
from scaffold.preview.sending.senders import senders
from scaffold.preview.widget_source import Source
from tests.check.disk import put
from tests.files import special_files
from tests.files.special_files import KINDS, OUTSIDE
from tests.shell import Shell

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(17) + b"more"

WRITING = {
    "pack": ["pack", "project", "-o"],
    "new": ["new", "--defaults"],
    "new-force": ["new", "--defaults", "--force"],
    "template": ["template", "new"],
    "template-force": ["template", "new", "--force"],
}
"""Name -> the command line, without the path that it writes to."""

COMMANDS = [
    ["check", "project"],
    ["check", "project", "--fix"],
    ["pack", "project", "-o", "made.zip"],
    ["pack", "project", "-o", "made.zip", "--bump", "patch"],
    ["add", "llist-0", "--dir", "project"],
    ["add", "--locale", "es", "--dir", "project"],
    ["remove", "settings", "--dir", "project"],
    ["update", "project"],
    ["add", "--abort", "--dir", "project"],
    ["new", "project", "--defaults", "--force"],
]
"""Commands that read or write the files of a project."""

RECORD = ".kommo-widget"
INSIDE = [f"{RECORD}/journal.json", f"{RECORD}/state.json", "widget/script.js"]
MORE_INSIDE = [
    f"{RECORD}/undo.json", f"{RECORD}/writing.tmp", f"{RECORD}/answers.yml", f"{RECORD}/pristine.txt",
    RECORD, "widget", "widget/manifest.json", "widget/i18n", "widget/i18n/en.json", "widget/images",
    ".kommo-widget.toml", "widget/.kommo-widget.toml", "README.md", ".gitignore",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project, to be copied."""
    from scaffold.cli import run

    folder = tmp_path_factory.mktemp("made") / "project"
    assert run(["new", str(folder), "--defaults"]) == 0
    return folder


@pytest.fixture
def project(made: Path, shell: Shell) -> Path:
    """A project in the current folder, and the targets of links beside it."""
    special_files.make_targets(shell.folder)
    return Path(shutil.copytree(made, shell.folder / "project"))


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WRITING)
def test_a_special_file_is_not_replaced(name: str, kind: str, shell: Shell) -> None:
    target = shell.folder / "target"
    KINDS[kind](target, shell.folder)
    before = special_files.identity(target)
    with special_files.no_waiting():
        result = shell(*WRITING[name], "target")
    assert (result.code, result.err.splitlines()[0].startswith("error: ")) == (2, True)
    assert special_files.identity(target) == before
    assert special_files.untouched(shell.folder)
    assert {path.name for path in shell.folder.iterdir()} == {"target", "project", OUTSIDE}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "place", [*INSIDE, *(pytest.param(place, marks=pytest.mark.full) for place in MORE_INSIDE)]
)
def test_a_special_file_in_a_project_is_not_followed_or_waited_for(
    place: str, kind: str, shell: Shell, made: Path
) -> None:
    special_files.make_targets(shell.folder)
    for command in COMMANDS:
        project = shutil.copytree(made, shell.folder / "project")
        target = project / place
        if target.is_dir():
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
        KINDS[kind](target, shell.folder)
        with special_files.no_waiting():
            result = shell(*command)
        assert result.code in (0, 1, 2), (command, result.err)
        assert special_files.untouched(shell.folder), command
        shutil.rmtree(project)
        (shell.folder / "made.zip").unlink(missing_ok=True)
    assert {path.name for path in shell.folder.iterdir()} == {OUTSIDE}


@pytest.mark.parametrize(
    "place", [RECORD, "widget", *(pytest.param(p, marks=pytest.mark.full) for p in ("widget/i18n", "types"))]
)
def test_nothing_is_written_through_a_linked_folder(place: str, shell: Shell, made: Path) -> None:
    elsewhere = shell.folder / "elsewhere"
    for command in COMMANDS:
        project = Path(shutil.copytree(made, shell.folder / "project"))
        shutil.move(project / place, elsewhere)
        (project / place).symlink_to(elsewhere)
        for path in elsewhere.rglob("logo.png"):
            path.unlink()  # for --fix
        before = shell.files("elsewhere")
        result = shell(*command)
        assert result.code in (0, 1, 2), (command, result.err)
        assert shell.files("elsewhere") == before, command
        shutil.rmtree(project)
        shutil.rmtree(elsewhere)
        (shell.folder / "made.zip").unlink(missing_ok=True)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "link-to-file"])
def test_a_special_file_on_the_command_line_is_an_error(kind: str, shell: Shell) -> None:
    KINDS[kind](shell.folder / "target", shell.folder)
    for command in (["check", "target"], ["preview", "target", "--run"], ["new", "a", "--answers", "target"]):
        with special_files.no_waiting():
            result = shell(*command)
        assert (result.code, result.err.startswith("error: ")) == (2, True), command
        assert special_files.untouched(shell.folder)


@pytest.mark.parametrize("kind", KINDS)
def test_a_special_file_among_the_samples_is_reported(kind: str, tmp_path: Path) -> None:
    special_files.make_targets(tmp_path)
    (tmp_path / "backend/samples").mkdir(parents=True)
    (tmp_path / "backend/public").mkdir()
    put(tmp_path / "widget")
    (tmp_path / ".kommo-widget").mkdir()
    (tmp_path / ".kommo-widget/answers.yml").write_text("areas: [sms]\n")
    KINDS[kind](tmp_path / "backend/samples/mine.json", tmp_path)
    with special_files.no_waiting():
        found = {sender.name: sender for sender in senders(Source(tmp_path), "kommo")}
    assert found["mine"].fault.startswith("backend/samples/mine.json: ")
    assert not found["mine"].document


@pytest.mark.parametrize("kind", KINDS)
def test_a_screenshot_does_not_replace_a_special_file(kind: str, tmp_path: Path) -> None:
    special_files.make_targets(tmp_path)
    place = screenshots.place_of(tmp_path, "../dcard")
    assert place.parent == tmp_path
    KINDS[kind](place, tmp_path)
    before = special_files.identity(place)
    acts: dict[str, Callable[[], object]] = {
        "room": lambda: screenshots.make_room(tmp_path, [place]),
        "file": lambda: screenshots.write(place, PNG),
    }
    for act in acts.values():
        with special_files.no_waiting(), pytest.raises(ScaffoldError):
            act()
        assert special_files.identity(place) == before
    assert special_files.untouched(tmp_path)


def test_a_screenshot_replaces_only_one_of_an_earlier_run(tmp_path: Path) -> None:
    place = screenshots.place_of(tmp_path, "lcard", "en")
    screenshots.make_room(tmp_path, [place])
    screenshots.write(place, PNG)
    screenshots.make_room(tmp_path, [place])
    place.write_bytes(PNG)
    with pytest.raises(ScaffoldError, match="is not a screenshot of an earlier run"):
        screenshots.make_room(tmp_path, [place])
