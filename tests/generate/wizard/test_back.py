"""Going back keeps the answers; stopping returns none."""

import pytest

from scaffold.generate.answers.blocks import Catalogs
from tests.generate.wizard.driving import (
    BACK,
    CLEAR,
    CTRL_C,
    CUSTOMISING,
    ENTER,
    SPACE,
    SPANISH,
    TO_AREAS,
    TO_CODE,
    TO_FIELDS,
    TO_HOW,
    TO_REVIEW,
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
        pytest.param("Acme" + ENTER, "? Name", "> Acme", id="areas to name"),
        pytest.param(
            TO_AREAS + ticking("clist"), "? What should it do?", "● Contacts list", id="how to areas"
        ),
        pytest.param(TO_REVIEW, "? How do you want to answer the rest?", "» recommended", id="review to how"),
        pytest.param(TO_HOW + CUSTOMISING, "? How do you want", "» customise", id="panel to how"),
        pytest.param(
            TO_HOW + CUSTOMISING + SPACE + ENTER, "? Which of them use", "○ Lead card", id="code to panel"
        ),
        pytest.param(TO_CODE + "acme" + ENTER, "? Code of the widget", "> acme", id="languages to code"),
        pytest.param(
            TO_CODE + ENTER + SPANISH + ENTER, "? Languages", "● Spanish (es)", id="text to languages"
        ),
        pytest.param(
            TO_AREAS + ticking("settings") + CUSTOMISING + "n", "? Add the area settings", "",
            id="panel to yes or no",
        ),
        pytest.param(
            TO_FIELDS + choosing(1) + ENTER * 5, "? Fields of the installation", "greeting, field_1",
            id="review to fields",
        ),
    ],
)  # fmt: skip
def test_going_back_asks_the_previous_question_with_its_answer(
    key: str, before: str, prompt: str, kept: str
) -> None:
    run = drive(before, key)
    assert run.prompt.startswith(prompt), run.prompt
    assert kept in run.prompt


def test_going_back_from_the_first_question_does_nothing() -> None:
    assert drive(BACK * 3).prompt.startswith("? Name")


def test_later_answers_are_kept_after_going_back() -> None:
    run = drive(TO_AREAS, ticking("clist"), BACK * 2, "Other", ENOUGH)
    assert run.answers is not None
    assert run.answers.name == {"en": "Other"}
    assert run.areas == ["lcard-1", "settings", "clist-1"]


def test_changing_the_code_keeps_the_accepted_name() -> None:
    run = drive(TO_CODE, "other", ENOUGH)
    assert run.answers is not None
    assert (run.answers.code, run.answers.name) == ("other", {"en": "Demo"})


def test_answers_of_a_removed_area_return_with_it() -> None:
    to_list_id = TO_AREAS + ticking("catalogs")
    run = drive(
        to_list_id, "1234", ENTER,
        BACK * 2, ticking("catalogs"), BACK, ticking("catalogs"),
        ENOUGH,
    )  # fmt: skip
    assert run.answers is not None
    assert run.answers.catalogs == Catalogs(1234)


def test_answers_of_a_removed_area_are_dropped() -> None:
    to_list_id = TO_AREAS + ticking("catalogs")
    run = drive(to_list_id, "1234", ENTER, BACK * 2, ticking("catalogs"), ENOUGH)
    assert run.areas == ["lcard-1", "settings"]
    assert run.answers is not None
    assert run.answers.catalogs is None


def test_a_refused_answer_is_gone_after_going_back() -> None:
    run = drive(TO_CODE, CLEAR, ENTER, BACK, ENTER)
    assert "> demo" in run.prompt


@pytest.mark.parametrize("before", [*(ENTER * prompts for prompts in range(4)), TO_CODE, TO_FIELDS])
def test_ctrl_c_stops_at_every_prompt(before: str) -> None:
    assert drive(before, CTRL_C, ENOUGH).answers is None
