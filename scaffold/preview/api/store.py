"""Routes of tables whose rows do not depend on other rows, such as tasks and lists."""

from collections.abc import Mapping
from typing import Any

from scaffold.preview.api import selection as select
from scaffold.preview.api import validate
from scaffold.preview.api.call import Call, Handler, Item, Reply
from scaffold.preview.api.memory import Memory
from scaffold.preview.api.shape import echo, self_link

ID = r"(?P<id>\d{1,15})"

Route = tuple[str, str, Handler]
"""Method, pattern of the whole path, handler."""


def rows_of(table: str, defaults: Mapping[str, Any]) -> tuple[Route, ...]:
    """Return the routes that list, get, add and change rows of `table`."""

    def list_rows(memory: Memory, call: Call) -> Reply:
        return select.page(call, table, [linked(call, row) for row in memory.rows(table)])

    def get_row(memory: Memory, call: Call) -> Reply:
        return Reply(memory.find(table, call.id) | {"_links": self_link(call.base + call.path)})

    def add_rows(memory: Memory, call: Call) -> Reply:
        items = validate.items(memory, table, call.data(), new=True)
        return echo(call, table, [memory.insert(table, {**defaults, **own(item)}) for item in items], items)

    def change_rows(memory: Memory, call: Call) -> Reply:
        items = validate.items(memory, table, call.data(), new=False)
        rows = [memory.update(table, item["id"], own(item)) for item in items]
        return echo(call, table, rows, items, updated=True)

    path = f"/api/v4/{table}"
    return (
        ("GET", path, list_rows),
        ("POST", path, add_rows),
        ("PATCH", path, change_rows),
        ("GET", f"{path}/{ID}", get_row),
        ("PATCH", f"{path}/{ID}", change_row(table)),
    )


def change_row(table: str) -> Handler:
    """Return the handler that changes the row of `table` with the id in the path."""

    def handler(memory: Memory, call: Call) -> Reply:
        memory.find(table, call.id)
        (item,) = validate.items(memory, table, [call.object() | {"id": call.id}], new=False)
        row = memory.update(table, call.id, own(item))
        links = self_link(call.base + call.path)
        return Reply({"id": row["id"], "updated_at": row["updated_at"], "_links": links})

    return handler


def delete_row(table: str) -> Handler:
    """Return the handler that deletes the row of `table` with the id in the path."""

    def handler(memory: Memory, call: Call) -> Reply:
        memory.find(table, call.id)
        del memory.table(table)[call.id]
        return Reply(status=204)

    return handler


def own(item: Item) -> Item:
    """Return the members of an item that are stored in the row."""
    return {key: value for key, value in item.items() if key not in ("id", "request_id", "_links")}


def linked(call: Call, row: Item) -> Item:
    """Return a row of a list with its `_links`."""
    return row | {"_links": self_link(f"{call.base}{call.path}/{row['id']}")}
