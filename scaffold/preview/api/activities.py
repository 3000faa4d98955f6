"""Routes of what belongs to entities: notes, tags, links, events."""

from typing import Any

from scaffold.preview.api import selection as select
from scaffold.preview.api import validate
from scaffold.preview.api.call import Call, Refused, Reply
from scaffold.preview.api.entities import KIND, tag
from scaffold.preview.api.memory import Memory, Ref, table_of
from scaffold.preview.api.shape import echo, self_link
from scaffold.preview.api.store import ID, linked, own, rows_of

EVENT_TYPES = (
    "lead_added", "lead_status_changed", "contact_added", "company_added", "customer_added",
)  # fmt: skip
"""The events that the fake account logs."""


def list_notes(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/notes` and `GET /api/v4/<kind>/<id>/notes`."""
    where = {"entity_type": call.params["kind"]} | ({"entity_id": call.id} if "id" in call.params else {})
    return select.page(call, "notes", [linked(call, row) for row in memory.rows("notes", **where)])


def get_note(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/<id>/notes/<note>` and `GET /api/v4/<kind>/notes/<note>`."""
    row = memory.find("notes", int(call.params["note"]))
    return Reply(row | {"_links": self_link(call.base + call.path)})


def add_notes(memory: Memory, call: Call) -> Reply:
    """Answer `POST` of notes: to one entity, or to several, each note with its `entity_id`."""
    kind = call.params["kind"]
    where = {"entity_id": call.id} if "id" in call.params else {}
    items = [item | where for item in validate.objects(call.data())]
    validate.items(memory, "notes", items, new=True)
    for item in items:
        memory.find(kind, item.get("entity_id") or 0)
    rows = [memory.insert("notes", {"params": {}} | own(item) | {"entity_type": kind}) for item in items]
    return echo(call, "notes", rows, items)


def list_tags(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/tags`."""
    rows = memory.rows("tags", entity_type=call.params["kind"])
    return select.page(call, "tags", [{key: row[key] for key in ("id", "name", "color")} for row in rows])


def add_tags(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/<kind>/tags`."""
    items = validate.items(memory, "tags", call.data(), new=True)
    return echo(call, "tags", [tag(memory, call.params["kind"], item) for item in items], items)


def list_links(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/<id>/links`."""
    ref: Ref = (call.params["kind"], call.id)
    memory.find(*ref)
    links = [
        {"to_entity_id": id_, "to_entity_type": name, "metadata": data}
        for (name, id_), data in memory.linked(ref)
    ]
    return select.whole(call, "links", links)


def link(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/<kind>/<id>/link`."""
    ref: Ref = (call.params["kind"], call.id)
    others = _others(memory, call)
    for other, metadata in others:
        memory.link(ref, other, metadata)
    links = [
        {
            "entity_id": ref[1],
            "entity_type": ref[0],
            "to_entity_id": id_,
            "to_entity_type": name,
            "metadata": data,
        }
        for (name, id_), data in others
    ]
    return select.whole(call, "links", links)


def unlink(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/<kind>/<id>/unlink`."""
    for other, _ in _others(memory, call):
        memory.unlink((call.params["kind"], call.id), other)
    return Reply(status=204)


def _others(memory: Memory, call: Call) -> list[tuple[Ref, Any]]:
    memory.find(call.params["kind"], call.id)
    found: list[tuple[Ref, Any]] = []
    for item in validate.objects(call.data()):
        name, id_ = item.get("to_entity_type"), item.get("to_entity_id")
        if not isinstance(name, str) or not isinstance(id_, int):
            raise Refused(400, "every link must have to_entity_type and to_entity_id")
        memory.find(table_of(name), id_)
        found.append(((name, id_), item.get("metadata")))
    return found


def list_events(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/events`, newest first."""
    return select.page(call, "events", list(reversed(memory.rows("events"))))


def list_event_types(_memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/events/types`."""
    return select.whole(call, "events_types", [{"key": key, "type": 1, "lang": key} for key in EVENT_TYPES])


ROUTES = (
    *rows_of("tasks", defaults={"is_completed": False, "result": [], "task_type_id": 1}),
    ("GET", f"/api/v4/{KIND}/notes", list_notes),
    ("POST", f"/api/v4/{KIND}/notes", add_notes),
    ("GET", f"/api/v4/{KIND}/{ID}/notes", list_notes),
    ("POST", f"/api/v4/{KIND}/{ID}/notes", add_notes),
    ("GET", f"/api/v4/{KIND}(?:/{ID})?/notes/(?P<note>\\d{{1,15}})", get_note),
    ("GET", f"/api/v4/{KIND}/tags", list_tags),
    ("POST", f"/api/v4/{KIND}/tags", add_tags),
    ("GET", f"/api/v4/{KIND}/{ID}/links", list_links),
    ("POST", f"/api/v4/{KIND}/{ID}/link", link),
    ("POST", f"/api/v4/{KIND}/{ID}/unlink", unlink),
    ("GET", "/api/v4/events", list_events),
    ("GET", "/api/v4/events/types", list_event_types),
)
