"""The golden cases: named answers whose widgets go through every test with `EVERY_CASE`.

The areas, their forms and the answers that they require come from the tables, so a new area becomes a new
case by itself.
"""

import itertools
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import yaml

from scaffold.files.tree import Tree
from scaffold.generate import presets
from scaffold.generate.answers.blocks import LATER
from scaffold.generate.answers.draft import node_of
from scaffold.generate.answers.faults import Source
from scaffold.generate.answers.reading import Document, draft_of
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.answers.validate import complete
from scaffold.generate.render import render
from scaffold.kommo import limits
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.kommo.location import parse_location

Plain = Mapping[str, Any]
"""Answers as an answers file holds them."""

PAIRS_SEED = 20
PAIRS = 20


@dataclass(frozen=True, eq=False)
class Case:
    """Named answers."""

    name: str
    plain: Plain

    @property
    def answers(self) -> Answers:
        return answers_of(self.plain)

    @property
    def tree(self) -> Tree:
        return _tree(self.name)


def answers_of(plain: Plain) -> Answers:
    """Return the checked answers; raises AnswersError."""
    return complete(draft_of(Document(Source("answers.yml"), node_of(plain))))


@cache
def _tree(name: str) -> Tree:
    return render(BY_NAME[name].answers)


def answers_for(*locations: str, **more: Any) -> dict[str, Any]:
    """Return plain answers with `locations` and whatever they require; `a__b` in `more` is the key `a.b`."""
    chosen = list(locations)
    for area in map(_area, locations):
        if area.needs_one_of and not {_area(text).code for text in chosen} & set(area.needs_one_of):
            chosen.insert(0, area.needs_one_of[0])
    plain: dict[str, Any] = {
        "code": "acme_leads",
        "name": "Acme leads",
        "locales": ["en", "es"],
        "areas": chosen,
    }
    if any(_area(text).public_only for text in chosen):
        plain["public"] = True
    if plain.get("public") or more.get("public"):
        plain["support"] = {"link": "https://acme.example/help", "email": "help@acme.example"}
    for question in QUESTIONS:
        if question.required and {_area(text).code for text in chosen} & set(question.areas):
            put(plain, question.key, question.example)
    for key, value in more.items():
        put(plain, key.replace("__", "."), value)
    return plain


def put(plain: dict[str, Any], key: str, value: Any) -> None:
    """Set one answer, its key dotted as in the registry."""
    *blocks, last = key.split(".")
    for block in blocks:
        plain = plain.setdefault(block, {})
    plain[last] = value


def _area(location: str) -> Any:
    parsed = parse_location(location)
    assert parsed is not None, location
    return BY_CODE[parsed.area]


def forms(code: str) -> tuple[str, ...]:
    """Return every way to write an area in `locations`."""
    return (f"{code}-1", f"{code}-0", code) if BY_CODE[code].suffix else (code,)


PANELS = [forms(area.code)[0] for area in AREAS]
NO_PANELS = [f"{area.code}-0" if area.suffix else area.code for area in AREAS]
FORMS = [form for area in AREAS for form in forms(area.code)]


def _texts(**by_locale: str) -> dict[str, str]:
    return by_locale


def _names(platform: str, **by_locale: str) -> dict[str, str]:
    """Return a name in every locale of a platform, `Leads` unless it is given."""
    return {locale: by_locale.get(locale, "Leads") for locale in limits.LOCALES[platform]}


SPECIAL: tuple[Case, ...] = (
    Case("minimal", {"code": "acme_leads", "name": "Acme leads", "areas": ["lcard-1", "settings"]}),
    Case("all-areas", answers_for(*PANELS)),
    Case("all-areas-0", answers_for(*NO_PANELS)),
    Case("reversed-areas", answers_for(*reversed(PANELS))),
    Case("digital-pipeline", answers_for("digital_pipeline", "settings")),
    Case("widget-php", {
        "code": "acme_leads", "name": "Acme leads", "areas": ["digital_pipeline"],
        "digital_pipeline": {"backend": "widget_php"},
    }),
    Case("init-once", answers_for("everywhere", "lcard-1", "llist-1", init_once=True)),
    Case("public", answers_for("lcard-1", "settings", public=True, tour={"slides": 3})),
    Case("support", answers_for("settings", support={"email": "help@acme.example"})),
    Case("every-locale", answers_for(
        *PANELS, locales=list(limits.LOCALES["kommo"]),
        name=_names("kommo", es="Prospectos", tr="Adaylar", id="Prospek"),
    )),
    Case("amocrm", answers_for(
        *PANELS, platform="amocrm", locales=list(limits.LOCALES["amocrm"]),
        name=_names("amocrm", ru="Сделки", es="Prospectos"),
    )),
    Case("settings-fields", answers_for("settings", settings={
        f"a_{type_}": {"type": type_, "label": _texts(en=f"One {type_}", es=f"Un {type_}"), "required": True}
        for type_ in limits.SETTINGS_FIELD_TYPES
    })),
    Case("api", answers_for(
        "lcard-1", "comcard-1", "settings", "lead_sources", api=True,
        settings={"greeting": {}, "owner": {"type": "custom"}},
    )),
    Case("backend", answers_for(
        "lcard-1", "ccard-1", "settings", "digital_pipeline", backend__url="https://hooks.acme.example/kommo/",
        settings={
            "greeting": {}, "a_token": {"type": "secret", "required": True},
            "another": {"type": "secret", "label": _texts(en="Another key", es="Otra clave")},
        },
    )),
    Case("backend-and-api", answers_for(
        "llist-0", "settings", backend__url="https://hooks.acme.example", api=True,
    )),
    Case("pipeline-fields", answers_for("digital_pipeline", digital_pipeline__action_multiple=True,
        digital_pipeline__fields={f"a_{type_}": {"type": type_} for type_ in limits.DP_FIELD_TYPES},
    )),
    Case("handlers", answers_for("salesbot_designer", salesbot_designer__handlers={
        "score": {"name": "Score", "fields": {
            f"a_{type_}": {"type": type_, "manual": True, "default_value": "5"}
            for type_ in limits.SALESBOT_FIELD_TYPES
        }},
        "greet": {"name": _texts(en="Greet", es="Saludar"), "fields": {"text": {"type": "text"}}},
        "stop": {},
    })),
    Case("exits", answers_for("salesbot_designer", backend={"url": "https://hooks.acme.example/kommo"},
        salesbot_designer__handlers={
            "score": {
                "fields": {"limit": {"type": "numeric"}},
                "exits": {"hot": "Hot", "failed": "No", "cold": "Cold"},
            },
            "report": {
                "fields": {"limit": {"type": "numeric"}, "class": {"type": "text"}},
                "exits": {"default": "Sent", "failed": _texts(en="Failed", es="Fallo")},
            },
            "stop": {"exits": {"over": "Over"}},
        },
    )),
    Case("card-tab", answers_for("card_sdk", card_sdk__tab="content")),
    Case("menu-items", answers_for("widget_page", widget_page__title="Acme", widget_page__items={
        "reports": {"title": _texts(en="Reports", es="Informes")}, "rules": {"title": "Rules"},
    })),
)  # fmt: skip
"""Cases that do not follow from a table."""


def _preset(name: str) -> Plain:
    """Return a preset's answers, with an example for each answer that it leaves for later."""
    plain: dict[str, Any] = {"code": "acme", **yaml.safe_load(presets.path(name).read_text(encoding="utf-8"))}
    for question in QUESTIONS:
        block, _, key = question.key.partition(".")
        if isinstance(plain.get(block), dict) and plain[block].get(key) == LATER:
            put(plain, question.key, question.example)
    return plain


_PRESETS = [Case(f"preset-{name}", _preset(name)) for name in presets.names()]

_ALONE = [Case(form, answers_for(form)) for form in FORMS]


_ALL_PAIRS = [
    Case(f"{first}+{second}", answers_for(first, second))
    for first, second in itertools.combinations(dict.fromkeys(PANELS + NO_PANELS), 2)
    if _area(first) is not _area(second)
]
_PAIRS = random.Random(PAIRS_SEED).sample(_ALL_PAIRS, PAIRS)

USUAL: tuple[Case, ...] = (*SPECIAL, *_PRESETS, *_ALONE, *_PAIRS)
"""The cases of every run."""

FULL: tuple[Case, ...] = tuple(case for case in _ALL_PAIRS if case not in _PAIRS)
"""The rest of the pairs, for `tests/run --all`."""

BY_NAME: Mapping[str, Case] = {case.name: case for case in (*USUAL, *FULL)}

_WORDS = ("class", "default", "constructor", "toString", "hasOwnProperty", "arguments", "a" * 60)
_LABEL = "Ends */ here <b> \\ ' \" `${x}` {{ 7*7 }}"

ODD: Plain = answers_for(
    *PANELS, code="a" + "_x" * 15, backend__url="https://hooks.acme.example/" + "y" * 60, api=True,
    settings={
        **{word: {"type": "text", "label": _LABEL} for word in _WORDS},
        "kept": {"type": "secret", "label": _LABEL}, "z" * 60: {"type": "custom", "label": _LABEL},
    },
    salesbot_designer__handlers={
        word: {
            "name": _LABEL, "fields": {each: {"type": "text"} for each in _WORDS},
            "exits": dict.fromkeys(_WORDS, _LABEL),
        }
        for word in _WORDS
    },
    digital_pipeline__fields={word: {"type": "text", "label": _LABEL} for word in _WORDS},
    widget_page__items={word: {"title": _LABEL} for word in _WORDS},
)  # fmt: skip
"""Answers with codes that are long or mean something in JavaScript, and with texts that look like code."""

GOLDEN: tuple[str, ...] = ("minimal", "all-areas", "digital-pipeline", "widget-php")
"""The cases that are kept in `golden/`."""

EVERY_CASE = pytest.mark.parametrize(
    "case",
    [
        *(pytest.param(case, id=case.name) for case in USUAL),
        *(pytest.param(case, id=case.name, marks=pytest.mark.full) for case in FULL),
    ],
)
"""Runs a test on every case; the long list of pairs only with `--all`."""
