"""The review page: it shows everything before a byte is written, and any answer can be changed on it."""

import pytest

from scaffold.errors import ScaffoldError
from scaffold.generate.answers.blocks import Catalogs
from scaffold.generate.answers.registry import QUESTIONS
from tests.generate.wizard.driving import (
    BACK,
    CLEAR,
    CTRL_C,
    ENTER,
    SPACE,
    SPANISH,
    TO_AREAS,
    TO_REVIEW,
    UP,
    Run,
    choosing,
    drive,
    ticking,
)

HOME = "\x1b[H"
WRITE, CANCEL = ENTER, choosing(1)
SHOWN = {
    question.key: question.prompt
    for question in QUESTIONS
    if question.offered and not question.only_if and (not question.areas or "settings" in question.areas)
}
LISTED = ["name", "areas", "panel", *(key for key in SHOWN if key not in {"name", "areas"})]


def changing(key: str, *given: str) -> str:
    """Return the keys that choose an answer on the page of the default run; `given` were answered before."""
    answered = ["name", "areas", *given]
    return choosing(2 + [*answered, *(one for one in LISTED if one not in answered)].index(key))


def _page(run: Run) -> list[str]:
    """Return the lines of the last review page that was drawn, without their marks."""
    page = next(frame for frame in reversed(run.frames) if "? Ready to write?" in frame)
    return [line.strip(" »") for line in page[page.index("? Ready to write?") :].split("\n")]


def _row(run: Run, label: str) -> str:
    """Return an answer on the last review page."""
    return next(line for line in _page(run) if line.startswith(label)).removeprefix(label).strip()


def test_the_page_shows_the_actions_every_answer_and_the_files() -> None:
    run = drive(TO_REVIEW, given=["support.email=help@acme.example"])
    assert _page(run) == [
        "? Ready to write?",
        "nothing is written yet; choose an answer to change it",
        "(type to filter, arrows move, Enter accepts, Tab shows the files, Ctrl-B goes",
        "back)",
        "write it",
        "cancel",
        "Your answers",
        "Name                               Demo",
        "Areas                              Lead card, Installation window",
        "Support e-mail                     help@acme.example",
        "Defaults",
        "Right-hand panel                   Lead card",
        "Code of the widget                 demo",
        "Platform                           Kommo",
        "Languages                          English",
        "Short description                  New tools for your CRM",
        "Description                        Adds its own panels and actions to the...",
        "Version                            1.0.0",
        "Start once per session?            no",
        "Public integration?                no",
        "Fields of the installation window  Greeting",
        "Address of your back end           none",
        "Add a client for the REST API?     no",
        "Support page                       none",
        "Slides of the tour                 none",
        "Logo                               none",
        "Files",
        "demo/                              widget/ 1 file, 1 other file",
        "1 of 21",
        "demo/: widget/ 1 file, 1 other file",
    ]


@pytest.mark.parametrize("key", ["\t", UP + ENTER], ids=["tab", "enter"])
def test_the_files_can_be_unfolded_and_folded(key: str) -> None:
    tree = ["  ├── widget/", "  │   └── manifest.json", "  └── README.md"]
    shown = _page(drive(TO_REVIEW, key))
    assert [line for line in tree if line.strip() in shown] == tree
    assert "├── widget/" not in _page(drive(TO_REVIEW, key, "\t"))


def test_texts_are_listed_once_for_each_language() -> None:
    run = drive(TO_REVIEW, given=["locales=en,es", "name.en=Leads", "name.es=Prospectos"])
    assert (_row(run, "Name in English"), _row(run, "Name in Spanish")) == ("Leads", "Prospectos")


def test_the_tree_is_that_of_the_answers_on_the_page() -> None:
    run = drive(TO_REVIEW, changing("name"), "Acme", ENTER, HOME, WRITE)
    assert [answers.name["en"] for answers in run.asked_for] == ["Demo", "Acme"]
    assert run.answers == run.asked_for[-1]


@pytest.mark.parametrize(
    ("key", "keys", "changed"),
    [
        pytest.param("code", "acme" + ENTER, ("Code of the widget", "acme"), id="text"),
        pytest.param("version", "2.0.0" + ENTER, ("Version", "2.0.0"), id="not asked by itself"),
        pytest.param("platform", choosing(1), ("Platform", "amoCRM, which adds the locale ru"), id="choice"),
        pytest.param("public", "y", ("Public integration?", "yes"), id="yes or no"),
        pytest.param("tour.slides", "3" + ENTER, ("Slides of the tour", "3"), id="number"),
        pytest.param(
            "support.link", "https://a.example" + ENTER, ("Support page", "https://a.example"),
            id="none so far",
        ),
        pytest.param(
            "areas", ticking("lcard", "llist"), ("Areas", "Installation window, Leads list"), id="areas"
        ),
        pytest.param("panel", SPACE + ENTER, ("Right-hand panel", "none"), id="panels"),
        pytest.param(
            "settings", choosing(2) + choosing(1) + "K" + ENTER * 3,
            ("Fields of the installation window", "K"), id="table",
        ),
    ],
)  # fmt: skip
def test_any_answer_can_be_changed(key: str, keys: str, changed: tuple[str, str]) -> None:
    label, answer = changed
    run = drive(TO_REVIEW, changing(key), keys)
    assert _row(run, label) == answer
    assert run.prompt.split("\n")[-3].startswith(" ")
    assert drive(TO_REVIEW, changing(key), keys, HOME, WRITE).answers is not None


def test_a_changed_answer_keeps_the_focus() -> None:
    prompt = drive(TO_REVIEW, changing("version"), "2.0.0", ENTER).prompt
    assert any(line.startswith(" » ") and "2.0.0" in line for line in prompt.split("\n"))


def test_an_answer_can_be_removed() -> None:
    given = ["support.email=a@b.example"]
    run = drive(TO_REVIEW, changing("support.email", "support.email"), CLEAR, ENTER, HOME, WRITE, given=given)
    assert _row(run, "Support e-mail") == "none"
    assert run.answers is not None
    assert run.answers.support.email == ""


def test_every_question_can_be_chosen() -> None:
    page = _page(drive(TO_REVIEW))
    assert [prompt for prompt in SHOWN.values() if not any(line.startswith(prompt) for line in page)] == []


def test_going_back_while_changing_an_answer_keeps_the_old_one() -> None:
    run = drive(TO_REVIEW, changing("name"), "Acme", BACK, HOME, WRITE)
    assert run.answers is not None
    assert run.answers.name == {"en": "Demo"}


def test_changed_areas_ask_only_for_their_required_answers() -> None:
    run = drive(TO_REVIEW, changing("areas"), ticking("catalogs"), "12", ENTER, HOME, WRITE)
    assert run.answers is not None
    assert run.answers.catalogs == Catalogs(12)
    after = run.text[run.text.index("? How do you want") :]
    assert [line for line in after.split("\n") if line.startswith("? ")] == [
        "? How do you want to answer the rest? recommended",
        "? What should it do? Lead card, Lists SDK, Installation window",
        "? Id of the list: 12",
    ]


def test_going_back_from_the_answers_of_changed_areas_keeps_the_old_areas() -> None:
    run = drive(TO_REVIEW, changing("areas"), ticking("catalogs"), BACK * 2, HOME, WRITE)
    assert run.areas == ["lcard-1", "settings"]


def test_an_added_language_starts_from_the_first_one() -> None:
    added = TO_REVIEW + changing("locales") + SPANISH + ENTER
    run = drive(added)
    assert (_row(run, "Name in Spanish"), _row(run, "Short description in Spanish")) == (
        "Demo",
        "Nuevas herramientas para tu CRM",
    )
    run = drive(added, HOME, choosing(3), "Prospectos", ENTER, HOME, WRITE)
    assert run.answers is not None
    assert run.answers.name == {"en": "Demo", "es": "Prospectos"}
    assert run.answers.settings[0].label == {"en": "Greeting", "es": "Saludo"}


def test_a_removed_language_removes_its_texts() -> None:
    given = ["locales=en,es", "name.en=Leads", "name.es=Prospectos"]
    to_locales = choosing(5)
    run = drive(TO_REVIEW, to_locales, SPANISH, ENTER, HOME, WRITE, given=given)
    assert run.answers is not None
    assert (run.answers.locales, run.answers.name) == (("en",), {"en": "Leads"})


def test_making_the_widget_private_asks_about_areas_of_public_ones() -> None:
    run = drive(TO_AREAS, ticking("widget_page"), ENTER * 2, choosing(4), "n")
    assert run.prompt.startswith("? Left-menu page needs a public integration: make it one?")


def test_cancel_and_ctrl_c_return_no_answers() -> None:
    assert drive(TO_REVIEW, CANCEL).answers is None
    assert drive(TO_REVIEW, changing("name"), CTRL_C).answers is None


def test_answers_that_contradict_each_other_cannot_be_written() -> None:
    given = ["platform=amocrm", "locales=en,ru"]
    run = drive(TO_REVIEW, choosing(5), UP + ENTER, given=given)
    fault = "! `locales` names `ru`, which platform `kommo` does not have"
    assert fault in run.prompt
    assert "write it" not in run.prompt


def test_an_error_of_rendering_is_reported_on_the_page() -> None:
    run = drive(TO_REVIEW, tree=ScaffoldError("`logo` is not a picture: `a.png`"))
    assert _page(run)[1] == "! `logo` is not a picture: `a.png`"
    assert _page(run)[4:6] == ["cancel", "Your answers"]
