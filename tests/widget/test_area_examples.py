"""The working example in each area's callbacks: what the user sees and what the CRM receives."""

import json
from pathlib import Path
from typing import Any

import pytest

from scaffold.kommo.areas import AREAS
from scaffold.kommo.location import parse_location
from tests import hosting
from tests.cases import BY_NAME

Visit = dict[str, Any]

SHOWN = {
    "lcard-1": "Current card: Lead 1001 2 open tasks Call back Send the offer Refresh",
    "ccard-1": "Current card: Contact 1001 2 open tasks Call back Send the offer Refresh",
    "comcard-1": "Current card: Company 1001 2 open tasks Call back Send the offer Refresh",
    "cucard-1": "Current card: Customer 1001 2 open tasks Call back Send the offer Refresh",
    "llist-1": "Selected items Items 2 Email addresses 1 Phone numbers 2 Close",
    "llist-0": "Selected items Items 2 Email addresses 1 Phone numbers 2 Close",
    "clist-1": "Selected items Items 2 Email addresses 1 Phone numbers 2 Close",
    "clist-0": "Selected items Items 2 Email addresses 1 Phone numbers 2 Close",
    "tlist-1": "Selected items Items 2 Email addresses 1 Phone numbers 2 Close",
    "tlist-0": "Selected items Items 2 Email addresses 1 Phone numbers 2 Close",
    "culist-1": "Selected items Items 2 Email addresses 1 Phone numbers 2 Close",
    "catalogs": "Element 6001 ID 6001 Close",
    "settings": "These settings apply on every page where the widget works.",
    "advanced_settings": ("Acme leads This page is part of the widget. Account users User 501 User 502"),
    "widget_page": "Acme leads This page is part of the widget.",
    "digital_pipeline": "Runs automatically when this trigger fires.",
    "salesbot_designer": "The bot continues through one of the exits below.",
}
"""What the page shows, by location."""

MESSAGES = {
    "lcard-0": "Selected number: +15550100",
    "ccard-0": "Selected number: +15550100",
    "comcard-0": "Selected number: +15550100",
    "cucard-0": "Selected number: +15550100",
    "culist-0": "Selected number: +15550100",
    "everywhere": "The widget is active on all pages.",
    "lead_sources": "The widget was added as a lead source. Pipeline: Sales",
}
"""The message in the corner of the page, by location."""

WITHOUT_SCRIPT = ("card_sdk", "ai_agent", "sms", "whatsapp_modal", "website_chat_button", "mobile_card")
"""Areas in which the script draws nothing: the CRM or a server does."""


def visit(reports: dict[str, Any], case: str, area: str, mood: str = "usual", locale: str = "en") -> Visit:
    [found] = [v for v in reports[case][locale]["visits"] if (v["area"], v["mood"]) == (area, mood)]
    return dict(found)


def returned(seen: Visit, callback: str) -> list[Any]:
    return [call.get("returned") for call in seen["called"] if call["callback"] == callback]


def test_every_area_with_a_script_shows_something() -> None:
    covered = {parse_location(text).area for text in (*SHOWN, *MESSAGES)}  # type: ignore[union-attr]
    assert covered | set(WITHOUT_SCRIPT) == {area.code for area in AREAS}, (
        "a new area belongs in SHOWN, MESSAGES or WITHOUT_SCRIPT above"
    )
    assert not covered & set(WITHOUT_SCRIPT)


@pytest.mark.parametrize(("location", "text"), SHOWN.items(), ids=SHOWN)
def test_the_page_shows_the_example(location: str, text: str, reports: dict[str, Any]) -> None:
    seen = visit(reports, location, location.partition("-")[0])
    assert " ".join(seen["text"].split()) == text


@pytest.mark.parametrize(("location", "text"), MESSAGES.items(), ids=MESSAGES)
def test_a_message_is_shown(location: str, text: str, reports: dict[str, Any]) -> None:
    seen = visit(reports, location, location.partition("-")[0])
    assert ["Acme leads", text] in seen["messages"]


def test_a_new_card_asks_to_be_saved_first(reports: dict[str, Any]) -> None:
    assert "Save the card to see its data here." in visit(reports, "lcard-1", "lcard", "bare")["text"]


@pytest.mark.parametrize(
    ("mood", "text"),
    [
        ("usual", "Current card: Lead 1001 2 open tasks Call back Send the offer Refresh"),
        ("bare", "Save the card to see its data here."),
        ("quiet", "Current card: Lead 1001 There are no open tasks. Refresh"),
        ("offline", "Current card: Lead 1001 The tasks could not be loaded. Refresh"),
    ],
)
def test_card_shows_each_state_below_the_greeting(mood: str, text: str, reports: dict[str, Any]) -> None:
    assert " ".join(visit(reports, "minimal", "lcard", mood)["text"].split()) == f"Saved {text}"


def test_card_says_why_the_tasks_could_not_be_loaded(reports: dict[str, Any]) -> None:
    text = " ".join(visit(reports, "api", "lcard", "offline")["text"].split())
    assert "could not be loaded. The service is not available. Try again later." in text


@pytest.mark.parametrize(
    ("mood", "text"),
    [
        ("usual", "The widget is connected to its service."),
        ("offline", "The service is not available. Try again later."),
    ],
)
def test_settings_window_says_whether_the_back_end_answers(
    mood: str, text: str, reports: dict[str, Any]
) -> None:
    assert text in visit(reports, "backend-and-api", "settings", mood)["text"]


def test_lead_card_shows_data_from_the_back_end(reports: dict[str, Any]) -> None:
    assert "Lead 1001 A lead 2 open tasks" in " ".join(visit(reports, "backend", "lcard")["text"].split())
    assert "Contact 1001 2 open tasks" in " ".join(visit(reports, "backend", "ccard")["text"].split())


def test_shows_the_page_of_each_menu_item(reports: dict[str, Any]) -> None:
    seen = visit(reports, "menu-items", "widget_page", locale="es")
    drawn = [" ".join(call["shown"].split()) for call in seen["called"] if call["callback"] == "initMenuPage"]
    page = "Esta página forma parte del widget."
    assert drawn == [f"Acme {page}", f"Acme Informes {page}", f"Acme Rules {page}"]


@pytest.mark.parametrize(
    ("mood", "text"),
    [
        ("usual", "Lead source. Pipeline: Sales"),
        ("bare", "No pipeline uses the widget as a source yet."),
        ("offline", "The pipeline could not be loaded. Try again later."),
    ],
)
def test_installation_window_names_the_pipeline_of_a_lead_source(
    mood: str, text: str, reports: dict[str, Any]
) -> None:
    assert visit(reports, "all-areas", "settings", mood)["text"].count(text) == 1


def test_an_unknown_pipeline_of_a_lead_source_is_read_from_the_api(
    reports: dict[str, Any],
) -> None:
    asked = [url for url in reports["all-areas"]["en"]["requests"] if "/widgets/" in url]
    assert set(asked) == {f"/api/v4/widgets/{hosting.CODE}"}


def test_list_panel_is_closed_by_its_button(reports: dict[str, Any]) -> None:
    assert set(reports["llist-1"]["en"]["overlay"]) == {False}


def test_panel_is_drawn_again_in_each_card_of_an_init_once_widget(reports: dict[str, Any]) -> None:
    for mood in ("usual", "offline"):
        assert "Current card: Lead 1001" in " ".join(
            visit(reports, "init-once", "lcard", mood)["text"].split()
        )


def test_the_catalog_is_bound_before_the_settings_are_stored(reports: dict[str, Any]) -> None:
    assert set(reports["catalogs"]["en"]["catalogs"]) == {1234}


def test_card_sdk_keeps_linked_products(reports: dict[str, Any]) -> None:
    seen = visit(reports, "card_sdk", "card_sdk")
    [products] = returned(seen, "loadPreloadedData")
    assert [product["name"] for product in products] == ["Sample product", "Another sample product"]
    assert returned(seen, "loadElements") == [[], []]
    assert returned(visit(reports, "card_sdk", "card_sdk", "offline"), "loadElements") == [[], []]
    assert returned(seen, "searchDataInCard") == [products, []]


def test_card_tab_with_content_is_drawn_into_the_block_of_the_widgets_own_code(
    reports: dict[str, Any],
) -> None:
    for mood, text in (
        ("usual", "This tab is part of the widget."),
        ("bare", "Save the card to see its data here."),
    ):
        seen = visit(reports, "card-tab", "card_sdk", mood)
        assert " ".join(seen["text"].split()) == f"Acme leads {text}"
        assert [returned(seen, name) for name in ("loadPreloadedData", "loadElements")] == [[{}], [[], []]]


def test_card_sdk_distinguishes_cards_with_the_same_id(reports: dict[str, Any]) -> None:
    [products] = returned(visit(reports, "card_sdk", "card_sdk"), "loadPreloadedData")
    elements = returned(visit(reports, "card_sdk", "card_sdk", "bare"), "loadElements")
    assert elements == [[{**products[0], "quantity": 3}], []]


def steps_of(seen: Visit) -> list[Any]:
    return [json.loads(text) for text in returned(seen, "onSalesbotDesignerSave")]


def condition(status: str) -> dict[str, Any]:
    """Return the handler that takes the exit `status` if the server's answer names it."""
    return {
        "handler": "conditions",
        "params": {
            "logic": "and",
            "conditions": [{"term1": "{{json.status}}", "term2": status, "operation": "="}],
            "result": [exit_handler(status)],
        },
    }


def exit_handler(code: str) -> dict[str, Any]:
    return {"handler": "exits", "params": {"value": code}}


def test_salesbot_steps_ask_the_server_and_take_the_exit_it_names(reports: dict[str, Any]) -> None:
    asked, left = steps_of(visit(reports, "exits", "salesbot_designer"))[0]
    assert asked == {
        "question": [
            {
                "handler": "widget_request",
                "params": {
                    "url": "https://hooks.acme.example/kommo/salesbot.php",
                    "data": {"block": "score", "limit": '"limit" typed'},
                },
            },
            {"handler": "goto", "params": {"type": "question", "step": 1}},
        ]
    }
    assert left == {"question": [condition("hot"), condition("cold"), exit_handler("failed")]}


def test_each_salesbot_block_has_its_fields_and_exits(reports: dict[str, Any]) -> None:
    seen = visit(reports, "exits", "salesbot_designer")
    data = [asked["question"][0]["params"]["data"] for asked, _ in steps_of(seen)]
    assert data == [
        {"block": "score", "limit": '"limit" typed'},
        {"block": "report", "limit": '"limit" typed', "class": '"class" typed'},
        {"block": "stop"},
    ]
    assert [left["question"] for _, left in steps_of(seen)] == [
        [condition("hot"), condition("cold"), exit_handler("failed")],
        [condition("default"), exit_handler("failed")],
        [exit_handler("over")],
    ]
    assert returned(seen, "salesbotDesignerSettings") == [
        {
            "exits": [
                {"code": "hot", "title": "Hot"},
                {"code": "failed", "title": "No"},
                {"code": "cold", "title": "Cold"},
            ]
        },
        {"exits": [{"code": "default", "title": "Sent"}, {"code": "failed", "title": "Failed"}]},
        {"exits": [{"code": "over", "title": "Over"}]},
    ]


def test_a_salesbot_block_without_a_server_has_an_empty_address_to_fill_in(
    reports: dict[str, Any],
) -> None:
    blocks = steps_of(visit(reports, "handlers", "salesbot_designer"))
    assert len(blocks) == 3
    for asked, left in blocks:
        assert asked["question"][0]["params"]["url"] == ""
        assert left == {"question": [condition("done"), exit_handler("failed")]}


def test_on_save_trims_what_was_typed(reports: dict[str, Any]) -> None:
    saves = [call for call in visit(reports, "minimal", "settings")["called"] if call["callback"] == "onSave"]
    assert [call["stored"] for call in saves] == [{"greeting": "typed"}, {}]


@pytest.mark.parametrize("case", ["settings-fields", "api"])
def test_picker_of_the_installation_window_stores_json(case: str, reports: dict[str, Any]) -> None:
    picked = {value for name, value in reports[case]["en"]["changed"] if name in ("a_custom", "owner")}
    # nobody is offered if the account has no users or cannot be reached
    assert picked == {"502", ""}


def test_custom_field_of_the_pipeline_is_drawn_once_and_stored(reports: dict[str, Any]) -> None:
    assert json.dumps(visit(reports, "pipeline-fields", "digital_pipeline")["drawn"]).count("textarea") == 1
    assert set(map(tuple, reports["pipeline-fields"]["en"]["changed"])) == {("a_custom", "typed")}


def test_hostile_texts_and_names_do_not_become_markup(reports: dict[str, Any], tmp_path: Path) -> None:
    case = BY_NAME["all-areas"]
    project = hosting.write(case.tree, tmp_path)
    [hostile] = hosting.run([hosting.job(case.answers, project, hostile=True)])
    for locale, seen in hostile.items():
        assert seen["errors"] == []
        for now, before in zip(seen["visits"], reports["all-areas"][locale]["visits"], strict=True):
            assert now["drawn"] == before["drawn"], (now["area"], now["mood"])
    assert "<img src=x onerror=alert(1)>" in visit({"hostile": hostile}, "hostile", "lcard")["text"]
