"""Answers in words, for the review page and `new --dry-run`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scaffold.generate.answers.blocks import LATER
from scaffold.generate.answers.kinds.choices import Areas, Choice, Locales
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.kinds.tables import Record, Table
from scaffold.generate.answers.kinds.text import Text
from scaffold.generate.answers.question import Kind
from scaffold.generate.wizard.wrapping import cut, padded, summary, width
from scaffold.kommo.areas import BY_CODE
from scaffold.kommo.limits import LOCALE_NAMES
from scaffold.kommo.location import parse_location

_ANSWER_CHARS = 300
"""The longest answer shown when there is no screen to fit it to."""


NONE = "none"


def in_words(kind: Kind, value: Any) -> str:
    """Return a plain answer of this kind on one line."""
    if value is None:
        return NONE
    match kind:
        case OrLater() if value == LATER:
            return f"{LATER}; check reports the gap"
        case OrLater(kind=inner):
            return in_words(inner, value)
        case Areas():
            return _listed(value, _area)
        case Locales():
            return _listed(value, lambda locale: LOCALE_NAMES.get(locale, locale))
        case Choice(choices=choices):
            return choices.get(value) or summary(value)
        case Table(row=row) if isinstance(value, dict):
            return ", ".join(_row(row, code, held) for code, held in value.items()) or NONE
        case _:
            return summary(value)


def _listed(words: Any, name_of: Callable[[str], str]) -> str:
    return ", ".join(name_of(str(word)) for word in words) or NONE


def _area(word: str) -> str:
    location = parse_location(word)
    return BY_CODE[location.area].title if location else word


def _row(row: Record, code: str, value: Any) -> str:
    """Return the first text of a row, as its users see it; its code if it has none."""
    texts = [member.key for member in row.members if isinstance(member.kind, Text)]
    members = value if isinstance(value, Mapping) else {}
    text = members.get(texts[0]) if texts else None
    shown = next(iter(text.values()), None) if isinstance(text, Mapping) else text
    return summary(shown) if shown else code


def table(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return labels and answers as lines in two columns."""
    first = max(width(label) for label, _ in pairs)
    return [f"  {padded(label, first)}  {cut(answer, _ANSWER_CHARS)}" for label, answer in pairs]
