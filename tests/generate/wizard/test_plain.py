"""The prompts as plain lines, for terminals that cannot draw."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from scaffold.errors import Interrupted
from scaffold.generate import wizard
from scaffold.generate.answers.reading import draft_of
from scaffold.generate.answers.validate import complete
from scaffold.generate.wizard.listing import Group, Option
from scaffold.generate.wizard.navigation import Back
from scaffold.generate.wizard.plain import Plain
from scaffold.generate.wizard.terminal import Heading

HEADING = Heading("Which one", "what it does")
OPTIONS: list[Option | Group] = [
    Group("All"),
    Option("a", "one", "the first"),
    Option("b", "two"),
    Option("c", "three"),
]

Ask = Callable[[Plain], Any]
TEXT: Ask = lambda terminal: terminal.text(  # noqa: E731 - one of a row
    HEADING, "old", lambda text: "must be short" if len(text) > 5 else "", lambda text: f"code: {text}"
)
CHOOSE: Ask = lambda terminal: terminal.choose(HEADING, OPTIONS, "b")  # noqa: E731
CONFIRM: Ask = lambda terminal: terminal.confirm(HEADING, default=False)  # noqa: E731
TICK: Ask = lambda terminal: terminal.tick(  # noqa: E731
    HEADING, OPTIONS, ["a"], lambda values: "" if values else "must name one"
)


def asked(ask: Ask, typed: str) -> tuple[Any, str]:
    output = StringIO()
    answer = ask(Plain(StringIO(typed), output, columns=60))
    return answer, output.getvalue()


@pytest.mark.parametrize(
    ("ask", "typed", "answer"),
    [
        pytest.param(TEXT, "\n", "old", id="default"),
        pytest.param(TEXT, "new\n", "new", id="typed"),
        pytest.param(TEXT, "too long\nnew\r\n", "new", id="after a refusal"),
        pytest.param(CHOOSE, "\n", "b", id="usual choice"),
        pytest.param(CHOOSE, "3\n", "c", id="number"),
        pytest.param(CHOOSE, "0\n4\nx\n²\n99999999999999999999\n1\n", "a", id="no such number"),
        pytest.param(CONFIRM, "\n", False, id="usual answer"),
        pytest.param(CONFIRM, "maybe\nY\n", True, id="yes"),
        pytest.param(TICK, "\n", ["a"], id="ticks kept"),
        pytest.param(TICK, "1, 3\n\n", ["c"], id="ticked and unticked"),
        pytest.param(TICK, "all\n\n", ["a", "b", "c"], id="all"),
        pytest.param(TICK, "1\n\n2\n\n", ["b"], id="none is refused"),
    ],
)
def test_a_typed_line_gives_the_answer(ask: Ask, typed: str, answer: Any) -> None:
    assert asked(ask, typed)[0] == answer


def test_a_refused_answer_gets_a_message() -> None:
    assert "! must be short\n> " in asked(TEXT, "too long\nnew\n")[1]
    assert asked(TEXT, "new\n")[1].endswith("  code: new\n")
    assert "! must be a number from 1 to 3\n> " in asked(CHOOSE, "4\n1\n")[1]


def test_a_prompt_is_ascii_and_fits_the_width() -> None:
    _, text = asked(TICK, "\n")
    assert text.splitlines() == [
        "",
        "? Which one:",
        "  what it does",
        "  All",
        "    1 [x] one: the first",
        "    2 [ ] two",
        "    3 [ ] three",
        "  (numbers tick and untick, `all` ticks all, Enter accepts,",
        "  `<` goes back)",
        "> ",
    ]


def test_details_are_aligned_and_descriptions_wrapped() -> None:
    options = [
        Option(1, "write it", "a line that is longer than sixty columns goes on below it"),
        Option(2, "Name", "why", "Acme"),
        Option(3, "Languages", "why", "English"),
    ]
    _, text = asked(lambda terminal: terminal.choose(HEADING, options, 1), "\n")
    assert text.splitlines()[3:7] == [
        "    1 write it: a line that is longer than sixty columns",
        "      goes on below it",
        "    2 Name       Acme",
        "    3 Languages  English",
    ]


@pytest.mark.parametrize("ask", [TEXT, CHOOSE, CONFIRM, TICK])
def test_a_less_than_sign_goes_back_and_the_end_of_input_stops(ask: Ask) -> None:
    with pytest.raises(Back):
        asked(ask, "<\n")
    with pytest.raises(Interrupted):
        asked(ask, "")


def test_going_back_keeps_the_ticks() -> None:
    with pytest.raises(Back) as back:
        asked(TICK, "2\n<\n")
    assert back.value.kept == ["a", "b"]


def test_foreign_text_is_harmless() -> None:
    _, text = asked(lambda terminal: terminal.choose(HEADING, [Option(1, "a\x1b[31mb")], 1), "\n")
    assert "\x1b" not in text
    assert "a\\x1b[31mb" in text


def test_enter_on_every_prompt_gives_what_defaults_gives() -> None:
    output = StringIO()
    draft = draft_of(folder_name="demo")
    answers = wizard.ask(draft, lambda _: ["README.md"], Plain(StringIO("\n" * 9), output, columns=80))
    assert answers == complete(draft_of(defaults=True, folder_name="demo"))
    assert output.getvalue().isascii()
    assert max(map(len, output.getvalue().splitlines())) < 80
