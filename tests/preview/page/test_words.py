"""The texts of the preview's page: what to try, the legend, what is missing, how to add an area."""

import shlex
from pathlib import Path
from typing import Any

import pytest

from scaffold.kommo.area import Group
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.preview.server.try_this import step_of
from scaffold.project import layout
from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.code)
@pytest.mark.parametrize("panel", [True, False])
def test_every_area_has_a_line_that_says_what_to_try(area: Any, panel: bool) -> None:
    step = step_of(area, panel if area.suffix else None, "Acme {name}")
    assert step.endswith(".")
    assert "\n" not in step
    assert len(step) < 160
    bare = area.suffix and not panel
    assert ("phone number" in step) == (bare and area.group is Group.CARDS)


NOTHING_DRAWN = ["everywhere", "ai_agent", "website_chat_button"]


@pytest.mark.parametrize("code", NOTHING_DRAWN)
def test_an_area_that_draws_nothing_has_a_reason(code: str) -> None:
    assert "nothing is drawn" in step_of(BY_CODE[code], None, "x")


def test_the_line_is_in_the_heading_with_the_widget_s_name(play: Play) -> None:
    page = play(query="", locations=["llist-1", "ai_agent", "bogus"])
    tried = page.page.locator(".stage-heading__try")
    assert (
        tried.inner_text()
        == "Try this: tick a row, then choose More → Probe; the panel on the right opens with it."
    )
    page.show("ai_agent")
    assert "nothing is drawn" in tried.inner_text()
    page.show("bogus")
    assert tried.count() == 0


def test_the_line_of_a_list_is_true(play: Play) -> None:
    selected = f"{CALLBACKS}, leads: {{ selected: function () {{ window.chosen = true; }} }}"
    page = play(selected, query="", locations=["llist-1"])
    page.stage.locator("#list_table tbody input, #list_page_holder input[type=checkbox]").nth(1).check()
    page.stage.get_by_role("button", name="More").click()
    page.stage.get_by_role("button", name="Probe").click()
    page.wait("() => window.chosen")


def test_the_dots_have_a_legend(play: Play) -> None:
    page = play(query="", locations=["lcard-1"])
    assert page.page.locator(".legend dt").all_inner_texts() == ["truthful", "approximate", "unknown"]
    assert all(page.page.locator(".legend dd").all_inner_texts())


def test_an_empty_required_field_has_a_message(play: Play) -> None:
    fields = {
        "login": {"name": "Your login", "type": "text", "required": True},
        "note": {"name": "A note", "type": "text", "required": False},
    }
    page = play(query="area=settings", locations=["settings"], settings=fields)
    login, note = (page.stage.locator(f"input[name={name}]") for name in fields)
    login.fill("")
    note.fill("")
    page.stage.locator(".js-widget-save").click()
    words = page.stage.get_by_role("alert")
    assert words.all_inner_texts() == ["Your login is required: fill it in to save"]
    page.stage.locator(".js-widget-save").click()
    assert words.count() == 1
    login.fill("ann")
    assert words.count() == 0


def test_a_disabled_widget_can_be_installed_again(play: Play) -> None:
    page = play(query="area=settings", locations=["settings", "lcard-1"])
    again = page.page.get_by_role("button", name="Install again")
    assert not again.is_visible()
    page.stage.get_by_role("button", name="Disable").click()
    again.wait_for()
    page.show("lcard")
    assert page.inside("Object.keys(APP.widgets.list).length") == 0
    again.click()
    again.wait_for(state="hidden")
    page.wait("() => Object.keys(APP.widgets.list).length === 1")


def test_the_tab_is_called_user_and_settings(play: Play) -> None:
    page = play(query="", locations=["lcard-1"])
    page.page.get_by_role("button", name="User & settings").click()
    assert page.page.get_by_label("Language").is_visible()


def test_the_command_that_adds_an_area_is_shown(play: Play, studio: Any) -> None:
    page = play(query="", locations=["lcard-1"])
    folder: Path = studio[0]
    page.page.get_by_text("+ area").click()
    page.page.get_by_label("Area to add").select_option("llist")
    commands = page.page.locator(".adding code")
    assert commands.all_inner_texts() == [
        shlex.join(["kommo-widget", "adopt", str(folder)]),
        shlex.join(["kommo-widget", "add", "llist", "--dir", str(folder)]),
    ]
    assert page.page.locator(".adding option[value=lcard]").count() == 0
    record = folder / layout.ANSWERS
    record.parent.mkdir(exist_ok=True)
    record.write_text("", encoding="utf-8")
    page.open("")
    assert page.page.locator(".adding code").count() == 1
