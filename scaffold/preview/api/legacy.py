"""The API before v4, for old widgets: `/api/v2`, `/private/api/v2/json`, `/ajax`, `/widgets/…/loader`."""

from typing import Any

from scaffold.preview.api import brackets, entities, old_shapes
from scaffold.preview.api.call import Call, Item, Refused, Reply
from scaffold.preview.api.memory import ENTITIES, Memory
from scaffold.preview.api.shape import self_link
from scaffold.preview.api.store import ID, Route

_TABLES = {"company": "companies", "companies": "companies", "catalog_elements": "elements"}
"""Names in the older API that differ from those of the tables."""

_OLD = r"(?P<old>leads|contacts|companies|company|customers|tasks|notes|catalogs|catalog_elements)"


def _table(call: Call) -> str:
    name = call.params["old"]
    return _TABLES.get(name, name)


def _chosen(memory: Memory, call: Call) -> list[Item]:
    """Return the rows selected by `id`, `element_id`, `query`, `limit_rows` and `limit_offset`."""
    args = call.args
    table = _table(call)
    rows = memory.rows(table)
    ids = {part for value in brackets.values(args.get("id")) for part in str(value).split(",")}
    if ids:
        rows = [row for row in rows if str(row["id"]) in ids]
    if "element_id" in args:
        rows = [row for row in rows if str(row.get("entity_id")) == str(args["element_id"])]
    if isinstance(args.get("query"), str):
        rows = [row for row in rows if args["query"].lower() in str(row).lower()]
    start, limit = (
        str(args.get(key, default)) for key, default in (("limit_offset", 0), ("limit_rows", 500))
    )
    first = int(start) if start.isdecimal() else 0
    return [
        old_shapes.row(memory, table, row) for row in rows[first:][: int(limit) if limit.isdecimal() else 500]
    ]


def get_v2(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v2/<name>`."""
    rows = _chosen(memory, call)
    if not rows:
        return Reply(status=204)
    return Reply({"_links": self_link(call.path), "_embedded": {"items": rows}})


def post_v2(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v2/<name>`: `add` and `update`."""
    done = [
        {"id": row["id"], "_links": self_link(f"{call.path}?id={row['id']}")} for row in _write(memory, call)
    ]
    return Reply({"_links": self_link(call.path), "_embedded": {"items": done}})


def get_account_v2(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v2/account`."""
    return Reply(old_shapes.account_v2(memory, call))


def get_pipelines_v2(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v2/pipelines`."""
    return Reply({"_links": self_link(call.path), "_embedded": {"items": old_shapes.pipelines(memory)}})


def get_private_account(memory: Memory, _call: Call) -> Reply:
    """Answer `GET /private/api/v2/json/accounts/current`."""
    return _response(memory, {"account": old_shapes.account_private(memory)})


def get_private_pipelines(memory: Memory, _call: Call) -> Reply:
    """Answer `GET /private/api/v2/json/pipelines/list`."""
    return _response(memory, {"pipelines": old_shapes.pipelines(memory)})


def list_private(memory: Memory, call: Call) -> Reply:
    """Answer `GET /private/api/v2/json/<name>/list`."""
    rows = _chosen(memory, call)
    # the older API returns companies under the name of contacts
    name = "contacts" if call.params["old"] == "company" else call.params["old"]
    return _response(memory, {name: rows}) if rows else Reply(status=204)


def set_private(memory: Memory, call: Call) -> Reply:
    """Answer `POST /private/api/v2/json/<name>/set`."""
    added = [{"id": row["id"], "request_id": 0} for row in _write(memory, call)]
    return _response(memory, {call.params["old"]: {"add": added}})


def list_ajax(memory: Memory, call: Call) -> Reply:
    """Answer `/ajax/leads/list/` and `/ajax/contacts/list/`, which the CRM's own pages use."""
    rows = _chosen(memory, call)
    return _response(memory, {"items": rows, "pagination": {"pages": 1, "total": len(rows), "current": 1}})


def get_ajax(memory: Memory, call: Call) -> Reply:
    """Answer `/ajax/<name>/detail/<id>`, which the CRM's own cards use to read or change an entity."""
    table = _table(call)
    row = memory.find(table, call.id)
    return _response(memory, {"id": row["id"], "element": old_shapes.row(memory, table, row)})


def list_links_private(memory: Memory, call: Call) -> Reply:
    """Answer `GET /private/api/v2/json/links/list`: the entities linked to the one in `links[…]`."""
    found: list[Item] = []
    for given in _dicts(call.args.get("links")) or [call.args]:
        name, id_ = str(given.get("from")), str(given.get("from_id", ""))
        if name in ENTITIES and id_.isdecimal():
            found += [
                {"from": name, "from_id": int(id_), "to": to, "to_id": to_id}
                | {"quantity": (data or {}).get("quantity", 1)}
                for (to, to_id), data in memory.linked((name, int(id_)))
            ]
    return _response(memory, {"links": found}) if found else Reply(status=204)


def contact_links_private(memory: Memory, call: Call) -> Reply:
    """Answer `GET /private/api/v2/json/contacts/links`: pairs of contacts and leads."""
    args = call.args
    pairs = [
        {"contact_id": contact["id"], "lead_id": lead, "last_modified": contact["updated_at"]}
        for contact in memory.rows("contacts")
        for (_, lead), _data in memory.linked(("contacts", contact["id"]), "leads")
    ]
    for key, member in (("contacts_link", "contact_id"), ("deals_link", "lead_id")):
        ids = {str(value) for value in brackets.values(args.get(key))}
        pairs = [pair for pair in pairs if not ids or str(pair[member]) in ids]
    return _response(memory, {"links": pairs}) if pairs else Reply(status=204)


def loader(_memory: Memory, _call: Call) -> Reply:
    """Answer `/widgets/<subdomain>/loader/<code>/<action>`, which is PHP hosted by the vendor."""
    return Reply({}, note="the CRM hosts PHP for public widgets only")


def _response(memory: Memory, members: Item) -> Reply:
    return Reply({"response": members | {"server_time": memory.clock()}})


def _write(memory: Memory, call: Call) -> list[Item]:
    """Carry out the `add` and `update` of a body, however the older forms nest them, and return the rows."""
    data = call.data()
    for name in ("request", call.params["old"]):
        data = data.get(name, data) if isinstance(data, dict) else data
    if not isinstance(data, dict) or not {"add", "update"} & set(data):
        raise Refused(400, "the body must have add or update")
    table = _table(call)
    rows = [_add(memory, table, old_shapes.members(memory, table, item)) for item in _dicts(data.get("add"))]
    for item in _dicts(data.get("update")):
        id_ = str(item.get("id", ""))
        if not id_.isdecimal():
            raise Refused(400, "every object to update must have its id")
        rows.append(memory.update(table, int(id_), old_shapes.members(memory, table, item)))
    return rows


def _add(memory: Memory, table: str, item: Item) -> Item:
    return entities.insert(memory, table, item) if table in ENTITIES else memory.insert(table, item)


def _dicts(value: Any) -> list[Item]:
    return [item for item in brackets.values(value) if isinstance(item, dict)]


_PRIVATE = "/private/api/v2/json"

ROUTES: tuple[Route, ...] = (
    ("GET", "/api/v2/account", get_account_v2),
    ("GET", "/api/v2/pipelines", get_pipelines_v2),
    ("GET", f"/api/v2/{_OLD}", get_v2),
    ("POST", f"/api/v2/{_OLD}", post_v2),
    ("GET", f"{_PRIVATE}/accounts/current", get_private_account),
    ("GET", f"{_PRIVATE}/pipelines/list", get_private_pipelines),
    ("GET", f"{_PRIVATE}/{_OLD}/list", list_private),
    ("POST", f"{_PRIVATE}/{_OLD}/set", set_private),
    ("*", "/ajax/(?P<old>leads|contacts|companies|customers)/list", list_ajax),
    ("*", f"/ajax/(?P<old>leads|contacts|companies|customers)/detail/{ID}", get_ajax),
    ("GET", f"{_PRIVATE}/links/list", list_links_private),
    ("GET", f"{_PRIVATE}/contacts/links", contact_links_private),
    ("*", r"/widgets/[\w-]+/loader/[\w-]+(?:/[\w/-]*)?", loader),
)
