"""Print, as a Markdown table, how long the preview takes: for a page, after a save, for a headless run.

    /tmp/bench/bin/pip install '.[browser]'
    /tmp/bench/bin/python tests/bench/preview_bench.py [ROUNDS]        (set up as for run.py)

A generated widget with every area, in a headless Chromium. `first page` is the time from the address to the
widget's block in a lead's card, `save to screen` from writing the block's template to painting the page with
it, `run` is the whole process of `preview --run`. Wall time, so use an idle machine; the last column compares
each with an empty page in the same browser, which a busy machine slows down, too.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page
from run import TOOL, measure

from scaffold.kommo.areas import AREAS
from scaffold.preview.run.browser import find_browser, launch, playing
from scaffold.preview.server.access import link
from scaffold.preview.server.libs import libraries
from scaffold.preview.server.preview import preview_of
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source

HOOKS = "https://hooks.acme.example"
ANSWERS = f"""\
code: acme_leads
name: Acme leads
description: Scores every lead by its history.
public: true
areas: [{", ".join(area.code + "-1" * area.suffix for area in AREAS)}]
digital_pipeline: {{webhook_url: "{HOOKS}/digital_pipeline.php"}}
catalogs: {{list_id: 1234}}
sms: {{endpoint: "{HOOKS}/sms.php"}}
mobile_card: {{frame_url: "{HOOKS}/mobile.php"}}
"""
TARGETS = {"first page": 1.0, "save to screen": 0.3, "run": 20.0}
"""Seconds on a machine that is idle."""

RUNS_MAX = 5
"""The largest number of whole runs."""

BLOCK = ".card-widgets__widget__body"


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        widget = new_widget(Path(name))
        with playing() as driver:
            browser = launch(driver, find_browser(), online=False)
            empty = [seconds(lambda: blank(browser)) for _ in range(rounds)]
            pages, saves = shown(browser, widget, rounds)
            browser.close()
        runs = [
            measure(lambda _: [*TOOL, "preview", str(widget), "--run"], Path(name)).wall
            for _ in range(min(rounds, RUNS_MAX))
        ]
    beside = statistics.median(empty)
    print(f"medians of {rounds} rounds; an empty page: {beside * 1000:.0f} ms\n")
    print("| | median, s | slowest, s | target, s | times an empty page |\n|---|---:|---:|---:|---:|")
    for title, measured in (("first page", pages), ("save to screen", saves), ("run", runs)):
        median = statistics.median(measured)
        print(
            f"| {title} | {median:.2f} | {max(measured):.2f} | {TARGETS[title]:g} | {median / beside:.1f} |"
        )


def new_widget(work: Path) -> Path:
    """Make a widget with every area."""
    answers = work / "answers.yml"
    answers.write_text(ANSWERS)
    subprocess.run([*TOOL, "new", "--answers", answers, work / "made"], check=True, capture_output=True)
    return work / "made" / "widget"


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def blank(browser: Browser) -> None:
    page = browser.new_page()
    page.goto("data:text/html,<p>x")
    page.close()


def shown(browser: Browser, widget: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Return the times of the first pages, each in a new browser profile, and of the saves."""
    pages, saves = [], []
    preview = preview_of(Source(widget), libraries(print), lambda _line: None)
    with serving(preview) as base:
        url = link(base, preview.keys.token)
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            page = context.new_page()
            pages.append(seconds(partial(opened, page, url)))
            context.close()
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        opened(page, url)
        for number in range(rounds):
            page.wait_for_timeout(2000)  # meanwhile, the frame of the next load is prepared
            saves.append(saved(page, widget / "templates/panel.twig", number))
        page.close()
    return pages, saves


def opened(page: Page, url: str) -> None:
    page.goto(f"{url}#/lcard")
    page.frame_locator("#stage").locator(BLOCK).wait_for()


def saved(page: Page, template: Path, number: int) -> float:
    """Return the seconds from writing the block's template to the first paint with it."""
    page.evaluate(NEXT_FRAME)
    taken = seconds(
        lambda: (template.write_text(f"<p>round {number}</p>"), page.evaluate("window.nextFrame"))
    )
    page.frame_locator("#stage").get_by_text(f"round {number}", exact=True).wait_for()
    return taken


NEXT_FRAME = """() => {
  const before = document.querySelector('#stage');
  window.nextFrame = new Promise((done) => new MutationObserver(() => {
    const now = document.querySelector('#stage');
    if (now !== before && now?.dataset.state === 'shown') requestAnimationFrame(() => done());
  }).observe(before.parentElement, { subtree: true, childList: true, attributes: true }));
}"""


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
