"""Names with brackets, parsed as in PHP: `filter[id][]=1` -> `{"filter": {"id": {"0": "1"}}}`."""

import re
from collections.abc import Iterable
from typing import Any

DEPTH_MAX = 12
"""Levels of brackets in a name; deeper ones are dropped, so that no body can exhaust the stack."""

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def parse(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return nested dicts of strings; empty brackets are numbered from "0"."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        match = _NAME.fullmatch(name)
        if match is None:
            result[name] = value
            continue
        keys = [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]
        if len(keys) <= DEPTH_MAX:
            _put(result, keys, value)
    return result


def _put(target: dict[str, Any], keys: list[str], value: str) -> None:
    for key in keys[:-1]:
        inner = target.setdefault(key or str(len(target)), {})
        if not isinstance(inner, dict):
            inner = target[key] = {}
        target = inner
    target[keys[-1] or str(len(target))] = value


def values(node: Any) -> list[Any]:
    """Return a list as it is, the values of a dict, a single value as a list, and [] for None."""
    if node is None:
        return []
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else [node]


def flatten(prefix: str, value: Any) -> list[tuple[str, str]]:
    """Return the pairs that `parse` reads; every value becomes a string, as in a form."""
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in flatten(f"{prefix}[{key}]", inner)]
    if isinstance(value, list):
        return [pair for i, inner in enumerate(value) for pair in flatten(f"{prefix}[{i}]", inner)]
    if isinstance(value, bool):
        return [(prefix, "1" if value else "0")]
    return [(prefix, "" if value is None else str(value))]
