"""The questions of the user's own template, whose answers are stored together under one key."""

from typing import Any

from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.registry import TEMPLATE_ANSWERS
from scaffold.generate.wizard.prompts import Holder


def _answers(draft: Draft) -> dict[str, Any]:
    return dict(draft.get(TEMPLATE_ANSWERS) or {})


def _name(question: Question) -> str:
    return question.key.removeprefix(f"{TEMPLATE_ANSWERS}.")


def _put(draft: Draft, question: Question, value: Any) -> Draft:
    others = {name: held for name, held in _answers(draft).items() if name != _name(question)}
    given = others if value is None else {**others, _name(question): value}
    return draft.answer(TEMPLATE_ANSWERS, given) if given else draft.without(TEMPLATE_ANSWERS)


HOLDER: Holder[Draft] = Holder(
    draft_of=lambda draft: draft,
    given=lambda draft, question: _answers(draft).get(_name(question)),
    default=lambda _, question: question.default,
    put=_put,
)


def value_of(question: Question, draft: Draft) -> Any:
    """Return the answer to a template's question, or its default."""
    given = HOLDER.given(draft, question)
    return question.default if given is None else given
