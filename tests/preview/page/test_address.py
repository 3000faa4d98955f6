"""The preview's page: the area in its address, a restart of the server, exceptions above the page."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from scaffold.preview.server.libs import libraries
from scaffold.preview.server.preview import Preview, preview_of
from scaffold.preview.server.scenario import Scenario
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source
from tests.ports import reserved_port
from tests.preview.client import page_of
from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, PATIENCE_MS, Played, probe

CARDS = ["lcard-1", "ccard-1", "llist-1"]


def _hash(page: Page) -> str:
    return urlsplit(page.url).fragment


def test_the_address_names_the_area_and_a_reload_keeps_it(play: Play) -> None:
    page = play(query="", locations=CARDS)
    assert _hash(page.page) == "/lcard"
    page.page.locator("[data-area=ccard]").click()
    page.page.locator("[aria-current=page][data-area=ccard]").wait_for()
    assert _hash(page.page) == "/ccard"
    page.page.reload()
    page.page.evaluate("kommoPreview.ready")
    assert page.page.locator("[aria-current=page]").get_attribute("data-area") == "ccard"
    assert page.inside("location.pathname").startswith("/contacts/detail/")
    assert page.page.title().startswith("Contact card \N{EN DASH} Probe")


def test_going_back_opens_the_previous_area(play: Play) -> None:
    page = play(query="", locations=CARDS)
    page.show("llist")
    page.page.go_back()
    page.page.locator("[aria-current=page][data-area=lcard]").wait_for()
    page.stage.locator("#card_holder").wait_for()


@pytest.mark.parametrize("named", ["#/nosuch", "#/%E0%A4%A", "#stage-holder", "#/"])
def test_an_address_without_a_known_area_opens_the_first_one(play: Play, named: str) -> None:
    page = play(query=f"v={named.strip('#/%')}{named}", locations=CARDS)
    assert page.page.locator("[aria-current=page]").get_attribute("data-area") == "lcard"


def test_the_active_area_can_be_clicked_again(play: Play) -> None:
    page = play(query="", locations=CARDS)
    again = "() => document.querySelector('#stage').contentWindow"
    page.page.locator("[data-area=lcard]").click()
    page.page.locator(".log__line", has_text="destroy → undefined").first.wait_for(state="attached")
    assert page.page.evaluate(f"({again})()") is not None
    assert page.inside("Boolean(document.querySelector('#card_holder'))")


THROWS = CALLBACKS.replace(
    "bind_actions: yes",
    """bind_actions: function () {
      self.nothing.at_all();
    }""",
)


def test_an_exception_is_shown_above_the_page_with_its_line_of_code(play: Play) -> None:
    page = play(THROWS, query="", locations=CARDS)
    alert = page.page.get_by_role("alert")
    alert.wait_for()
    line = 1 + page.page.evaluate(
        "fetch('/upl/probe/1.0.0/widget/script.js').then(a => a.text())"
        ".then(t => t.split('\\n').findIndex(l => l.includes('nothing.at_all')))"
    )
    assert alert.locator("strong").inner_text().startswith(f"script.js:{line}:")
    assert alert.locator("pre").inner_text() == "self.nothing.at_all();"
    assert "bind_actions threw: TypeError" in alert.inner_text()


LATER = "bind_actions: function () { setTimeout(function () { throw new Error('late'); }, 50); return true; }"
STRING = "bind_actions: function () { throw 'no error at all'; }"


@pytest.mark.parametrize(
    ("callback", "says"), {LATER: "late", STRING: "bind_actions threw: no error at all"}.items()
)
def test_other_exceptions_are_shown_too(play: Play, callback: str, says: str) -> None:
    page = play(CALLBACKS.replace("bind_actions: yes", callback), query="", locations=CARDS)
    alert = page.page.get_by_role("alert")
    alert.wait_for()
    assert says in alert.inner_text()


def test_an_exception_in_one_area_is_not_shown_in_the_next(play: Play) -> None:
    throws = "if (/leads/.test(location.pathname)) throw new Error('x'); return true;"
    once = f"bind_actions: function () {{ {throws} }}"
    page = play(CALLBACKS.replace("bind_actions: yes", once), query="", locations=CARDS[:2])
    page.page.get_by_role("alert").wait_for()
    page.show("ccard")
    assert page.page.get_by_role("alert").count() == 0


def test_a_refused_request_is_not_an_exception(play: Play) -> None:
    asks = "bind_actions: function () { $.get('/api/v4/nosuch'); return true; }"
    page = play(CALLBACKS.replace("bind_actions: yes", asks), query="", locations=CARDS)
    page.page.locator(".log__line_failed").first.wait_for(state="attached")
    assert page.page.get_by_role("alert").count() == 0


def _preview(folder: Path) -> Preview:
    return preview_of(Source(folder), libraries(print), print, Scenario(code="probe"))


@pytest.fixture
def port() -> Iterator[int]:
    with reserved_port() as port:
        yield port


def test_after_a_restart_the_page_continues_with_the_new_token(
    browser: Browser, tmp_path: Path, port: int
) -> None:
    folder = probe(tmp_path / "a widget", locations=CARDS)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    with serving(first := _preview(folder), port=port) as url:
        Played(page, page_of(first, url)).open("")
        page.evaluate("kommoPreview.show('ccard')")
    bar = page.get_by_role("alert")
    bar.wait_for()
    assert bar.locator("code").inner_text() == f"kommo-widget preview '{folder}' --port {port}"
    with serving(second := _preview(folder), port=port):
        bar.get_by_text("The preview was restarted").wait_for()
        assert "Open the address that it has printed" in bar.inner_text()
        context.new_page().goto(page_of(second, url))
        bar.wait_for(state="hidden")
        page.locator("[aria-current=page][data-area=ccard]").wait_for()
        page.frame_locator("#stage").locator("#card_holder").wait_for()
    context.close()
