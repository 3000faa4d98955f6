"""Routes of leads, contacts, companies and customers."""

from scaffold.kommo.rest import STATUS_LOST, STATUS_WON
from scaffold.preview.api import selection as select
from scaffold.preview.api import validate
from scaffold.preview.api.call import Call, Item, Reply
from scaffold.preview.api.memory import Memory, Ref
from scaffold.preview.api.shape import echo, self_link, show
from scaffold.preview.api.store import ID

KIND = r"(?P<kind>leads|contacts|companies|customers)"

_ENVELOPE = ("id", "request_id", "_embedded", "_links", "tags")
"""Members of a body that are not stored in the row."""


def list_entities(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>`."""
    kind = call.params["kind"]
    return select.page(call, kind, [show(memory, call, kind, row) for row in memory.rows(kind)])


def get_entity(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/<id>`."""
    kind = call.params["kind"]
    return Reply(show(memory, call, kind, memory.find(kind, call.id)))


def add_entities(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/<kind>`."""
    kind = call.params["kind"]
    items = validate.items(memory, kind, call.data(), new=True)
    added = [insert(memory, kind, item) for item in items]
    return echo(call, kind, added, items)


def add_complex(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/leads/complex`, which adds a lead with its contact and company."""
    answers = []
    parts = [_take_apart(memory, item) for item in validate.objects(call.data())]
    for index, (item, others) in enumerate(parts):
        lead = insert(memory, "leads", item)
        answer = {"id": lead["id"], "contact_id": None, "company_id": None, "merged": False}
        for kind, other in others:
            row = insert(memory, kind, other)
            memory.link(("leads", lead["id"]), (kind, row["id"]), {"main_contact": True})
            answer["contact_id" if kind == "contacts" else "company_id"] = row["id"]
        answers.append(answer | {"request_id": [str(item.get("request_id", index))]})
    return Reply(answers)


def _take_apart(memory: Memory, item: Item) -> tuple[Item, list[tuple[str, Item]]]:
    """Return a lead and the new entities that it embeds, all validated. Raises Refused."""
    embedded = item.get("_embedded")
    given = embedded if isinstance(embedded, dict) else {}
    others = [(kind, given[kind]) for kind in ("contacts", "companies") if given.get(kind)]
    own = item if not others else item | {"_embedded": {key: given[key] for key in given if key == "tags"}}
    (lead,) = validate.items(memory, "leads", [own], new=True)
    return lead, [
        (kind, row) for kind, rows in others for row in validate.items(memory, kind, rows, new=True)
    ]


def change_entities(memory: Memory, call: Call) -> Reply:
    """Answer `PATCH /api/v4/<kind>`, whose body is a list of objects with ids."""
    kind = call.params["kind"]
    items = validate.items(memory, kind, call.data(), new=False)
    changed = [change(memory, kind, item["id"], item) for item in items]
    return echo(call, kind, changed, items, updated=True)


def change_entity(memory: Memory, call: Call) -> Reply:
    """Answer `PATCH /api/v4/<kind>/<id>`."""
    kind = call.params["kind"]
    memory.find(kind, call.id)
    (item,) = validate.items(memory, kind, [call.object() | {"id": call.id}], new=False)
    row = change(memory, kind, call.id, item)
    return Reply(
        {"id": row["id"], "updated_at": row["updated_at"], "_links": self_link(call.base + call.path)}
    )


def insert(memory: Memory, kind: str, item: Item) -> Item:
    """Add an entity with the members that its kind always has, and its links and tags."""
    members = {"name": "", "is_deleted": False, "closest_task_at": None, "custom_fields_values": None}
    if kind == "leads":
        members |= _stage(memory, item)
    if kind == "contacts":
        names = [str(item.get(key) or "") for key in ("first_name", "last_name")]
        members |= {"first_name": "", "last_name": "", "name": " ".join(filter(None, names))}
    row = memory.insert(kind, members | _own(memory, kind, item))
    _embed(memory, (kind, row["id"]), item.get("_embedded") or {})
    return row


def change(memory: Memory, kind: str, id_: int, item: Item) -> Item:
    """Change an entity; custom fields that the item does not mention keep their values, as in the CRM."""
    members = _own(memory, kind, item)
    if members.get("custom_fields_values"):
        fresh = {field["field_id"]: field for field in members["custom_fields_values"]}
        kept = memory.find(kind, id_).get("custom_fields_values") or []
        merged = {field["field_id"]: field for field in kept} | fresh
        members["custom_fields_values"] = [field for field in merged.values() if field["values"]] or None
    row = memory.update(kind, id_, members)
    _embed(memory, (kind, id_), item.get("_embedded") or {})
    return row


def _stage(memory: Memory, item: Item) -> Item:
    """Return the pipeline and stage of a new lead, the first stage by default."""
    pipelines = list(memory.table("pipelines").values())
    pipeline = next((row for row in pipelines if row["id"] == item.get("pipeline_id")), pipelines[0])
    status = item.get("status_id") or pipeline["_embedded"]["statuses"][0]["id"]
    closed = memory.clock() if status in (STATUS_WON, STATUS_LOST) else None
    return {
        "price": 0, "pipeline_id": pipeline["id"], "status_id": status, "closed_at": closed,
        "loss_reason_id": None, "score": None, "labor_cost": None,
    }  # fmt: skip


def _own(memory: Memory, kind: str, item: Item) -> Item:
    """Return an item's members as they are stored, custom fields with their names."""
    row = {key: value for key, value in item.items() if key not in _ENVELOPE}
    if row.get("custom_fields_values"):
        row["custom_fields_values"] = [_named(memory, kind, value) for value in row["custom_fields_values"]]
    return row


def _named(memory: Memory, kind: str, value: Item) -> Item:
    field = validate.find_field(memory, kind, value) or {}
    return {
        "field_id": field.get("id"), "field_name": field.get("name"), "field_code": field.get("code"),
        "field_type": field.get("type"), "values": value.get("values") or [],
    }  # fmt: skip


def _embed(memory: Memory, ref: Ref, embedded: Item) -> None:
    """Create the links and tags in the `_embedded` of an entity that is being written."""
    for name in ("contacts", "companies", "leads"):
        for other in embedded.get(name) or ():
            memory.link(ref, (name, other["id"]), {"main_contact": bool(other.get("is_main"))})
    if "tags" in embedded:
        kind, id_ = ref
        memory.find(kind, id_)["tags"] = [tag(memory, kind, given) for given in embedded["tags"] or ()]


def tag(memory: Memory, kind: str, given: Item) -> Item:
    """Return the tag with that id or name, which is created if there is none."""
    for row in memory.rows("tags", entity_type=kind):
        if row["id"] == given.get("id") or row["name"] == given.get("name"):
            return row
    row = {"id": memory.new_id(), "name": str(given.get("name", "")), "color": None, "entity_type": kind}
    memory.table("tags")[row["id"]] = row
    return row


ROUTES = (
    ("GET", f"/api/v4/{KIND}", list_entities),
    ("POST", f"/api/v4/{KIND}", add_entities),
    ("PATCH", f"/api/v4/{KIND}", change_entities),
    ("POST", "/api/v4/leads/complex", add_complex),
    ("GET", f"/api/v4/{KIND}/{ID}", get_entity),
    ("PATCH", f"/api/v4/{KIND}/{ID}", change_entity),
)
