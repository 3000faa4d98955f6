"""Lists (catalogs) and their elements."""

from scaffold.preview.api import selection as select
from scaffold.preview.api import validate
from scaffold.preview.api.call import Call, Reply
from scaffold.preview.api.memory import Memory
from scaffold.preview.api.shape import echo, self_link
from scaffold.preview.api.store import ID, Route, change_row, linked, own, rows_of

_LIST = r"/api/v4/catalogs/(?P<list>\d{1,15})"


def list_elements(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/catalogs/<list>/elements`."""
    rows = memory.rows("elements", catalog_id=_list_id(memory, call))
    return select.page(call, "elements", [linked(call, row) for row in rows])


def get_element(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/catalogs/<list>/elements/<id>`."""
    _list_id(memory, call)
    return Reply(memory.find("elements", call.id) | {"_links": self_link(call.base + call.path)})


def add_elements(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/catalogs/<list>/elements`."""
    where = {"catalog_id": _list_id(memory, call)}
    items = validate.items(memory, "elements", call.data(), new=True)
    defaults = {"custom_fields_values": None, "is_deleted": False}
    rows = [memory.insert("elements", defaults | own(item) | where) for item in items]
    return echo(call, "elements", rows, items)


def change_elements(memory: Memory, call: Call) -> Reply:
    """Answer `PATCH /api/v4/catalogs/<list>/elements`."""
    _list_id(memory, call)
    items = validate.items(memory, "elements", call.data(), new=False)
    rows = [memory.update("elements", item["id"], own(item)) for item in items]
    return echo(call, "elements", rows, items, updated=True)


def list_fields(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/catalogs/<list>/custom_fields`: the list has none."""
    _list_id(memory, call)
    return Reply(status=204)


def _list_id(memory: Memory, call: Call) -> int:
    return int(memory.find("catalogs", int(call.params["list"]))["id"])


ROUTES: tuple[Route, ...] = (
    *rows_of("catalogs", defaults={"type": "regular", "sort": 10}),
    ("GET", f"{_LIST}/elements", list_elements),
    ("POST", f"{_LIST}/elements", add_elements),
    ("PATCH", f"{_LIST}/elements", change_elements),
    ("GET", f"{_LIST}/elements/{ID}", get_element),
    ("PATCH", f"{_LIST}/elements/{ID}", change_row("elements")),
    ("GET", f"{_LIST}/custom_fields", list_fields),
)
