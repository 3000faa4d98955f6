"""The JSON Schema and the validator accept the same answers."""

from typing import Any

import jsonschema_rs
import pytest

from scaffold.generate.answers.dump import plain
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.answers.schema import schema
from scaffold.generate.answers.validate import load
from scaffold.kommo.areas import AREAS
from tests.cases import answers_of as answers_of_plain
from tests.generate.answers.asking import answers_of

VALIDATOR = jsonschema_rs.Draft202012Validator(schema())
ALL = """\
code: acme
locales: [en, es]
public: true
areas: [lcard-1, llist-0, settings, digital_pipeline, catalogs, advanced_settings, card_sdk,
  salesbot_designer, sms, mobile_card, widget_page, ai_agent]
digital_pipeline: {webhook_url: https://acme.example}
catalogs: {list_id: 1}
sms: {endpoint: https://acme.example}
mobile_card: {frame_url: https://acme.example}
support: {link: https://acme.example, email: help@acme.example}
"""


HOOKS = {"url": "https://hooks.acme.example"}
SECRET = {"type": "secret"}


def test_the_schema_is_valid() -> None:
    jsonschema_rs.meta.validate(schema())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
def test_every_key_has_its_prompt_and_explanation(question: Question) -> None:
    block, _, key = question.key.partition(".")
    found = schema()["properties"][block]
    if key:
        found = found["properties"][key]

    assert (found["title"], found["description"]) == (question.prompt, question.why)
    assert found.get("examples") == ([question.example] if question.example is not None else None)


def test_every_area_has_a_description_for_editors() -> None:
    items = schema()["properties"]["areas"]["items"]

    meanings = dict(zip(items["enum"], items["enumDescriptions"], strict=True))
    assert meanings["lcard-0"] == (
        "Lead card: a panel on the right of a lead's card; without the right-hand panel"
    )
    assert {name.partition("-")[0] for name in meanings} == {area.code for area in AREAS}


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"areas": ["lcard"]}, id="least"),
        pytest.param(plain(answers_of(ALL)), id="all"),
        pytest.param(plain(load(defaults=True, folder_name="a")), id="defaults"),
        pytest.param({"areas": ["settings"], "platform": "amocrm", "locales": ["ru"]}, id="ru"),
        pytest.param({"areas": ["settings"], "settings": {"a": None}}, id="field-by-default"),
        pytest.param(
            {"areas": ["digital_pipeline"], "digital_pipeline": {"backend": "widget_php"}}, id="widget_php"
        ),
        pytest.param(
            {"areas": ["digital_pipeline", "sms", "mobile_card"], "backend": HOOKS}, id="addresses-derived"
        ),
        pytest.param(
            {
                "areas": ["digital_pipeline"],
                "digital_pipeline": {"backend": "widget_php"},
                "backend": {**HOOKS, "oauth": True, "webhooks": ["add_lead"]},
            },
            id="widget_php-beside-a-back-end",
        ),
        pytest.param(
            {"areas": ["lcard"], "platform": "amocrm", "backend": {**HOOKS, "webhooks": ["add_customer"]}},
            id="event-of-amocrm",
        ),
        pytest.param(
            {"areas": ["settings"], "settings": {"a": None, "b": SECRET}, "backend": HOOKS}, id="secret"
        ),
        pytest.param(
            {
                "areas": ["salesbot_designer"],
                "salesbot_designer": {
                    "handlers": {"a": {"exits": {"b": "B", "c": {"title": "C"}, "d": {"en": "D"}}}}
                },
            },
            id="exits",
        ),
    ],
)
def test_valid_answers_are_accepted_by_both(answers: dict[str, Any]) -> None:
    VALIDATOR.validate(answers)
    answers_of_plain({"code": "acme", **answers})


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({}, id="no-areas"),
        pytest.param({"areas": []}, id="empty-areas"),
        pytest.param({"areas": ["lcrd"]}, id="unknown-area"),
        pytest.param({"areas": ["settings-1"]}, id="suffix"),
        pytest.param({"areas": ["lcard-1", "lcard-0"]}, id="both"),
        pytest.param({"areas": ["lcard", "lcard-1"]}, id="twice"),
        pytest.param({"areas": ["card_sdk"]}, id="card_sdk-alone"),
        pytest.param({"areas": ["widget_page"]}, id="not-public"),
        pytest.param({"areas": ["lcard"], "settings": {}}, id="block-without-area"),
        pytest.param({"areas": ["catalogs"]}, id="no-list"),
        pytest.param({"areas": ["catalogs"], "catalogs": {}}, id="no-list-id"),
        pytest.param({"areas": ["digital_pipeline"]}, id="no-webhook"),
        pytest.param(
            {"areas": ["digital_pipeline"], "digital_pipeline": {"webhook_url": "http://a.example"}},
            id="http",
        ),
        pytest.param(
            {
                "areas": ["digital_pipeline"],
                "digital_pipeline": {"backend": "widget_php", "webhook_url": "https://a.example"},
            },
            id="webhook-unused",
        ),
        pytest.param({"areas": ["lcard"], "nme": "a"}, id="unknown-key"),
        pytest.param({"areas": ["lcard"], "version": 1.0}, id="version"),
        pytest.param({"areas": ["lcard"], "code": "Acme"}, id="code"),
        pytest.param({"areas": ["lcard"], "name": ""}, id="empty-text"),
        pytest.param({"areas": ["lcard"], "name": {"xx": "a"}}, id="unknown-locale"),
        pytest.param({"areas": ["lcard"], "locales": ["ru"]}, id="ru-on-kommo"),
        pytest.param({"areas": ["settings"], "settings": {"a b": {}}}, id="field-code"),
        pytest.param({"areas": ["settings"], "settings": {"a": {"type": "number"}}}, id="field-type"),
        pytest.param(
            {"areas": ["salesbot_designer"], "salesbot_designer": {"handlers": {"logo": {}}}},
            id="handler-logo",
        ),
        pytest.param({"areas": ["lcard"], "tour": {"slides": 6}}, id="slides"),
        pytest.param({"areas": ["catalogs"], "catalogs": {"list_id": 1}}, id="catalogs-alone"),
        pytest.param({"areas": ["lcard"], "api": "yes"}, id="api"),
        pytest.param({"areas": ["lcard"], "backend": {"url": "http://a.example"}}, id="backend-http"),
        pytest.param({"areas": ["lcard"], "backend": {"url": "https://a.example/?b"}}, id="backend-query"),
        pytest.param({"areas": ["lcard"], "backend": {"oauth": True}}, id="oauth-alone"),
        pytest.param({"areas": ["lcard"], "backend": {**HOOKS, "webhooks": ["x"]}}, id="event"),
        pytest.param(
            {"areas": ["lcard"], "backend": {**HOOKS, "webhooks": ["add_customer"]}}, id="event-of-amocrm"
        ),
        pytest.param({"areas": ["settings"], "settings": {"a": {}, "b": SECRET}}, id="secret-alone"),
        pytest.param(
            {"areas": ["settings"], "settings": {"b": SECRET}, "backend": HOOKS}, id="nothing-but-secrets"
        ),
        pytest.param(
            {
                "areas": ["digital_pipeline"],
                "digital_pipeline": {"backend": "widget_php", "webhook_url": "https://a.example"},
                "backend": HOOKS,
            },
            id="webhook-unused-beside-a-back-end",
        ),
        pytest.param(
            {
                "areas": ["salesbot_designer"],
                "salesbot_designer": {"handlers": {"a": {"exits": {"done": 1}}}},
            },
            id="exit",
        ),
    ],
)
def test_invalid_answers_are_accepted_by_neither(answers: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(answers)
    with pytest.raises(AnswersError):
        answers_of_plain({"code": "acme", **answers})
