"""Reading folders and zips: their files, damage of any kind, and bounds."""

import io
import os
import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import ScaffoldError
from scaffold.files import archive as bounds
from scaffold.files import zips
from scaffold.files.archive import Archive, Trouble
from scaffold.files.folders import from_dir
from scaffold.files.tree import Tree
from scaffold.files.zips import from_zip, to_zip
from scaffold.project.reading import read, widget_folder
from tests.check.clean import clean_widget
from tests.check.edits import edited


def troubles(archive: Archive) -> list[tuple[Trouble, str, str]]:
    return [(entry.trouble, entry.path, entry.detail) for entry in archive.troubles]


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return target.getvalue()


def test_a_folder_and_its_zip_read_the_same(tmp_path: Path) -> None:
    tree = clean_widget()
    folder = write(tmp_path / "w", dict(tree))
    (tmp_path / "widget.zip").write_bytes(to_zip(tree))
    assert read(folder) == read(tmp_path / "widget.zip") == Archive(tree)


def test_a_zip_is_the_same_for_the_same_files() -> None:
    data = to_zip(clean_widget())
    assert data == to_zip(Tree(dict(reversed(list(clean_widget().items())))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {zips.ENTRY_TIME}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {stat.S_IFREG | 0o644}


PLACES = [
    ("widget", {"manifest.json": b"{}"}, "."),
    ("project", {".kommo-widget/answers.yml": b"", "widget/manifest.json": b"{}"}, "widget"),
    ("widget-in-project-folder", {".kommo-widget/a": b"", "manifest.json": b"{}"}, "."),
]


@pytest.mark.parametrize(("files", "folder"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_the_widgets_folder_is_found(tmp_path: Path, files: dict[str, bytes], folder: str) -> None:
    assert widget_folder(write(tmp_path, files)) == tmp_path / folder


def test_a_manifest_one_level_down_is_read_from_there(tmp_path: Path) -> None:
    write(tmp_path, {"src/manifest.json": b"{}", "src/script.js": b"", "README.md": b""})
    archive = from_dir(tmp_path)
    assert (archive.folder, list(archive.tree)) == ("src", ["manifest.json", "script.js"])


def test_with_manifests_in_two_folders_neither_is_read(tmp_path: Path) -> None:
    archive = from_dir(write(tmp_path, {"a/manifest.json": b"{}", "b/manifest.json": b"{}"}))
    assert archive.folder == ""


def test_private_files_of_a_folder_are_skipped_and_leftovers_reported(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "manifest.json": b"{}",
            ".git/config": b"",
            "node_modules/a/index.js": b"",
            "__MACOSX/manifest.json": b"",
            "lib/app.js.map": b"",
            "images/Thumbs.db": b"",
        },
    )
    archive = from_dir(tmp_path)
    assert list(archive.tree) == ["manifest.json"]
    assert archive.ignored == ("__MACOSX", "images/Thumbs.db", "lib/app.js.map")


def test_private_files_in_a_zip_are_reported() -> None:
    files = {"manifest.json": b"{}", ".git/config": b"", ".git/HEAD": b"", "lib/a.map": b""}
    assert from_zip(io.BytesIO(zipped(files))).ignored == (".git", "lib/a.map")


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside", {"secret.txt": b"x"})
    folder = write(tmp_path / "w", {"manifest.json": b"{}"})
    (folder / "secret.txt").symlink_to(secret / "secret.txt")
    (folder / "loop").symlink_to(folder)
    archive = from_dir(folder)
    assert list(archive.tree) == ["manifest.json"]
    assert troubles(archive) == [(Trouble.SYMLINK, "loop", ""), (Trouble.SYMLINK, "secret.txt", "")]


def test_a_backslash_in_a_name_in_a_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "lib\\a.js").write_bytes(b"a")
    assert troubles(from_dir(tmp_path)) == [(Trouble.BACKSLASH, "lib\\a.js", "")]


def test_a_pipe_in_the_folder_is_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert from_dir(tmp_path) == Archive(Tree({}))


BAD_NAMES = [
    ("parent", "../x.js", "it points outside the archive"),
    ("inner-parent", "a/../../x.js", "it points outside the archive"),
    ("absolute", "/etc/x.js", "it points outside the archive"),
    ("drive", "C:/x.js", "it points outside the archive"),
    ("backslash-parent", "..\\x.js", "it points outside the archive"),
    ("empty-part", "a//x.js", "it has an empty part"),
    ("dot", "./x.js", "it has an empty part"),
    ("line-break", "a\nb.js", "it has a character that cannot be printed"),
    ("escape", "a\x1b[31m.js", "it has a character that cannot be printed"),
    ("deep", "a/" * 40 + "x.js", "it is nested too deep"),
    ("folder-outside", "../x/", "it points outside the archive"),
]


@pytest.mark.parametrize(("name", "flaw"), [row[1:] for row in BAD_NAMES], ids=[row[0] for row in BAD_NAMES])
def test_an_entry_with_a_bad_name_is_reported_and_not_read(name: str, flaw: str) -> None:
    archive = from_zip(io.BytesIO(zipped({"manifest.json": b"{}", name: b"x"})))
    assert list(archive.tree) == ["manifest.json"]
    assert [(entry.trouble, entry.detail) for entry in archive.troubles] == [(Trouble.UNSAFE_NAME, flaw)]


def test_a_name_with_a_nul_is_reported() -> None:
    data = zipped({"manifest.json": b"{}", "evil#name.js": b"x"}).replace(b"evil#name", b"evil\0name")
    assert troubles(from_zip(io.BytesIO(data))) == [
        (Trouble.UNSAFE_NAME, "evil\\x00name.js", "it has a character that cannot be printed")
    ]


ENTRIES = [
    ("backslash", "lib\\a.js entry", [(Trouble.BACKSLASH, "lib\\a.js", "")], b"x"),
    ("duplicate", "lib/a.js twice", [(Trouble.DUPLICATE, "lib/a.js", "")], b"x"),
    ("symlink", "lib/a.js symlink", [(Trouble.SYMLINK, "lib/a.js", "")], None),
    ("encrypted", "lib/a.js encrypted", [(Trouble.ENCRYPTED, "lib/a.js", "")], None),
    ("bomb", "lib/a.js bomb", [(Trouble.TOO_LARGE, "lib/a.js", "compressed more than 200 to 1")], None),
]


@pytest.mark.parametrize(
    ("edits", "expected", "content"), [row[1:] for row in ENTRIES], ids=[row[0] for row in ENTRIES]
)
def test_a_bad_entry_does_not_hide_the_others(
    edits: str, expected: list[tuple[Trouble, str, str]], content: bytes | None
) -> None:
    archive = edited(edits)
    assert troubles(archive) == expected
    assert archive.tree.get("lib/a.js") == content
    assert "manifest.json" in archive.tree


def test_an_entry_packed_by_another_method_is_reported() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("manifest.json", b"{}")
    target.seek(0)
    assert troubles(from_zip(target)) == [
        (Trouble.UNREADABLE, "manifest.json", "compressed by method 14, not by deflate")
    ]


def test_an_entry_that_lies_about_its_size_is_not_trusted() -> None:
    data = zipped({"a.js": b"x" * 5000})
    start = data.rindex(b"PK\1\2")
    lying = data[: start + 24] + struct.pack("<L", 10) + data[start + 28 :]
    archive = from_zip(io.BytesIO(lying))
    assert [entry.trouble for entry in archive.troubles] == [Trouble.UNREADABLE]


REFUSED = [
    ("empty", b"", "not a zip, or a truncated one"),
    ("text", b"hello", "not a zip, or a truncated one"),
    ("truncated", zipped({"a.js": b"x" * 999})[:-30], "not a zip, or a truncated one"),
    ("no-directory", zipped({"a.js": b"x"})[-22:], "a damaged zip: bad offset for central directory"),
]


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_file_that_is_not_a_zip_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ScaffoldError) as error:
        from_zip(io.BytesIO(data))
    assert error.value.message == message


def end_record(entries: int, size: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, size, 0, 0)


def end_record_64(entries: int, size: int) -> bytes:
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, entries, entries, size, 0)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1) + end_record(0xFFFF, 0xFFFFFFFF)


@pytest.mark.parametrize(
    "data",
    [end_record(60_000, 100), end_record(5, zips.MAX_DIRECTORY_BYTES + 1), end_record_64(10**6, 100)],
    ids=["entries", "directory", "zip64"],
)
def test_a_zip_directory_beyond_the_bounds_is_refused_before_it_is_read(data: bytes) -> None:
    with pytest.raises(ScaffoldError, match="more than 10000 entries, which is not a widget"):
        from_zip(io.BytesIO(data))


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 400))
def test_a_damaged_zip_gives_an_archive_or_a_refusal(patch: bytes, at: int, cut: int) -> None:
    files = {"manifest.json": b'{"a": 1}' * 9, "b.js": b"var b;" * 9}
    data = zipped(files)
    damaged = data[:at] + patch + data[at + len(patch) : len(data) - cut]
    outcome: Archive | None = None
    with suppress(ScaffoldError):
        outcome = from_zip(io.BytesIO(damaged))
    assert patch or cut or outcome == Archive(Tree(files))


BOUNDS = [
    ("file", "MAX_FILE_BYTES", [(Trouble.TOO_LARGE, "a.js", "more than 0 MiB")]),
    ("files", "MAX_FILES", [(Trouble.TOO_LARGE, "", "more than 1 files")]),
    ("total", "MAX_TOTAL_BYTES", [(Trouble.TOO_LARGE, "", "more than 0 MiB unpacked")]),
]


@pytest.mark.parametrize(("bound", "expected"), [row[1:] for row in BOUNDS], ids=[row[0] for row in BOUNDS])
def test_files_beyond_a_bound_are_reported_and_not_read(
    bound: str, expected: list[tuple[Trouble, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, bound, 1)
    archive = from_zip(io.BytesIO(zipped({"a.js": b"" if bound == "MAX_FILES" else b"xx", "b.js": b""})))
    assert troubles(archive) == expected
    assert len(archive.tree) == 1


def test_a_folder_too_large_for_a_widget_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scaffold.files.folders.MAX_FILES", 1)
    with pytest.raises(ScaffoldError, match="more than 1 files or 64 MiB, which is not a widget"):
        from_dir(write(tmp_path, {"a": b"", "b": b""}))


@pytest.mark.parametrize("name", ["missing", "a\0b"], ids=["missing", "nul"])
def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScaffoldError, match="cannot read"):
        read(tmp_path / name)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(file))

    write(tmp_path, {"style.css": b""})
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ScaffoldError) as refusal:
        read(tmp_path)
    assert refusal.value.message == f"cannot read {tmp_path / 'style.css'}: permission denied"
