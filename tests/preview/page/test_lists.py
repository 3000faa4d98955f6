"""Lists: rows, the bar, the More menu, `*.selected` and `list_selected()`."""

from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, Played

LEADS = f"{CALLBACKS}, leads: {{ selected: function () {{ window.got = self.list_selected(); }} }}"
MORE = ".button-input-more"
WIDGET = ".list-multiple-actions__widget"


def _tick(played: Played, *rows: int) -> None:
    for row in rows:
        played.stage.locator(".js-list-row input").nth(row).check()


def test_the_bar_needs_a_ticked_row(play: Play) -> None:
    played = play(LEADS, locations=["llist-1"])
    played.show("llist")
    bar = played.stage.locator("#list_multiple_actions")
    assert not bar.is_visible()
    _tick(played, 0)
    assert bar.is_visible()
    played.stage.locator(".js-list-row input").nth(0).uncheck()
    assert not bar.is_visible()


def test_selected_is_called_from_the_menu_only(play: Play) -> None:
    played = play(LEADS, locations=["llist-1"])
    played.show("llist")
    _tick(played, 0, 1)
    assert "leads.selected()" not in played.log("called")
    played.stage.locator(MORE).click()
    played.stage.locator(WIDGET).click()
    played.stage.locator("#widgets_block").wait_for()
    assert played.log("called")[-1] == "leads.selected()"


def test_list_selected_is_the_union_of_the_documented_shapes(play: Play) -> None:
    played = play(LEADS, locations=["llist-1"])
    played.show("llist")
    _tick(played, 0)
    played.stage.locator(MORE).click()
    played.stage.locator(WIDGET).click()
    got = played.inside("window.got")
    [row] = got["selected"]
    assert (row["id"], row["type"]) == (1001, "lead")
    assert got["count_selected"] == got["summary"]["items"] == 1
    assert got["summary"] == {"items": 1, "phones": len(row["phones"]), "emails": len(row["emails"])}
    assert row["phones"]
    assert row["emails"]


def test_rows_that_are_not_visible_do_not_count(play: Play) -> None:
    played = play(LEADS, locations=["llist-1"])
    played.show("llist")
    _tick(played, 0, 1)
    played.stage.locator(".list-top-search__input").fill("two")
    selected = played.inside("APP.widgets.list.probe.list_selected().selected.map(row => row.id)")
    assert selected == [1002]


def test_list_selected_is_false_elsewhere(play: Play) -> None:
    played = play()
    played.show("lcard")
    assert played.inside("APP.widgets.list.probe.list_selected()") is False


def test_overlay_hides_and_shows_the_panel(play: Play) -> None:
    played = play(LEADS, locations=["llist-1"])
    played.show("llist")
    panel = played.stage.locator("#widgets_block")
    assert not panel.is_visible()
    played.inside("APP.widgets.list.probe.widgetsOverlay(true)")
    assert panel.is_visible()
    played.inside("APP.widgets.list.probe.widgetsOverlay(false)")
    assert not panel.is_visible()


def test_tasks_selected_is_a_name_that_is_never_called(play: Play) -> None:
    played = play(f"{CALLBACKS}, tasks: {{ selected: nothing }}", locations=["tlist-1"])
    played.run("tlist")
    assert played.log("warned") == [
        "callbacks.tasks.selected is never called: the documented name is todo.selected",
        "callbacks.todo.selected is missing: nothing is called",
    ]
    assert not any("tasks" in line for line in played.log("called"))
