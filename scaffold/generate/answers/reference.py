"""The questions as rows of a table, for the README."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from scaffold.documents.yaml_text import flow
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.kinds.tables import Record, Table
from scaffold.generate.answers.question import Question, Subject
from scaffold.generate.answers.registry import QUESTIONS

_SAMPLE = Subject(Draft(folder_name="acme_leads"), "acme_leads")
_SAMPLE_MEMBER = Subject(_SAMPLE.draft, "greeting")


class Row(NamedTuple):
    """One key of the answers file."""

    key: str
    type: str
    default: str
    """In YAML; that of an English widget `acme_leads` if it depends on other answers; may be empty."""
    needed: str
    """`always`, the condition, or empty if it may be left out."""
    meaning: str


def reference() -> list[Row]:
    """Return a row for each key, in the order of the questions; members of tables as `settings.CODE.type`."""
    return [row for question in QUESTIONS for row in _rows(question, "", question.areas)]


def _rows(question: Question, prefix: str, areas: Sequence[str]) -> Iterator[Row]:
    key = prefix + question.key
    default = question.default_for(_SAMPLE_MEMBER if prefix else _SAMPLE)
    yield Row(
        key,
        question.kind.label,
        "" if default is None else flow(_in_english(default)),
        _needed(question) if question.required else "",
        question.why,
    )
    kind = question.kind
    row = kind.row if isinstance(kind, Table) else kind
    if isinstance(row, Record):
        step = f"{key}.CODE." if isinstance(kind, Table) else f"{key}."
        for member in row.members:
            yield from _rows(member, step, areas)


def _in_english(value: Any) -> Any:
    """Return the value with each map that has only English replaced by its text."""
    if not isinstance(value, dict):
        return value
    if set(value) == {"en"}:
        return value["en"]
    return {key: _in_english(member) for key, member in value.items()}


def _needed(question: Question) -> str:
    if not question.areas:
        return "always"
    condition = f" if {question.only_if[0]} is {question.only_if[1]}" if question.only_if else ""
    unless = f", unless {question.unless} is given" if question.unless else ""
    return f"with {' or '.join(question.areas)}{condition}{unless}"
