"""Writing a tree: the plan, the refusals, and that a destination ends up whole or untouched."""

import errno
import os
import resource
import signal
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.errors import ScaffoldError
from scaffold.files import apply
from scaffold.files.apply import State, Verb
from scaffold.files.tree import Tree
from tests.shell import foreground

TREE = Tree(
    {
        ".kommo-widget/answers.yml": b"code: demo\n",
        "README.md": b"# Demo\n",
        "widget/manifest.json": b"{}\n",
        "widget/i18n/en.json": b'{"a": "b"}\r\n',
        "widget/images/logo.png": b"\x89PNG\r\n\x1a\n\x00",
    }
)
WRITES = {"open", "os.mkdir", "os.rename", "os.chmod", "os.remove", "os.rmdir"}
"""Audit events of calls that change the disk."""


def on_disk(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder`, except in `.git`."""
    files = (path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: data for path, data in found.items() if not path.startswith(".git/")}


def write(destination: Path, tree: Tree = TREE, force: bool = False) -> None:
    apply.execute(apply.plan(tree, destination), force, last=".kommo-widget")


def refusal(action: Callable[[], object]) -> tuple[str, str, tuple[str, ...]]:
    with pytest.raises(ScaffoldError) as refused:
        action()
    return refused.value.message, refused.value.hint, refused.value.details


def in_child(action: Callable[[], None]) -> int:
    """Run `action` in a process of its own; return its wait status. It ends with 2 for a ScaffoldError."""
    child = os.fork()
    if child == 0:
        try:
            action()
            os._exit(0)
        except ScaffoldError:
            os._exit(2)
        finally:
            os._exit(3)
    return os.waitpid(child, 0)[1]


def interrupt(number: int, act: Callable[[], None]) -> None:
    """Call `act` before write number `number` of this child process: an audit hook cannot be removed."""
    seen = 0

    def hook(event: str, _: object) -> None:
        nonlocal seen
        if event in WRITES:
            seen += 1
            if seen == number:
                act()

    sys.addaudithook(hook)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def nothing(folder: Path) -> None:
    """Leave the destination absent."""


def empty(folder: Path) -> None:
    folder.mkdir(mode=0o750)


def git(folder: Path) -> None:
    (folder / ".git").mkdir(parents=True)
    (folder / ".git/HEAD").write_text("ref: refs/heads/main\n")


def occupied(folder: Path) -> None:
    (folder / "widget").mkdir(parents=True)
    (folder / "README.md").write_bytes(b"# Mine\n")
    (folder / "widget/manifest.json").write_bytes(b"{}\n")
    (folder / "notes.txt").write_bytes(b"mine\n")


@pytest.mark.parametrize(
    ("before", "state"),
    [(nothing, State.ABSENT), (empty, State.EMPTY), (git, State.GIT), (occupied, State.OCCUPIED)],
    ids=["absent", "empty", "git", "occupied"],
)
def test_plan_names_the_state_and_changes_nothing(
    before: Callable[[Path], None], state: State, place: Path
) -> None:
    before(place / "demo")
    disk = on_disk(place)

    assert apply.plan(TREE, Path("demo")).state is state
    assert apply.plan(TREE, Path("demo")).destination == place / "demo"
    assert on_disk(place) == disk


def test_plan_has_a_verb_for_each_path(place: Path) -> None:
    occupied(place / "demo")
    (place / "demo/widget/i18n").write_text("a file in place of a folder")

    changes = {change.path: change.verb for change in apply.plan(TREE, Path("demo")).changes}
    assert changes == {
        ".kommo-widget/answers.yml": Verb.CREATE,
        "README.md": Verb.REPLACE,
        "widget/i18n/en.json": Verb.CONFLICT,
        "widget/images/logo.png": Verb.CREATE,
        "widget/manifest.json": Verb.IDENTICAL,
    }


@pytest.mark.parametrize("before", [nothing, empty, git], ids=["absent", "empty", "git"])
def test_execute_writes_the_bytes_as_they_are_and_nothing_else(
    before: Callable[[Path], None], place: Path
) -> None:
    before(place / "demo")
    write(Path("demo"))

    assert on_disk(place / "demo") == dict(TREE)
    assert os.listdir(place) == ["demo"]


@pytest.mark.parametrize("before", [empty, git], ids=["empty", "git"])
def test_execute_into_the_current_folder_keeps_the_same_folder(
    before: Callable[[Path], None], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before(place / "demo")
    monkeypatch.chdir(place / "demo")
    inode = os.stat(".").st_ino
    write(Path())

    assert os.stat(place / "demo").st_ino == inode
    assert on_disk(place / "demo") == dict(TREE)
    assert os.listdir(place) == ["demo"]


def test_execute_creates_missing_parents(place: Path) -> None:
    write(Path("a/b/demo"))

    assert on_disk(place / "a/b/demo") == dict(TREE)
    assert os.listdir(place / "a/b") == ["demo"]


def test_execute_gives_new_files_the_usual_permissions(place: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(Path("demo"))
    finally:
        os.umask(mask)

    modes = [
        stat.S_IMODE((place / path).stat().st_mode) for path in ("demo", "demo/widget", "demo/README.md")
    ]
    assert modes == [0o750, 0o750, 0o640]


def test_execute_keeps_the_permissions_of_an_empty_destination(place: Path) -> None:
    (place / "demo").mkdir(mode=0o700)
    write(Path("demo"))

    assert stat.S_IMODE((place / "demo").stat().st_mode) == 0o700


def test_an_occupied_destination_is_refused_and_the_ways_out_are_named(place: Path) -> None:
    occupied(place / "demo")
    disk = on_disk(place)

    assert refusal(lambda: write(Path("demo"))) == (
        "`demo` exists and is not empty",
        "choose another name, or replace its generated files with --force",
        (),
    )
    assert on_disk(place) == disk


def test_force_replaces_generated_files_and_keeps_others_and_permissions(place: Path) -> None:
    occupied(place / "demo")
    (place / "demo/README.md").chmod(0o600)
    write(Path("demo"), force=True)

    assert on_disk(place / "demo") == {**TREE, "notes.txt": b"mine\n"}
    assert stat.S_IMODE((place / "demo/README.md").stat().st_mode) == 0o600
    assert os.listdir(place) == ["demo"]


def test_force_writes_nothing_if_one_file_conflicts(place: Path) -> None:
    occupied(place / "demo")
    (place / "demo/widget/images").mkdir()
    (place / "demo/widget/images/logo.png").mkdir()
    (place / "demo/.kommo-widget").write_bytes(b"a file")
    disk = on_disk(place)

    assert refusal(lambda: write(Path("demo"), force=True)) == (
        "some files cannot be written to `demo`",
        "move away what is in the way",
        (".kommo-widget/answers.yml: `.kommo-widget` is a file", "widget/images/logo.png: is a folder"),
    )
    assert on_disk(place) == disk


def test_force_refuses_a_destination_that_has_changed_since_the_plan(place: Path) -> None:
    occupied(place / "demo")
    planned = apply.plan(TREE, Path("demo"))
    (place / "demo/README.md").write_bytes(b"# Edited meanwhile\n")

    assert refusal(lambda: apply.execute(planned, force=True)) == (
        "`demo` has changed in the meantime", "run the command again", (),
    )  # fmt: skip
    assert (place / "demo/README.md").read_bytes() == b"# Edited meanwhile\n"


@pytest.mark.parametrize(
    ("link", "detail"),
    [
        ("widget", "`widget` is a symbolic link"),
        ("widget/i18n", "`widget/i18n` is a symbolic link"),
        ("widget/i18n/en.json", "is a symbolic link"),
    ],
    ids=["top-folder", "folder", "file"],
)
@pytest.mark.parametrize("target", ["outside", "missing"])
def test_force_does_not_write_through_links(link: str, detail: str, target: str, place: Path) -> None:
    (place / "outside").mkdir()
    (place / "demo" / link).parent.mkdir(parents=True)
    (place / "demo" / link).symlink_to(place / target)

    _, _, details = refusal(lambda: write(Path("demo"), force=True))
    assert f"widget/i18n/en.json: {detail}" in details
    assert not list((place / "outside").iterdir())
    assert not (place / "missing").exists()


@pytest.mark.parametrize("target", ["outside", "missing"])
def test_a_destination_that_is_a_link_is_refused(target: str, place: Path) -> None:
    (place / "outside").mkdir()
    (place / "demo").symlink_to(place / target)

    assert refusal(lambda: write(Path("demo"), force=True)) == (
        "`demo` is a symbolic link", "give the folder that it points to", (),
    )  # fmt: skip


def test_links_that_lead_to_the_destination_are_followed(place: Path) -> None:
    (place / "real").mkdir()
    (place / "link").symlink_to("real")
    write(Path("link/demo"))

    assert on_disk(place / "real/demo") == dict(TREE)


def test_a_destination_that_is_a_file_is_refused(place: Path) -> None:
    (place / "demo").write_text("mine")

    assert refusal(lambda: write(Path("demo"))) == ("`demo` is a file", "choose another name", ())


def test_a_destination_below_a_file_is_refused_with_the_systems_reason(place: Path) -> None:
    (place / "file").write_text("mine")

    assert refusal(lambda: write(Path("file/demo")))[0] == "cannot write `file/demo`: not a directory"


def test_a_name_that_is_too_long_is_refused_with_the_systems_reason(place: Path) -> None:
    assert refusal(lambda: write(Path("n" * 300)))[0].endswith("file name too long")
    assert os.listdir(place) == []


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("", "'': not a relative path"),
        ("/etc/passwd", "'/etc/passwd': not a relative path"),
        ("../up", "'../up': has an empty, `.` or `..` part"),
        ("a/../../up", "'a/../../up': has an empty, `.` or `..` part"),
        ("a//b", "'a//b': has an empty, `.` or `..` part"),
        ("./a", "'./a': has an empty, `.` or `..` part"),
        ("a\\b", "'a\\\\b': has the character '\\\\'"),
        ("C:/a", "'C:/a': has the character ':'"),
        ("a.txt:stream", "'a.txt:stream': has the character ':'"),
        ("what?", "'what?': has the character '?'"),
        ("line\nbreak", "'line\\nbreak': has the character '\\n'"),
        ("nul\0", "'nul\\x00': has the character '\\x00'"),
        ("end./a", "'end./a': has a part that ends with a dot or a space"),
        ("end ", "'end ': has a part that ends with a dot or a space"),
        ("CON", "'CON': 'CON' is a device on Windows"),
        ("a/nul.txt", "'a/nul.txt': 'nul.txt' is a device on Windows"),
        ("Lpt1.tar.gz", "'Lpt1.tar.gz': 'Lpt1.tar.gz' is a device on Windows"),
        (".git/hooks/post-checkout", "'.git/hooks/post-checkout': is inside git's own folder"),
        ("a/.GIT/config", "'a/.GIT/config': is inside git's own folder"),
        (".g\u200cit/config", "'.g\\u200cit/config': is inside git's own folder"),
        ("\ufeff.git/config", "'\\ufeff.git/config': is inside git's own folder"),
        ("c\u200don", "'c\\u200don': 'c\\u200don' is a device on Windows"),
        ("end. \u200b", "'end. \\u200b': has a part that ends with a dot or a space"),
        ("ü" * 128, f"{'ü' * 128!r}: has a part longer than 255 bytes"),
        ("\ud800", "'\\ud800': is not valid Unicode"),
    ],
)
def test_a_path_that_some_system_would_refuse_is_refused_on_every_system(path: str, fault: str) -> None:
    assert refusal(lambda: apply.plan(Tree({path: b""}), Path("demo"))) == (
        "some paths cannot be written on every system", "rename them", (fault,),
    )  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "con_fig",
        "console.js",
        "nullable",
        ".gitignore",
        "a b",
        "ünïcode",
        "com10.txt",
        "a.b..c",
        "-rf",
        "~",
        "👩\u200d💻",
        "مرحبا",
        ".gitkeep",
    ],
)
def test_a_path_that_only_looks_odd_is_written(path: str, place: Path) -> None:
    write(Path("demo"), Tree({path: b"x"}))

    assert on_disk(place / "demo") == {path: b"x"}


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("paths", "fault"),
    [
        (["README", "Readme"], "'Readme': the same as 'README' on systems that ignore case"),
        (["A/x", "a/y"], "'a': the same as 'A' on systems that ignore case"),
        (["e\u0301", "é"], "'é': the same as 'e\u0301' on systems that ignore case"),
        (["a\u200bb", "ab"], "'a\\u200bb': the same as 'ab' on systems that ignore case"),
        (["straße", "STRASSE"], "'straße': the same as 'STRASSE' on systems that ignore case"),
        (["a", "a/b"], "'a/b': 'a' is a file"),
    ],
    ids=["case", "folder-case", "normal-form", "invisible", "sharp-s", "file-and-folder"],
)  # fmt: skip
def test_paths_that_collide_are_refused(paths: list[str], fault: str) -> None:
    assert refusal(lambda: apply.plan(Tree(dict.fromkeys(paths, b"")), Path("demo")))[2] == (fault,)


@pytest.mark.usefixtures("place")
def test_all_bad_paths_are_named_at_once() -> None:
    assert len(refusal(lambda: apply.plan(Tree({"../a": b"", "b:": b"", "aux": b""}), Path("demo")))[2]) == 3


@pytest.mark.parametrize("number", range(1, 20))
@pytest.mark.parametrize("before", [nothing, empty], ids=["absent", "empty"])
def test_kill_9_before_any_write_leaves_the_destination_whole_or_untouched(
    before: Callable[[Path], None], number: int, place: Path
) -> None:
    before(place / "demo")

    def killed() -> None:
        interrupt(number, kill)
        write(Path("demo"))

    status = in_child(killed)
    assert status in {0, signal.SIGKILL}
    assert on_disk(place / "demo") in ({}, dict(TREE))
    assert (place / "demo").exists() or before is nothing
    leftovers = set(os.listdir(place)) - {"demo"}
    assert all(name.startswith(".demo.") and name.endswith(".tmp") for name in leftovers)
    write(Path("demo"), force=True)
    assert on_disk(place / "demo") == dict(TREE)


@pytest.mark.parametrize("number", range(1, 20))
def test_kill_9_in_the_current_folder_leaves_a_project_only_if_it_is_whole(number: int, place: Path) -> None:
    git(place / "demo")

    def killed() -> None:
        os.chdir("demo")
        interrupt(number, kill)
        write(Path())

    assert in_child(killed) in {0, signal.SIGKILL}
    assert not (place / "demo/.kommo-widget").exists() or on_disk(place / "demo") == dict(TREE)


@pytest.mark.parametrize("number", range(1, 20))
def test_kill_9_while_replacing_leaves_each_file_old_or_new(number: int, place: Path) -> None:
    occupied(place / "demo")
    old = on_disk(place / "demo")

    def killed() -> None:
        interrupt(number, kill)
        write(Path("demo"), force=True)

    assert in_child(killed) in {0, signal.SIGKILL}
    for path, data in on_disk(place / "demo").items():
        assert data in (old.get(path), TREE.get(path))


@pytest.mark.parametrize("number", range(1, 15))
@pytest.mark.parametrize(
    "reason", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=["full", "read-only", "denied"]
)
@pytest.mark.parametrize("before", [nothing, empty, git], ids=["absent", "empty", "git"])
def test_a_write_that_the_system_refuses_leaves_nothing_behind(
    before: Callable[[Path], None], reason: int, number: int, place: Path
) -> None:
    before(place / "demo")

    def fail() -> None:
        raise OSError(reason, os.strerror(reason))

    def refused() -> None:
        interrupt(number, fail)
        write(Path("demo"))

    status = os.waitstatus_to_exitcode(in_child(refused))
    assert (status, on_disk(place / "demo")) in ((0, dict(TREE)), (2, {}))
    assert set(os.listdir(place)) <= {"demo"}


def test_a_full_disk_is_reported_with_the_systems_reason_and_leaves_nothing(place: Path) -> None:
    """A limit on the size of a file cuts a write short, as a full disk does."""
    message = place / "message"

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        text = refusal(lambda: write(Path("new/demo"), TREE | {"large.bin": b"x" * 20_000}))[0]
        message.write_text(text)

    assert in_child(limited) == 0
    assert message.read_text() == "cannot write `new/demo`: file too large"
    assert os.listdir(place) == ["message"]


def test_an_interrupted_move_into_the_current_folder_is_undone(place: Path) -> None:
    git(place / "demo")

    def interrupted() -> None:
        os.chdir("demo")
        foreground()
        interrupt(12, lambda: signal.raise_signal(signal.SIGINT))
        write(Path())

    assert os.waitstatus_to_exitcode(in_child(interrupted)) == 3
    assert on_disk(place / "demo") == {}
    assert os.listdir(place) == ["demo"]


@pytest.mark.parametrize("before", [nothing, empty, git], ids=["absent", "empty", "git"])
def test_the_second_of_two_concurrent_runs_is_refused_and_changes_nothing(
    before: Callable[[Path], None], place: Path
) -> None:
    before(place / "demo")
    first, second = apply.plan(TREE, Path("demo")), apply.plan(Tree({"widget/other": b""}), Path("demo"))
    apply.execute(first)

    message, hint, _ = refusal(lambda: apply.execute(second))
    assert message in {
        "`demo` has been created in the meantime",
        "`demo/widget` has been created in the meantime",
    }
    assert hint == "choose another name"
    assert on_disk(place / "demo") == dict(TREE)
    assert os.listdir(place) == ["demo"]


@pytest.mark.parametrize("before", [nothing, empty, git], ids=["absent", "empty", "git"])
def test_exactly_one_of_many_concurrent_runs_wins(before: Callable[[Path], None], place: Path) -> None:
    before(place / "demo")
    planned = apply.plan(TREE, Path("demo"))
    ready, go = os.pipe()
    children = []
    for _ in range(8):
        child = os.fork()
        if child == 0:
            try:
                os.read(ready, 1)
                apply.execute(planned)
                os._exit(0)
            except ScaffoldError:
                os._exit(2)
            finally:
                os._exit(3)
        children.append(child)
    os.write(go, b"x" * 8)
    codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    os.close(ready)
    os.close(go)

    assert codes == [0] + [2] * 7
    assert on_disk(place / "demo") == dict(TREE)
    assert os.listdir(place) == ["demo"]


def test_describe_draws_the_tree_with_verbs_and_totals(place: Path) -> None:
    occupied(place / "demo")
    (place / "demo/widget/images").symlink_to(place)

    assert apply.describe(apply.plan(TREE, Path("demo"))) == [
        "demo/",
        "├── .kommo-widget/  (1 file: create)",
        "├── widget/",
        "│   ├── i18n/",
        "│   │   └── en.json  (create)",
        "│   ├── images/",
        "│   │   └── logo.png  (conflict: `widget/images` is a symbolic link)",
        "│   └── manifest.json  (identical)",
        "└── README.md  (replace)",
        "",
        "2 create, 1 identical, 1 replace, 1 conflict (the folder is not empty)",
    ]


def test_tree_lines_fall_back_to_ascii_if_the_encoding_has_no_lines() -> None:
    assert apply.tree_lines(["b.txt", "a/c", "a/d"], encoding="cp1251") == [
        "|-- a/", "|   |-- c", "|   `-- d", "`-- b.txt",
    ]  # fmt: skip


def test_diff_shows_text_and_names_binary_files(place: Path) -> None:
    occupied(place / "demo")
    tree = Tree(
        {"README.md": b"# Demo", "widget/manifest.json": b"{}\n", "a.png": b"\xff\x00", "b": b"1\x0b\n"}
    )

    assert apply.diff(apply.plan(tree, Path("demo"))) == (
        "--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-# Mine\n+# Demo\n\\ No newline at end of file\n"
        "Binary files /dev/null and b/a.png differ\n"
        "--- /dev/null\n+++ b/b\n@@ -0,0 +1 @@\n+1\\x0b\n"
    )
