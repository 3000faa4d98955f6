"""A widget that navigates to another page: the preview prevents this, and logs it."""

import pytest

from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, Played

WAYS = {
    "location.reload()": "reloads the page",
    "location.href = '/settings/widgets/'": "leaves the page for /settings/widgets/",
    "location.assign('https://acme.example/in?token=s3cret')": "leaves the page for https://acme.example/in",
    "$('<form action=\"/leads/\">').appendTo('body')[0].submit()": "leaves the page for /leads/",
}
"""Statement -> its line in the log."""


@pytest.mark.parametrize("statement", WAYS)
def test_the_page_stays(play: Play, statement: str) -> None:
    played = play(query="area=lcard")
    played.inside(f"window.same = true; {statement}")
    line = f"the widget {WAYS[statement]}: the preview prevents this"
    played.page.locator(".log__line", has_text=line).wait_for()
    assert played.inside("[window.same, location.pathname]") == [True, "/leads/detail/1001"]


def test_the_preview_s_own_page_stays(play: Play) -> None:
    played = play(query="area=lcard")
    played.inside("{ setTimeout(function () { window.top.location.href = '/dashboard/'; }); }")
    line = "the widget leaves the page by window.top: the preview prevents this"
    played.page.locator(".log__line", has_text=line).wait_for()
    assert played.page.evaluate("location.pathname") == "/"


def test_a_run_continues_after_a_reload(play: Play) -> None:
    played = play(CALLBACKS.replace("onSave: yes", "onSave: function () { location.reload(); return true; }"))
    report = played.run("settings")
    assert [call["callback"] for call in report["called"]].count("onSave") == 2
    assert report["errors"] == report["async_errors"] == []


STAYING = {
    "location.hash = 'x'": "/leads/detail/1001",
    "history.pushState(null, '', '/leads/detail/7')": "/leads/detail/7",
}


@pytest.mark.parametrize("statement", STAYING)
def test_a_change_of_the_fragment_is_allowed(play: Play, statement: str) -> None:
    played = play(query="area=lcard")
    played.inside(f"{{ {statement} }}")
    assert played.inside("location.pathname") == STAYING[statement]
    assert not [line for line in played.log("asked", "note") if "the preview prevents this" in line]


def test_a_page_that_was_replaced_nevertheless_is_reported(play: Play) -> None:
    played = play(query="area=lcard")
    played.inside("document.open(); document.write('<p>mine</p>'); document.close()")
    alert = played.page.locator(".stage-alert", has_text="The widget has replaced the page. Reload it.")
    alert.wait_for()
    played.page.get_by_role("button", name="Reload the widget").click()
    played.stage.locator("#card_holder").wait_for()
    assert alert.is_hidden()


def test_the_user_may_reload_the_preview(play: Play) -> None:
    played: Played = play(query="area=lcard")
    played.page.evaluate("window.old = true")
    played.page.reload()
    played.page.evaluate("kommoPreview.ready")
    assert played.page.evaluate("window.old") is None
