"""The preview's own page: switcher, log, answers, colours, live reload."""

import re
from pathlib import Path
from typing import Any

import pytest

from scaffold.preview.server.area_entries import HOST
from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, Played

NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def page(play: Play) -> Played:
    return play(query="area=lcard", locations=["lcard-1", "llist-1", "ai_agent"])


def test_the_switcher_lists_the_areas_in_groups(page: Played) -> None:
    nav = page.page.get_by_role("navigation", name="Areas")
    assert nav.get_by_role("heading").all_inner_texts() == ["Cards", "Lists", "Automation"]
    assert nav.get_by_role("button").count() == 3
    assert nav.locator("[aria-current=page]").get_attribute("data-area") == "lcard"


def test_a_click_and_the_arrow_keys_change_the_area(page: Played) -> None:
    page.page.locator("[data-area=lcard]").focus()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("Enter")
    page.stage.locator("#list_table").wait_for()
    page.page.get_by_role("heading", name="Leads list", exact=True).wait_for()


FIDELITY = {"lcard": "truthful", "ai_agent": "unknown"}


@pytest.mark.parametrize("area", FIDELITY)
def test_the_badge_shows_how_close_an_area_is(page: Played, area: str) -> None:
    page.show(area)
    assert page.page.locator(".stage-heading .badge").first.inner_text() == FIDELITY[area]


def test_the_keyboard_reaches_the_stage(page: Played) -> None:
    name = page.stage.locator("input[name='lead[NAME]']")
    name.click()
    page.page.keyboard.press("End")
    page.page.keyboard.type("!")
    assert name.input_value() == "Lead one!"


def test_the_log_is_filtered(page: Played) -> None:
    page.page.get_by_role("button", name="Calls", exact=True).click()
    kinds = {line.get_attribute("data-kind") for line in page.page.locator(".log__line:visible").all()}
    assert kinds == {"called", "returned"}
    page.page.get_by_label("Filter the log").fill("init")
    assert page.page.locator(".log__line:visible").all_inner_texts()[0].startswith("→")
    assert page.page.locator(".log__line:visible").count() == 2


def test_colours_change_without_a_reload(page: Played) -> None:
    page.inside("window.same = true")
    page.page.evaluate("kommoPreview.setTheme('dark')")
    root = "document.documentElement.dataset.colorScheme"
    assert page.page.evaluate(root) == page.inside(root) == "dark"
    assert page.inside("window.same") is True


def test_the_language_is_the_answers(play: Play, studio: Any) -> None:
    page = play(query="area=lcard")
    texts = (studio[0] / "i18n/en.json").read_text(encoding="utf-8").replace("Probe", "Sonda")
    (studio[0] / "i18n/es.json").write_text(texts, encoding="utf-8")
    page.open("area=lcard&lang=es")
    assert page.inside("[APP.lang_id, APP.widgets.list.probe.i18n('widget.name')]") == ["es", "Sonda"]


def test_a_saved_setting_is_edited_in_the_answers(play: Play) -> None:
    page = play(query="area=lcard", settings={"login": {"name": "Login", "type": "text"}})
    page.page.locator(".tabs__item[data-tab=answers]").click()
    page.page.get_by_label("login").fill("ann")
    page.page.get_by_label("login").blur()
    page.stage.locator("#card_holder").wait_for()
    page.page.locator(".log__line", has_text="bind_actions → true").nth(1).wait_for(state="attached")
    assert page.inside("APP.widgets.list.probe.get_settings().login") == "ann"


def _drawing(text: str) -> str:
    return CALLBACKS.replace(
        "render: yes",
        f"render: function () {{ self.render_template({{body: '<b>{text}</b>'}}); return true; }}",
    )


def test_a_change_is_shown_and_the_area_kept(play: Play, studio: Any) -> None:
    page = play(_drawing("one"), query="area=ccard", locations=["lcard-1", "ccard-1"])
    page.stage.get_by_text("one", exact=True).wait_for()
    script: Path = studio[0] / "script.js"
    script.write_text(script.read_text(encoding="utf-8").replace("one", "two"), encoding="utf-8")
    page.stage.get_by_text("two", exact=True).wait_for()
    assert page.inside("location.pathname") == "/contacts/detail/2001"


def test_a_syntax_error_is_shown_with_its_line(play: Play, studio: Any) -> None:
    page = play(_drawing("one"), query="area=lcard")
    script: Path = studio[0] / "script.js"
    good = script.read_text(encoding="utf-8")
    script.write_text(good.replace("var self = this;", "var = this;"), encoding="utf-8")
    alert = page.page.get_by_role("alert")
    alert.wait_for()
    assert alert.locator("strong").inner_text().startswith("script.js:3:")
    assert page.stage.get_by_text("one", exact=True).is_visible()
    script.write_text(good, encoding="utf-8")
    alert.wait_for(state="hidden")


def test_a_script_that_does_not_load_is_reported_above_the_page(play: Play) -> None:
    page = play(query="area=lcard", deps="'./gone.js'")
    assert page.page.get_by_role("alert").inner_text() == "could not load /upl/probe/1.0.0/widget/gone.js"
    assert page.stage.locator("#card_holder").is_visible()


def test_a_late_container_comes_after_render(play: Play) -> None:
    callback = "advancedSettings: function () { $('#work-area-probe').text('late'); }"
    seen = "render: function () { window.early = $('#work-area-probe').length; return true; }"
    page = play(
        f"{CALLBACKS.replace('render: yes', seen)}, {callback}", query="area=advanced_settings",
        locations=["advanced_settings"], advanced={"title": "More"},
    )  # fmt: skip
    assert page.inside("window.early") == 1
    page.page.locator(".tabs__item[data-tab=answers]").click()
    page.page.get_by_label("Draw the work area late").check()
    page.page.locator(".log__line", has_text="advancedSettings → undefined").nth(1).wait_for(state="attached")
    assert page.inside("window.early") == 0
    page.stage.get_by_text("late", exact=True).wait_for()


def test_a_sample_is_not_sent_to_another_machine(play: Play) -> None:
    page = play(query="area=sms", locations=["sms"], sms={"endpoint": "https://hooks.acme.example/sms"})
    page.stage.get_by_role("button", name="Send a sample SMS").click()
    status = page.stage.locator(".crm-result__status")
    status.wait_for()
    assert (
        status.inner_text() == "not sent: the address is not on this machine: https://hooks.acme.example/sms"
    )
    assert "text" in page.stage.get_by_label("Request body").inner_text()


BLOCKS = {"digital_pipeline": ("dp", "webhook_url"), "sms": ("sms", "endpoint")}


@pytest.mark.parametrize("area", BLOCKS)
def test_the_key_of_an_endpoint_is_not_on_the_page(play: Play, area: str) -> None:
    block, name = BLOCKS[area]
    url = "https://hooks.acme.example/in.php"
    page = play(query=f"area={area}", locations=[area], **{block: {name: f"{url}?k=s3cret"}})
    text = page.stage.locator("body").inner_text()
    assert url in text
    assert "s3cret" not in text


def test_texts_of_the_widget_are_not_markup(play: Play, studio: Any) -> None:
    page = play(query="area=lcard")
    english = studio[0] / "i18n/en.json"
    english.write_text(
        english.read_text(encoding="utf-8").replace("Probe", "<img src=x onerror=alert(1)>"), encoding="utf-8"
    )
    page.open("area=settings")
    assert page.page.locator(".top__name").inner_text() == "<img src=x onerror=alert(1)>"
    assert page.page.locator(".top img, .areas img").count() == 0


def test_a_narrow_screen_has_tabs(page: Played) -> None:
    page.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.open("area=lcard")
    assert page.page.locator(".stage-column").is_visible()
    page.page.get_by_label("Area", exact=True).select_option("llist")
    page.stage.locator("#list_table").wait_for()
    page.page.locator(".tabs__item[data-tab=log]").click()
    assert page.page.locator(".log__list").is_visible()
    assert not page.page.locator(".stage-column").is_visible()
    assert page.page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.page.set_viewport_size(WIDE)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["Escape", "Close", "the page beside it", "an area", "a wider window"])
def test_a_narrow_screen_has_a_drawer_with_the_areas(page: Played, by: str) -> None:
    page.page.set_viewport_size({"width": 600, "height": 800})
    page.open("area=lcard")
    opener, drawer = (
        page.page.get_by_label("Areas, legend and adding an area"),
        page.page.get_by_role("dialog"),
    )
    opener.focus()
    page.page.keyboard.press("Enter")
    assert drawer.get_by_text("How close to the CRM").is_visible()
    drawer.get_by_text("+ area").click()
    assert drawer.locator(".adding__command code").first.is_visible()
    if by == "Escape":
        page.page.keyboard.press("Escape")
    elif by == "Close":
        drawer.get_by_role("button", name="Close").click()
    elif by == "an area":
        drawer.locator("[data-area=llist]").click()
        page.stage.locator("#list_table").wait_for()
    elif by == "a wider window":
        page.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    else:
        page.page.mouse.click(590, 400)
    drawer.wait_for(state="hidden")
    if by != "a wider window":
        assert opener.evaluate("button => button === document.activeElement")
    page.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert page.page.locator(".layout > .areas").is_visible()


ENTRIES = {"index.html": "main.js", "stage.html": "stage.js"}


@pytest.mark.parametrize("document", ENTRIES)
def test_every_module_is_preloaded(document: str) -> None:
    links = re.findall(
        r'rel="modulepreload" href="/_host/([^"]+)"', (HOST / document).read_text(encoding="utf-8")
    )
    assert sorted(links) == sorted(_imports(HOST / ENTRIES[document]) - {ENTRIES[document]})


def _imports(module: Path) -> set[str]:
    found: set[str] = set()
    # the stage imports the module of an area by its name
    waiting = [module, *((HOST / "areas").glob("*.js") if module.name == "stage.js" else ())]
    while waiting:
        file = waiting.pop().resolve()
        name = file.relative_to(HOST.resolve()).as_posix()
        if name not in found:
            found.add(name)
            waiting += [
                file.parent / path
                for path in re.findall(r'from "(\.[^"]+)"', file.read_text(encoding="utf-8"))
            ]
    return found


def test_the_widget_s_code_is_shown_and_can_be_changed(play: Play) -> None:
    draw = "$('#work-area-' + self.params.widget_code).text('mine')"
    own = f"{CALLBACKS}, advancedSettings: function () {{ {draw}; }}"
    page = play(
        own, query="area=advanced_settings", locations=["advanced_settings"], advanced={"title": "More"}
    )
    page.page.locator(".tabs__item[data-tab=answers]").click()
    code = page.page.get_by_label("The widget's code")
    assert code.input_value() == "probe"
    code.fill("wOther1")
    code.blur()
    page.stage.locator("#work-area-wOther1", has_text="mine").wait_for()
    assert page.inside("APP.widgets.list.wOther1.params.path") == "/upl/wOther1/1.0.0/widget"
    code.fill("probe")
    code.blur()
    page.stage.locator("#work-area-probe", has_text="mine").wait_for()
