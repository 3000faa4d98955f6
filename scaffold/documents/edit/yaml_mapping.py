"""Edits the text of a YAML mapping; unchanged members keep their form, order and comments."""

import re
from collections.abc import Mapping
from typing import Any

from scaffold.documents import yamldoc
from scaffold.documents.node import Node
from scaffold.documents.parse_error import DocumentError
from scaffold.documents.yaml_text import flow, members

_FLOW = re.compile(r"(?P<head>[^#]*?:[ ]*\[)(?P<items>[^\[\]#\n]*)(?P<tail>\][^\n]*)")


def with_values(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return `text`, a mapping in block form with the values `before`, changed to the values `after`.

    New members are put where `after` has them; a list keeps its form and the comments of its items. Raises
    DocumentError if `text` cannot be parsed.
    """
    for key in [key for key in before if key not in after]:
        text = _without(text, key)
    above = ""
    for key, value in after.items():
        if key not in before:
            text = _inserted(text, above, key, value)
        elif before[key] != value:
            text = _replaced(text, key, before[key], value)
        above = key
    return text


def _root(text: str) -> Node:
    root = yamldoc.parse(text)
    if root is None or not isinstance(root.value, dict):
        raise DocumentError(1, 1, "must be a mapping")
    return root


def _block(text: str, key: str) -> tuple[int, int] | None:
    """Return a member's first line and the one after its last, 0-based; None if there is no such member."""
    root = _root(text)
    places = sorted(node.key_line - 1 for _, node in root.items())
    node = root.find(key)
    if node is None:
        return None
    lines = text.split("\n")
    start = node.key_line - 1
    end = next((place for place in places if place > start), len(lines))
    while end - 1 > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def _written(key: str, value: Any) -> list[str]:
    return list(members({key: value}))


def _without(text: str, key: str) -> str:
    block = _block(text, key)
    if block is None:
        return text
    lines = text.split("\n")
    return "\n".join(lines[: block[0]] + lines[block[1] :])


def _inserted(text: str, above: str, key: str, value: Any) -> str:
    """Return the text with a new member after the one called `above`, or at the end."""
    block = _block(text, above) if above else None
    lines = text.split("\n")
    at = block[1] if block else len(lines) - (not lines[-1])
    return "\n".join(lines[:at] + _written(key, value) + lines[at:])


def _replaced(text: str, key: str, before: Any, value: Any) -> str:
    block = _block(text, key)
    if block is None:
        return _inserted(text, "", key, value)
    lines = text.split("\n")
    shown = lines[slice(*block)]
    changed = _list(shown, before, value) if isinstance(before, list) and isinstance(value, list) else None
    return "\n".join(lines[: block[0]] + (changed or _written(key, value)) + lines[block[1] :])


def _list(lines: list[str], before: list[Any], after: list[Any]) -> list[str] | None:
    """Return the lines of a list with items appended and removed; None for any other change."""
    kept = [item for item in before if item in after]
    if after[: len(kept)] != kept:
        return None
    added = [flow(item) for item in after[len(kept) :]]
    gone = {place for place, item in enumerate(before) if item not in after}
    found = _FLOW.fullmatch(lines[0]) if len(lines) == 1 else None
    if found:
        line = _flow_list(found, len(before), gone, added)
        return None if line is None else [line]
    return _block_list(lines, len(before), gone, added)


def _flow_list(found: re.Match[str], count: int, gone: set[int], added: list[str]) -> str | None:
    """Return the line of a list `[a, b]`; None if it does not have `count` items."""
    items = [item for item in found["items"].split(",") if item.strip()]
    if len(items) != count:
        return None
    kept = [item.rstrip() for place, item in enumerate(items) if place not in gone]
    if kept:
        kept[0] = kept[0].lstrip()
    shown = [*kept, *(f" {item}" if kept or place else item for place, item in enumerate(added))]
    start = " " if found["items"].startswith(" ") else ""
    end = " " if found["items"].endswith(" ") and kept else ""
    return found["head"] + start + ",".join(shown) + end + found["tail"]


def _block_list(lines: list[str], count: int, gone: set[int], added: list[str]) -> list[str] | None:
    """Return the lines of a list with an item on each line; None if they are not `count` lines in a row."""
    points = [place for place, line in enumerate(lines) if re.match(r"\s*-\s", line)]
    if not points or len(points) != count or points != list(range(points[0], points[0] + count)):
        return None
    margin = lines[points[0]][: lines[points[0]].index("-")]
    dropped = {points[place] for place in gone}
    rest = [line for place, line in enumerate(lines) if place not in dropped]
    at = points[-1] + 1 - len(dropped)
    return rest[:at] + [f"{margin}- {item}" for item in added] + rest[at:]
