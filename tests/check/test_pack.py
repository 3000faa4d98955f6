"""`kommo-widget pack` as a user sees it: what the archive contains, what it refuses, what it leaves alone."""

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scaffold.errors import ScaffoldError
from scaffold.pack import versions
from scaffold.pack.loader import script_from
from tests.check.clean import clean_widget
from tests.check.disk import put
from tests.shell import Shell

ERROR = "script.js replace\n    - define(\n    + ldefine("
RECORD = "code: acme\nversion: 1.0.0  # bumped by pack\npublic: false\n"


def names(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as archive:
        return archive.namelist()


def test_the_archive_has_the_widgets_files_at_its_root(shell: Shell) -> None:
    put(shell.folder / "w")
    result = shell("pack", "w")
    assert result.code == 0
    assert names(shell.folder / "w" / "widget.zip") == list(clean_widget())
    size = (shell.folder / "w" / "widget.zip").stat().st_size
    last = result.out.splitlines()[-1]
    assert last == f"w/widget.zip: {len(clean_widget())} files, {size:,} bytes, version 1.0.0"
    assert f"{len(clean_widget()['manifest.json']):>10,}  manifest.json" in result.out


@pytest.mark.parametrize("target", ["w", "w/widget"])
def test_a_projects_archive_is_written_to_the_project_folder(shell: Shell, target: str) -> None:
    put(shell.folder / "w", record=RECORD)
    assert shell("pack", target).code == 0
    assert names(shell.folder / "w" / "widget.zip") == list(clean_widget())


def test_the_same_widget_gives_the_same_bytes(shell: Shell) -> None:
    put(shell.folder / "a")
    put(shell.folder / "b")
    for path in (shell.folder / "b").rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(stat.S_IRWXU)
    shell("pack", "a")
    first = (shell.folder / "a" / "widget.zip").read_bytes()
    shell("pack", "a")
    shell("pack", "b", "-o", "b.zip")
    assert (shell.folder / "a" / "widget.zip").read_bytes() == first
    assert (shell.folder / "b.zip").read_bytes() == first


@pytest.mark.parametrize("name", ["widget.zip", "out.bin", "build/out.dat"])
def test_the_archive_never_packs_itself(shell: Shell, name: str) -> None:
    put(shell.folder / "w")
    (shell.folder / "w" / "build").mkdir()
    shell("pack", "w", "-o", f"w/{name}")
    assert shell("pack", "w", "-o", f"w/{name}").code == 0
    assert names(shell.folder / "w" / name) == list(clean_widget())


def test_check_ignores_the_archive_in_the_folder(shell: Shell) -> None:
    put(shell.folder / "w")
    shell("pack", "w")
    assert shell("check", "w").out == "w: no findings\n"
    assert shell("check", "w/widget.zip").out == "w/widget.zip: no findings\n"


def test_files_that_do_not_belong_are_left_out(shell: Shell) -> None:
    put(shell.folder / "w")
    for ignored in (".git/config", ".DS_Store", "script.js.map", "node_modules/a.js", "old.zip"):
        (shell.folder / "w" / ignored).parent.mkdir(exist_ok=True)
        (shell.folder / "w" / ignored).write_text("x")
    result = shell("pack", "w")
    assert result.code == 0
    assert names(shell.folder / "w" / "widget.zip") == list(clean_widget())
    assert "A120 [*] `.DS_Store` does not belong in a widget" in result.err


def test_nothing_is_written_if_there_are_errors(shell: Shell) -> None:
    put(shell.folder / "w", ERROR, record=RECORD)
    before = shell.files()
    result = shell("pack", "w", "--bump", "major")
    assert result.code == 1
    assert "S104 the script never calls `define`" in result.out
    assert result.err == "not packed: 1 error, see above\n"
    assert shell.files() == before


def test_a_refusal_is_printed_as_json(shell: Shell) -> None:
    put(shell.folder / "w", ERROR)
    result = shell("pack", "w", "--json")
    document = json.loads(result.out)
    assert (result.code, document["archive"]) == (1, None)
    assert document["summary"]["error"] == 1


def test_the_archive_is_described_as_json(shell: Shell) -> None:
    put(shell.folder / "w")
    document = json.loads(shell("pack", "w", "--json", "-o", "w.zip").out)
    archive = document["archive"]
    assert (archive["path"], archive["version"]) == ("w.zip", "1.0.0")
    assert archive["bytes"] == (shell.folder / "w.zip").stat().st_size
    assert [file["path"] for file in archive["files"]] == list(clean_widget())
    assert document["findings"] == []


REFUSED = [
    ("no-folder", ("nope",), "nope does not exist"),
    ("a-zip", ("w.zip",), "w.zip is not a folder"),
    ("no-such-place", ("w", "-o", "nope/w.zip"), "cannot write nope/w.zip: no such file or directory"),
    ("a-folder-to-be", ("w", "-o", "nope/"), "cannot write nope/: it names a folder"),
    ("a-file-of-the-widget", ("w", "-o", "w/i18n/es.json"),
     "w/i18n/es.json exists and is not a widget's zip"),
    ("a-folder-there", ("w", "-o", "taken"), "cannot write taken: is a directory"),
    ("dev-plain-http", ("w", "--dev", "http://acme-help.test"),
     "a page of the CRM cannot load a script from `http://acme-help.test`"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_an_impossible_request_is_refused(shell: Shell, args: tuple[str, ...], message: str) -> None:
    put(shell.folder / "w")
    (shell.folder / "w.zip").write_bytes(b"")
    (shell.folder / "taken").mkdir()
    result = shell("pack", *args)
    assert (result.code, result.err.splitlines()[0]) == (2, f"error: {message}")
    result = shell("pack", *args, "--json")
    assert json.loads(result.out)["error"]["message"] == message
    assert [path for path in shell.files() if path.endswith(".tmp")] == []


def test_the_version_is_not_bumped_if_the_archive_cannot_be_written(shell: Shell) -> None:
    put(shell.folder / "w")
    before = shell.files()
    (shell.folder / "taken").mkdir()
    assert shell("pack", "w", "-o", "taken", "--bump", "patch").code == 2
    assert shell.files() == before


def test_a_failed_write_leaves_the_old_archive(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shell.folder / "w")
    shell("pack", "w", "-o", "w.zip")
    before = shell.files()
    (shell.folder / "w" / "script.js").write_bytes(clean_widget()["script.js"] + b"// more\n")
    monkeypatch.setattr(os, "replace", _full_disk)
    result = shell("pack", "w", "-o", "w.zip")
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "error: cannot write w.zip: no space left on device",
    )
    assert {p: d for p, d in shell.files().items() if p != "w/script.js"} == {
        p: d for p, d in before.items() if p != "w/script.js"
    }


@pytest.mark.parametrize("at", [1, 2, 3], ids=["record", "state", "archive"])
def test_a_write_that_fails_halfway_is_undone(shell: Shell, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    put(shell.folder / "w", record=RECORD)
    (shell.folder / "w" / ".kommo-widget" / "state.json").write_text('{"format": 2}')
    before = shell.files()
    replace, calls = os.replace, []

    def failing(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == at + 1:
            raise OSError(5, "Input/output error")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    result = shell("pack", "w", "--bump", "patch")
    assert (result.code, "input/output error" in result.err) == (2, True)
    assert shell.files() == before


SPECIAL = [
    ("pipe", lambda path: os.mkfifo(path), "is not a regular file"),
    ("link", lambda path: path.symlink_to(path.with_name("other.zip")), "is a symbolic link"),
    ("other-zip", lambda path: path.write_bytes(_zip("a.txt")), "exists and is not a widget's zip"),
    ("begins-like-one", lambda path: path.write_bytes(b"PK is a name"), "exists and is not a widget's zip"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes in folders")
@pytest.mark.parametrize(("make", "message"), [row[1:] for row in SPECIAL], ids=[row[0] for row in SPECIAL])
def test_only_a_widgets_archive_is_replaced(
    shell: Shell, make: Callable[[Path], object], message: str
) -> None:
    put(shell.folder / "w")
    target = shell.folder / "out.zip"
    make(target)
    before = target.lstat().st_mtime_ns
    result = shell("pack", "w", "-o", "out.zip")
    assert (result.code, message in result.err.splitlines()[0]) == (2, True)
    assert target.lstat().st_mtime_ns == before


def _zip(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


RECORDS = [
    (
        "anchor",
        "code: acme\nversion: &v 1.0.0\npublic: false\n",
        "code: acme\nversion: &v 1.0.1\npublic: false\n",
    ),
    ("folded", "version: >-\n  1.0.0\ncode: acme\n", "version: 1.0.1\ncode: acme\n"),
    ("shared", "version: &v 1.0.0\nname: *v\n", ""),
    ("list", "version: [1, 0, 0]\n", ""),
]


@pytest.mark.parametrize(("record", "after"), [row[1:] for row in RECORDS], ids=[row[0] for row in RECORDS])
def test_manifest_record_and_archive_change_together_or_not_at_all(
    shell: Shell, record: str, after: str
) -> None:
    put(shell.folder / "w", record=record)
    before = shell.files()
    result = shell("pack", "w", "--bump", "patch")
    if not after:
        assert (result.code, "the version in the project's answers" in result.err) == (2, True)
        assert shell.files() == before
    else:
        assert result.code == 0
        assert (shell.folder / "w" / ".kommo-widget" / "answers.yml").read_text(encoding="utf-8") == after


MANIFESTS = [
    ("one-line-with-an-escape", '"1\\u002e0.0"', "1.0.1"),
    ("digits-without-end", f'"{"9" * 5000}.0.0"', ""),
]


@pytest.mark.parametrize(
    ("version", "after"), [row[1:] for row in MANIFESTS], ids=[row[0] for row in MANIFESTS]
)
def test_a_version_is_bumped_however_it_is_written(shell: Shell, version: str, after: str) -> None:
    put(shell.folder / "w")
    manifest = shell.folder / "w" / "manifest.json"
    one_line = json.dumps(json.loads(manifest.read_bytes())).replace('"1.0.0"', version)
    manifest.write_text(one_line)
    result = shell("pack", "w", "--bump", "patch")
    assert result.code == (0 if after else 2)
    assert manifest.read_text() == (one_line.replace(version, f'"{after}"') if after else one_line)


def test_the_version_of_a_linked_widget_is_not_bumped(shell: Shell) -> None:
    put(shell.folder / "victim")
    (shell.folder / "w" / ".kommo-widget").mkdir(parents=True)
    (shell.folder / "w" / "widget").symlink_to(shell.folder / "victim")
    before = shell.files()
    assert shell("pack", "w", "--bump", "patch").code == 2
    assert shell.files() == before


def test_other_content_under_the_same_version_gets_a_warning(shell: Shell) -> None:
    put(shell.folder / "w", record=RECORD)
    state = shell.folder / "w" / ".kommo-widget" / "state.json"
    state.write_text('{"format": 2, "version": "0.2.0"}')
    assert (shell("pack", "w").err, shell("pack", "w").err) == ("", "")
    assert json.loads(state.read_text())["packed"]["version"] == "1.0.0"
    script = shell.folder / "w" / "widget" / "script.js"
    script.write_bytes(script.read_bytes() + b"// more\n")
    kept = state.read_text()
    assert shell("pack", "w", "--dev", "https://dev.acme-help.test").err == (
        "for development only: its script comes from your server\n"
    )
    assert state.read_text() == kept
    warned = shell("pack", "w")
    assert (warned.code, warned.err) == (
        0,
        "warning: version 1.0.0 was packed before with other content: "
        "increase it with --bump, or browsers keep the old files\n",
    )
    assert shell("pack", "w", "--bump", "patch").err == ""
    assert json.loads(state.read_text())["packed"]["version"] == "1.0.1"


def _full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("part", "version"), [("patch", "1.0.1"), ("minor", "1.1.0"), ("major", "2.0.0")], ids=str
)
def test_bump_changes_only_the_characters_of_the_version(shell: Shell, part: str, version: str) -> None:
    put(shell.folder / "w", record=RECORD)
    pristine = shell.folder / "w" / ".kommo-widget" / "pristine.txt"
    pristine.write_bytes(
        b"=== widget/manifest.json\n|" + clean_widget()["manifest.json"].replace(b"\n", b"\n|")
    )
    before = shell.files()
    assert shell("pack", "w", "--bump", part).code == 0
    after = shell.files()
    changed = {
        path: data.replace(b"1.0.0", version.encode())
        for path, data in before.items()
        if path in ("w/widget/manifest.json", "w/.kommo-widget/answers.yml")
    }
    archive = after.pop("w/widget.zip")
    assert after == before | changed
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        assert packed.read("manifest.json") == after["w/widget/manifest.json"]


@pytest.mark.parametrize(
    ("version", "part", "after"),
    [
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.9", "patch", "1.2.10"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
    ],
)
def test_a_bump_increases_one_part_and_resets_those_after_it(version: str, part: str, after: str) -> None:
    assert versions.bumped(version, part) == after


def test_an_invalid_version_cannot_be_bumped(shell: Shell) -> None:
    put(shell.folder / "w", 'manifest.json {"widget": {"version": "1.0"}}')
    result = shell("pack", "w", "--bump", "patch")
    assert (result.code, result.err.splitlines()) == (
        2,
        [
            "error: the manifest has no valid version",
            'hint: write `"version": "1.0.0"` into the block `widget`',
        ],
    )
    assert "w/widget.zip" not in shell.files()


LAID_OUT = [
    ("compact", b'{"widget":{"version":"1.0.0","a":1}}', b'{"widget":{"version":"1.0.1","a":1}}'),
    ("mark", b'\xef\xbb\xbf{"widget": {"version": "1.0.0"}}',
     b'\xef\xbb\xbf{"widget": {"version": "1.0.1"}}'),
    ("crlf", b'{"widget": {\r\n"version" : "1.0.0"\r\n}}', b'{"widget": {\r\n"version" : "1.0.1"\r\n}}'),
    ("not-ascii", '{"é": "é", "widget": {"version": "1.0.0"}}'.encode(),
     '{"é": "é", "widget": {"version": "1.0.1"}}'.encode()),
    ("other-version", b'{"version": "1.0.0", "widget": {"version": "1.0.0"}}',
     b'{"version": "1.0.0", "widget": {"version": "1.0.1"}}'),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [row[1:] for row in LAID_OUT], ids=[row[0] for row in LAID_OUT])
def test_a_bump_keeps_the_layout_of_the_manifest(before: bytes, after: bytes) -> None:
    assert versions.bump_manifest(before, "patch") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("version: 1.0.0\n", "version: 2.0.0\n"),
        ("version: '1.0.0' # here\n", "version: 2.0.0 # here\n"),
        ('a: 1\nversion:   "1.0.0"\n', "a: 1\nversion:   2.0.0\n"),
        ("code: acme\n", "code: acme\n"),
    ],
    ids=["plain", "quoted", "double-quoted", "none"],
)
def test_setting_the_version_keeps_the_layout_of_the_record(before: str, after: str) -> None:
    assert versions.set_in_record(before.encode(), "2.0.0") == after.encode()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://dev.acme-help.test/w", "https://dev.acme-help.test/w/script.js"),
        ("http://localhost:3000/", "http://localhost:3000/script.js"),
        ("http://127.0.0.1:3000/a.js", "http://127.0.0.1:3000/a.js"),
    ],
)
def test_a_development_archive_loads_its_script_from_the_server(shell: Shell, url: str, address: str) -> None:
    put(shell.folder / "w")
    assert shell("pack", "w", "--dev", url, "-o", "w.zip").code == 0
    assert names(shell.folder / "w.zip") == list(clean_widget())
    with zipfile.ZipFile(shell.folder / "w.zip") as archive:
        assert f'define(["{address}" + ' in archive.read("script.js").decode()


@pytest.mark.parametrize(
    "url", ["ftp://a.test", "a.test", "https://", "https://a.test/?b", "https://a.test/#b", "http://[", ""]
)
def test_an_address_that_cannot_serve_a_script_is_refused(url: str) -> None:
    with pytest.raises(ScaffoldError):
        script_from(url)
