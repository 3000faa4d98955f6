"""The JSON Schema of the answers file, draft 2020-12, for editors: completion, help and most faults."""

from collections.abc import Iterable, Iterator
from typing import Any

from scaffold.generate.answers.blocks import SECRET
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.registry import BLOCKS, BY_KEY, QUESTIONS, SHORTHANDS
from scaffold.kommo.area import Area
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.kommo.limits import LOCALES
from scaffold.kommo.webhooks import EVENTS

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the schema: every key with its description, and which areas and blocks need each other."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers for kommo-widget",
        "description": "Input of `kommo-widget new --answers`.",
        "type": "object",
        "properties": _properties(),
        "required": [question.key for question in QUESTIONS if question.required and not question.default
                     and not question.areas],
        "additionalProperties": False,
        "allOf": [*_blocks(), *_between_areas(), *_suffixes(), *_platforms(), *_secrets()],
    }  # fmt: skip


def _properties() -> Schema:
    properties: Schema = {}
    for question in QUESTIONS:
        block, key = question.block, question.name
        if block not in BLOCKS:
            properties[key] = _explained(question)
            continue
        holder = properties.setdefault(block, _block(block))
        holder["properties"][key] = _explained(question)
        if question.only_if and question.only_if[1] is None:
            needs = {key: [BY_KEY[question.only_if[0]].name]}
            holder["dependentRequired"] = {**holder.get("dependentRequired", {}), **needs}
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


def _has_area(areas: Iterable[str]) -> Schema:
    """Return a schema that is valid if one of `areas` is chosen, in any spelling."""
    spellings = [spelling for code in areas for spelling in _spellings(BY_CODE[code])]
    return {"properties": {"areas": {"contains": {"enum": spellings}}}, "required": ["areas"]}


def _spellings(area: Area) -> list[str]:
    return [area.code + suffix for suffix in ("", "-1", "-0")] if area.suffix else [area.code]


def _blocks() -> Iterator[Schema]:
    """Yield the conditions of each area's block: allowed only with the area, required without a default."""
    for block in dict.fromkeys(question.block for question in QUESTIONS if question.areas):
        questions = [question for question in QUESTIONS if question.block == block]
        condition: Schema = {"if": _has_area(questions[0].areas), "else": {"properties": {block: False}}}
        if allowed := [_allowing(question) for question in questions if question.only_if]:
            condition["then"] = {"properties": {block: {"allOf": allowed}}}
        yield condition
        for question in questions:
            if question.required:
                needed = {"properties": {block: _requiring(question)}, "required": [block]}
                yield {"if": _is_required(question), "then": needed}


def _is_required(question: Question) -> Schema:
    """Return a schema that is valid if `question` must be answered."""
    chosen = _has_area(question.areas)
    return {"allOf": [chosen, {"not": _is_answered(question.unless)}]} if question.unless else chosen


def _is_answered(key: str) -> Schema:
    """Return a schema that is valid if the dotted `key` is answered."""
    question = BY_KEY[key]
    return {"properties": {question.block: {"required": [question.name]}}, "required": [question.block]}


def _is_allowed(question: Question) -> Schema:
    """Return a schema of the block that is valid if the `only_if` of `question` is met."""
    other, answer = question.only_if or ("", None)
    key = BY_KEY[other].name
    required = [] if BY_KEY[other].default == answer else [key]
    return {"properties": {key: {"const": answer}}, "required": required}


def _allowing(question: Question) -> Schema:
    """Return a schema of the block that allows `question` only if its `only_if` is met."""
    return {"if": _is_allowed(question), "else": {"properties": {question.name: False}}}


def _requiring(question: Question) -> Schema:
    """Return a schema of the block that requires `question` if its `only_if` is met."""
    required = {"required": [question.name]}
    return {"if": _is_allowed(question), "then": required} if question.only_if else required


def _between_areas() -> Iterator[Schema]:
    for area in AREAS:
        if area.needs_one_of:
            yield {"if": _has_area([area.code]), "then": _has_area(area.needs_one_of)}
        if area.public_only:
            public = {"properties": {"public": {"const": True}}, "required": ["public"]}
            yield {"if": _has_area([area.code]), "then": public}


def _suffixes() -> Iterator[Schema]:
    """Yield a condition for every area with a suffix: only one of its spellings is chosen."""
    for area in AREAS:
        if area.suffix:
            once = {"contains": {"enum": _spellings(area)}, "minContains": 0, "maxContains": 1}
            yield {"properties": {"areas": once}}


def _secrets() -> Iterator[Schema]:
    """Yield the conditions of secrets: a back end, and at least one field of another type."""
    secret: Schema = {"type": "object", "properties": {"type": {"const": SECRET}}, "required": ["type"]}
    some = {"not": {"additionalProperties": {"not": secret}}}
    only = {"additionalProperties": secret, "minProperties": 1}
    yield {
        "if": {"properties": {"settings": some}, "required": ["settings"]},
        "then": _is_answered("backend.url"),
    }
    yield {"properties": {"settings": {"not": only}}}


def _platforms() -> Iterator[Schema]:
    for platform, locales in LOCALES.items():
        condition: Schema = {"properties": {"platform": {"const": platform}}}
        if BY_KEY["platform"].default != platform:
            condition["required"] = ["platform"]
        events = [event.name for event in EVENTS if platform in event.platforms]
        listened = {"properties": {"webhooks": {"items": {"enum": events}}}}
        allowed = {"locales": {"items": {"enum": list(locales)}}, "backend": listened}
        yield {"if": condition, "then": {"properties": allowed}}
