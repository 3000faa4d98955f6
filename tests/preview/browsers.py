"""One browser for many tests, including those of `preview --run`, which otherwise starts one each time."""

import contextlib
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Error, Playwright

from scaffold.preview.run.browser import find_browser, launch, playing


class Lent:
    """A shared browser: closing it closes only its pages."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def __getattr__(self, name: str) -> Any:
        return getattr(self._browser, name)

    def close(self) -> None:
        try:
            for context in list(self._browser.contexts):
                context.close()
        except Error:  # it was killed, and can no longer be shared
            self._browser.close()


class Browsers:
    """A driver, and the browsers that it has started."""

    def __init__(self, driver: Playwright) -> None:
        self._driver = driver
        self._running: dict[bool, Browser] = {}

    def running(self, *, online: bool = False) -> Browser:
        """Return the browser, a new one where the one before was ended."""
        held = self._running.get(online)
        if held is None or not held.is_connected():
            held = self._running[online] = launch(self._driver, find_browser(), online)
        return held

    def launch(self, _driver: Playwright, _program: str, online: bool) -> Lent:
        """Take the place of `browser.launch`."""
        return Lent(self.running(online=online))

    @contextlib.contextmanager
    def playing(self) -> Iterator[Playwright]:
        """Take the place of `browser.playing`."""
        yield self._driver


@contextlib.contextmanager
def started() -> Iterator[Browsers]:
    """Yield the browsers, and close them at the end."""
    with playing() as driver:
        browsers = Browsers(driver)
        yield browsers
        for browser in browsers._running.values():
            if browser.is_connected():
                browser.close()
