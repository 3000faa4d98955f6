"""The review page: everything before the first byte, any answer changed, nothing written against its will."""

from collections.abc import Sequence

import pytest

from scaffold.errors import ScaffoldError
from scaffold.generate.answers.blocks import Catalogs
from scaffold.generate.answers.registry import QUESTIONS
from tests.generate.wizard.driving import (
    BACK,
    CLEAR,
    CTRL_C,
    DOWN,
    ENTER,
    SPACE,
    TO_AREAS,
    UP,
    choosing,
    drive,
    ticking,
)

TO_REVIEW = ENTER * 8
WRITE, CHANGE, CANCEL = (choosing(number) for number in range(3))
LISTED = [q for q in QUESTIONS if q.offered and not q.only_if and (not q.areas or "settings" in q.areas)]


def changing(key: str) -> str:
    """Return the keys that choose a question on the review page of the default run."""
    return CHANGE + choosing([question.key for question in LISTED].index(key))


def _review(text: str) -> Sequence[str]:
    """Return the last review page that is left on the screen."""
    return text[text.rindex("\nFiles\n") :].strip().split("\n")


def test_review_shows_the_tree_and_every_answer() -> None:
    run = drive(TO_REVIEW, given=["support.email=help@acme.example"])
    assert _review(run.text) == [
        "Files",
        "  demo/",
        "  ├── widget/",
        "  │   └── manifest.json",
        "  └── README.md",
        "",
        "Answers",
        "  Code of the widget: demo",
        "  Platform: kommo",
        "  Languages: en",
        "  Name: Demo",
        "  Short description: New tools for your CRM",
        "  Description: Adds its own panels and actions to the pages of your CRM.",
        "  Version: 1.0.0",
        "  Areas: lcard-1, settings",
        "  Start once a session? no",
        "  Public integration? no",
        "  Fields of the installation window: greeting: (type: text; label: Greeting)",
        "  A client of the REST API? no",
        "  Support e-mail: help@acme.example",
    ]


def test_tree_is_that_of_the_answers_shown() -> None:
    run = drive(TO_REVIEW, changing("name"), "Acme", ENTER, WRITE)
    assert [answers.name["en"] for answers in run.asked_for] == ["Demo", "Acme"]
    assert run.answers == run.asked_for[-1]


@pytest.mark.parametrize(
    ("key", "keys", "changed"),
    [
        pytest.param("code", "acme" + ENTER, "Code of the widget: acme", id="text"),
        pytest.param("version", "2.0.0" + ENTER, "Version: 2.0.0", id="not asked by itself"),
        pytest.param("platform", choosing(1), "Platform: amocrm", id="choice"),
        pytest.param("public", "y", "Public integration? yes", id="yes or no"),
        pytest.param("tour.slides", "3" + ENTER, "Slides of the tour: 3", id="number"),
        pytest.param(
            "support.link", "https://a.example" + ENTER, "Support page: https://a.example", id="none so far"
        ),
        pytest.param(
            "areas", ticking("llist") + SPACE + ENTER, "Areas: lcard-0, settings, llist-1",
            id="areas and their panels",
        ),
        pytest.param(
            "settings", choosing(2) + choosing(1) + "K" + ENTER * 3,
            "Fields of the installation window: greeting: (type: pass; label: K; required: no)", id="table",
        ),
    ],
)  # fmt: skip
def test_any_answer_can_be_changed(key: str, keys: str, changed: str) -> None:
    run = drive(TO_REVIEW, changing(key), keys, WRITE)
    assert f" {changed} " in " ".join(" ".join(_review(run.text)).split()) + " "
    assert run.answers is not None


def test_answer_can_be_taken_away() -> None:
    run = drive(
        TO_REVIEW, changing("support.email"), CLEAR, ENTER, WRITE, given=["support.email=a@b.example"]
    )
    assert "Support e-mail" not in "\n".join(_review(run.text))
    assert run.answers is not None
    assert run.answers.support.email == ""


def test_every_question_can_be_chosen() -> None:
    listed = drive(TO_REVIEW, CHANGE).prompt.split("\n")[-len(LISTED) :]
    prompts = [question.prompt for question in LISTED]
    assert [line.strip(" »")[: len(prompt)] for line, prompt in zip(listed, prompts, strict=True)] == prompts


def test_back_from_the_changed_answer_leaves_it() -> None:
    run = drive(TO_REVIEW, changing("name"), "Acme", BACK, WRITE)
    assert run.answers is not None
    assert run.answers.name == {"en": "Demo"}


def test_changed_areas_ask_what_they_need_and_no_more() -> None:
    run = drive(TO_REVIEW, changing("areas"), ticking("catalogs"), ENTER, "12", ENTER, WRITE)
    assert run.answers is not None
    assert run.answers.catalogs == Catalogs(12)
    after = run.text[run.text.index("? Which answer?") :]
    assert [line for line in after.split("\n") if line.startswith("? ")] == [
        "? Which answer? Areas: lcard-1, settings",
        "? What should it do? Lead card, Lists SDK, Installation window",
        "? Which of them use the right-hand panel? Lead card",
        "? Id of the list: 12",
        "? All right? write it",
    ]


def test_back_from_what_changed_areas_need_leaves_the_areas() -> None:
    run = drive(TO_REVIEW, changing("areas"), ticking("catalogs"), ENTER, BACK * 3, WRITE)
    assert run.areas == ["lcard-1", "settings"]


def test_added_language_asks_for_its_texts() -> None:
    run = drive(
        TO_REVIEW, changing("locales"), DOWN, SPACE, ENTER, "Prospectos", ENTER, ENTER * 2, WRITE
    )  # fmt: skip
    assert run.answers is not None
    assert run.answers.name == {"en": "Demo", "es": "Prospectos"}
    assert run.answers.settings[0].label == {"en": "Greeting", "es": "Saludo"}


def test_language_taken_back_takes_its_texts() -> None:
    given = ["locales=en,es", "name.en=Leads", "name.es=Prospectos"]
    run = drive(ENTER * 11, changing("locales"), DOWN, SPACE, ENTER, WRITE, given=given)
    assert run.answers is not None
    assert (run.answers.locales, run.answers.name) == (("en",), {"en": "Leads"})


def test_private_again_asks_about_the_area_that_needs_a_public_integration() -> None:
    run = drive(
        TO_AREAS, ticking("widget_page"), ENTER * 5,
        changing("public"), "n",
    )  # fmt: skip
    assert run.prompt.startswith("? Left-menu page needs a public integration: make it one?")


def test_cancel_and_ctrl_c_give_no_answers() -> None:
    assert drive(TO_REVIEW, CANCEL).answers is None
    assert drive(TO_REVIEW, CHANGE, CTRL_C).answers is None


def test_answers_that_do_not_go_together_cannot_be_written() -> None:
    given = ["platform=amocrm", "locales=en,ru"]
    run = drive(ENTER * 11, changing("platform"), UP + ENTER, CTRL_C, given=given)
    fault = "! `locales` names `ru`, which platform `kommo` does not have"
    assert fault in run.text
    assert "write it" not in run.prompt


def test_what_cannot_be_drawn_is_reported_on_the_page() -> None:
    run = drive(TO_REVIEW, given=[], tree=ScaffoldError("`logo` is not a picture: `a.png`"))
    assert "! `logo` is not a picture: `a.png`" in run.text
    assert [line.strip(" »") for line in run.prompt.split("\n")[-2:]] == ["change one answer", "cancel"]
