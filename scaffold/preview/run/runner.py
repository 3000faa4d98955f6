"""Drives the preview's page in a headless browser, one area after another."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from scaffold.preview.run import coverage, screenshots
from scaffold.preview.run.browser import launch
from scaffold.preview.run.limits import Budget, Limits, Watch
from scaffold.preview.run.results import AreaRun, Fault

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

VIEWPORT = (1280, 800)
"""Width and height, pixels."""

START_TIMEOUT_MS = 60_000
"""For the preview's page to load, even on a busy machine."""

POLL_MS = 20
"""How often to check whether the page is done."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")

_READY = "() => typeof window.kommoPreview?.run === 'function'"
_REPORT_BLOCKED = "addEventListener('securitypolicyviolation', e => kommoPreviewBlocked(e.blockedURI))"
_RUN = """([area, options]) => {
    window.kommoPreview.run(area, options).then(
        (result) => kommoPreviewDone({ result }),
        (error) => kommoPreviewDone({ error: String(error.message) }));
}"""


class Request(NamedTuple):
    """What to run, and how."""

    areas: tuple[str, ...] = ()
    """Codes or locations; empty: every declared one."""
    screenshots: Path | None = None
    """The folder for screenshots, created if needed; None for no screenshots."""
    online: bool = False
    """Whether the widget may reach other machines."""
    limits: Limits = Limits()
    """The time that an area, and the whole run, may take."""
    port: int = 0
    """The page's port; 0 takes a free one."""
    disable: bool = True
    """Whether to disable the widget in the installation window, and install it again."""
    coverage: bool = False
    """Whether to measure which lines of script.js run."""
    locales: tuple[str, ...] = ()
    """Languages to run every area in; empty: only the first one."""
    php: bool = False
    """Whether to run the project's back end by PHP and send it every sample request."""


class Runner:
    """Drives the browser, and starts a new one after a widget had to be stopped."""

    def __init__(self, driver: "Playwright", program: str, url: str, stage: str, request: Request) -> None:
        self._driver = driver
        self._program = program
        self._url = url
        self._stage = stage
        self._request = request
        self._browser: Browser | None = None
        self._page: Page | None = None
        self._session: Any = None
        self._cookies: list[Any] = []
        """The preview's own, without any that a widget sets."""
        self._recorder: Callable[[], list[dict[str, Any]]] | None = None
        self._answers: list[dict[str, Any]] = []
        """What the page returned for the current area."""
        self._area = AreaRun("", "")
        self._budget = Budget(request.limits)
        self.ranges = coverage.Ranges()
        """The coverage of all areas so far."""

    def close(self) -> None:
        """Close the browser."""
        if self._browser:
            self._browser.close()

    def run(self, area: AreaRun) -> AreaRun:
        """Run `area`, fill in its results and return it."""
        from playwright.sync_api import Error

        if spent := self._budget.spent():
            area.errors.append(Fault(f"not run: {spent}", "widget"))
            area.loaded = True  # unknown; the error says what matters
            return area
        if self._browser is None or not self._browser.is_connected():
            self._browser = launch(self._driver, self._program, self._request.online)
            self._page = None
        self._area = area
        watch = Watch(self._browser, self._request.limits, self._budget)
        try:
            self._page = self._page or self._open(self._browser)
            self._drive(self._page, area, watch)
        except Error as error:
            if not watch.stopped:
                area.errors.append(Fault(error.message.splitlines()[0], "host"))
            self._page = None
        if watch.stopped:
            area.errors.append(Fault(watch.stopped, "widget"))
            area.loaded = True
            self._browser.close()
            self._browser = None
        return area

    def _open(self, browser: "Browser") -> "Page":
        """Open the preview's page, in which each area gets a fresh frame."""
        width, height = VIEWPORT
        context = browser.new_context(viewport={"width": width, "height": height}, service_workers="block")
        if not self._request.online:
            # the stage's policy stops nearly all requests, the browser's flags the rest, such as new windows
            context.expose_binding(
                "kommoPreviewBlocked", lambda _page, url: _note_blocked(str(url), self._area)
            )
            context.add_init_script(_REPORT_BLOCKED)
            context.on("requestfailed", lambda request: _note_blocked(request.url, self._area))
        page = context.new_page()
        page.expose_binding("kommoPreviewDone", lambda _page, answer: self._answers.append(answer))
        page.goto(self._url, wait_until="load", timeout=START_TIMEOUT_MS)
        page.wait_for_function(_READY, timeout=START_TIMEOUT_MS)
        self._recorder = coverage.start(page) if self._request.coverage else None
        self._session = context.new_cdp_session(page)
        self._cookies = context.cookies()
        return page

    def _drive(self, page: "Page", area: AreaRun, watch: Watch) -> None:
        self._session.send("Storage.clearDataForOrigin", {"origin": self._stage, "storageTypes": "all"})
        page.context.add_cookies(self._cookies)
        folder = self._request.screenshots
        options = {"picture": folder is not None, "disable": self._request.disable, "language": area.locale}
        self._answers.clear()
        watch.start()
        page.evaluate(_RUN, [area.area, options])
        while not self._answers and not watch.over():
            page.wait_for_timeout(POLL_MS)
        if not self._answers:
            return
        answer = self._answers[0]
        watch.done()
        if "error" in answer:
            area.errors.append(Fault(str(answer["error"]), "host"))
            return
        area.take(answer["result"])
        if self._recorder:
            self.ranges.add(self._recorder())
        if folder and area.area:
            file = screenshots.place_of(folder, area.area, area.locale)
            screenshots.write(file, page.screenshot())
            area.screenshot = file.as_posix()


def _note_blocked(url: str, area: AreaRun) -> None:
    """Report a request to another machine once, without its query, which may hold a secret."""
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in _LOOPBACK:
        target = f"{parts.scheme}://{parts.hostname}{parts.path}"
        area.add_later(
            Fault(f"{target} was blocked: the preview reaches only this machine", "host", "blocked")
        )
