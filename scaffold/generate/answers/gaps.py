"""The answers left for `later`: the gaps that the README, the next steps and `check` all list."""

from scaffold.generate.answers.blocks import LATER
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS


def gaps(answers: Answers) -> dict[str, str]:
    """Return the keys of the answers left for later, each with the file and the place to fill it in."""
    return {
        question.key: question.kind.place
        for question in QUESTIONS
        if isinstance(question.kind, OrLater) and question.answer_in(answers) == LATER
    }
