"""Draft -> Answers, complete and checked; or all faults at once."""

from collections.abc import Iterator, Sequence
from typing import Any

from scaffold.generate.answers.blocks import LATER, SECRET
from scaffold.generate.answers.draft import Draft, Given, Reading, node_of
from scaffold.generate.answers.faults import PROMPT, AnswersError, Fault
from scaffold.generate.answers.kinds.choices import one_of
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.reading import Document, draft_of
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import BLOCKS, BY_KEY, QUESTIONS
from scaffold.generate.answers.resolve import applies, missing, value_of
from scaffold.kommo.areas import BY_CODE
from scaffold.kommo.location import parse_location
from scaffold.text import nearest, quoted


def load(
    document: Document | None = None,
    overrides: Sequence[str] = (),
    *,
    defaults: bool = False,
    folder_name: str = "",
) -> Answers:
    """Return the answers of a file, overridden by `--set` and completed by defaults; raises AnswersError.

    `folder_name` is the destination's name; the code is derived from it if it is not given.
    """
    return complete(draft_of(document, overrides, defaults=defaults, folder_name=folder_name))


def complete(draft: Draft) -> Answers:
    """Return the answers of `draft` with the defaults filled in; raises AnswersError with every fault."""
    faults = [
        *draft.faults,
        *_forbidden(draft),
        *_between_areas(draft),
        *_without_template(draft),
        *_secrets(draft),
    ]
    faults += [_missing(question, draft) for question in missing(draft)]
    derived: list[Fault] = []
    values = {
        question.key: _read(question, draft, faults, derived)
        for question in QUESTIONS
        if applies(question, draft) or question.key in draft
    }
    # A default that is derived from a faulty answer, even a later one, would only repeat its fault.
    faults = faults or derived
    if faults:
        order = list(dict.fromkeys(fault.source.name for fault in faults))
        raise AnswersError(
            sorted(faults, key=lambda fault: (order.index(fault.source.name), fault.line, fault.column))
        )
    return _answers(values)


def read_one(key: str, draft: Draft) -> Any:
    """Return the checked value of one question; None if it has none. Raises AnswersError."""
    faults: list[Fault] = []
    value = _read(BY_KEY[key], draft, faults, faults)
    if faults:
        raise AnswersError(faults)
    return value


def _read(question: Question, draft: Draft, faults: list[Fault], derived: list[Fault]) -> Any:
    """Return the checked value of one question; None if it has none.

    Faults of an answer go to `faults`, faults of a default to `derived`.
    """
    if given := draft.given.get(question.key):
        return question.kind.read(given.node, Reading(draft, given.source, question.key, faults))
    default = value_of(question, draft)
    if default is None:
        return None
    return question.kind.read(node_of(default), Reading(draft, PROMPT, question.key, derived))


def _answers(values: dict[str, Any]) -> Answers:
    """Return the record; attributes without a value keep the record's defaults."""
    held: dict[str, Any] = {}
    for key, value in values.items():
        if value is not None:
            question = BY_KEY[key]
            holder = held.setdefault(question.block, {}) if question.block in BLOCKS else held
            holder[question.name] = value
    blocks = {key: BLOCKS[key](**held[key]) for key in held if key in BLOCKS}
    return Answers(**held | blocks)


def _missing(question: Question, draft: Draft) -> Fault:
    """Return the fault of a missing answer, at the position that makes it necessary."""
    reason = ""
    if question.areas:
        reason = f", but area {one_of(question.areas)} needs it"
    elif question.key == "code" and draft.folder_name:
        reason = f", and the folder's name {quoted(draft.folder_name)} gives none"
    example = question.kind.text(question.example)
    hint = f"give it in the answers file, or with --set {question.key}={example}"
    if isinstance(question.kind, OrLater):
        hint += f"; answer `{LATER}` if you do not know it yet"
    message = f"`{question.key}` is missing{reason}: {hint}"
    given = _block_of(question, draft) or draft.given.get("areas" if question.areas else "")
    if given is not None:
        return Fault(given.source, *_area_place(given, question.areas), message)
    start = 0 if draft.file is PROMPT else 1
    return Fault(draft.file, start, start, message)


def _block_of(question: Question, draft: Draft) -> Given | None:
    """Return the block that should contain the answer, if it is in the file."""
    blocks = (held for key, held in draft.given.items() if BY_KEY[key].block == question.block and held.block)
    return next((Given(held.block, held.source) for held in blocks if held.block), None)


def _area_place(given: Given, areas: Sequence[str]) -> tuple[int, int]:
    """Return line and column of the item that names one of `areas`, or else of the whole list."""
    node = given.node
    items = node.value if isinstance(node.value, list) else []
    item = next((item for item in items if _area(item.value) in areas), node)
    return (item.key_line, item.key_column) if item.key_line else (item.line, item.column)


def _area(value: object) -> str:
    location = parse_location(value) if isinstance(value, str) else None
    return location.area if location else ""


def _forbidden(draft: Draft) -> Iterator[Fault]:
    """Yield the faults of answers to questions that do not apply: a block without its area."""
    reported = set()
    for key, given in draft.given.items():
        question = BY_KEY[key]
        if applies(question, draft):
            continue
        if question.areas and not draft.has(*question.areas):
            if question.block in reported or not _meant(draft).isdisjoint(question.areas):
                continue
            reported.add(question.block)
            node = given.block or given.node
            message = f"`{question.block}` needs the area {one_of(question.areas)} in `areas`"
        else:
            node = given.node
            other, answer = question.only_if or ("", "")
            if answer is None:
                message = f"`{key}` needs `{other}`"
            elif BY_KEY[other].fault_of(value_of(BY_KEY[other], draft), draft):
                continue
            else:
                message = f"`{key}` is only used if `{other}` is {quoted(answer)}"
        yield Fault(given.source, node.key_line, node.key_column, message)


def _without_template(draft: Draft) -> Iterator[Fault]:
    """Yield the fault of answers about a template whose source is missing."""
    source = BY_KEY["template.source"]
    about = [given for key, given in draft.given.items() if BY_KEY[key].block == source.block]
    if about and source.key not in draft:
        place = about[0].block or about[0].node
        example = source.kind.text(source.example)
        message = f"`{source.block}` has no `source`: add `source: {example}`, or give --template"
        yield Fault(about[0].source, place.key_line, place.key_column, message)


def _secrets(draft: Draft) -> Iterator[Fault]:
    """Yield the faults of secrets: no back end to store them, or no other field in the window."""
    given = draft.given.get("settings")
    rows = given.node.value if given and draft.has("settings") else None
    if given is None or not isinstance(rows, dict):
        return
    types = {code: node for code, row in rows.items() if (node := row.find("type"))}
    secrets = {code: node for code, node in types.items() if node.value == SECRET}
    for code, node in secrets.items() if "backend.url" not in draft else ():
        message = f"`settings.{code}.type` is `{SECRET}`, which needs `backend.url`: the back end stores it"
        yield Fault(given.source, node.line, node.column, message)
    if secrets and len(secrets) == len(rows):
        message = (
            f"`settings` must have a field that is not a `{SECRET}`: the CRM rejects a window without fields"
        )
        yield Fault(given.source, given.node.key_line, given.node.key_column, message)


def _meant(draft: Draft) -> set[str]:
    """Return the areas that misspelt items of `areas` may mean: their own faults are enough."""
    words = draft.get("areas")
    if not isinstance(words, list):
        return set(BY_CODE)
    codes = [word.partition("-")[0] for word in words if isinstance(word, str) and not parse_location(word)]
    return {near for code in codes if (near := nearest(code, BY_CODE))}


def _between_areas(draft: Draft) -> Iterator[Fault]:
    """Yield the faults of areas that need another area, or a public integration."""
    given = draft.given.get("areas")
    for location in draft.areas if given else ():
        area = BY_CODE[location.area]
        if (
            area.needs_one_of
            and _meant(draft).isdisjoint(area.needs_one_of)
            and not draft.has(*area.needs_one_of)
        ):
            message = f"`areas` names `{area.code}`, which needs {one_of(area.needs_one_of)} too"
        elif area.public_only and draft.get("public") is not True:
            message = (
                f"`areas` names `{area.code}`, which only a public integration may have: add `public: true`"
            )
        else:
            continue
        if given:
            yield Fault(given.source, *_area_place(given, (area.code,)), message)
