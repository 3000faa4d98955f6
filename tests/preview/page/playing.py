"""Runs a widget in the preview's page, in a real browser."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, ElementHandle, Error, Frame, FrameLocator, Page

from scaffold.preview.server.libs import libraries
from scaffold.preview.server.preview import preview_of
from scaffold.preview.server.scenario import Scenario
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source
from tests.preview.client import page_of
from tests.waiting import PATIENCE_S

WIDGETS = Path(__file__).parent / "widgets"

TEXTS = {"widget": {"name": "Probe", "description": "Probes", "short_description": "A probe"}}

CALLBACKS = "render: yes, init: yes, bind_actions: yes, settings: yes, onSave: yes, destroy: nothing"
"""The callbacks of a widget that does nothing."""

PATIENCE_MS = PATIENCE_S * 1000

WITHIN = f"""call => Promise.race([kommoPreview[call](), new Promise((_, fail) =>
  setTimeout(fail, {PATIENCE_MS}, new Error(`kommoPreview.${{call}}: not done after {PATIENCE_S} s`)))])"""
"""JavaScript that calls a function of the preview, and fails if it does not finish."""

LINES = """kinds => [...document.querySelectorAll('.log__line')]
  .filter(line => !kinds.length || kinds.includes(line.dataset.kind))
  .flatMap(line => [...line.querySelectorAll('.log__what')].slice(0, 1).map(what => what.textContent))"""

Value = TypeVar("Value")


@dataclass(frozen=True)
class Played:
    """A page of the preview with a widget in it."""

    page: Page
    url: str
    """Its address, with a token."""

    @property
    def origin(self) -> str:
        """The origin of the preview's page."""
        return self.url.partition("/?")[0]

    def open(self, query: str) -> None:
        """Load the page anew."""
        self.page.goto(f"{self.url}&{query}")
        self.settle()

    @property
    def stage(self) -> FrameLocator:
        """The page of the CRM."""
        return self.page.frame_locator("#stage")

    def show(self, area: str) -> None:
        """Open an area, as a click in the switcher does."""
        self.page.evaluate("area => kommoPreview.show(area)", area)

    def run(self, area: str) -> dict[str, Any]:
        """Drive an area as `preview --run` does, and return its report."""
        report: dict[str, Any] = self.page.evaluate("area => kommoPreview.run(area)", area)
        return report

    def settle(self) -> None:
        """Wait until all loads and visits are finished that the page was asked for."""
        self.page.evaluate(WITHIN, "settled")

    def inside(self, expression: str, argument: Any = None) -> Any:
        """Return the value of a JavaScript expression, once the page has settled, in the page of the CRM.

        A function is called with `argument`.
        """
        self.settle()
        return self.in_frame(lambda frame, _left: frame.evaluate(expression, argument))

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript function is true in the page of the CRM, even if its frame is replaced."""
        self.in_frame(lambda frame, left: frame.wait_for_function(condition, timeout=left))

    def in_frame(self, act: Callable[[Frame, float], Value], patience_ms: float = PATIENCE_MS) -> Value:
        """Return what `act` returns for the frame that is shown, and repeat it if the frame is replaced.

        `act` also gets the time that is left, in milliseconds.
        """
        end = time.monotonic() + patience_ms / 1000
        while (left := (end - time.monotonic()) * 1000) > 0:
            element = self.page.wait_for_selector("#stage", state="attached")
            frame = element and element.content_frame()
            try:
                if frame:
                    return act(frame, left)
            except Error:
                if element and _is_shown(element):
                    raise
        raise AssertionError(f"the page has replaced its frame again and again for {patience_ms / 1000:g} s")

    def log(self, *kinds: str) -> list[str]:
        """Return the lines of the log, of some kinds or of all, once everything is finished and logged."""
        self.page.evaluate(WITHIN, "flush")
        self.page.evaluate("new Promise(requestAnimationFrame)")
        lines: list[str] = self.page.evaluate(LINES, list(kinds))
        return lines


def _is_shown(element: ElementHandle) -> bool:
    """Tell whether a frame is still part of the page."""
    try:
        return bool(element.evaluate("frame => frame.isConnected"))
    except Error:  # the page itself has been loaded anew
        return False


@contextlib.contextmanager
def played(browser: Browser, folder: Path) -> Iterator[Played]:
    """Serve a widget's folder and open the preview's page."""
    preview = preview_of(Source(folder), libraries(print), print, Scenario(code="probe"))
    with serving(preview) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        played = Played(page, page_of(preview, url))
        played.open("run=1")
        yield played
        page.close()


def probe(
    folder: Path, callbacks: str = CALLBACKS, *, body: str = "", deps: str = "", **manifest: Any
) -> Path:
    """Write a small widget; `callbacks` is JavaScript, which may use the functions `yes` and `nothing`."""
    names = ", ".join(["$", *(f"dep{number}" for number in range(len(deps.split(", ")) if deps else 0))])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "i18n").mkdir(exist_ok=True)
    (folder / "i18n/en.json").write_text(json.dumps(TEXTS), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(_manifest(manifest)), encoding="utf-8")
    (folder / "script.js").write_text(
        f"""define(['jquery'{", " + deps if deps else ""}], function ({names}) {{
  return function () {{
    var self = this;
    var yes = function () {{ return true; }};
    var nothing = function () {{}};
    {body}
    this.callbacks = {{ {callbacks} }};
    return this;
  }};
}});
""",
        encoding="utf-8",
    )
    return folder


def _manifest(given: dict[str, Any]) -> dict[str, Any]:
    block = {
        "name": "widget.name", "description": "widget.description",
        "short_description": "widget.short_description", "version": "1.0.0", "interface_version": 2,
        "init_once": given.pop("init_once", False), "locale": ["en"],
        "installation": given.pop("installation", True),
    }  # fmt: skip
    return {"widget": block, "locations": ["lcard-1", "settings"], **given}
