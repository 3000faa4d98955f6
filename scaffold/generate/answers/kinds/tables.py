"""Answers with members: fields, handlers, menu items."""

from collections.abc import Callable, Mapping
from typing import Any

from scaffold.documents.node import Node
from scaffold.documents.source import shown, suggestion
from scaffold.generate.answers.draft import Reading, node_of
from scaffold.generate.answers.kinds.lines import MEMBER_CODE
from scaffold.generate.answers.question import Kind, Question, Subject


class Record(Kind):
    """A map with prescribed keys; read into one of the records of `Answers`."""

    label = "map"

    def __init__(self, members: tuple[Question, ...], make: Callable[..., Any]) -> None:
        self.members = members
        self.make = make
        """Takes `code` and, by name, the members."""

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the record of the code that `reading.key` ends with."""
        code = reading.key.rpartition(".")[2]
        given: Mapping[str, Node] = {}
        if isinstance(node.value, dict):
            given = node.value
        elif node.value is not None:
            members = ", ".join(f"{member.key}: ..." for member in self.members)
            reading.fault(node, f"must be a map: {{{members}}}")
        known = [member.key for member in self.members]
        for key, member in given.items():
            if key not in known:
                reading.fault(member, f"has an unknown key {shown(key)}{suggestion(key, known)}", at_key=True)
        return self.make(code=code, **{
            member.key: _member(member, given.get(member.key), reading.at(member.key), code)
            for member in self.members
        })  # fmt: skip

    def plain(self, value: Any) -> dict[str, Any]:
        """Return the members that hold something."""
        pairs = ((member.key, member.kind, getattr(value, member.key)) for member in self.members)
        return {key: kind.plain(held) for key, kind, held in pairs if held is not None}

    def schema(self) -> dict[str, Any]:
        """Return the members, each explained."""
        properties = {
            member.key: {**member.kind.schema(), "title": member.prompt, "description": member.why}
            for member in self.members
        }
        return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}

    def member(self, step: str) -> Kind | None:
        """Return the kind of the member `step`."""
        return next((member.kind for member in self.members if member.key == step), None)


def _member(question: Question, node: Node | None, reading: Reading, code: str) -> Any:
    if node is not None:
        return question.kind.read(node, reading)
    default = question.default_for(Subject(reading.draft, code))
    return None if default is None else question.kind.read(node_of(default), reading)


class Table(Kind):
    """A map from a code of the user's to a record."""

    label = "map by code"

    def __init__(
        self,
        row: Record,
        one: str,
        reserved: Mapping[str, str],
        minimum: int = 0,
        only_once: tuple[str, str] | None = None,
    ) -> None:
        self.row = row
        self.one = one
        """What a row is: `field`."""
        self.reserved = reserved
        """Codes that are not for users -> why."""
        self.minimum = minimum
        self.only_once = only_once
        """A member and its value that one row at most may have."""

    def read(self, node: Node, reading: Reading) -> tuple[Any, ...]:
        """Return the rows in their order."""
        if not isinstance(node.value, dict):
            reading.fault(node, f"must be a map from the code of a {self.one} to what it is")
            return ()
        if len(node.value) < self.minimum:
            reading.fault(node, f"must hold at least one {self.one}")
        rows = [self._row(code, member, reading) for code, member in node.value.items()]
        self._check_once(node.value, reading)
        return tuple(rows)

    def _row(self, code: str, node: Node, reading: Reading) -> Any:
        if MEMBER_CODE.fault_in(code) or len(code) > MEMBER_CODE.max_chars:
            limit = f"{MEMBER_CODE.form}, at most {MEMBER_CODE.max_chars}"
            reading.fault(node, f"names a {self.one} {shown(code)}: a code is {limit}", at_key=True)
        elif code in self.reserved:
            reading.fault(node, f"must not name a {self.one} `{code}`: {self.reserved[code]}", at_key=True)
        return self.row.read(node, reading.at(code))

    def _check_once(self, rows: Mapping[str, Node], reading: Reading) -> None:
        if self.only_once is None:
            return
        member, value = self.only_once
        held = [(code, node.find(member)) for code, node in rows.items()]
        same = [(code, node) for code, node in held if node is not None and node.value == value]
        for code, node in same[1:]:
            reading.at(code).at(member).fault(
                node, f"is `{value}`, as that of `{same[0][0]}`: one {self.one} at most may be"
            )

    def plain(self, value: tuple[Any, ...]) -> dict[str, Any]:
        """Return the map."""
        return {row.code: self.row.plain(row) for row in value}

    def schema(self) -> dict[str, Any]:
        """Return the form of codes and rows."""
        names: dict[str, Any] = {"pattern": MEMBER_CODE.schema()["pattern"]}
        if self.reserved:
            names["not"] = {"enum": list(self.reserved)}
        return {
            "type": "object",
            "propertyNames": names,
            "additionalProperties": self.row.schema(),
            "minProperties": self.minimum,
        }

    def parse(self, text: str) -> Any:
        """Return the map that YAML's flow form stands for: `{limit: {type: numeric}}`."""
        from scaffold.documents.yamldoc import parse_flow

        return parse_flow(text)

    def text(self, value: Any) -> str:
        """Return the flow form."""
        from scaffold.documents.yaml_text import flow

        return flow(value)

    def member(self, step: str) -> Kind | None:  # noqa: ARG002 - any code may be a row
        """Return the kind of a row."""
        return self.row
