"""Answers -> the text of `.kommo-widget/answers.yml`; reading it gives the same answers."""

from typing import Any

from scaffold.documents.yaml_text import members
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS

_HEADER = """\
# The answers this widget was generated from; keep them under version control.
# The same widget again: kommo-widget new DEST --answers .kommo-widget/answers.yml
"""


def dump(answers: Answers) -> str:
    """Return all answers as YAML, in the order of the questions.

    A logo is written as a file name; the caller stores its bytes beside the text under that name.
    """
    return _HEADER + "".join(f"{line}\n" for line in members(plain(answers)))


def plain(answers: Answers) -> dict[str, Any]:
    """Return the answers in the form of an answers file: nested dicts, lists and scalars."""
    document: dict[str, Any] = {}
    for question in QUESTIONS:
        value = question.answer_in(answers)
        unanswered = value is None or (value in ("", 0) and value is not False)
        if unanswered or (question.areas and not any(map(answers.has, question.areas))):
            continue
        holder = document.setdefault(question.block, {}) if "." in question.key else document
        holder[question.name] = question.kind.plain(value)
    return document
