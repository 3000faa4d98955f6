"""Answers with members: fields, handlers, menu items."""

from collections.abc import Callable, Mapping
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading, node_of
from scaffold.generate.answers.kinds.lines import MEMBER_CODE
from scaffold.generate.answers.question import Kind, Question, Subject
from scaffold.text import did_you_mean, quoted


class Record(Kind):
    """A map with fixed keys; read into one of the records of `Answers`."""

    label = "map"

    def __init__(self, members: tuple[Question, ...], make: Callable[..., Any]) -> None:
        self.members = members
        self.make = make
        """Takes `code` and the members by name."""

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the record; its code is the last part of `reading.key`."""
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
                reading.fault(
                    member, f"has an unknown key {quoted(key)}{did_you_mean(key, known)}", at_key=True
                )
        return self.make(code=code, **{
            member.key: _member(member, given.get(member.key), reading.at(member.key), code)
            for member in self.members
        })  # fmt: skip

    def whole(self, node: Node) -> Node:
        """Return the node of the full map, if `node` is a short form of it; else `node` itself."""
        return node

    def plain(self, value: Any) -> Any:
        """Return the members that have a value."""
        pairs = ((member.key, member.kind, getattr(value, member.key)) for member in self.members)
        return {key: kind.plain(held) for key, kind, held in pairs if held is not None}

    def schema(self) -> dict[str, Any]:
        """Return the members, each with its description."""
        properties = {
            member.key: {**member.kind.schema(), "title": member.prompt, "description": member.why}
            for member in self.members
        }
        return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}

    def member(self, step: str) -> Kind | None:
        """Return the kind of the member `step`."""
        return next((member.kind for member in self.members if member.key == step), None)


class Titled(Record):
    """A record of one text, which may replace the record: `done: Done`, or `done: {en: Done, es: Hecho}`."""

    label = "text, or a map by locale"

    def __init__(self, title: Question, make: Callable[..., Any]) -> None:
        super().__init__((title,), make)
        self._title = title

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the record, from the map or from its text alone."""
        if not self._is_alone(node):
            return super().read(node, reading)
        title = self._title.kind.read(node, reading)
        return self.make(code=reading.key.rpartition(".")[2], **{self._title.key: title})

    def whole(self, node: Node) -> Node:
        """Return the node of a map with the title if `node` is the title alone; else `node` itself."""
        return node.with_value({self._title.key: node}) if self._is_alone(node) else node

    def _is_alone(self, node: Node) -> bool:
        value = node.value
        return value is not None and not (isinstance(value, dict) and self._title.key in value)

    def plain(self, value: Any) -> Any:
        """Return the title alone."""
        return super().plain(value)[self._title.key]

    def schema(self) -> dict[str, Any]:
        """Return a schema that allows either form."""
        return {"anyOf": [self._title.kind.schema(), super().schema()]}

    def member(self, step: str) -> Kind | None:
        """Return the kind of the title, or of its text in the locale `step`."""
        return super().member(step) or self._title.kind.member(step)


def _member(question: Question, node: Node | None, reading: Reading, code: str) -> Any:
    if node is not None:
        return question.kind.read(node, reading)
    default = question.default_for(Subject(reading.draft, code))
    return None if default is None else question.kind.read(node_of(default), reading)


class Table(Kind):
    """A map from codes that the user chooses to records."""

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
        """Reserved code -> why."""
        self.minimum = minimum
        self.only_once = only_once
        """A member and a value of it that at most one row may have."""

    @property
    def a_row(self) -> str:
        """What a row is, with its article: `a field`, `an exit`."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    def read(self, node: Node, reading: Reading) -> tuple[Any, ...]:
        """Return the rows in their order."""
        if not isinstance(node.value, dict):
            reading.fault(node, f"must be a map from {self.one} codes to {self.one}s")
            return ()
        if len(node.value) < self.minimum:
            reading.fault(node, f"must have at least one {self.one}")
        rows = [self._row(code, member, reading) for code, member in node.value.items()]
        self._check_once(node.value, reading)
        return tuple(rows)

    def _row(self, code: str, node: Node, reading: Reading) -> Any:
        if MEMBER_CODE.fault_in(code) or len(code) > MEMBER_CODE.max_chars:
            limit = f"{MEMBER_CODE.form}, at most {MEMBER_CODE.max_chars} characters"
            reading.fault(node, f"has {self.a_row} {quoted(code)}: a code must be {limit}", at_key=True)
        elif code in self.reserved:
            reading.fault(node, f"must not have {self.a_row} `{code}`: {self.reserved[code]}", at_key=True)
        return self.row.read(node, reading.at(code))

    def _check_once(self, rows: Mapping[str, Node], reading: Reading) -> None:
        if self.only_once is None:
            return
        member, value = self.only_once
        held = [(code, node.find(member)) for code, node in rows.items()]
        same = [(code, node) for code, node in held if node is not None and node.value == value]
        for code, node in same[1:]:
            reading.at(code).at(member).fault(
                node, f"is `{value}`, like that of `{same[0][0]}`: at most one {self.one} may be"
            )

    def plain(self, value: tuple[Any, ...]) -> dict[str, Any]:
        """Return the map."""
        return {row.code: self.row.plain(row) for row in value}

    def schema(self) -> dict[str, Any]:
        """Return the pattern of the codes and the schema of a row."""
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
        """Return the map that `text` gives in YAML's flow style: `{limit: {type: numeric}}`."""
        from scaffold.documents.yamldoc import parse_flow

        return parse_flow(text)

    def text(self, value: Any) -> str:
        """Return the map in YAML's flow style."""
        from scaffold.documents.yaml_text import flow

        return flow(value)

    def member(self, step: str) -> Kind | None:  # noqa: ARG002 - any code may be a row
        """Return the kind of a row."""
        return self.row
