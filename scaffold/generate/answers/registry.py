"""All questions, in the order of the answers file: everything about answers is derived from this list.

The wizard asks them, `--set` and the answers file answer them, `validate` checks them, `schema` and the
reference explain them. A new question is one row in `questions/` and one attribute of `Answers`, or of the
record of its block.
"""

from collections.abc import Callable
from typing import Any

from scaffold.generate.answers.question import Block, Question
from scaffold.generate.answers.questions.by_area import BY_AREA
from scaffold.generate.answers.questions.extras import EXTRAS
from scaffold.generate.answers.questions.widget import WIDGET

_ENTRIES: tuple[Question | Block, ...] = (*WIDGET, *BY_AREA, *EXTRAS)

QUESTIONS: tuple[Question, ...] = tuple(
    question for entry in _ENTRIES for question in (entry.questions if isinstance(entry, Block) else (entry,))
)

BY_KEY: dict[str, Question] = {question.key: question for question in QUESTIONS}

BLOCKS: dict[str, Callable[..., Any]] = {
    entry.key: entry.record for entry in _ENTRIES if isinstance(entry, Block)
}
"""Block of the answers file -> the record of its answers."""

TEMPLATE_ANSWERS = "template.answers"
"""The question whose answer is a map of answers to a template's own questions."""

SHORTHANDS: dict[str, str] = {"template": "template.source"}
"""Block -> the question answered by a single value in place of the block."""
