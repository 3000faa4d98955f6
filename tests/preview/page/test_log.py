"""The log of the preview's page: visits, folds, formatted values, errors with their location, width."""

import json
from typing import Any

import pytest

from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, Played

CARDS = ["lcard-1", "ccard-1"]


def test_each_visit_has_a_heading(play: Play) -> None:
    page = play(query="v=visits", locations=CARDS)
    for area in ("ccard", "lcard", "lcard"):
        page.show(area)
    page.log()
    headings = [text.replace("\n", " ") for text in page.page.locator(".log__heading").all_inner_texts()]
    names = [" ".join(text.split()[:-1]) for text in headings]
    assert names == ["Lead card", "Contact card", "Lead card visit 2", "Lead card visit 3"]


def test_what_every_visit_calls_is_shown_once_and_then_folded(play: Play) -> None:
    page = play(query="v=folds", locations=CARDS)
    page.show("ccard")
    page.show("lcard")
    page.log()
    first, second = page.page.locator(".log__fold summary").all_inner_texts()[-2:]
    assert first == "render, init, bind_actions, destroy as before"
    assert second == "render, init, bind_actions as before"
    assert page.page.locator(".log__list > .log__line", has_text="render()").count() == 1
    page.page.get_by_label("Filter the log").fill("bind_actions()")
    assert page.page.locator(".log__line:visible").count() == 3
    assert page.page.locator(".log__fold:visible").count() == 2
    page.page.get_by_label("Filter the log").fill("no such thing")
    assert page.page.locator(".log__heading:visible, .log__fold:visible").count() == 0


def test_a_different_result_is_not_folded(play: Play) -> None:
    odd = CALLBACKS.replace("init: yes", "init: function () { return window.n = (window.n || 0) + 1; }")
    page = play(odd, query="v=odd", locations=CARDS)
    page.show("ccard")
    page.log()
    assert page.page.locator(".log__list > .log__line", has_text="init → 2").count() == 1


def test_the_newest_line_is_in_sight_unless_the_user_scrolled_up(play: Play) -> None:
    page = play(query="v=newest", locations=CARDS)
    many = "for (let i = 0; i < 80; i++) APP.widgets.clear_cache()"
    gap = "(l => l.scrollHeight - l.scrollTop - l.clientHeight)(document.querySelector('.log__list'))"
    lines = "document.querySelectorAll('.log__line').length"
    page.inside(many)
    _until(page, f"{lines} > 80 && {gap} < 40")
    page.page.locator(".tabs__item[data-tab=findings]").click()
    page.inside(many)
    _until(page, f"{lines} > 160")
    page.page.locator(".tabs__item[data-tab=log]").click()
    _until(page, f"{gap} < 40")
    page.page.locator(".log__list").hover()
    page.page.mouse.wheel(0, -9000)
    _until(page, "document.querySelector('.log__list').scrollTop === 0")
    page.log()
    page.inside(many)
    _until(page, f"{lines} > 240")
    page.log()
    assert page.page.evaluate("document.querySelector('.log__list').scrollTop") == 0


def _until(page: Played, condition: str) -> None:
    """Wait in the page itself, whose policy forbids evaluating text later."""
    page.page.evaluate(
        f"new Promise(done => {{ const look = () => {condition} ? done() : setTimeout(look, 20); look(); }})"
    )


def test_an_error_has_its_file_and_line_and_a_value_is_formatted(play: Play) -> None:
    data = {"name": 'a "quoted", {odd} name', "rows": [{"id": n, "title": "x" * 20} for n in range(3)]}
    ask = f"self.crm_post('https://acme.example/x', {json.dumps(data)}, function () {{}}, 'text');"
    throws = f"bind_actions: function () {{ {ask}\nthrow new Error('odd');\n}}"
    page = play(CALLBACKS.replace("bind_actions: yes", throws), query="v=laid", locations=CARDS)
    failed = page.page.locator(".log__line_failed", has_text="odd").first
    assert failed.locator(".log__place").inner_text().startswith("script.js:")
    sent = page.page.locator(".log__line", has_text="self.crm_post(").first
    sent.locator("summary").click()
    lines = sent.locator("pre").inner_text().split("\n")
    assert lines[0] == "{"
    assert lines[1] == '  name: "a \\"quoted\\", {odd} name",'
    assert lines[3] == f'    {{id: 0, title: "{"x" * 20}"}},'
    assert lines[-1] == "}"


LAID_OUT: dict[str, tuple[str, str]] = {
    "not JSON": ("plain (text), [1] and }", "plain (text), [1] and }"),
    "an open string": ('{"a', '{\n  "a'),
    "empty": ("", ""),
    "a short one": ('{"a": [1, 2]}', '{"a": [1, 2]}'),
    "unbalanced": ("]]}", "]]}"),
}


@pytest.mark.parametrize("case", LAID_OUT)
def test_any_text_can_be_formatted(studio: Any, case: str) -> None:
    given, wanted = LAID_OUT[case]
    script = "text => import('/_host/ui/lay-out.js').then(m => m.layOut(text))"
    assert studio[1].page.evaluate(script, given) == wanted


def test_the_column_is_as_wide_as_the_user_makes_it(play: Play) -> None:
    page = play(query="v=column", locations=CARDS)
    width = "document.querySelector('.inspector').getBoundingClientRect().width"
    before = page.page.evaluate(width)
    border = page.page.get_by_role("separator", name="Width of the inspector")
    border.focus()
    page.page.keyboard.press("ArrowLeft")
    assert page.page.evaluate(width) == round(before) + 24
    box = border.bounding_box()
    assert box is not None
    page.page.mouse.move(box["x"] + 4, 400)
    page.page.mouse.down()
    page.page.mouse.move(700, 400)
    page.page.mouse.up()
    assert page.page.evaluate(width) == 580
    page.open("v=column2")
    assert page.page.evaluate(width) == 580
    page.page.evaluate("localStorage.removeItem('preview-inspector')")


def test_the_column_is_wider_on_a_wide_screen(play: Play) -> None:
    page = play(query="v=wide", locations=CARDS)
    page.page.set_viewport_size({"width": 1920, "height": 1080})
    assert page.page.evaluate("document.querySelector('.inspector').getBoundingClientRect().width") > 500
    page.page.set_viewport_size({"width": 1280, "height": 800})
