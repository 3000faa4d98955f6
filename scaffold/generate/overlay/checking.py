"""Checks the answers to a template's questions against what the template asks."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Draft, Given, Reading, node_of
from scaffold.generate.answers.faults import PROMPT, Fault, Source
from scaffold.generate.answers.registry import TEMPLATE_ANSWERS
from scaffold.generate.overlay.conventions import is_asked, is_derived
from scaffold.generate.overlay.variables import Variables, answerable, question
from scaffold.text import did_you_mean, nearest, quoted


def checked(draft: Draft, variables: Variables, known: Container[str] | None) -> Draft:
    """Return the draft with the answers as read by the template's questions, and with their faults.

    `known` are the names that the widget's facts answer. If it is given, every other variable that is neither
    answered nor derived from others is a fault: unlike in cookiecutter, defaults must be chosen.
    """
    given = draft.given.get(TEMPLATE_ANSWERS)
    faults = [] if known is None else list(_missing(draft, variables, known))
    if given is not None and isinstance(given.node.value, dict):
        members = dict(_members(given, draft, variables, faults))
        node = given.node.with_value(members)
        draft = draft.with_given({**draft.given, TEMPLATE_ANSWERS: given._replace(node=node)})
    return draft.with_faults(faults)


def answers(draft: Draft) -> dict[str, Any]:
    """Return the answers given so far, plain; empty if they are not a map."""
    value = draft.get(TEMPLATE_ANSWERS)
    return value if isinstance(value, dict) else {}


def _members(
    given: Given, draft: Draft, variables: Variables, faults: list[Fault]
) -> Iterator[tuple[str, Node]]:
    for name, node in given.node.items():
        reading = Reading(draft, given.source, f"{TEMPLATE_ANSWERS}.{name}", faults)
        if name not in variables or not is_asked(name):
            reading.fault(node, _unknown(name, variables), at_key=True)
            continue
        kind = question(name, variables).kind
        if node.line == 0 and isinstance(node.value, str):  # text on a command line may mean any type
            try:
                node = node_of(kind.parse(node.value))
            except ValueError as error:
                reading.fault(node, str(error))
                continue
        if not _is_rendered(variables[name]):
            value = kind.read(node, reading)
            node = node.with_value(node_of(value).value)
        yield name, node


def _is_rendered(raw: Any) -> bool:
    """Return whether a choice has options that must be rendered first."""
    return isinstance(raw, list) and any(map(is_derived, raw))


def _unknown(name: str, variables: Mapping[str, Any]) -> str:
    if name in variables:
        return "is private to the template: names that start with an underscore cannot be answered"
    return f"is not a question of the template{did_you_mean(name, answerable(variables))}"


def _missing(draft: Draft, variables: Variables, known: Container[str]) -> Iterator[Fault]:
    """Yield the faults of missing answers, at the answers, the template or the top of the file."""
    place, source = _place(draft)
    given = answers(draft)
    meant = {nearest(name, answerable(variables)) for name in given if name not in variables}
    for name in answerable(variables):
        raw = variables[name]
        if name in given or name in meant or name in known or is_derived(raw):
            continue
        default = raw[0] if isinstance(raw, list) and raw else raw
        also = "" if isinstance(default, dict) or default in ("", None) else f" (default: {quoted(default)})"
        ways = "answer it, or accept the template's defaults with --defaults"
        yield Fault(source, *place, f"`{TEMPLATE_ANSWERS}.{name}` is missing{also}: {ways}")


def _place(draft: Draft) -> tuple[tuple[int, int], Source]:
    for key in (TEMPLATE_ANSWERS, "template.source"):
        given = draft.given.get(key)
        for node in (given.node, given.block) if given else ():
            if given and node and node.key_line:
                return (node.key_line, node.key_column), given.source
    start = 0 if draft.file is PROMPT else 1
    return (start, start), draft.file
