"""A frame that is replaced: late events of changes, and the helpers that address the frame in sight."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ElementHandle, Error, Frame, Route

from scaffold.preview.server import app, watch
from tests.preview.page.conftest import Play
from tests.preview.page.playing import Played, played, probe
from tests.waiting import PATIENCE_S

RELOAD = "document.querySelector('[aria-label=\"Reload the widget\"]').click()"


def test_a_change_that_the_page_has_read_already_does_not_reload_it(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, published = threading.Event(), threading.Event()

    async def late(folder: Path) -> AsyncIterator[list[str]]:
        async for files in watch.changes(folder):
            await asyncio.to_thread(opened.wait)
            yield files
            published.set()

    monkeypatch.setattr(app, "changes", late)
    folder = probe(tmp_path / "probe")
    with played(browser, folder) as page:
        try:
            (tmp_path / "new.css").write_text("a {}", encoding="utf-8")
            os.replace(tmp_path / "new.css", folder / "style.css")
            page.open("area=lcard")
            page.inside("window.same = true")
        finally:
            opened.set()
        assert published.wait(PATIENCE_S)
        page.page.evaluate("fetch('/api/v4/nosuch')")  # its event follows the one of the change
        page.page.locator(".log__line", has_text="GET /api/v4/nosuch").wait_for(state="attached")
        assert page.inside("window.same") is True
        assert page.log("note") == []


def test_a_change_before_the_page_hears_the_server_is_shown(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = threading.Event()

    async def observed(folder: Path) -> AsyncIterator[list[str]]:
        async for files in watch.changes(folder):
            yield files
            published.set()

    def hold(route: Route) -> None:
        english.write_text(texts.replace("Probe", "Sonda"), encoding="utf-8")
        assert published.wait(PATIENCE_S)
        route.continue_()

    monkeypatch.setattr(app, "changes", observed)
    folder = probe(tmp_path / "probe")
    english = folder / "i18n/en.json"
    texts = english.read_text(encoding="utf-8")
    with played(browser, folder) as page:
        page.page.route("**/_preview/events", hold)
        page.open("area=lcard")
        assert page.page.locator(".top__name").inner_text() == "Sonda"
        assert page.inside("APP.widgets.list.probe.i18n('widget.name')") == "Sonda"


def test_a_promise_that_stays_pending_does_not_stop_a_reload(play: Play, studio: Any) -> None:
    page = play(query="area=lcard", locations=["lcard-1", "ccard-1"])
    script: Path = studio[0] / "script.js"
    good = script.read_text(encoding="utf-8")
    pending = good.replace("render: yes", "render: function () { return new Promise(nothing); }")
    script.write_text(pending, encoding="utf-8")
    page.page.locator(".log__line", has_text="render returned a promise").wait_for(state="attached")
    page.page.locator("[data-area=ccard]").click()  # waits for its turn
    script.write_text(good, encoding="utf-8")
    page.page.locator(".log__list .log__line", has_text="init()").nth(1).wait_for(state="attached")


def test_waiting_goes_on_in_the_frame_that_replaces_the_first_one(play: Play) -> None:
    page = play(query="area=lcard")
    page.inside("window.old = true")
    page.page.evaluate(f"{{ setTimeout(() => {RELOAD}, 200) }}")
    page.wait("() => !window.old && window.APP")


def test_a_value_is_read_after_a_reload_that_was_asked_for(play: Play) -> None:
    page = play(query="area=lcard")
    page.inside("window.old = true")
    page.page.evaluate(RELOAD)
    assert page.inside("[window.old, APP.widgets.list.probe.get_version()]") == [None, "1.0.0"]


def test_a_frame_that_is_replaced_while_it_is_looked_up_is_looked_up_again(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = play(query="area=lcard")
    look_into = ElementHandle.content_frame
    looked: list[Frame | None] = []

    def late(element: ElementHandle) -> Frame | None:
        if not looked:
            _replace(page)
        looked.append(look_into(element))
        return looked[-1]

    monkeypatch.setattr(ElementHandle, "content_frame", late)
    assert page.inside("location.pathname") == "/leads/detail/1001"
    assert [frame is None for frame in looked] == [True, False]


def test_a_frame_that_is_replaced_while_it_is_used_is_used_again(play: Play) -> None:
    page = play(query="area=lcard")
    used: list[Frame] = []

    def act(frame: Frame, _left: float) -> str:
        if not used:
            _replace(page)
        used.append(frame)
        return str(frame.evaluate("location.pathname"))

    assert page.in_frame(act) == "/leads/detail/1001"
    assert len(set(used)) == 2


def test_an_error_of_the_expression_is_no_reason_to_try_again(play: Play) -> None:
    page = play(query="area=lcard")
    with pytest.raises(Error, match="odd"):
        page.inside("(() => { window.n = (window.n || 0) + 1; throw new Error('odd'); })()")
    assert page.inside("window.n") == 1


def test_a_frame_that_never_stays_is_a_failure(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    page = play(query="area=lcard")
    monkeypatch.setattr(ElementHandle, "content_frame", lambda _self: None)
    with pytest.raises(AssertionError, match=r"replaced its frame again and again for 0\.05 s"):
        page.in_frame(lambda frame, _left: frame.url, patience_ms=50)


def _replace(page: Played) -> None:
    page.page.evaluate(RELOAD)
    page.settle()
