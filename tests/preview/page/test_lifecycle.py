"""What the host calls, in which order, and what each result of `render` means."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from scaffold.kommo import areas
from scaffold.kommo.area import Fidelity
from scaffold.kommo.areas import AREAS, CARD_CODES
from scaffold.kommo.callback import Callback
from scaffold.preview.server import area_entries
from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, WIDGETS, Played, played

START = ["render", "init", "bind_actions"]

OTHERS = "init: yes, bind_actions: yes, settings: yes, onSave: yes, destroy: nothing"

OUTCOMES: dict[str, tuple[str, list[str], list[str], list[str]]] = {
    "true": ("return true", START, [], []),
    "promise": ("return Promise.resolve(true)", START, [], []),
    "deferred": ("return $.Deferred().resolve(true).promise()", START, [], []),
    "false": ("return false", ["render"], ["render returned false: init and bind_actions are skipped"], []),
    "undefined": ("", ["render"], ["render returned undefined: init and bind_actions are skipped"], []),
    "rejected": (
        "return Promise.reject(new Error('no network'))", ["render"],
        ["render was rejected: no network", "render was rejected: init and bind_actions are skipped"],
        ["no network"],
    ),
    "throws": (
        "null.x", ["render"],
        [
            "render threw: TypeError: Cannot read properties of null (reading 'x')",
            "render threw: init and bind_actions are skipped",
        ],
        ["TypeError: Cannot read properties of null (reading 'x')"],
    ),
}  # fmt: skip
"""What `render` does -> the callbacks called, the lines of trouble in the log, the errors reported."""


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_render_outcome(play: Play, outcome: str) -> None:
    body, called, trouble, errors = OUTCOMES[outcome]
    played = play(f"render: function () {{ {body} }}, {OTHERS}", locations=["website_chat_button"])
    report = played.run("website_chat_button")
    assert [call["callback"] for call in report["called"]][: len(called)] == called
    assert [call["callback"] for call in report["called"]][len(called) :] == ["destroy"] * (called == START)
    assert played.log("failed", "warned") == trouble
    assert [(error["message"], error["source"]) for error in report["errors"]] == [
        (e, "widget") for e in errors
    ]


ANSWERS = {
    "init": ("init: nothing, bind_actions: yes", "init must return true, not undefined"),
    "bind_actions": (
        "init: yes, bind_actions: function () { return 1; }",
        "bind_actions must return true, not 1",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_result_other_than_true_is_a_warning(play: Play, name: str) -> None:
    callbacks, warning = ANSWERS[name]
    played = play(f"render: yes, onSave: yes, {callbacks}", locations=["ai_agent"])
    report = played.run("ai_agent")
    assert [call["callback"] for call in report["called"]] == START
    assert played.log("warned") == [warning]


def test_after_an_exception_in_init_the_rest_continues(play: Play) -> None:
    played = play("render: yes, init: function () { throw new Error('bad'); }, bind_actions: yes")
    report = played.run("lcard")
    assert [call["callback"] for call in report["called"]] == START * 2
    assert [(e["message"], e["callback"]) for e in report["errors"]] == [("bad", "init")] * 2


def test_without_its_three_callbacks_the_widget_does_not_run(play: Play) -> None:
    played = play("render: yes")
    report = played.run("lcard")
    message = "the widget does not run: callbacks.init, callbacks.bind_actions missing"
    assert report["called"] == []
    assert [(e["message"], e["source"]) for e in report["errors"]] == [(message, "widget")]
    assert message in played.log("failed")


SETTINGS = ["settings", "onSave", "settings", "onSave", "destroy", *START, "settings", "onSave", "onInstall"]

SEQUENCES: dict[str, list[str]] = {
    **{card: [*START, "destroy", *START, "destroy"] for card in CARD_CODES},
    "llist": [*START, "leads.selected", "destroy"],
    "clist": [*START, "contacts.selected", "destroy"],
    "tlist": [*START, "todo.selected", "destroy"],
    "culist": [*START, "destroy"],
    "settings": [*START, *SETTINGS, *START, "destroy"],
    "advanced_settings": [*START, "advancedSettings", "destroy"],
    "widget_page": [*START, "initMenuPage", "destroy"],
    "card_sdk": [
        *START, "loadPreloadedData", "loadElements", "searchDataInCard", "linkCard", "destroy",
    ],
    "catalogs": [*START, "settings", "onSave", "destroy", *START, "loadCatalogElement", "destroy"],
    "digital_pipeline": [*START, "dpSettings", "destroy"],
    "lead_sources": [*START, "onAddAsSource", "destroy"],
    "salesbot_designer": [
        *START, "salesbotDesignerSettings", "onSalesbotDesignerSave", "salesbotDesignerSettings", "destroy",
    ],
    "everywhere": [*START, "destroy"] * 5,
    "whatsapp_modal": [*START, "settings", "destroy"],
    "website_chat_button": [*START, "destroy"],
    "ai_agent": [*START, "destroy"],
    "sms": [],
    "mobile_card": [],
}  # fmt: skip
"""Area -> the callbacks that a run calls, in order; a card is first a new one, then a saved one."""


@pytest.fixture(scope="module")
def skeleton(browser: Browser) -> Iterator[Played]:
    with played(browser, WIDGETS / "skeleton") as page:
        yield page


@pytest.mark.parametrize("area", SEQUENCES)
def test_sequence_of_an_area(skeleton: Played, area: str) -> None:
    report = skeleton.run(area)
    assert [call["callback"] for call in report["called"]] == SEQUENCES[area]
    assert report["errors"] == report["async_errors"] == report["unknown_members"] == []


NOTES = {
    "sms": "this area has no callback: the platform posts to https://hooks.acme.example/sms (sms.endpoint)",
    "mobile_card": "this area has no callback: the mobile app opens https://hooks.acme.example/mobile "
    "(mobile.frame_url)",
}


@pytest.mark.parametrize("area", NOTES)
def test_an_area_without_callbacks_names_the_server_that_is_called(skeleton: Played, area: str) -> None:
    assert {"code": "no-callback", "message": NOTES[area]} in skeleton.run(area)["notes"]


def test_sequences_are_of_every_area(skeleton: Played) -> None:
    declared = {area["area"] for area in skeleton.page.evaluate("kommoPreview.areas()")}
    assert declared == set(SEQUENCES) == {area.code for area in AREAS}


def test_a_disabled_widget_runs_in_its_installation_window_only(play: Play) -> None:
    played = play(locations=["lcard-1", "settings"])
    played.show("settings")
    played.stage.locator(".js-widget-uninstall").click()
    played.stage.locator(".widget-settings__modal").wait_for(state="detached")
    before = played.log("called")
    played.show("lcard")
    assert played.log("called") == before
    assert played.log("note") == ["the widget is not installed: it is not initialised here"]


def test_a_page_that_the_manifest_does_not_declare_has_no_widget(play: Play) -> None:
    played = play(locations=["lcard-1"])
    played.show("lcard")
    played.stage.get_by_role("button", name="Contacts").click()
    played.stage.locator("#list_table").wait_for()
    assert played.log("called")[-1] == "destroy()"
    assert played.log("note") == ["the manifest does not declare clist: it is not initialised here"]


COUNTING = """
    $(document).on('ping' + self.ns, function () { window.pings = (window.pings || 0) + 1; });
    window.made = (window.made || 0) + 1;
"""
CHANGES = "$(document).on('page:changed', function () { window.changes = (window.changes || 0) + 1; });"
PANEL = "render: function () { self.render_template({body: '<b class=mine></b>'}); return true; }"


def test_leaving_an_area_destroys_the_widget(play: Play) -> None:
    played = play(f"{PANEL}, {OTHERS}", body=COUNTING, locations=["lcard-1", "ccard-1"])
    played.show("lcard")
    assert played.stage.locator(".card-widgets__widget-probe .mine").count() == 1
    played.inside("$('.mine').attr('id', 'first')")
    played.show("ccard")
    assert played.log("called") == [f"{name}()" for name in (*START, "destroy", *START)]
    assert played.inside("[$('#first').length, $('.mine').length]") == [0, 1]
    assert played.inside("($(document).trigger('ping'), [window.pings, window.made])") == [1, 2]


def test_an_init_once_widget_stays(play: Play) -> None:
    played = play(
        f"{PANEL}, {OTHERS}", body=COUNTING + CHANGES, locations=["lcard-1", "ccard-1"], init_once=True
    )
    played.show("lcard")
    played.show("ccard")
    assert played.log("called") == ["render()", "init()", "bind_actions()", "render()"]
    assert played.inside("($(document).trigger('ping'), [window.pings, window.made, window.changes])") == [
        1,
        1,
        1,
    ]


def test_an_area_without_a_page_in_the_preview_is_unknown(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = Callback("unsortedSelected", (), "void", "never: the preview has no page for it")
    row = AREAS[0]._replace(
        code="unsorted", suffix=False, own_callbacks=(called,), fidelity=Fidelity.TRUTHFUL
    )
    monkeypatch.setitem(areas.BY_CODE, "unsorted", row)
    monkeypatch.setattr(area_entries, "AREAS", (*AREAS, row))
    played = play(f"{CALLBACKS}, unsortedSelected: nothing", locations=["unsorted"])
    report = played.run("unsorted")
    assert report["fidelity"] == "unknown"
    assert [warning["code"] for warning in report["warnings"]] == ["not-called"]


def test_every_module_of_an_area_belongs_to_one() -> None:
    shared = {"index", "unpublished", "work-area", "feed", "contact-points", "sample-request", "list-table"}
    shared |= {"card-model", "card-page", "settings-fields", "settings-modal", "board", "stages"}
    modules = {path.stem for path in (area_entries.HOST / "areas").glob("*.js")}
    assert modules - shared == {area_entries.module_of(area) for area in AREAS} - {""}
