"""Questions compared with a draft: which apply, which value holds without an answer, which are missing."""

from collections.abc import Sequence
from typing import Any

from scaffold.generate.answers import defaults
from scaffold.generate.answers.draft import Draft, Reading, node_of
from scaffold.generate.answers.faults import PROMPT
from scaffold.generate.answers.kinds.text import ONE_TEXT
from scaffold.generate.answers.question import Kind, Question, Subject
from scaffold.generate.answers.registry import BY_KEY, QUESTIONS


def applies(question: Question, draft: Draft) -> bool:
    """Return whether `question` is asked and its answer allowed, given the answers so far."""
    if question.areas and not draft.has(*question.areas):
        return False
    if question.only_if is None:
        return True
    other, answer = question.only_if
    value = value_of(BY_KEY[other], draft)
    return value is not None if answer is None else bool(value == answer)


def value_of(question: Question, draft: Draft) -> Any:
    """Return the answer as a plain value; the default if there is no answer; None if there is neither."""
    if question.key in draft:
        return draft[question.key]
    return question.default_for(Subject(draft, code_of(draft)))


def recorded_value_of(question: Question, draft: Draft) -> Any:
    """Return the value in the form in which a project records it; None if there is none, or none applies."""
    value = value_of(question, draft) if applies(question, draft) else None
    if value is None:
        return None
    return question.kind.plain(question.kind.read(node_of(value), Reading(draft, PROMPT, question.key, [])))


def code_of(draft: Draft) -> str:
    """Return the widget's code as answered or derived; empty if there is none."""
    code = draft.get("code") or defaults.code(Subject(draft, ""))
    return code if isinstance(code, str) else ""


def missing(draft: Draft) -> list[Question]:
    """Return the questions that must be answered, apply, and have no answer yet."""
    return [
        question
        for question in QUESTIONS
        if question.required and applies(question, draft) and value_of(question, draft) is None
    ]


def with_starters(draft: Draft) -> Draft:
    """Return the draft with starters for unanswered questions, as `--defaults` gives them."""
    for question in QUESTIONS:
        if question.starter is not None and question.key not in draft:
            draft = draft.answer(question.key, list(question.starter))
    return draft


def relevant(draft: Draft) -> Draft:
    """Return the draft without answers of removed areas and texts of removed locales."""
    for key in list(draft):
        if not applies(BY_KEY[key], draft):
            draft = draft.without(key)
        elif (kept := _in_locales(BY_KEY[key].kind, draft[key], draft.locales)) != draft[key]:
            draft = draft.answer(key, kept)
    return draft


def _in_locales(kind: Kind | None, value: Any, locales: Sequence[str]) -> Any:
    """Return a plain value without its texts in other locales, at any depth."""
    if kind is None or not isinstance(value, dict):
        return value
    members = {step: kind.member(step) for step in value}
    return {
        step: _in_locales(members[step], part, locales)
        for step, part in value.items()
        if members[step] is not ONE_TEXT or step in locales
    }
