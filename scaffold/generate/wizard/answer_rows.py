"""The answers as rows of the review page: one for each prompt that can change an answer."""

from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.dump import plain
from scaffold.generate.answers.kinds.text import Text
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS, TEMPLATE_ANSWERS
from scaffold.generate.wizard import area_page, naming, template_questions
from scaffold.generate.wizard.localized import text_in
from scaffold.generate.wizard.questions import answers_of
from scaffold.generate.wizard.words import NONE, in_words, table
from scaffold.generate.wizard.wrapping import summary
from scaffold.kommo.limits import LOCALE_NAMES


class Row(NamedTuple):
    """One answer on the page."""

    key: str
    """Key of the step that asks for it."""
    label: str
    answer: str
    """In words."""
    why: str
    taken: bool
    """Whether it is a default that the user was not asked about."""
    on_request: bool = True
    """Whether even `customise` does not ask for it."""


def rows(draft: Draft, passed: Container[str], template: Iterable[Question]) -> list[Row]:
    """Return every answer and default, texts once per locale, and those to the questions of `template`.

    `passed` are the keys of the steps that were answered.
    """
    found: list[Row] = []
    for question, value in answers_of(draft):
        if question.key != TEMPLATE_ANSWERS and (question.offered or value is not None):
            found += _rows_of(question, value, draft, passed)
        if question.key == "areas" and (panels := area_page.panels(draft)):
            why, taken = area_page.PANEL_HEADING.why, area_page.PANEL not in passed
            found.append(Row(area_page.PANEL, "Right-hand panel", panels, why, taken, on_request=False))
    for question in template:
        value = template_questions.value_of(question, draft)
        found.append(Row(question.key, question.prompt, summary(value), question.why, taken=False))
    return found


def lines_of(answers: Answers) -> list[str]:
    """Return the answers as lines in two columns, without those that are `none`."""
    document, draft = plain(answers), Draft()
    for question in QUESTIONS:
        block, _, key = question.key.partition(".")
        value = document.get(block, {}).get(key) if key else document.get(block)
        draft = draft if value is None else draft.answer(question.key, value)
    return table([(row.label, row.answer) for row in rows(draft, (), ()) if row.answer != NONE])


def _rows_of(question: Question, value: Any, draft: Draft, passed: Container[str]) -> Iterator[Row]:
    given = question.key in draft and not (question.key == "code" and naming.is_derived(draft))
    if not isinstance(question.kind, Text):
        words = in_words(question.kind, value)
        taken = not given and question.key not in passed
        why = area_page.HEADING.why if question.key == "areas" else question.why
        yield Row(question.key, question.prompt, words, why, taken, question.on_request)
        return
    for locale in draft.locales:
        key = f"{question.key}@{locale}"
        where = f" in {LOCALE_NAMES.get(locale, locale)}" if len(draft.locales) > 1 else ""
        words = in_words(question.kind, text_in(locale, value))
        taken = not given and key not in passed
        on_request = question.on_request or locale != draft.locales[0]
        yield Row(key, f"{question.prompt}{where}", words, question.why, taken, on_request)
