"""Validates bodies: reports every fault of every item in one answer, as the CRM does."""

from typing import Any

from scaffold.kommo.rest import ITEMS_MAX, NOTE_TYPES
from scaffold.preview.api.call import Item, Refused
from scaffold.preview.api.memory import ENTITIES, Memory

_TYPES: dict[str, type | tuple[type, ...]] = {
    "name": str, "first_name": str, "last_name": str, "price": int, "status_id": int, "pipeline_id": int,
    "responsible_user_id": int, "text": str, "complete_till": int, "task_type_id": int, "entity_id": int,
    "entity_type": str, "is_completed": bool, "note_type": str, "params": dict, "next_price": int,
    "next_date": int, "custom_fields_values": (list, type(None)), "_embedded": dict, "destination": str,
    "created_at": int, "updated_at": int, "closed_at": (int, type(None)), "tags_to_add": list,
    "tags_to_delete": list,
}  # fmt: skip
"""Member -> type of its value; other members are not checked."""

_REQUIRED: dict[str, tuple[str, ...]] = {
    "tasks": ("text", "complete_till"),
    "notes": ("note_type",),
    "customers": ("name",),
    "elements": ("name",),
    "catalogs": ("name",),
    "custom_fields": ("name", "type"),
    "tags": ("name",),
    "sources": ("name", "external_id"),
}
"""Table -> members that a new row must have."""


CHECKED = (*ENTITIES, "tasks", "notes", "custom_fields", "catalogs", "elements", "tags")
"""Tables whose rows are validated."""


def objects(body: Any) -> list[Item]:
    """Return the body, a list of one to ITEMS_MAX objects. Raises Refused on anything else."""
    if not isinstance(body, list) or not body or not all(isinstance(item, dict) for item in body):
        raise Refused(400, "the body must be a list of at least one object")
    if len(body) > ITEMS_MAX:
        raise Refused(400, f"the body has {len(body)} items, and may have at most {ITEMS_MAX}")
    return body


def items(memory: Memory, table: str, body: Any, new: bool) -> list[Item]:
    """Return the items of the body; unless they are `new`, each has the id of a row.

    Raises Refused with every fault of every item in `validation-errors`.
    """
    found = objects(body)
    reports = []
    for index, item in enumerate(found):
        errors = _faults(memory, table, item, new)
        if errors:
            reports.append({"request_id": str(item.get("request_id", index)), "errors": errors})
    if reports:
        raise Refused(400, "the body breaks the rules of the entity", tuple(reports))
    return found


def _faults(memory: Memory, table: str, item: Item, new: bool) -> list[Item]:
    required = _REQUIRED.get(table, ()) if new else ("id",)
    missing = [_fault("FieldMissing", name, "the member is missing") for name in required if name not in item]
    wrong = [
        _fault("InvalidType", name, f"a value of type {_type_name(name)} is expected")
        for name, value in item.items()
        if name in _TYPES and not _is(value, _TYPES[name])
    ]
    if not new and not missing and not _is_row(memory, table, item["id"]):
        missing.append(_fault("NotFound", "id", f"no {table} with id {item['id']}"))
    return missing + wrong or _references(memory, table, item)


def _is(value: Any, wanted: type | tuple[type, ...]) -> bool:
    if isinstance(value, bool) and wanted is not bool:
        return False
    return isinstance(value, wanted)


def _type_name(member: str) -> str:
    wanted = _TYPES[member]
    first = wanted[0] if isinstance(wanted, tuple) else wanted
    return {str: "string", int: "integer", bool: "boolean", dict: "object", list: "array"}[first]


def _fault(code: str, path: str, detail: str) -> Item:
    return {"code": code, "path": path, "detail": detail}


def _references(memory: Memory, table: str, item: Item) -> list[Item]:
    """Return the faults of members that refer to rows that do not exist."""
    faults = []
    user = item.get("responsible_user_id")
    if user is not None and user not in memory.table("users"):
        faults.append(_fault("NotSupportedChoice", "responsible_user_id", f"no user {user}"))
    if table == "leads":
        faults += _stage_faults(memory, item)
    if table == "notes" and item.get("note_type", NOTE_TYPES[0]) not in NOTE_TYPES:
        faults.append(_fault("NotSupportedChoice", "note_type", f"no note type {item['note_type']}"))
    if table == "tasks":
        faults += _task_faults(memory, item)
    faults += _embedded_faults(memory, item.get("_embedded") or {})
    fields = (item.get("custom_fields_values") or ()) if table in ENTITIES else ()
    for index, field in enumerate(fields):
        faults += _field_faults(memory, table, f"custom_fields_values.{index}", field)
    return faults


def _embedded_faults(memory: Memory, embedded: Item) -> list[Item]:
    """Return the faults in `_embedded`: tags, and entities, which must have the id of an existing one."""
    faults = []
    for name in ("tags", "contacts", "companies", "leads"):
        given = embedded.get(name) or []
        if not isinstance(given, list):
            faults.append(_fault("InvalidType", f"_embedded.{name}", "a value of type array is expected"))
            continue
        for index, other in enumerate(given):
            path = f"_embedded.{name}.{index}"
            if not isinstance(other, dict):
                faults.append(_fault("InvalidType", path, "a value of type object is expected"))
            elif name != "tags" and not _is_row(memory, name, other.get("id")):
                faults.append(
                    _fault("NotSupportedChoice", f"{path}.id", f"no {name} with id {other.get('id')}")
                )
    return faults


def _is_row(memory: Memory, table: str, id_: Any) -> bool:
    return isinstance(id_, int) and id_ in memory.table(table)


def _task_faults(memory: Memory, item: Item) -> list[Item]:
    """Return the faults of a task: a type that the account does not have, an entity that does not exist."""
    faults = []
    types = [row["id"] for row in memory.account["_embedded"]["task_types"]]
    if item.get("task_type_id", types[0]) not in types:
        faults.append(_fault("NotSupportedChoice", "task_type_id", f"no task type {item['task_type_id']}"))
    kind, id_ = item.get("entity_type"), item.get("entity_id")
    if kind is not None and kind not in ENTITIES:
        faults.append(_fault("NotSupportedChoice", "entity_type", f"no entity type {kind}"))
    elif id_ is not None and kind is None:
        faults.append(_fault("FieldMissing", "entity_type", "entity_id needs entity_type"))
    elif id_ and kind is not None and not _is_row(memory, kind, id_):
        faults.append(_fault("NotSupportedChoice", "entity_id", f"no {kind} with id {id_}"))
    return faults


def _stage_faults(memory: Memory, item: Item) -> list[Item]:
    pipelines = memory.table("pipelines")
    pipeline = item.get("pipeline_id")
    if pipeline is not None and pipeline not in pipelines:
        return [_fault("NotSupportedChoice", "pipeline_id", f"no pipeline {pipeline}")]
    chosen = [pipelines[pipeline]] if pipeline is not None else list(pipelines.values())
    known = {status["id"] for row in chosen for status in row["_embedded"]["statuses"]}
    status = item.get("status_id")
    if status is not None and status not in known:
        return [_fault("NotSupportedChoice", "status_id", f"no status {status}")]
    return []


def _field_faults(memory: Memory, table: str, path: str, field: Any) -> list[Item]:
    if not isinstance(field, dict):
        return [_fault("InvalidType", path, "a value of type object is expected")]
    if find_field(memory, table, field) is None:
        member = "field_id" if "field_id" in field else "field_code"
        return [_fault("NotSupportedChoice", f"{path}.{member}", f"no custom field {field.get(member)}")]
    values = field.get("values")
    if values is not None and not (isinstance(values, list) and all(isinstance(v, dict) for v in values)):
        return [_fault("InvalidType", f"{path}.values", "a list of objects is expected")]
    return []


def find_field(memory: Memory, table: str, field: Item) -> Item | None:
    """Return the custom field of `table` that a value refers to by `field_id` or `field_code`; else None."""
    for row in memory.rows("custom_fields", entity_type=table):
        if row["id"] == field.get("field_id") or (row["code"] and row["code"] == field.get("field_code")):
            return row
    return None
