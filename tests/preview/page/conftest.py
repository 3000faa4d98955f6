"""A browser for the tests of the preview's page."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.preview.page.playing import CALLBACKS, Played, played, probe

Play = Callable[..., Played]


@pytest.fixture(scope="module")
def studio(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Played]]:
    """A folder and the page that previews whatever widget it holds."""
    folder = probe(tmp_path_factory.mktemp("studio") / "probe")
    with played(browser, folder) as page:
        yield folder, page


@pytest.fixture
def play(studio: tuple[Path, Played]) -> Play:
    """Opens the preview of a copy of a widget, or of a probe made from the arguments."""
    folder, page = studio

    def start(widget: Path | str = CALLBACKS, query: str = "run=1", **made: Any) -> Played:
        for path in folder.iterdir():  # the folder itself is watched, and stays
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if isinstance(widget, Path):
            shutil.copytree(widget, folder, dirs_exist_ok=True)
        else:
            probe(folder, widget, **made)
        page.open(query)
        return page

    return start
