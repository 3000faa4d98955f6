"""Lists of the fake API: filter, search, order and pagination."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from scaffold.kommo.rest import PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX
from scaffold.preview.api import brackets
from scaffold.preview.api.call import Call, Item, Refused, Reply


def page(
    call: Call, key: str, rows: Sequence[Item], most: int = PAGE_LIMIT_MAX, counted: bool = False
) -> Reply:
    """Return one page of `rows`, filtered and ordered by the query; 204 if nothing is left.

    A page holds at most `most` rows. Lists that are `counted` say how many rows and pages there are.
    """
    args = call.args
    chosen = _order(_search(_filter(rows, args.get("filter")), args.get("query")), args.get("order"))
    number, limit = _number(args, "page", 1), _number(args, "limit", PAGE_LIMIT_DEFAULT)
    if limit > PAGE_LIMIT_MAX:
        raise Refused(400, f"limit is {limit}, and may be at most {PAGE_LIMIT_MAX}")
    limit = min(limit, most)
    start = (number - 1) * limit
    shown = chosen[start : start + limit]
    if not shown:
        return Reply(status=204)
    links = {"self": _href(call, number, limit)}
    if start + limit < len(chosen):
        links["next"] = _href(call, number + 1, limit)
    if number > 1:
        links |= {"first": _href(call, 1, limit), "prev": _href(call, number - 1, limit)}
    totals = {"_total_items": len(chosen), "_page_count": -(-len(chosen) // limit)} if counted else {}
    return Reply(totals | {"_page": number, "_links": links, "_embedded": {key: shown}})


def whole(call: Call, key: str, rows: Sequence[Item]) -> Reply:
    """Return all `rows` in one answer, with their number, as in lists without pages."""
    links = {"self": {"href": call.base + call.path}}
    return Reply({"_total_items": len(rows), "_links": links, "_embedded": {key: list(rows)}})


def _number(args: dict[str, Any], name: str, default: int) -> int:
    text = str(args.get(name, default))
    if not text.isdecimal() or not int(text[:9]) > 0:
        raise Refused(400, f"{name} is {text!r}, not a positive whole number")
    return int(text[:9])


def _href(call: Call, number: int, limit: int) -> dict[str, str]:
    rest = [pair for pair in parse_qsl(call.query) if pair[0] not in ("page", "limit")]
    query = urlencode([*rest, ("page", number), ("limit", limit)])
    return {"href": f"{call.base}{call.path}?{query}"}


def _filter(rows: Sequence[Item], wanted: Any) -> list[Item]:
    if not isinstance(wanted, dict):
        return list(rows)
    return [row for row in rows if all(_matches(row, key, value) for key, value in wanted.items())]


def _matches(row: Item, key: str, wanted: Any) -> bool:
    if key == "custom_fields_values" and isinstance(wanted, dict):
        return all(_field_matches(row, field_id, value) for field_id, value in wanted.items())
    if key == "statuses":
        return any(isinstance(pair, dict) and _filter([row], pair) for pair in brackets.values(wanted))
    actual = row.get(key)
    if isinstance(wanted, dict) and ({"from", "to"} & set(wanted)):
        return isinstance(actual, int) and _within(actual, wanted)
    if isinstance(actual, bool):
        actual = int(actual)
    return str(actual) in [str(value) for value in brackets.values(wanted)]


def _within(actual: int, bounds: dict[str, Any]) -> bool:
    low, high = str(bounds.get("from", "")), str(bounds.get("to", ""))
    return (not low.isdecimal() or actual >= int(low)) and (not high.isdecimal() or actual <= int(high))


def _field_matches(row: Item, field_id: str, wanted: Any) -> bool:
    is_range = isinstance(wanted, dict) and bool({"from", "to"} & set(wanted))
    texts = {str(value) for value in brackets.values(wanted)}
    for field in row.get("custom_fields_values") or ():
        if str(field["field_id"]) == field_id and is_range:
            return any(
                isinstance(v.get("value"), int) and _within(v["value"], wanted) for v in field["values"]
            )
        if str(field["field_id"]) == field_id:
            return any({str(v.get("value")), str(v.get("enum_id"))} & texts for v in field["values"])
    return False


def _search(rows: list[Item], words: Any) -> list[Item]:
    if not isinstance(words, str) or not words:
        return rows
    return [row for row in rows if words.lower() in _text(row)]


def _text(row: Item) -> str:
    fields = row.get("custom_fields_values") or ()
    found = [str(value.get("value", "")) for field in fields for value in field["values"]]
    return " ".join([str(row["id"]), str(row.get("name", "")), *found]).lower()


def _order(rows: list[Item], wanted: Any) -> list[Item]:
    for key, direction in reversed(list(wanted.items())) if isinstance(wanted, dict) else ():
        present = [row for row in rows if isinstance(row.get(key), int)]
        absent = [row for row in rows if not isinstance(row.get(key), int)]
        rows = sorted(present, key=lambda row: int(row[key]), reverse=direction == "desc") + absent
    return rows
