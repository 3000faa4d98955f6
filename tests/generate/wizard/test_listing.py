"""The page of areas: typing filters it, few lines are enough, and leaving it keeps the ticks."""

import pytest

from scaffold.generate.wizard.drawing import ASCII, UNICODE, Marks, draw
from scaffold.generate.wizard.listing import Group, Listing, Option
from scaffold.kommo.areas import AREAS
from tests.generate.wizard.driving import BACK, CUSTOMISING, ENTER, SPACE, TO_AREAS, TO_CODE, TO_HOW, drive

ENOUGH = ENTER * 40
HOME, END, PAGE_UP, PAGE_DOWN, CTRL_A, BACKSPACE = "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x01", "\x7f"


def _areas(*keys: str) -> list[str]:
    return drive(TO_AREAS, *keys, ENTER, ENOUGH).areas


@pytest.mark.parametrize(
    ("keys", "areas"),
    [
        pytest.param("aij", ["lcard-1", "settings"], id="letters tick nothing"),
        pytest.param("mobile" + SPACE, ["lcard-1", "settings", "mobile_card"], id="title"),
        pytest.param("CLIST" + SPACE, ["lcard-1", "settings", "clist-1"], id="code, in capitals"),
        pytest.param("salesbt" + BACKSPACE * 2 + "bot" + SPACE, ["lcard-1", "settings", "salesbot_designer"],
                     id="a letter taken back"),
        pytest.param("nowhere" + SPACE, ["lcard-1", "settings"], id="nothing has it"),
        pytest.param("\x1b[200~" + "x" * 5000 + "\x1b[201~" + SPACE, ["lcard-1", "settings"], id="pasted"),
        pytest.param("leads list" + CTRL_A, ["lcard-1", "settings", "llist-1"], id="a blank is no letter"),
        pytest.param("-card" + CTRL_A, ["lcard-1", "settings"], id="all of nothing"),
        pytest.param(END + SPACE, ["lcard-1", "settings", "mobile_card"], id="end"),
        pytest.param(END + HOME + SPACE, ["settings"], id="home"),
        pytest.param(PAGE_DOWN + PAGE_UP + SPACE, ["settings"], id="pages"),
    ],
)  # fmt: skip
def test_keys_filter_and_tick_areas(keys: str, areas: list[str]) -> None:
    drawn = drive(TO_AREAS, keys, ENTER, ENOUGH, given=["mobile_card.frame_url=https://a.example/m.php"])
    assert drawn.areas == areas


def test_ctrl_a_ticks_and_unticks_what_is_shown() -> None:
    listing = Listing([Option(1, "one"), Group("Others"), Option(2, "two"), Option(3, "three")], {0})
    listing.type("t")
    listing.toggle_all()
    assert listing.values == [1, 2, 3]
    listing.toggle_all()
    assert listing.values == [1]


def test_a_group_without_a_matching_option_is_hidden() -> None:
    listing = Listing([Group("A"), Option(1, "one"), Group("B"), Option(2, "two")])
    listing.type("two")
    assert listing.lines() == [2, 3]


@pytest.mark.parametrize("marks", [UNICODE, ASCII])
@pytest.mark.parametrize("place", range(len(AREAS)))
def test_ten_lines_of_fifty_columns_show_the_focus_and_its_position(place: int, marks: Marks) -> None:
    listing = Listing([Group("All"), *(Option(area.code, area.title, area.gives) for area in AREAS)])
    listing.leap(place)
    text = "".join(fragment[1] for fragment in draw(listing, marks, 49, 10))
    lines = text.split("\n")
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 49
    assert f" {marks.pointer} {marks.free} {AREAS[place].title}" in lines
    assert f"{place + 1} of {len(AREAS)}, 0 ticked" in text
    assert (marks.down in text, place > 5) != (True, True) or marks.up in text


def test_the_whole_prompt_fits_a_low_terminal() -> None:
    prompt = drive(TO_AREAS, columns=50, rows=15).prompt
    assert len(prompt.split("\n")) <= 15
    assert "? What should it do?" in prompt
    assert f"1 of {len(AREAS)}" in prompt


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        pytest.param(TO_AREAS + "clist" + SPACE + BACK + ENTER, "● Contacts list", id="ticks of areas"),
        pytest.param("Acme" + BACK, "> Acme", id="a text"),
        pytest.param(TO_CODE + "No Code" + BACK + ENTER, "> No Code", id="a text that would be refused"),
        pytest.param(TO_HOW + CUSTOMISING + SPACE + BACK + ENTER, "○ Lead card", id="panels"),
    ],
)
def test_leaving_a_page_keeps_what_was_ticked_or_typed(keys: str, kept: str) -> None:
    assert kept in drive(keys).prompt
