"""The prompts of a question: one for each locale of a text, otherwise one."""

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.kinds.text import Text
from scaffold.generate.answers.question import Question
from scaffold.generate.wizard.localized import text_in, with_text
from scaffold.generate.wizard.navigation import Back, Step
from scaffold.kommo.limits import LOCALE_NAMES

S = TypeVar("S")

Ask = Callable[[Question, Any, Draft], Any]
"""Takes a question, its current answer or default, and the draft; returns the plain answer or None."""


class Holder(NamedTuple, Generic[S]):
    """Where answers are kept: the draft itself, or one row of a table."""

    draft_of: Callable[[S], Draft]
    given: Callable[[S, Question], Any]
    """Returns the answer given so far, or None."""
    default: Callable[[S, Question], Any]
    put: Callable[[S, Question, Any], S]
    """Returns the state with the answer; None removes it."""


def steps_for(question: Question, locales: tuple[str, ...], holder: Holder[S], ask: Ask) -> list[Step[S]]:
    """Return the prompts of `question`; accepting the default stores nothing, so that it can still change.

    A text is asked for only in the first locale; the others follow it until the user picks one to change.
    """
    if not isinstance(question.kind, Text):
        return [_step(question.key, question, holder, ask, on_request=question.on_request)]
    return [
        _step(
            f"{question.key}@{locale}",
            _in_locale(question, locale, several=len(locales) > 1),
            _texts(question, locale, locales, holder),
            ask,
            on_request=question.on_request or locale != locales[0],
        )
        for locale in locales
    ]


def _step(key: str, question: Question, holder: Holder[S], ask: Ask, *, on_request: bool) -> Step[S]:
    def ask_one(state: S) -> S:
        given = holder.given(state, question)
        current = holder.default(state, question) if given is None else given
        try:
            answer = ask(question, current, holder.draft_of(state))
        except Back as back:
            same = back.kept is None or back.kept == current
            raise Back(None if same else holder.put(state, question, back.kept)) from None
        return state if answer == current else holder.put(state, question, answer)

    return Step(key, ask_one, on_request)


def _in_locale(question: Question, locale: str, *, several: bool) -> Question:
    prompt = f"{question.prompt} in {LOCALE_NAMES.get(locale, locale)}" if several else question.prompt
    return question._replace(kind=question.kind.member(locale) or question.kind, prompt=prompt)


def _texts(question: Question, locale: str, locales: tuple[str, ...], holder: Holder[S]) -> Holder[S]:
    """Return the holder of the text of one locale."""

    def given(state: S, _: Question) -> Any:
        return text_in(locale, holder.given(state, question), holder.default(state, question))

    def default(state: S, _: Question) -> Any:
        return text_in(locale, holder.default(state, question))

    def put(state: S, _: Question, text: Any) -> S:
        if text is None:
            return holder.put(state, question, None)
        texts = holder.given(state, question), holder.default(state, question)
        return holder.put(state, question, with_text(locale, text, *texts, locales))

    return Holder(holder.draft_of, given, default, put)
