"""The questions of the wizard, their defaults, and the answers refused at the prompt."""

import re
from functools import cache
from typing import Any

import pytest

from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.gaps import gaps
from scaffold.generate.answers.reading import draft_of
from scaffold.generate.answers.registry import BY_KEY, QUESTIONS
from scaffold.generate.answers.validate import complete
from scaffold.kommo.area import Area
from scaffold.kommo.areas import AREAS, BY_CODE
from tests.generate.wizard.driving import (
    BACK,
    CLEAR,
    CUSTOMISING,
    DOWN,
    ENTER,
    SPACE,
    SPANISH,
    TO_AREAS,
    TO_CODE,
    TO_HOW,
    Run,
    choosing,
    drive,
    ticking,
)

ENOUGH = ENTER * 40

NEEDED = [question for question in QUESTIONS if question.required and question.areas]


def _given(area: Area) -> list[str]:
    """Return the area, the installation window and the answers that the area requires, as for `--set`."""
    areas = ",".join(dict.fromkeys([area.code, "settings"]))
    return [f"areas={areas}", *(f"{q.key}={q.kind.text(q.example)}" for q in NEEDED if area.code in q.areas)]


@cache
def _entered(area: Area) -> Run:
    """Return a run with Enter on every prompt and the area's required answers given before."""
    return drive(ENOUGH, given=_given(area))


def _prompts(text: str) -> list[str]:
    return [line.removeprefix("? ") for line in text.split("\n") if line.startswith("? ")]


def test_enter_on_every_prompt_gives_what_defaults_gives() -> None:
    assert drive(ENOUGH).answers == complete(draft_of(defaults=True, folder_name="demo"))


def test_the_recommended_way_has_four_prompts() -> None:
    assert _prompts(drive(ENOUGH).text) == [
        "Name: Demo",
        "What should it do? Lead card, Installation window",
        "How do you want to answer the rest? recommended",
    ]


def test_the_recommended_way_lists_the_defaults_taken() -> None:
    shown = " ".join(drive(ENOUGH).text.partition("  Defaults: ")[2].split())
    assert shown == (
        "right-hand panel Lead card; code of the widget demo; languages English; short description New tools"
        " for your CRM; description Adds its own panels and actions to th...; fields of the installation"
        " window Greeting"
    )


def test_the_customised_way_asks_the_rest() -> None:
    assert _prompts(drive(TO_HOW, CUSTOMISING, ENOUGH).text)[3:] == [
        "Which of them use the right-hand panel? Lead card",
        "Code of the widget: demo",
        "Languages: English (en)",
        "Short description: New tools for your CRM",
        "Description: Adds its own panels and actions to the pages of your CRM.",
        "Fields of the installation window: done: greeting",
    ]


@pytest.mark.parametrize(
    ("folder", "given", "name", "code"),
    [
        pytest.param("", (), "Acme Leads!", "acme_leads", id="of the name"),
        pytest.param("", (), "Añadir más", "anadir_mas", id="without accents"),
        pytest.param("", (), "領先", "my_widget", id="no Latin letters"),
        pytest.param("", (), "2 Go", "my_widget", id="begins with a digit"),
        pytest.param("", (), "Long " * 1000, "long_long_long_long_long_long_long_long", id="long"),
        pytest.param("", ("name=Other one",), "", "other_one", id="name given"),
        pytest.param("demo", (), "Acme", "demo", id="of the destination"),
        pytest.param("", ("code=other",), "Acme", "other", id="given"),
    ],
)
def test_the_code_follows_the_name(folder: str, given: tuple[str, ...], name: str, code: str) -> None:
    paste = f"\x1b[200~{name}\x1b[201~" if name else ""
    assert f"  code: {code}" in drive(paste, folder=folder, given=given).prompt
    answers = drive(paste, ENOUGH, folder=folder, given=given).answers
    assert answers is not None
    assert answers.code == code


def test_the_code_follows_a_name_changed_by_going_back() -> None:
    answers = drive("Acme", ENTER, BACK, "Other", ENOUGH, folder="").answers
    assert answers is not None
    assert answers.code == "other"


@pytest.mark.parametrize("area", [pytest.param(area, id=area.code) for area in AREAS])
def test_enter_on_every_prompt_works_for_any_area(area: Area) -> None:
    run = _entered(area)
    chosen = BY_CODE[area.code].needs_one_of[:1]
    assert sorted(code.partition("-")[0] for code in run.areas) == sorted({area.code, "settings", *chosen})


@pytest.mark.parametrize("area", [pytest.param(area, id=area.code) for area in AREAS])
def test_only_required_answers_of_an_area_are_asked(area: Area) -> None:
    asked = [prompt.partition(":")[0] for prompt in _prompts(_entered(area).text)]
    own = [question.prompt for question in NEEDED if area.code in question.areas]
    offers = [prompt for prompt in asked if " needs a" in prompt]
    assert bool(offers) is (area.public_only or "settings" not in (area.needs_one_of or ("settings",)))
    assert [prompt for prompt in asked if prompt not in offers] == [
        "Name", "What should it do? " + asked[1].partition("? ")[2], *own, asked[-1],
    ]  # fmt: skip


@pytest.mark.parametrize("question", [pytest.param(question, id=question.key) for question in NEEDED])
def test_a_required_answer_can_be_left_for_later(question: Any) -> None:
    given = [f"areas={question.areas[0]},settings"]
    assert any("`later` leaves a gap" in " ".join(f.split()) for f in drive(ENOUGH, given=given).frames)
    answers = drive(ENOUGH, given=given).answers
    assert answers is not None
    assert question.key in gaps(answers)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        pytest.param(
            TO_CODE + "Bad Code",
            "! must be Latin letters, digits and _, starting with a lowercase letter, such as acme_leads,"
            " not `Bad Code`",
            id="code",
        ),
        pytest.param(TO_CODE + ENTER + SPACE, "! must name at least one locale", id="languages"),
        pytest.param(CLEAR + "  ", "! an answer is required: the widget's name in", id="name"),
        pytest.param(
            TO_AREAS + ticking("lcard", "settings"), "! must name at least one area", id="areas"
        ),
    ],
)  # fmt: skip
def test_an_invalid_answer_is_refused_at_the_prompt(keys: str, message: str) -> None:
    assert message in " ".join(drive(keys, ENTER).prompt.split())


def test_typing_replaces_the_default_and_a_refused_answer() -> None:
    run = drive(TO_CODE, "Bad Code", ENTER, "acme", ENTER, ENOUGH)
    assert run.answers is not None
    assert run.answers.code == "acme"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        pytest.param("\x1b[Dx", "abxc", id="left"),
        pytest.param("\x1b[Hx", "xabc", id="home"),
        pytest.param("\x01x", "xabc", id="ctrl-a"),
        pytest.param("\x05x", "abcx", id="ctrl-e"),
        pytest.param("\x1b[200~new\x1b[201~", "new", id="pasted"),
        pytest.param("\x7fnew", "new", id="backspace"),
        pytest.param("\x15new", "new", id="ctrl-u"),
        pytest.param("\x17new", "new", id="ctrl-w"),
        pytest.param("\x0bnew", "new", id="ctrl-k"),
        pytest.param("\x1b[3~new", "new", id="delete"),
    ],
)
def test_moving_the_cursor_edits_the_default_and_typing_replaces_it(keys: str, code: str) -> None:
    answers = drive(TO_CODE, keys, ENOUGH, folder="abc").answers
    assert answers is not None
    assert answers.code == code


@pytest.mark.parametrize("start", ["\x1b[200~", ""], ids=["bracketed", "plain"])
def test_a_long_paste_is_kept_whole(start: str) -> None:
    text, end = "word " * 999 + "x", "\x1b[201~" if start else ""
    assert all(len(line) < 80 for line in drive(start, text, end).prompt.split("\n"))
    answers = drive(start, text, end, ENOUGH).answers
    assert answers is not None
    assert answers.name == {"en": text}


def test_line_breaks_in_a_paste_become_blanks() -> None:
    answers = drive("\x1b[200~Acme\r\nleads\nnow\n\x1b[201~", ENOUGH).answers
    assert answers is not None
    assert answers.name == {"en": "Acme leads now"}


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        pytest.param("Acme Leads", "acme_leads", id="from the folder"),
        pytest.param("", "my_widget", id="no folder"),
        pytest.param("日本語", "my_widget", id="no letters in the folder's name"),
    ],
)
def test_the_code_derives_from_the_folder(folder: str, code: str) -> None:
    answers = drive(ENOUGH, folder=folder).answers
    assert answers is not None
    assert answers.code == code


def test_a_text_is_asked_once_and_used_for_other_languages() -> None:
    run = drive(
        TO_CODE, ENTER, SPANISH, ENTER,
        ENTER, "Scores leads.", ENTER,
        ENOUGH,
    )  # fmt: skip
    assert "? Short description in English: " in run.text
    assert "in Spanish" not in run.text
    assert run.answers is not None
    assert run.answers.name == {"en": "Demo", "es": "Demo"}
    assert run.answers.short_description == {
        "en": "New tools for your CRM",
        "es": "Nuevas herramientas para tu CRM",
    }
    assert run.answers.description == {"en": "Scores leads.", "es": "Scores leads."}


def test_prompts_start_with_given_answers() -> None:
    given = ["name=Acme", "areas=llist-0,lcard,catalogs,settings", "catalogs.list_id=12", "version=2.0.0"]
    answers = drive(ENOUGH, given=given).answers
    assert answers == complete(draft_of(None, given, folder_name="demo"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param("areas=lcrd", "--set areas: `areas` names an unknown area `lcrd`", id="area"),
        pytest.param("version=1", "--set version: `version` must be three numbers", id="version"),
        pytest.param("nam=x", "--set nam: unknown key", id="key"),
    ],
)
def test_an_invalid_given_answer_is_reported_before_the_first_prompt(given: str, message: str) -> None:
    with pytest.raises(AnswersError) as error:
        drive(given=[given])
    assert error.value.details[0].startswith(message)


def test_an_unticked_panel_gives_the_suffix_0() -> None:
    keys = TO_AREAS + ticking("ccard") + CUSTOMISING + SPACE + ENTER
    assert drive(keys, ENOUGH).areas == ["lcard-0", "settings", "ccard-1"]


def test_a_missing_card_area_is_offered() -> None:
    run = drive(TO_AREAS, ticking("lcard", "card_sdk"), DOWN, ENTER, ENOUGH)
    assert "? Card SDK needs another area: add one? add Contact card" in run.text
    assert run.areas == ["settings", "card_sdk", "ccard-1"]


def test_the_offer_can_go_back_to_the_areas() -> None:
    run = drive(TO_AREAS, ticking("lcard", "card_sdk"), choosing(3), ticking("card_sdk", "llist"), ENOUGH)
    assert run.areas == ["settings", "llist-1"]


def test_a_left_menu_page_is_offered_a_public_integration() -> None:
    run = drive(TO_AREAS, ticking("widget_page"), ENOUGH)
    assert "? Left-menu page needs a public integration: make it one? make it public" in run.text
    assert run.answers is not None
    assert run.answers.public


def test_a_public_widget_is_asked_for_support_after_its_texts() -> None:
    asked = _prompts(drive(TO_HOW, CUSTOMISING, ENOUGH, given=["public=true"]).text)
    place = next(at for at, prompt in enumerate(asked) if prompt.startswith("Description: "))
    assert asked[place + 1 : place + 3] == ["Support page:", "Support e-mail:"]
    assert "Support page" not in drive(TO_HOW, CUSTOMISING, ENOUGH).text


@pytest.mark.parametrize(
    ("key", "areas"),
    [
        pytest.param("y", ["lcard-1", "settings"], id="yes"),
        pytest.param("n", ["lcard-1"], id="no"),
        pytest.param(ENTER, ["lcard-1"], id="default"),
    ],
)
def test_the_installation_window_is_offered(key: str, areas: list[str]) -> None:
    run = drive(TO_AREAS, ticking("settings"), CUSTOMISING, key, ENOUGH)
    assert run.areas == areas
    assert any("without it, the widget has no installation window" in frame for frame in run.frames)


@pytest.mark.parametrize("area", [pytest.param(area, id=area.code) for area in AREAS])
def test_the_focused_area_shows_what_it_gives(area: Area) -> None:
    prompt = drive(TO_AREAS, ticking(area.code).removesuffix(SPACE + ENTER)).prompt
    assert re.search(f"^ » [●○] {area.title}$", prompt, re.MULTILINE)
    assert f"{area.gives} ({area.code})" in " ".join(prompt.split())


def test_every_question_explains_why_it_is_asked() -> None:
    assert [question.key for question in QUESTIONS if not question.why] == []
    assert BY_KEY["name"].why in " ".join(drive().prompt.split())
