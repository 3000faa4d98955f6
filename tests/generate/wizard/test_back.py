"""Going back keeps what was answered; stopping leaves no answers."""

import pytest

from scaffold.generate.answers.blocks import Catalogs
from tests.generate.wizard.driving import (
    BACK,
    CLEAR,
    CTRL_C,
    DOWN,
    ENTER,
    SPACE,
    TO_AREAS,
    choosing,
    drive,
    ticking,
)

ENOUGH = ENTER * 40
SHIFT_TAB = "\x1b[Z"


@pytest.mark.parametrize("key", [pytest.param(BACK, id="ctrl-b"), pytest.param(SHIFT_TAB, id="shift-tab")])
@pytest.mark.parametrize(
    ("before", "prompt", "kept"),
    [
        pytest.param("acme" + ENTER, "? Code of the widget", "> acme", id="languages to code"),
        pytest.param(ENTER + DOWN + SPACE + ENTER, "? Languages", "● Spanish (es)", id="name to languages"),
        pytest.param(ENTER * 2 + "Acme" + ENTER, "? Name", "> Acme", id="description to name"),
        pytest.param(
            TO_AREAS + ticking("clist"), "? What should it do?", "● Contacts list", id="panel to areas"
        ),
        pytest.param(
            TO_AREAS + ENTER + SPACE + ENTER, "? Which of them use", "○ Lead card", id="fields to panel"
        ),
        pytest.param(
            TO_AREAS + ticking("settings") + "n", "? Add the area settings", "", id="panel to yes or no"
        ),
        pytest.param(
            TO_AREAS + ENTER * 2 + choosing(1) + ENTER * 5,
            "? Fields of the installation", "greeting, field_1", id="review to fields",
        ),
    ],
)  # fmt: skip
def test_back_asks_the_question_before_with_its_answer(key: str, before: str, prompt: str, kept: str) -> None:
    run = drive(before, key)
    assert run.prompt.startswith(prompt), run.prompt
    assert kept in run.prompt


def test_back_from_the_first_question_stays_there() -> None:
    assert drive(BACK * 3).prompt.startswith("? Code of the widget")


def test_answers_after_the_question_gone_back_to_are_kept() -> None:
    to_name = ENTER * 2
    run = drive(to_name, "Acme", ENTER, BACK * 3, "other", ENOUGH)
    assert run.answers is not None
    assert (run.answers.code, run.answers.name) == ("other", {"en": "Acme"})


def test_default_follows_an_answer_it_is_made_of_until_it_is_changed() -> None:
    run = drive(ENTER * 3, BACK * 3, "other", ENOUGH)
    assert run.answers is not None
    assert run.answers.name == {"en": "Other"}


def test_back_within_a_text_in_two_languages_goes_back_one_language() -> None:
    run = drive(ENTER, DOWN, SPACE, ENTER, "Leads", ENTER, "Prospectos", ENTER, BACK)
    assert run.prompt.startswith("? Name in Spanish")
    assert "> Prospectos" in run.prompt


def test_answers_of_an_area_taken_back_return_with_it() -> None:
    to_list_id = TO_AREAS + ticking("catalogs") + ENTER * 2
    run = drive(
        to_list_id, "1234", ENTER,
        BACK * 4, ticking("catalogs"), BACK, ticking("catalogs"),
        ENOUGH,
    )  # fmt: skip
    assert run.answers is not None
    assert run.answers.catalogs == Catalogs(1234)


def test_answers_of_an_area_taken_back_are_gone() -> None:
    to_list_id = TO_AREAS + ticking("catalogs") + ENTER * 2
    run = drive(to_list_id, "1234", ENTER, BACK * 4, ticking("catalogs"), ENOUGH)
    assert run.areas == ["lcard-1", "settings"]
    assert run.answers is not None
    assert run.answers.catalogs is None


def test_back_shows_the_refused_answer_no_more() -> None:
    run = drive(ENTER * 2, CLEAR, ENTER, BACK, ENTER)
    assert "> Demo" in run.prompt


@pytest.mark.parametrize("prompts", range(9))
def test_ctrl_c_stops_at_every_prompt(prompts: int) -> None:
    assert drive(ENTER * prompts, CTRL_C, ENOUGH).answers is None
