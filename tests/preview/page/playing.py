"""Runs a widget in the preview's page, in a real browser."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Page

from scaffold.preview.server.libs import libraries
from scaffold.preview.server.preview import preview_of
from scaffold.preview.server.scenario import Scenario
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source
from tests.preview.client import page_of

WIDGETS = Path(__file__).parent / "widgets"

TEXTS = {"widget": {"name": "Probe", "description": "Probes", "short_description": "A probe"}}

CALLBACKS = "render: yes, init: yes, bind_actions: yes, settings: yes, onSave: yes, destroy: nothing"
"""The callbacks of a widget that does nothing."""


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
        self.page.evaluate("kommoPreview.ready")

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

    def inside(self, expression: str) -> Any:
        """Return the value of a JavaScript expression in the page of the CRM."""
        frame = self.page.query_selector("#stage").content_frame()  # type: ignore[union-attr]
        return frame.evaluate(expression)  # type: ignore[union-attr]

    def wait(self, condition: str) -> None:
        """Wait until a JavaScript function is true in the page of the CRM."""
        frame = self.page.query_selector("#stage").content_frame()  # type: ignore[union-attr]
        frame.wait_for_function(condition, timeout=60_000)  # type: ignore[union-attr]

    def log(self, *kinds: str) -> list[str]:
        """Return the lines of the log, of some kinds or of all."""
        # A widget that has replaced its page does not answer.
        self.page.evaluate("Promise.race([kommoPreview.flush(), new Promise((go) => setTimeout(go, 2000))])")
        self.page.evaluate("new Promise(requestAnimationFrame)")
        lines = self.page.query_selector_all(".log__line")
        shown = [(line.get_attribute("data-kind"), line.query_selector(".log__what")) for line in lines]
        return [text.text_content() or "" for kind, text in shown if text and (not kinds or kind in kinds)]


@contextlib.contextmanager
def played(browser: Browser, folder: Path) -> Iterator[Played]:
    """Serve a widget's folder and open the preview's page."""
    preview = preview_of(Source(folder), libraries(print), print, Scenario(code="probe"))
    with serving(preview) as url:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
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
