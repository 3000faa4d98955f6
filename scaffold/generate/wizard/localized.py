"""Texts by locale in the wizard: one prompt for each locale, and one map of all of them."""

from collections.abc import Sequence
from typing import Any

from scaffold.generate.answers.draft import Draft, node_of
from scaffold.generate.answers.kinds.tables import Record, Table
from scaffold.generate.answers.kinds.text import Text
from scaffold.generate.answers.question import Kind
from scaffold.generate.answers.registry import BY_KEY


def text_in(locale: str, value: Any, default: Any = None) -> Any:
    """Return the text to suggest for `locale`: the one answered, else one that goes with the others.

    If the first locale has our default text, that is our default in `locale`; otherwise, the first text.
    """
    if not isinstance(value, dict):
        return value
    if locale in value:
        return value[locale]
    first = next(iter(value), "")
    if isinstance(default, dict) and default.get(first) == value.get(first):
        return default.get(locale)
    return value.get(first)


def with_text(locale: str, text: Any, value: Any, default: Any, locales: Sequence[str]) -> dict[str, Any]:
    """Return the map with one more text; other locales keep their texts, even if they are not chosen now.

    The locales before `locale` have been asked for: if one has no text, its default was accepted.
    """
    if value is not None and not isinstance(value, dict):
        return {**dict.fromkeys(locales, value), locale: text}
    before = locales[: locales.index(locale)]
    return {**{other: text_in(other, default) for other in before}, **(value or {}), locale: text}


def fitted(kind: Kind | None, value: Any, locales: Sequence[str]) -> Any:
    """Return a plain value with its texts in exactly the chosen locales; for one locale, as plain text."""
    if not isinstance(value, dict):
        return value
    match kind:
        case Text():
            texts = {locale: text_in(locale, value) for locale in locales}
            return next(iter(texts.values())) if len(texts) == 1 else texts
        case Table():
            return {code: fitted(kind.row, row, locales) for code, row in value.items()}
        case Record():
            value = kind.whole(node_of(value)).plain()
            return {key: fitted(kind.member(key), member, locales) for key, member in value.items()}
        case _:
            return value


def fit(draft: Draft) -> Draft:
    """Return the draft with every text in exactly the chosen locales; texts that fit keep their positions."""
    for key, value in draft.items():
        fitting = fitted(BY_KEY[key].kind, value, draft.locales)
        if fitting != value:
            draft = draft.answer(key, fitting)
    return draft
