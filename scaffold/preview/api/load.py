"""Loads the rows of a scenario into the memory, validated as writes of the API are."""

from scaffold.preview.api import entities, validate
from scaffold.preview.api.call import Item, Refused
from scaffold.preview.api.memory import ENTITIES, Memory

TABLES = (
    "users", "pipelines", "custom_fields", *ENTITIES, "tasks", "notes", "catalogs", "elements", "tags",
    "loss_reasons",
)  # fmt: skip
"""Tables that a scenario may have, in the order in which rows refer to each other."""


DEFAULTS: dict[str, Item] = {
    "custom_fields": {"code": None, "enums": None, "sort": 500, "is_api_only": False, "group_id": None},
    "tasks": {"is_completed": False, "result": [], "task_type_id": 1},
    "notes": {"params": {}},
    "catalogs": {"type": "regular", "sort": 10},
    "elements": {"custom_fields_values": None, "is_deleted": False},
    "tags": {"color": None, "entity_type": "leads"},
}


def load(memory: Memory, tables: dict[str, list[Item]]) -> list[str]:
    """Add the rows, or change those whose id exists; return what was refused, one line each."""
    refused = []
    for table in TABLES:
        for number, row in enumerate(tables.get(table, ()), 1):
            try:
                _put(memory, table, row)
            except Refused as error:
                reasons = [f"{e['path']}: {e['detail']}" for r in error.errors for e in r["errors"]]
                refused.append(f"account.{table}, row {number}: {'; '.join(reasons) or error.detail}")
    return refused


def _put(memory: Memory, table: str, row: Item) -> None:
    id_ = row.get("id")
    known = isinstance(id_, int) and id_ in memory.table(table)
    if table in validate.CHECKED:
        validate.items(memory, table, [row], new=not known)
    if table in ENTITIES and known:
        entities.change(memory, table, row["id"], row)
    elif table in ENTITIES:
        _insert(memory, table, row)
    elif known:
        memory.update(table, row["id"], row)
    else:
        memory.insert(table, DEFAULTS.get(table, {}) | row)


def _insert(memory: Memory, table: str, row: Item) -> None:
    """Add an entity, with its own id if it has one."""
    added = entities.insert(memory, table, row)
    if isinstance(row.get("id"), int):
        memory.rename(table, added["id"], row["id"])
