"""The questions in the order of the wizard, and where their answers are stored."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.question import Question, Subject
from scaffold.generate.answers.registry import BY_KEY, QUESTIONS
from scaffold.generate.answers.resolve import applies, code_of, relevant, value_of
from scaffold.generate.wizard import naming
from scaffold.generate.wizard.localized import fit, fitted, text_in
from scaffold.generate.wizard.prompts import Holder


class Order(NamedTuple):
    """All questions, in the three parts of the wizard."""

    first: tuple[Question, Question]
    """Name and areas."""
    needed: list[Question]
    """Those that the chosen areas require."""
    others: list[Question]
    """Those that have a default, or may stay unanswered."""


def in_order(draft: Draft) -> Order:
    """Return all questions, including those that do not apply."""
    first = BY_KEY["name"], BY_KEY["areas"]
    rest = [question for question in QUESTIONS if question not in first]
    if draft.get("public") is True:
        rest = _with_support(rest)
    needed = [question for question in rest if _is_needed(question, draft)]
    return Order(first, needed, [question for question in rest if question not in needed])


def _with_support(questions: list[Question]) -> list[Question]:
    """Return the questions of a public integration: support is asked, after the texts."""
    support = [one._replace(on_request=False) for one in questions if one.block == "support"]
    others = [one for one in questions if one.block != "support"]
    place = others.index(BY_KEY["description"]) + 1
    return [*others[:place], *support, *others[place:]]


def _is_needed(question: Question, draft: Draft) -> bool:
    default = question.default_for(Subject(draft, code_of(draft)))
    return bool(question.areas) and question.required and default is None


def _put(draft: Draft, question: Question, value: Any) -> Draft:
    return draft.without(question.key) if value is None else draft.answer(question.key, value)


def _put_name(draft: Draft, question: Question, value: Any) -> Draft:
    """Return the draft with the name, and the code derived from it."""
    text = text_in(draft.locales[0], value)
    return _put(naming.named(draft, text) if isinstance(text, str) else draft, question, value)


ANSWER: Holder[Draft] = Holder(
    draft_of=lambda draft: draft,
    given=lambda draft, question: draft.get(question.key),
    default=lambda draft, question: question.default_for(Subject(draft, code_of(draft))),
    put=_put,
)
NAME: Holder[Draft] = Holder(ANSWER.draft_of, ANSWER.given, ANSWER.default, _put_name)


def settled(draft: Draft) -> Draft:
    """Return the draft without what no longer applies: answers of removed areas, texts of removed locales."""
    return fit(relevant(draft))


def answers_of(draft: Draft) -> Iterator[tuple[Question, Any]]:
    """Yield the questions that apply with their plain answers or defaults, or None, for the review page."""
    order = in_order(draft)
    for question in (*order.first, *order.needed, *order.others):
        if applies(question, draft):
            yield question, fitted(question.kind, value_of(question, draft), draft.locales)
