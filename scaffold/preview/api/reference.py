"""Routes of the account: itself, users, pipelines, custom fields, the widget, bots, chat templates."""

from scaffold.kommo.rest import FIELDS_PAGE_MAX
from scaffold.preview.api import selection as select
from scaffold.preview.api import validate
from scaffold.preview.api.call import Call, Item, Refused, Reply
from scaffold.preview.api.entities import KIND
from scaffold.preview.api.memory import Memory
from scaffold.preview.api.shape import echo, self_link
from scaffold.preview.api.store import ID, Route, change_row, delete_row, linked, own, rows_of

_ALWAYS_SHOWN = (
    "id", "name", "subdomain", "created_at", "created_by", "updated_at", "updated_by", "current_user_id",
    "country", "currency", "currency_symbol", "customers_mode", "is_unsorted_on", "is_loss_reason_enabled",
    "is_helpbot_enabled", "is_technical_account", "contact_name_display_order", "language",
)  # fmt: skip
"""Members of the account that are always included, without `with=`."""


def get_account(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/account`."""
    account = memory.account
    shown = {key: account[key] for key in account if key in _ALWAYS_SHOWN or call.wants(key)}
    embedded = {key: rows for key, rows in account["_embedded"].items() if call.wants(key)}
    shown["_links"] = self_link(call.base + call.path)
    return Reply(shown | ({"_embedded": embedded} if embedded else {}))


def list_users(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/users`."""
    _needs_admin(memory, "users")
    return select.page(call, "users", [linked(call, row) for row in memory.rows("users")], counted=True)


def get_user(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/users/<id>`."""
    _needs_admin(memory, "users")
    return Reply(linked(call, memory.find("users", call.id)))


def _needs_admin(memory: Memory, what: str) -> None:
    """Refuse any other user. Source: <https://developers.kommo.com/reference/users-list>."""
    if not memory.is_admin:
        raise Refused(403, f"only administrators may read {what}")


def list_roles(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/roles`."""
    _needs_admin(memory, "roles")
    return select.page(call, "roles", [linked(call, row) for row in memory.rows("roles")], counted=True)


def list_unsorted(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/leads/unsorted`: the incoming leads."""
    rows = [{key: row[key] for key in row if key != "id"} for row in memory.rows("unsorted")]
    return select.page(call, "unsorted", rows)


def list_talks(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/talks`."""
    return select.page(call, "talks", [linked(call, row) for row in memory.rows("talks")])


def get_talk(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/talks/<id>`."""
    return Reply(memory.find("talks", call.id) | {"_links": self_link(call.base + call.path)})


def list_pipelines(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/leads/pipelines`."""
    return select.whole(call, "pipelines", [linked(call, row) for row in memory.rows("pipelines")])


def get_pipeline(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/leads/pipelines/<id>`."""
    return Reply(memory.find("pipelines", call.id) | {"_links": self_link(call.base + call.path)})


def list_statuses(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/leads/pipelines/<id>/statuses`."""
    return select.whole(call, "statuses", memory.find("pipelines", call.id)["_embedded"]["statuses"])


def get_status(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/leads/pipelines/<id>/statuses/<status>`."""
    for status in memory.find("pipelines", call.id)["_embedded"]["statuses"]:
        if status["id"] == int(call.params["status"]):
            return Reply(status)
    raise Refused(404, f"no status with id {call.params['status']}")


def list_loss_reasons(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/leads/loss_reasons`."""
    return select.page(call, "loss_reasons", memory.rows("loss_reasons"))


def list_task_types(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/tasks/types`."""
    return select.whole(call, "task_types", memory.account["_embedded"]["task_types"])


def list_fields(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/custom_fields`."""
    rows = memory.rows("custom_fields", entity_type=call.params["kind"])
    shown = [linked(call, row) for row in rows]
    return select.page(call, "custom_fields", shown, most=FIELDS_PAGE_MAX, counted=True)


def get_field(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/custom_fields/<id>`."""
    field = memory.find("custom_fields", call.id)
    if field["entity_type"] != call.params["kind"]:
        raise Refused(404, f"no custom field of {call.params['kind']} with id {call.id}")
    return Reply(field)


def add_fields(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/<kind>/custom_fields`."""
    items = validate.items(memory, "custom_fields", call.data(), new=True)
    rows = [
        memory.insert(
            "custom_fields", {"code": None, "enums": None} | own(item) | {"entity_type": call.params["kind"]}
        )
        for item in items
    ]
    return echo(call, "custom_fields", rows, items)


def list_field_groups(_memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/<kind>/custom_fields/groups`."""
    groups = [{"id": "default", "name": "Main", "is_predefined": True, "type": "default", "sort": 0}]
    return select.page(call, "custom_field_groups", groups)


def get_widget(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/widgets/<code>`: only the previewed widget exists."""
    widget = memory.widget()
    if widget.get("code") != call.params["code"]:
        raise Refused(404, f"no widget {call.params['code']!r} in this preview")
    return Reply(widget | {"_links": self_link(call.base + call.path)})


def list_widgets(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/widgets`."""
    return select.page(call, "widgets", [memory.widget()])


def list_webhooks(memory: Memory, call: Call) -> Reply:
    """Answer `GET /api/v4/webhooks`."""
    return select.page(call, "webhooks", memory.rows("webhooks"))


def add_webhook(memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/webhooks`: the webhook is stored, and never called."""
    item = call.object()
    if not isinstance(item.get("destination"), str) or not isinstance(item.get("settings"), list):
        raise Refused(400, "a webhook must have destination and settings")
    row = memory.insert("webhooks", {"disabled": False, "sort": 1} | own(item))
    return Reply(row | {"_links": self_link(call.base + call.path)}, 201, "the preview calls no webhook")


def delete_webhook(memory: Memory, call: Call) -> Reply:
    """Answer `DELETE /api/v4/webhooks`, which identifies the webhook by its destination."""
    rows = memory.rows("webhooks", destination=call.object().get("destination"))
    for row in rows:
        del memory.table("webhooks")[row["id"]]
    return Reply(status=204 if rows else 404)


def continue_bot(_memory: Memory, call: Call) -> Reply:
    """Answer `POST /api/v4/<bots>/<id>/continue/<step>`; the page shows the exit that it leads to."""
    call.object()
    return Reply(status=202, note="no bot runs in the preview")


def list_templates(memory: Memory, call: Call) -> Reply:
    """Answer `GET` of the chat templates."""
    return select.page(call, "chat_templates", memory.rows("chat_templates"))


def add_templates(memory: Memory, call: Call) -> Reply:
    """Answer `POST` of chat templates; the older path takes one, as a form."""
    data = call.data()
    items: list[Item] = validate.objects(data if isinstance(data, list) else [data])
    return echo(call, "chat_templates", [memory.insert("chat_templates", own(item)) for item in items], items)


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/v4/account", get_account),
    ("GET", "/api/v4/users", list_users),
    ("GET", f"/api/v4/users/{ID}", get_user),
    ("GET", "/api/v4/roles", list_roles),
    ("GET", "/api/v4/leads/unsorted", list_unsorted),
    ("GET", "/api/v4/talks", list_talks),
    ("GET", f"/api/v4/talks/{ID}", get_talk),
    ("GET", "/api/v4/leads/pipelines", list_pipelines),
    ("GET", f"/api/v4/leads/pipelines/{ID}", get_pipeline),
    ("GET", f"/api/v4/leads/pipelines/{ID}/statuses", list_statuses),
    ("GET", f"/api/v4/leads/pipelines/{ID}/statuses/(?P<status>\\d{{1,15}})", get_status),
    ("GET", "/api/v4/leads/loss_reasons", list_loss_reasons),
    ("GET", "/api/v4/tasks/types", list_task_types),
    ("GET", f"/api/v4/{KIND}/custom_fields", list_fields),
    ("POST", f"/api/v4/{KIND}/custom_fields", add_fields),
    ("GET", f"/api/v4/{KIND}/custom_fields/groups", list_field_groups),
    ("GET", f"/api/v4/{KIND}/custom_fields/{ID}", get_field),
    ("PATCH", f"/api/v4/{KIND}/custom_fields/{ID}", change_row("custom_fields")),
    ("GET", "/api/v4/widgets", list_widgets),
    ("GET", r"/api/v4/widgets/(?P<code>[\w-]+)", get_widget),
    ("POST", rf"/api/v4/(?:bots|salesbot|marketingbot)/{ID}/continue/\d+", continue_bot),
    ("GET", "(?:/ajax|/api)/v4/chats/templates", list_templates),
    ("POST", "(?:/ajax|/api)/v4/chats/templates", add_templates),
    ("POST", "/ajax/v1/chats/templates/add", add_templates),
    ("GET", "/api/v4/webhooks", list_webhooks),
    ("POST", "/api/v4/webhooks", add_webhook),
    ("DELETE", "/api/v4/webhooks", delete_webhook),
    *rows_of("sources", defaults={"pages": [], "services": [], "default": False}),
    ("DELETE", f"/api/v4/sources/{ID}", delete_row("sources")),
)
