"""The answers file as a JSON Schema, draft 2020-12, for editors: completion, explanation, first faults."""

from collections.abc import Iterable, Iterator
from typing import Any

from scaffold.generate.answers.question import Question
from scaffold.generate.answers.registry import BY_KEY, QUESTIONS, SHORTHANDS
from scaffold.kommo.areas import AREAS, BY_CODE, Area
from scaffold.kommo.limits import LOCALES

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the schema: every key explained, and what areas demand and allow of each other and of blocks."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers for kommo-widget",
        "description": "What `kommo-widget new --answers` makes a widget of.",
        "type": "object",
        "properties": _properties(),
        "required": [question.key for question in QUESTIONS if question.required and not question.default
                     and not question.areas],
        "additionalProperties": False,
        "allOf": [*_blocks(), *_between_areas(), *_suffixes(), *_platforms()],
    }  # fmt: skip


def _properties() -> Schema:
    properties: Schema = {}
    for question in QUESTIONS:
        block, dot, key = question.key.partition(".")
        if not dot:
            properties[block] = _explained(question)
            continue
        holder = properties.setdefault(block, _block(block))
        holder["properties"][key] = _explained(question)
    for block, shorthand in SHORTHANDS.items():
        alone = BY_KEY[shorthand].kind.schema()
        properties[block] = {**alone, **properties[block], "type": ["object", alone["type"]]}
    return properties


def _block(name: str) -> Schema:
    block: Schema = {"type": "object", "properties": {}, "additionalProperties": False, "title": name}
    if name in BY_CODE:
        block |= {"title": BY_CODE[name].title, "description": BY_CODE[name].gives}
    return block


def _explained(question: Question) -> Schema:
    explained = {**question.kind.schema(), "title": question.prompt, "description": question.why}
    if question.default is not None and not callable(question.default):
        plain = question.default
        explained["default"] = list(plain) if isinstance(plain, tuple) else plain
    if question.example is not None:
        explained["examples"] = [question.example]
    return explained


def _chosen(areas: Iterable[str]) -> Schema:
    """Return the schema that holds where one of `areas` is chosen, in any spelling."""
    spellings = [spelling for code in areas for spelling in _spellings(BY_CODE[code])]
    return {"properties": {"areas": {"contains": {"enum": spellings}}}, "required": ["areas"]}


def _spellings(area: Area) -> list[str]:
    return [area.code + suffix for suffix in ("", "-1", "-0")] if area.suffix else [area.code]


def _blocks() -> Iterator[Schema]:
    """Yield for every block with an area: only there with the area, and always where it has no default."""
    for block in dict.fromkeys(question.block for question in QUESTIONS if question.areas):
        questions = [question for question in QUESTIONS if question.block == block]
        condition: Schema = {"if": _chosen(questions[0].areas), "else": {"properties": {block: False}}}
        if any(question.required for question in questions):
            needs = [_needed(question) for question in questions if question.required]
            condition["then"] = {"properties": {block: {"allOf": needs}}, "required": [block]}
        yield condition


def _needed(question: Question) -> Schema:
    """Return the schema of a block in which `question` is answered where it must be, and only there."""
    key = question.key.partition(".")[2]
    if question.only_if is None:
        return {"required": [key]}
    other, answer = question.only_if
    condition: Schema = {"properties": {other.partition(".")[2]: {"const": answer}}}
    if BY_KEY[other].default != answer:
        condition["required"] = [other.partition(".")[2]]
    return {"if": condition, "then": {"required": [key]}, "else": {"properties": {key: False}}}


def _between_areas() -> Iterator[Schema]:
    for area in AREAS:
        if area.needs_one_of:
            yield {"if": _chosen([area.code]), "then": _chosen(area.needs_one_of)}
        if area.public_only:
            public = {"properties": {"public": {"const": True}}, "required": ["public"]}
            yield {"if": _chosen([area.code]), "then": public}


def _suffixes() -> Iterator[Schema]:
    """Yield for every area with a suffix: in one spelling only."""
    for area in AREAS:
        if area.suffix:
            once = {"contains": {"enum": _spellings(area)}, "minContains": 0, "maxContains": 1}
            yield {"properties": {"areas": once}}


def _platforms() -> Iterator[Schema]:
    for platform, locales in LOCALES.items():
        condition: Schema = {"properties": {"platform": {"const": platform}}}
        if BY_KEY["platform"].default != platform:
            condition["required"] = ["platform"]
        yield {"if": condition, "then": {"properties": {"locales": {"items": {"enum": list(locales)}}}}}
