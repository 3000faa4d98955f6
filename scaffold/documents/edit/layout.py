"""The layout of a JSON object, so that new members look like their neighbours."""

import json
from typing import Any, NamedTuple

from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Node

_INDENT = "  "


class Layout:
    """The layout of one document."""

    def __init__(self, text: str, document: Document) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._is_one_line = "\n" not in text.strip()
        first = next((node for _, node in document.root.items()), None) if document.root else None
        self._unit = (self._margin_of(first) if first else None) or _INDENT

    def members(self, holder: Node, members: dict[str, Any]) -> tuple[str, str, str]:
        """Return members as text, and the white space before and after them in an empty holder."""
        break_ = self.break_in(holder)
        outer = self._newline + self._outer_margin(holder) if break_ else ""
        return self._members(members, break_), break_, outer

    def break_in(self, holder: Node) -> str:
        """Return the line break and margin between the members of `holder`; empty if they share a line."""
        first = next((node for _, node in holder.items()), None)
        if first:
            margin = self._margin_of(first)
            return "" if margin is None else self._newline + margin
        return "" if self._is_one_line else self._newline + self._outer_margin(holder) + self._unit

    def value(self, value: Any, break_: str) -> str:
        """Return a value as text, its lines separated by `break_`; on one line if that is empty."""
        if isinstance(value, Moved):
            return value.text.replace(value.margin, break_) if break_ and value.margin else value.text
        if isinstance(value, dict) and value:
            inner = break_ + self._unit if break_ else ""
            members = self._members(value, inner)
            return f"{{{inner}{members}{break_}}}"
        shown = json.dumps(value, ensure_ascii=False, indent=self._unit if break_ else None)
        return shown.replace("\n", break_)

    def _members(self, members: dict[str, Any], break_: str) -> str:
        """Return members as text, each but the first after a comma and `break_`."""
        return f",{break_ or ' '}".join(
            f"{json.dumps(key, ensure_ascii=False)}: {self.value(value, break_)}"
            for key, value in members.items()
        )

    def moved(self, node: Node) -> "Moved":
        """Return a value with its text, to be put elsewhere."""
        margin = self._outer_margin(node)
        text = self._text[node.start : node.end]
        return Moved(text, self._newline + margin if "\n" in text else "")

    def _outer_margin(self, node: Node) -> str:
        """Return the indentation of the line on which `node` starts."""
        start = self._text.rfind("\n", 0, node.start) + 1
        line = self._text[start : node.start].removeprefix("\ufeff")
        return line[: len(line) - len(line.lstrip())]

    def _margin_of(self, member: Node) -> str | None:
        """Return the indentation of a member's key; None if it is not the first on its line."""
        start = self._text.rfind("\n", 0, member.key_start) + 1
        before = self._text[start : member.key_start]
        return before if start and not before.strip() else None


class Moved(NamedTuple):
    """The text of a value from another place."""

    text: str
    margin: str
    """The line break and the indentation that all its further lines have."""
