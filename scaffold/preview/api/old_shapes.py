"""Rows and the account in the shapes of the API before v4."""

from typing import Any

from scaffold.kommo.rest import OLD_FIELD_TYPES
from scaffold.preview.api import brackets, validate
from scaffold.preview.api.call import Call, Item
from scaffold.preview.api.memory import ENTITIES, Memory, Ref

_ELEMENT_TYPES = {"contacts": 1, "leads": 2, "companies": 3, "customers": 12}


def row(memory: Memory, table: str, item: Item) -> Item:
    """Return a row as `/api/v2` shows it."""
    shown = {key: value for key, value in item.items() if key not in ("custom_fields_values", "tags")}
    shown["custom_fields"] = [_field_value(field) for field in item.get("custom_fields_values") or ()]
    if table in ENTITIES:
        shown |= {"tags": item.get("tags", []), "company": _company(memory, (table, item["id"]))}
        shown["contacts"] = {"id": [id_ for (_, id_), _ in memory.linked((table, item["id"]), "contacts")]}
        shown["leads"] = {"id": [id_ for (_, id_), _ in memory.linked((table, item["id"]), "leads")]}
    if table == "leads":
        shown |= {"sale": item.get("price"), "pipeline": {"id": item.get("pipeline_id")}}
    if "entity_type" in item:
        shown["element_type"] = _ELEMENT_TYPES.get(item["entity_type"], 0)
        shown["element_id"] = item.get("entity_id")
    return shown


def _company(memory: Memory, ref: Ref) -> Item:
    for (_, id_), _data in memory.linked(ref, "companies"):
        return {"id": id_, "name": memory.find("companies", id_)["name"]}
    return {}


def _field_value(field: Item) -> Item:
    values = [{"value": v.get("value"), "enum": v.get("enum_id")} for v in field["values"]]
    return {
        "id": field["field_id"],
        "name": field["field_name"],
        "code": field["field_code"],
        "values": values,
    }


def members(memory: Memory, table: str, item: Item) -> Item:
    """Return an item of an older body with the members of v4; numbers may be strings."""
    renamed = {"sale": "price", "element_id": "entity_id", "task_type": "task_type_id"}
    found: Item = {}
    for key, value in item.items():
        name = renamed.get(key, key)
        if name in ("id", "request_id", "custom_fields", "tags", "element_type"):
            continue
        found[name] = int(value) if isinstance(value, str) and _is_number(name, value) else value
    if str(item.get("element_type", "")).isdecimal():
        kinds = {number: kind for kind, number in _ELEMENT_TYPES.items()}
        found["entity_type"] = kinds.get(int(item["element_type"]), "leads")
    fields = [_read_field(memory, table, given) for given in brackets.values(item.get("custom_fields"))]
    if any(fields):
        found["custom_fields_values"] = [field for field in fields if field]
    return found


def _is_number(name: str, value: str) -> bool:
    return (
        value.isdecimal()
        and len(value) < 16
        and (name.endswith(("_id", "_at")) or name in ("price", "complete_till"))
    )


def _read_field(memory: Memory, table: str, given: Any) -> Item | None:
    if not isinstance(given, dict) or not str(given.get("id", "")).isdecimal():
        return None
    wanted = {"field_id": int(given["id"])}
    if validate.find_field(memory, table, wanted) is None:
        return None
    values = [v if isinstance(v, dict) else {"value": v} for v in brackets.values(given.get("values"))]
    return wanted | {"values": [{"value": v.get("value")} for v in values]}


def pipelines(memory: Memory) -> dict[str, Item]:
    """Return the pipelines by id, with their statuses by id."""
    return {
        str(row["id"]): {key: row[key] for key in ("id", "name", "sort", "is_main")}
        | {"statuses": {str(status["id"]): status for status in row["_embedded"]["statuses"]}}
        for row in memory.rows("pipelines")
    }


def account_v2(memory: Memory, call: Call) -> Item:
    """Return the account with the parts in `with=`, each by id."""
    account = memory.account
    parts = {
        "users": {str(u["id"]): _user(u) for u in memory.rows("users")},
        "custom_fields": {kind: _fields(memory, kind) for kind in ENTITIES},
        "pipelines": pipelines(memory),
        "groups": account["_embedded"]["users_groups"],
        "task_types": {str(t["id"]): t for t in account["_embedded"]["task_types"]},
        "note_types": {"4": {"id": 4, "code": "COMMON", "is_editable": True}},
    }
    shown = {key: account[key] for key in ("id", "name", "subdomain", "currency", "language")}
    shown |= {"timezone": "UTC", "current_user": account["current_user_id"]}
    return shown | {"_embedded": {name: part for name, part in parts.items() if call.wants(name)}}


def _user(user: Item) -> Item:
    rights = user["rights"]
    return {
        "id": user["id"], "name": user["name"], "last_name": None, "login": user["email"],
        "language": user["lang"], "group_id": rights["group_id"], "is_active": rights["is_active"],
        "is_free": rights["is_free"], "is_admin": rights["is_admin"], "rights": rights,
    }  # fmt: skip


def _fields(memory: Memory, kind: str) -> dict[str, Item]:
    return {str(field["id"]): _field(field) for field in memory.rows("custom_fields", entity_type=kind)}


def _field(field: Item) -> Item:
    type_id = OLD_FIELD_TYPES.get(field["type"], 1)
    return {
        "id": field["id"], "name": field["name"], "code": field["code"], "sort": field.get("sort", 500),
        "field_type": type_id, "type_id": str(type_id), "is_multiple": field["type"] == "multitext",
        "multiple": "Y" if field["type"] == "multitext" else "N", "is_system": bool(field["code"]),
        "enums": {str(enum["id"]): enum["value"] for enum in field.get("enums") or ()},
    }  # fmt: skip


def account_private(memory: Memory) -> Item:
    """Return the account as `/private/api/v2/json/accounts/current` shows it."""
    account = memory.account
    statuses = [s for row in memory.rows("pipelines") for s in row["_embedded"]["statuses"]]
    shown = {key: account[key] for key in ("id", "name", "subdomain", "currency", "language")}
    return shown | {
        "timezone": "UTC", "current_user": account["current_user_id"],
        "users": [_user(user) for user in memory.rows("users")],
        "groups": account["_embedded"]["users_groups"], "leads_statuses": statuses,
        "custom_fields": {kind: list(_fields(memory, kind).values()) for kind in ENTITIES},
        "task_types": account["_embedded"]["task_types"], "pipelines": pipelines(memory),
        "note_types": [{"id": 4, "code": "COMMON", "editable": "Y"}],
    }  # fmt: skip
