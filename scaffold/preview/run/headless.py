"""Runs the areas of a widget in a browser without a window, and reports."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scaffold.errors import ScaffoldError
from scaffold.preview.run.browser import find_browser, launch, playing, time_limit
from scaffold.preview.run.run_report import AreaRun, Fault, Report
from scaffold.preview.server.app import Preview
from scaffold.preview.server.server import serving
from scaffold.text import reason

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

VIEWPORT = (1280, 800)
"""Width and height, pixels."""

START_TIMEOUT_MS = 20_000
"""For our own page to stand."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

_READY = "() => typeof window.kommoPreview?.run === 'function'"
_TELL_BLOCKED = "addEventListener('securitypolicyviolation', e => kommoPreviewBlocked(e.blockedURI))"
_RUN = "([area, options]) => window.kommoPreview.run(area, options)"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be run."""

    areas: tuple[str, ...] = ()
    """Codes or locations; empty: every declared one."""
    screenshots: Path | None = None
    """The folder to write pictures to; made where it is not there."""
    online: bool = False
    """Whether the widget may reach servers beyond this machine."""
    seconds: float = 30
    """What one area may take."""


def run(preview: Preview, request: Request) -> Report:
    """Run the areas one after the other, each in a fresh page.

    Raises ScaffoldError for an area the widget does not declare, and where there is no browser.
    """
    document = preview.state.describe(preview.memory)
    if not document["widget"]["readable"]:
        return Report(loaded=False, areas=(), problems=tuple(document["widget"]["problems"]))
    chosen = _chosen({row["area"]: row for row in document["areas"]}, request.areas)
    program = find_browser()
    if request.screenshots:
        _make(request.screenshots)
    with playing() as driver, serving(preview, request.online) as url:
        runner = _Runner(driver, program, url, request)
        try:
            runs = [runner.run(AreaRun(code, row["fidelity"])) for code, row in chosen.items()]
            # a script that does not even load says why, also where no area is declared
            alone = [] if runs else [runner.run(AreaRun("", ""))]
        finally:
            runner.close()
    loaded = all(done.loaded for done in (*runs, *alone))
    shown = (*runs, *(done for done in alone if not done.loaded))
    return Report(loaded, shown, tuple(document["widget"]["problems"]))


def _chosen(declared: dict[str, dict[str, Any]], wanted: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    by_name = {row["location"]: code for code, row in declared.items()} | {code: code for code in declared}
    unknown = [name for name in wanted if name not in by_name]
    if unknown:
        raise ScaffoldError(
            f"the widget does not declare {', '.join(f'`{name}`' for name in unknown)}",
            f"its areas: {', '.join(declared) or 'none'}",
        )
    codes = {by_name[name] for name in wanted} or set(declared)
    return {code: row for code, row in declared.items() if code in codes}


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = reason(error)
        raise ScaffoldError(f"cannot write to {folder}: {why}", "give another folder") from error


class _Runner:
    """Holds the browser, and takes a new one after a widget had to be stopped."""

    def __init__(self, driver: "Playwright", program: str, url: str, request: Request) -> None:
        self._driver = driver
        self._program = program
        self._url = url
        self._request = request
        self._browser: Browser | None = None

    def close(self) -> None:
        """End the browser."""
        if self._browser:
            self._browser.close()

    def run(self, area: AreaRun) -> AreaRun:
        """Fill in and return what `area` did."""
        from playwright.sync_api import Error

        if self._browser is None or not self._browser.is_connected():
            self._browser = launch(self._driver, self._program, self._request.online)
        with time_limit(self._browser, self._request.seconds) as stopped:
            try:
                with self._page(self._browser, area) as page:
                    self._drive(page, area)
            except Error as error:
                if stopped.is_set():
                    message = f"the widget did not come to an end within {self._request.seconds:g} s"
                    area.errors.append(Fault(message, "widget"))
                    area.loaded = True  # how far it came nobody can say; the error says what matters
                else:
                    area.errors.append(Fault(error.message.splitlines()[0], "host"))
        if stopped.is_set():
            self._browser.close()
            self._browser = None
        return area

    @contextmanager
    def _page(self, browser: "Browser", area: AreaRun) -> "Iterator[Page]":
        width, height = VIEWPORT
        context = browser.new_context(viewport={"width": width, "height": height}, service_workers="block")
        if not self._request.online:
            # the policy of the stage stops nearly all, the browser's flags what is left, such as a new window
            context.expose_binding("kommoPreviewBlocked", lambda _page, url: _note_blocked(str(url), area))
            context.add_init_script(_TELL_BLOCKED)
            context.on("requestfailed", lambda request: _note_blocked(request.url, area))
        yield context.new_page()
        context.close()

    def _drive(self, page: "Page", area: AreaRun) -> None:
        page.goto(f"{self._url}?run=1", wait_until="load", timeout=START_TIMEOUT_MS)
        page.wait_for_function(_READY, timeout=START_TIMEOUT_MS)
        folder = self._request.screenshots
        area.take(page.evaluate(_RUN, [area.area, {"picture": folder is not None}]))
        if folder and area.area:
            # an unknown area's name comes from the manifest, and could be any path
            file = folder / f"{re.sub(r'[^A-Za-z0-9_-]', '_', area.area)[:80]}.png"
            page.screenshot(path=file)
            area.screenshot = file.as_posix()


def _note_blocked(url: str, area: AreaRun) -> None:
    """Report a request off this machine once, without its query, which may hold a secret."""
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in _LOOPBACK:
        target = f"{parts.scheme}://{parts.hostname}{parts.path}"
        fault = Fault(f"{target} was not let through: only this machine is reached", "widget")
        if fault not in area.async_errors:
            area.async_errors.append(fault)
