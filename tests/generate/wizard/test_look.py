"""The output on the terminal: narrow widths, any alphabet, and no foreign escape sequences."""

import os
import re
import termios
from contextlib import suppress

import pytest
from prompt_toolkit.output import ColorDepth

from scaffold.generate.wizard.echo import silenced
from scaffold.kommo.areas import AREAS
from tests.generate.wizard.driving import (
    CLEAR,
    ENTER,
    TO_AREAS,
    TO_CODE,
    TO_FIELDS,
    TO_REVIEW,
    choosing,
    drive,
    ticking,
)

TO_OFFER = TO_AREAS + ticking("card_sdk", "lcard", "widget_page", "digital_pipeline")
REFUSED = TO_OFFER + ENTER * 2 + CLEAR + ENTER


@pytest.mark.parametrize("columns", [40, 60])
@pytest.mark.parametrize(
    ("keys", "ends"),
    [
        pytest.param(
            TO_AREAS,
            ["Ctrl-A all, Enter accepts, Ctrl-B goes back)", f"1 of {len(AREAS)}, 2 ticked", "(lcard)"],
            id="areas",
        ),
        pytest.param(
            TO_OFFER,
            ["works only with one of these", "a lead's card (lcard)", "add Company card", "go back"],
            id="offer",
        ),
        pytest.param(REFUSED, ["on your own server (Enter accepts, Ctrl-B goes back) >"], id="refused"),
        pytest.param(TO_REVIEW, ["Lead card, Ins", "demo/: widget/ 1 file, 1 other file"], id="review"),
    ],
)
def test_prompts_are_complete_in_narrow_terminals(keys: str, ends: list[str], columns: int) -> None:
    run = drive(keys, columns=columns)
    shown = " ".join(f"{run.text}\n{run.prompt}".split())
    assert [end for end in ends if end not in shown] == []


def test_long_answers_are_shortened_on_the_screen_only() -> None:
    run = drive(TO_REVIEW, ENTER, given=[f"description={'word ' * 2000}x"])
    assert run.answers is not None
    assert run.answers.description["en"].endswith("word x")
    run = drive(TO_CODE + ENTER * 3, given=[f"description={'word ' * 2000}x"])
    assert all(len(line) <= 79 for line in run.prompt.split("\n"))


@pytest.mark.parametrize(
    "name", ["Виджет", "領先", "🙂 leads", "عملاء", "Añadir {{ 7*7 }} ${x} <?php </script>"]
)
def test_names_in_any_alphabet_are_kept(name: str) -> None:
    run = drive(name, ENTER * 10)
    assert run.answers is not None
    assert run.answers.name == {"en": name}


def test_unprintable_characters_are_escaped() -> None:
    run = drive(TO_REVIEW, ENTER, given=["name=a\u202eb\u2028c\td"])
    assert "? Name: a\\u202eb\\u2028c d" in run.text
    page = next(frame for frame in run.frames if "Your answers" in frame)
    assert re.search(r"Name +a\\u202eb\\u2028c d", page)
    assert run.answers is not None
    assert run.answers.name == {"en": "a\u202eb\u2028c\td"}


def test_a_refused_answer_is_escaped() -> None:
    run = drive(TO_CODE, CLEAR, "\x1b[200~\x9b31mred\x07\x1b[201~", ENTER)
    assert "not `\\x9b31mred\\x07`" in " ".join(run.prompt.split())
    assert "\x9b" not in "".join(run.pieces)


def test_every_prompt_names_the_way_back() -> None:
    run = drive(TO_FIELDS, choosing(1), ENTER * 6)
    asked = {frame for frame in run.frames if re.search(r"^( »|> )", frame, re.MULTILINE)}
    assert [frame for frame in asked if "Ctrl-B goes back)" not in " ".join(frame.split())] == []


ACCENT, RED = r"\x1b\[[0-9;]*35[0-9;]*m", r"\x1b\[[0-9;]*31[0-9;]*m"
DIM = r"\x1b\[0;2m"


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        pytest.param("", r"\x1b\[0;1mName", id="what is asked is bright"),
        pytest.param(ENTER, rf"{DIM}\? Name: ", id="what is done is dim"),
        pytest.param("", rf"{DIM} *\(Enter accepts", id="keys are dim"),
        pytest.param(TO_AREAS, rf"{ACCENT} » ● Lead card", id="the focused row"),
        pytest.param(TO_AREAS, rf"{ACCENT} +● Installation window", id="a tick"),
        pytest.param(CLEAR + ENTER, rf"{RED} *! an answer is required", id="a fault"),
    ],
)
def test_styles_of_the_prompt(keys: str, written: str) -> None:
    assert re.search(written, "".join(drive(keys).pieces))


def test_the_accent_and_red_are_the_only_colours() -> None:
    pieces = "".join(drive(TO_CODE, "No Code", ENTER, CLEAR, "code", ENTER * 9).pieces)
    codes = re.findall(r"\x1b\[([0-9;]*)m", pieces)
    assert {code for one in codes for code in one.split(";")} <= {"", "0", "1", "2", "7", "31", "35"}


def test_prompts_are_complete_without_colours() -> None:
    run = drive(TO_AREAS, colours=ColorDepth.DEPTH_1_BIT)
    assert re.search(ACCENT, "".join(run.pieces)) is None
    assert " » ● Lead card" in run.prompt


@pytest.mark.parametrize("name", ["LC_ALL", "LC_CTYPE", "LANG"])
def test_the_c_locale_gets_ascii(name: str) -> None:
    shown = [drive(keys, environment={name: "C"}).prompt for keys in (TO_AREAS, TO_REVIEW + "\t")]
    assert [text for text in shown if not text.isascii()] == []
    assert " > [x] Lead card" in shown[0]
    assert "`-- manifest.json" in shown[1]


def test_keys_pressed_early_are_not_echoed() -> None:
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    with os.fdopen(theirs, "rb", buffering=0) as keys:
        with suppress(KeyboardInterrupt), silenced(keys):
            os.write(ours, b"early\r")
            assert keys.read(6) == b"early\r", "passed on at once, with Enter unchanged"
            assert termios.tcgetattr(theirs)[3] & termios.ISIG, "Ctrl-C still interrupts"
            os.set_blocking(ours, False)
            with pytest.raises(BlockingIOError):
                os.read(ours, 1)
            raise KeyboardInterrupt
        assert termios.tcgetattr(theirs) == before
    os.close(ours)
