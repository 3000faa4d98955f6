"""The CRM's page around the widget: its recognisable parts, and the account's data in it."""

import pytest

from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, Played

EVERY = ["lcard-1", "ccard-1", "llist-1", "clist-1", "everywhere"]


@pytest.fixture
def crm(play: Play) -> Played:
    return play(locations=EVERY)


def test_the_menu_has_icons_and_marks_the_open_page(crm: Played) -> None:
    crm.show("llist")
    items = crm.stage.locator("#nav_menu .nav__menu__item")
    assert items.locator("svg.icon").count() == items.count() == 6
    assert crm.stage.locator("#nav_menu [aria-current=page]").inner_text() == "Leads"


def test_a_lead_s_card_shows_its_stage_and_responsible_user(crm: Played) -> None:
    crm.show("lcard")
    bar = crm.stage.locator(".card-stages")
    assert bar.locator("strong").inner_text() == "First contact"
    steps = bar.locator("li")
    marked = [step.get_attribute("aria-current") for step in steps.all()]
    assert marked == ["step", None, None, None]
    assert "Admin" in crm.stage.locator(".card-holder__fields").inner_text()


def test_a_contact_s_card_has_no_stages(crm: Played) -> None:
    crm.show("ccard")
    crm.stage.locator("#card_holder").wait_for()
    assert crm.stage.locator(".card-stages").count() == 0


def test_the_feed_shows_authors_and_dates(crm: Played) -> None:
    crm.show("lcard")
    note = crm.stage.locator(".feed-note")
    note.wait_for()
    assert note.locator(".feed-note__head").inner_text().endswith(" Admin")
    assert note.locator(".feed-note__body").inner_text() == "A note"
    assert crm.stage.locator(".card-task .feed-note__head").inner_text().endswith(", for Admin")


def test_a_name_in_a_list_opens_that_card(crm: Played) -> None:
    for area, name, field in (("llist", "Lead two", "lead[NAME]"), ("clist", "Contact Two", "contact[NAME]")):
        crm.show(area)
        crm.stage.get_by_role("link", name=name).click()
        crm.stage.locator(f"#edit_card input[name='{field}']").wait_for()
        assert crm.inside(f"document.querySelector('#edit_card [name=\"{field}\"]').value") == name
    assert crm.inside("[APP.data.current_card.id, location.pathname]") == [2002, "/contacts/detail/2002"]


def test_the_board_is_a_page_of_its_own(play: Play) -> None:
    seen = CALLBACKS.replace(
        "render: yes",
        "render: function () { (window.seen = window.seen || []).push("
        "[self.system().area, APP.getWidgetsArea(), APP.getBaseEntity(), location.pathname]); return true; }",
    )
    crm = play(seen, locations=EVERY)
    crm.show("llist")
    crm.stage.get_by_role("button", name="Board", exact=True).click()
    board = crm.stage.locator(".leads-board")
    board.wait_for()
    columns = [text.split("\n")[::2][:2] for text in board.locator("section").all_inner_texts()]
    assert columns == [
        ["First contact", "1 lead: $1,000"],
        ["Offer made", "1 lead: $2,500"],
        ["Won", "1 lead: $400"],
        ["Lost", "0 leads: $0"],
    ]
    assert board.locator("article", has_text="Lead two").inner_text().startswith("Contact Two")
    assert crm.inside("seen.at(-1)") == ["everywhere", "leads-pipeline", "leads", "/leads/pipeline/601"]
    assert crm.stage.locator("#nav_menu [aria-current=page]").inner_text() == "Leads"
    crm.stage.get_by_role("button", name="List", exact=True).click()
    crm.stage.locator("#list_table").wait_for()
