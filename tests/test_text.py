"""Functions that make foreign text safe to show."""

import pytest

from scaffold.text import count, did_you_mean, printable, quoted, reason


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain \u00e9 \U0001f600 \u0434", "plain \u00e9 \U0001f600 \u0434"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\r\n::error::b", "a\\r\\n::error::b"),
        ("a\tb", "a b"),
        ("\u202eevil", "\\u202eevil"),
        ("a\u2028b", "a\\u2028b"),
        ("\ud800", "\\ud800"),
        ("\x9b31m", "\\x9b31m"),
        ("", ""),
    ],
)
def test_unprintable_characters_are_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown


def test_a_long_text_is_cut() -> None:
    assert printable("ab" * 1_000, 3) == "aba"
    assert quoted("a" * 100) == f"`{'a' * 57}...`"


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "`null`"), (True, "`true`"), (1.5, "`1.5`"), ("a", "`a`")]
)
def test_values_are_quoted_as_an_answers_file_writes_them(value: object, shown: str) -> None:
    assert quoted(value) == shown


def test_a_close_name_is_suggested() -> None:
    assert did_you_mean("setings", ["settings", "areas"]) == ", did you mean `settings`?"
    assert did_you_mean("zzz", ["settings", "areas"]) == ""


def test_the_reason_is_that_of_the_system() -> None:
    assert reason(FileNotFoundError(2, "No such file or directory", "x")) == "no such file or directory"
    assert reason(ValueError("embedded NUL")) == "embedded NUL"


def test_a_count_takes_the_plural() -> None:
    assert (count(1, "file"), count(0, "file"), count(2, "file")) == ("1 file", "0 files", "2 files")
