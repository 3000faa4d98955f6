"""Answers that nobody chose: random areas with random options, from a seed."""

import random
from collections.abc import Collection
from typing import Any

from scaffold.generate.answers.blocks import SECRET
from scaffold.kommo import limits
from scaffold.kommo.webhooks import EVENTS
from tests.cases import FORMS, Case, answers_for

MAX_AREAS = 5


def cases(seed: int, count: int) -> list[Case]:
    """Return `count` cases; the same seed gives the same ones."""
    return [_case(f"random-{seed}-{number}") for number in range(count)]


def _case(name: str) -> Case:
    chance = random.Random(name)
    forms = {form.partition("-")[0]: form for form in chance.sample(FORMS, chance.randint(1, MAX_AREAS))}
    answers = {**_general(chance), **_by_area(forms, chance)}
    if answers.get("settings") and "backend" in answers and chance.random() < 0.5:
        answers["settings"]["a_secret"] = {"type": SECRET}
    return Case(name, answers_for(*forms.values(), **answers))


def _general(chance: random.Random) -> dict[str, Any]:
    """Return answers that go with any area."""
    platform = chance.choice(limits.PLATFORMS)
    answers: dict[str, Any] = {
        "platform": platform,
        "locales": chance.sample(list(limits.LOCALES[platform]), chance.randint(1, 3)),
        "init_once": chance.random() < 0.5,
        "api": chance.random() < 0.3,
    }
    if chance.random() < 0.3:
        answers |= {"public": True, "tour": {"slides": chance.randint(1, limits.TOUR_MAX_SLIDES)}}
    if chance.random() < 0.4:
        events = [event.name for event in EVENTS if platform in event.platforms]
        answers["backend"] = {
            "url": "https://hooks.acme.example/kommo/",
            "oauth": chance.random() < 0.5,
            "webhooks": chance.sample(events, chance.randint(0, 3)),
        }
    return answers


def _by_area(areas: Collection[str], chance: random.Random) -> dict[str, Any]:
    """Return answers that go with some of the areas."""
    answers: dict[str, dict[str, Any]] = {
        "digital_pipeline": {
            "digital_pipeline__fields": _fields(limits.DP_FIELD_TYPES, chance),
            "digital_pipeline__action_multiple": chance.random() < 0.5,
        },
        "salesbot_designer": {"salesbot_designer__handlers": _handlers(chance)},
        "card_sdk": {"card_sdk__tab": chance.choice(("products", "content"))},
        "widget_page": {"widget_page__items": {"reports": {"title": "Reports"}, "rules": {}}},
        "settings": {"settings": _fields(limits.SETTINGS_FIELD_TYPES, chance, at_least=1)},
    }
    chosen = [area for area in answers if area in areas and chance.random() < 0.6]
    return {key: value for area in chosen for key, value in answers[area].items()}


def _fields(types: Collection[str], chance: random.Random, at_least: int = 0) -> dict[str, Any]:
    """Return up to three fields of different types, since there can be only one of the type `custom`."""
    chosen = chance.sample(list(types), chance.randint(at_least, min(3, len(types))))
    return {f"a_{type_}": {"type": type_, "required": chance.random() < 0.5} for type_ in chosen}


def _handlers(chance: random.Random) -> dict[str, Any]:
    return {
        name: {
            "fields": {
                f"a_{type_}": {"type": type_, "manual": chance.random() < 0.5}
                for type_ in chance.sample(list(limits.SALESBOT_FIELD_TYPES), chance.randint(0, 3))
            },
            "exits": {
                code: code.title() for code in chance.sample(("done", "failed", "cold"), chance.randint(1, 3))
            },
        }
        for name in chance.sample(("score", "greet", "stop"), chance.randint(1, 3))
    }
