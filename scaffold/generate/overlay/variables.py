"""A template's `cookiecutter.json`: its variables, and the questions made from them."""

from collections.abc import Mapping
from typing import Any

from scaffold.documents import jsondoc
from scaffold.documents.node import Node
from scaffold.errors import ScaffoldError
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.kinds.choices import Choice, Flag
from scaffold.generate.answers.kinds.text import flaw
from scaffold.generate.answers.question import Kind, Question
from scaffold.generate.answers.registry import TEMPLATE_ANSWERS
from scaffold.generate.overlay.conventions import PROMPT, PROMPTS, SETTINGS, fits, is_asked, texts
from scaffold.text import quoted

FILE = "cookiecutter.json"

_MAX_BYTES = 500_000
"""Our limit: more than any list of questions needs."""

Variables = Mapping[str, Any]
"""Name -> default, in the order of the file; includes private names."""


def read(data: bytes) -> Variables:
    """Return the variables of `cookiecutter.json`; raises ScaffoldError with the positions of its faults."""
    if len(data) > _MAX_BYTES:
        raise ScaffoldError(f"the template's {FILE} is larger than {_MAX_BYTES // 1000} kB", "shorten it")
    document = jsondoc.parse_bytes(data)
    if document.errors:
        lines = tuple(f"{FILE}:{error.line}:{error.column}: {error.message}" for error in document.errors)
        raise ScaffoldError(f"the template's {FILE} is not valid JSON", "fix it", lines)
    variables = document.root.plain() if document.root else None
    if not isinstance(variables, dict):
        raise ScaffoldError(f"the template's {FILE} is not a map of variables", "fix it")
    for name, type_ in SETTINGS.items():
        if not isinstance(variables.get(name, type_()), type_):
            kind = {list: "a list", dict: "a map", str: "text"}[type_]
            raise ScaffoldError(f"`{name}` in the template's {FILE} must be {kind}", "fix it")
    return variables


def known(variables: Variables, facts: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the variables that the widget's facts answer."""
    return frozenset(name for name, raw in variables.items() if name in facts and fits(raw, facts[name]))


def question(name: str, variables: Variables, offer: Mapping[str, Any] | None = None) -> Question:
    """Return the question for one variable.

    `offer` has its rendered default and options; without it, a choice has the options of the file.
    """
    raw = variables[name]
    prompt, titles = _prompts(name, variables)
    options = offer.get("options", []) if offer else texts(raw) if isinstance(raw, list) else []
    return Question(
        f"{TEMPLATE_ANSWERS}.{name}",
        _kind(raw, {option: titles.get(option, "") for option in options}),
        prompt,
        f"`{name}` of the overlay template",
        offer["default"] if offer and offer["default"] != "" else None,
    )


def _kind(raw: Any, options: Mapping[str, str]) -> Kind:
    if isinstance(raw, list):
        return Choice(options)
    if isinstance(raw, bool):
        return Flag()
    return MAP if isinstance(raw, dict) else _Text(like=raw)


def _prompts(name: str, variables: Variables) -> tuple[str, Mapping[str, str]]:
    """Return the prompt of a variable, and the titles of a choice's options."""
    prompts = variables.get(PROMPTS)
    prompt = prompts.get(name) if isinstance(prompts, dict) else None
    if isinstance(prompt, dict):
        return str(prompt.get(PROMPT) or name), {str(key): str(title) for key, title in prompt.items()}
    return str(prompt or name), {}


def answerable(variables: Variables) -> list[str]:
    """Return the names of the variables that can be answered."""
    return [name for name in variables if is_asked(name)]


class _Text(Kind):
    """Any text, even empty; a number or null if the default is one."""

    label = "text"

    def __init__(self, like: Any) -> None:
        self._takes_numbers = isinstance(like, int | float)
        self._takes_nothing = like is None

    def read(self, node: Node, reading: Reading) -> str | None:
        text = node.value
        if text is None and self._takes_nothing:
            return None
        is_number = isinstance(text, int | float) and not isinstance(text, bool)
        if isinstance(text, bool) or (is_number and not self._takes_numbers):
            reading.fault(node, f"must be text: quote {quoted(text)}")
        elif not isinstance(text, str) and not is_number:
            reading.fault(node, "must be text")
        elif found := flaw(str(text)):
            reading.fault(node, found)
        return str(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


class _Map(Kind):
    """A map of anything."""

    label = "map"

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node.value, dict):
            reading.fault(node, f"must be a map, such as {{key: {quoted('value').strip('`')}}}")
        return node.plain()

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}

    def parse(self, text: str) -> Any:
        from scaffold.documents.yamldoc import parse_flow

        return parse_flow(text)

    def text(self, value: Any) -> str:
        from scaffold.documents.yaml_text import flow

        return flow(value)


MAP = _Map()
