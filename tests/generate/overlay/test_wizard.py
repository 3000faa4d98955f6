"""The questions of a template in the wizard: after ours, with the same review page and way back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scaffold.generate import overlay
from scaffold.generate.answers.reading import draft_of
from scaffold.generate.wizard.kept import Kept
from tests.generate.overlay import templates
from tests.generate.wizard.driving import BACK, CLEAR, CTRL_C, DOWN, ENTER, Run, drive

VARIABLES = {
    "name": "Plain",
    "who": "Jane",
    "slug": "{{ cookiecutter.who | lower }}-{{ cookiecutter.code }}",
    "license": ["MIT", "{{ cookiecutter.who }}'s own"],
    "docker": False,
    "note": "",
    "extra": {"a": "{{ cookiecutter.slug }}"},
    "_private": "p",
    "__computed": "c",
    "__prompts__": {
        "who": "Who publishes it",
        "license": {"__prompt__": "Which licence", "MIT": "the short one"},
    },
}

HOME = "\x1b[H"

Ask = Callable[..., Run]
"""Runs the wizard with the given keys."""


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    source = templates.write(tmp_path / "ours", VARIABLES, {"a.txt": "a"})
    given = ["areas=settings", f"template.source={source}"]
    with overlay.opened(draft_of(None, given), overlay.Trust(), print) as layer:
        yield lambda *keys, **options: drive(*keys, given=given, more=layer.questions, **options)


TO_TEMPLATE = ENTER * 3
"""The keys past our own questions, for a widget with only the settings."""


def test_enter_on_every_question_takes_every_default(ask: Ask) -> None:
    run = ask(TO_TEMPLATE, ENTER * 6, ENTER)
    assert run.answers is not None, run.text
    assert _given(run) is None
    shown = [" ".join(line.split()) for line in _page(ask)]
    rows = ["Who publishes it Jane", "slug jane-demo", "Which licence MIT", "docker no", "extra a: jane-demo"]
    assert [row for row in rows if row not in shown] == []


def test_the_defaults_follow_the_answers(ask: Ask) -> None:
    run = ask(TO_TEMPLATE, "Ann", ENTER * 2, DOWN, ENTER, "y", ENTER * 2, ENTER)
    assert run.answers is not None, run.text
    assert _given(run) == {"who": "Ann", "license": "Ann's own", "docker": True}
    assert "? slug: ann-demo\n" in run.text


def test_a_question_that_the_widget_answers_is_not_asked(ask: Ask) -> None:
    run = ask(TO_TEMPLATE)
    assert "Who publishes it" in run.prompt
    assert "`who` of the overlay template" in run.prompt


def test_going_back_crosses_into_our_own_questions(ask: Ask) -> None:
    run = ask(TO_TEMPLATE, "Ann", ENTER, BACK, BACK, ENTER, ENTER * 6, ENTER)
    assert run.answers is not None, run.text
    assert _given(run) == {"who": "Ann"}


def test_a_fault_is_reported_at_the_prompt(ask: Ask) -> None:
    run = ask(TO_TEMPLATE, ENTER * 5, CLEAR, "no map", ENTER)
    assert "must be a map" in run.prompt


def test_an_answer_can_be_changed_from_the_review_page(ask: Ask) -> None:
    run = ask(TO_TEMPLATE, ENTER * 6, "publishes" + ENTER, "Ann", ENTER, HOME, ENTER)
    assert run.answers is not None, run.text
    assert _given(run) == {"who": "Ann"}
    assert any(" slug " in frame and "ann-demo" in frame for frame in run.frames)


def test_answers_to_a_template_are_not_kept_for_the_next_run(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert ask(TO_TEMPLATE, "s3cret", ENTER * 2, CTRL_C, kept=Kept("/srv/demo")).answers is None
    (file,) = (tmp_path / "cache").rglob("*.json")
    assert "s3cret" not in file.read_text(encoding="utf-8")
    assert "? Who publishes it" in ask(ENTER, kept=Kept("/srv/demo")).prompt


def _page(ask: Ask) -> list[str]:
    """Return the lines of the review page."""
    return ask(TO_TEMPLATE, ENTER * 6).prompt.split("\n")


def _given(run: Run) -> Any:
    """Return the answers to the template's own questions."""
    assert run.answers is not None
    assert run.answers.template is not None
    return run.answers.template.answers
