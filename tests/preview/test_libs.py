"""The libraries: pinned by hash, fetched once, completely or not at all."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from scaffold.errors import ScaffoldError
from scaffold.preview.server import libs

LOCK = (libs.LOCK_FOLDER / "package-lock.json").read_text(encoding="utf-8")

NPM = """#!{python}
import os, pathlib, sys
with open({log!r}, "a") as log:
    log.write(" ".join(sys.argv[1:]) + chr(10))
if {fails!r}:
    print("npm error network unreachable", file=sys.stderr)
    sys.exit(1)
for file in {files!r}:
    path = pathlib.Path("node_modules", file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kommo-widget" / "libraries"


def fake_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool = False, files: int = 99) -> Path:
    """Put an npm on PATH that logs its arguments and creates the files; return its log."""
    log = tmp_path / "npm.log"
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir(exist_ok=True)
    made = list(libs.FILES.values())[:files]
    text = NPM.format(python=sys.executable, log=str(log), fails=fails, files=made)
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return log


def test_the_lock_pins_every_package_by_hash_without_a_host() -> None:
    packages = {name: row for name, row in json.loads(LOCK)["packages"].items() if name}
    assert [name for name, row in packages.items() if not row["integrity"].startswith("sha512-")] == []
    assert [name for name, row in packages.items() if "resolved" in row] == []
    assert "://" not in LOCK


def test_the_versions_are_those_of_the_crm() -> None:
    packages = json.loads(LOCK)["packages"]
    wanted = json.loads((libs.LOCK_FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert wanted == {
        "backbone": "1.1.2", "jquery": "2.1.3", "moment": "2.24.0", "requirejs": "2.3.6", "twig": "0.8.9",
        "underscore": "1.9.1",
    }  # fmt: skip
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert {file.partition("/")[0] for file in libs.FILES.values()} == set(wanted)


def test_first_use_fetches_and_second_does_not(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake_npm(tmp_path, monkeypatch)
    said: list[str] = []
    first, second = libs.libraries(said.append), libs.libraries(said.append)
    assert first == second == cache / libs.lock_hash() / "node_modules"
    assert said == ["fetching the libraries that Kommo provides to widgets (once, about 3 MB)"]
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert line.startswith("ci --ignore-scripts ")
    assert [path.name for path in cache.iterdir()] == [libs.lock_hash()]


@pytest.mark.skipif(os.name != "posix", reason="the system has no such permissions")
def test_the_cache_is_private_to_the_user(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_npm(tmp_path, monkeypatch)
    libs.libraries(print)
    for folder in (cache, cache / libs.lock_hash()):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_incomplete_folder_is_fetched_again(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_npm(tmp_path, monkeypatch)
    (cache / libs.lock_hash() / "node_modules" / "jquery").mkdir(parents=True)
    cache.chmod(0o700)
    folder = libs.libraries(print)
    assert all((folder / file).is_file() for file in libs.FILES.values())


@pytest.mark.parametrize(
    ("fails", "files", "details"), [(True, 0, ("npm error network unreachable",)), (False, 2, ())]
)
def test_a_failed_fetch_leaves_nothing(
    cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,
    files: int,
    details: tuple[str, ...],
) -> None:
    fake_npm(tmp_path, monkeypatch, fails, files)
    with pytest.raises(ScaffoldError) as caught:
        libs.libraries(lambda _line: None)
    assert caught.value.message == "npm could not fetch the preview's libraries"
    assert caught.value.details == details
    assert list(cache.iterdir()) == []


def test_without_npm_a_hint_is_given(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ScaffoldError) as caught:
        libs.libraries(lambda _line: None)
    assert caught.value.message == "npm is not installed; the preview needs it once, to fetch its libraries"
    assert caught.value.hint == "install Node.js, which includes npm, and run `kommo-widget preview` again"
    assert list(cache.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="the system has no such permissions")
def test_a_cache_open_to_others_is_not_trusted(cache: Path) -> None:
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    with pytest.raises(ScaffoldError) as caught:
        libs.libraries(lambda _line: None)
    assert caught.value.message == "the cache folder cannot be used for the preview's libraries"
    assert caught.value.hint == f"make {cache} a folder that only you can write to"


@pytest.mark.parametrize("damage", ["empty", "one bit", "gone", "no sums"])
def test_a_damaged_library_is_fetched_again(
    damage: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake_npm(tmp_path, monkeypatch)
    folder = libs.libraries(lambda _: None)
    file = folder / libs.FILES["jquery"]
    file.write_bytes(b"jquery")
    (folder.parent / libs.CHECKSUMS).write_text(libs._checksums(folder), encoding="utf-8")
    libs.libraries(lambda _: None)
    assert log.read_text().count("ci ") == 1
    if damage == "empty":
        file.write_bytes(b"")
    elif damage == "one bit":
        file.write_bytes(b"jquerx")
    elif damage == "gone":
        file.unlink()
    else:
        (folder.parent / libs.CHECKSUMS).unlink()
    libs.libraries(lambda _: None)
    assert log.read_text().count("ci ") == 2
    assert cache.is_dir()
