"""The questions, and which of them a wizard asks."""

import pytest

from scaffold.generate.answers import resolve
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.kinds.tables import Record, Table
from scaffold.generate.answers.question import Kind, Question
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.reference import Row, reference
from scaffold.generate.answers.registry import BLOCKS, BY_KEY, QUESTIONS
from scaffold.generate.answers.validate import complete
from scaffold.kommo.areas import AREAS, BY_CODE

EVERY_AREA = Draft().answer("areas", [area.code for area in AREAS]).answer("code", "acme")


def test_every_attribute_of_answers_has_a_question() -> None:
    members = {f"{key}.{name}" for key, record in BLOCKS.items() for name in record.__annotations__}
    others = set(Answers._fields) - set(BLOCKS)

    assert set(BY_KEY) == members | others


def test_keys_are_unique() -> None:
    assert len(BY_KEY) == len(QUESTIONS)


def test_questions_of_areas_name_known_areas() -> None:
    assert {area for question in QUESTIONS for area in question.areas} <= set(BY_CODE)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_defaults_starters_and_examples_are_valid_answers(question: Question) -> None:
    values = [resolve.value_of(question, EVERY_AREA), question.starter]
    if question.key != "logo":  # the only example that is not self-contained
        values.append(question.example)

    assert [question.fault_of(value, EVERY_AREA) for value in values if value is not None] == [
        None for value in values if value is not None
    ]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_the_text_of_an_example_parses_to_it(question: Question) -> None:
    example = question.example or question.starter
    if example is not None:
        assert question.kind.parse(question.kind.text(example)) == example


def kinds(question: Question) -> list[Kind]:
    kind = question.kind
    row = kind.row if isinstance(kind, Table) else kind
    inner = (
        [member for question in row.members for member in kinds(question)] if isinstance(row, Record) else []
    )
    return [kind, *inner]


@pytest.mark.parametrize(
    "value", [None, True, 5, 1.5, float("nan"), "x", "\ud800", "", [], [[]], {}, {"a": {"b": {}}}, [None]]
)
def test_no_kind_fails_on_any_value(value: object) -> None:
    """A value is valid or has a fault; no other error is raised."""
    for question in QUESTIONS:
        for kind in kinds(question):
            fault = Question("key", kind, "", "").fault_of(value, EVERY_AREA)
            assert fault is None or fault


def test_only_questions_of_the_chosen_areas_are_asked() -> None:
    draft = Draft().answer("areas", ["catalogs"])

    asked = [
        question.key for question in QUESTIONS if not question.on_request and resolve.applies(question, draft)
    ]

    assert asked == [
        "code",
        "locales",
        "name",
        "short_description",
        "description",
        "areas",
        "catalogs.list_id",
    ]


def test_a_webhook_is_asked_only_for_a_self_hosted_back_end() -> None:
    question = BY_KEY["digital_pipeline.webhook_url"]
    draft = Draft().answer("areas", ["digital_pipeline"])

    assert resolve.applies(question, draft)
    assert not resolve.applies(question, draft.answer("digital_pipeline.backend", "widget_php"))


def test_required_answers_are_listed() -> None:
    draft = Draft().answer("areas", ["catalogs", "sms"])

    assert [question.key for question in resolve.missing(draft)] == [
        "code",
        "catalogs.list_id",
        "sms.endpoint",
    ]


def test_answers_of_a_removed_area_are_dropped() -> None:
    draft = Draft().answer("code", "a").answer("areas", ["catalogs"]).answer("catalogs.list_id", 5)
    draft = draft.answer("areas", ["lcard"]).answer("name", {"en": "A", "es": "B"})

    kept = resolve.relevant(draft)

    assert dict(kept) == {"code": "a", "areas": ["lcard"], "name": {"en": "A"}}
    assert complete(kept).catalogs is None


def test_a_fault_at_a_prompt_is_a_phrase() -> None:
    draft = Draft()

    assert BY_KEY["sms.endpoint"].fault_of("http://a.example", draft) == (
        "must be an address that starts with https://, not `http://a.example`"
    )
    assert BY_KEY["sms.endpoint"].fault_of("https://a.example", draft) is None


def test_the_reference_has_a_row_for_every_key_and_member() -> None:
    rows = {row.key: row for row in reference()}

    assert {question.key for question in QUESTIONS} <= set(rows)
    assert rows["catalogs.list_id"] == Row(
        "catalogs.list_id", "whole number, or `later`", "", "with catalogs",
        "the list whose elements the widget opens; its address in the CRM ends with this number",
    )  # fmt: skip
    assert rows["settings.CODE.type"].type == "`text`, `pass`, `users`, `users_lp`, `custom` or `secret`"
    assert rows["settings"].default == "{greeting: {type: text, label: Greeting}}"
    assert rows["areas"].needed == "always"
