"""The cache folder is used only if nobody else can write into it."""

import os
from pathlib import Path

import pytest

from scaffold.files.cache import cache_dir, cache_hint

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "kommo-widget" / "a"


def test_it_is_created_for_the_user_alone(place: Path) -> None:
    assert cache_dir("a") == place
    assert place.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o755])
def test_others_may_read_it(place: Path, mode: int) -> None:
    place.mkdir(parents=True)
    place.chmod(mode)
    assert cache_dir("a") == place


@pytest.mark.parametrize("mode", [0o720, 0o770, 0o702, 0o777])
def test_it_is_not_used_if_others_may_write(place: Path, mode: int) -> None:
    place.mkdir(parents=True)
    place.chmod(mode)
    assert cache_dir("a") is None


def test_it_is_not_used_if_another_user_owns_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = os.getuid()
    monkeypatch.setattr("os.getuid", lambda: owner + 1)
    assert cache_dir("a") is None
    assert place.exists()


def test_a_file_in_its_place_is_not_an_error(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("")
    assert cache_dir("a") is None


def test_it_is_not_used_through_a_link(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    place.parent.mkdir()
    place.symlink_to(elsewhere)
    assert cache_dir("a") is None


def test_without_a_home_folder_the_hint_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert cache_dir("a") is None
    assert cache_hint("a") == "set HOME"
    assert not place.exists()
