"""The account that every preview starts with: small, consistent and fictitious."""

from datetime import UTC, datetime, timedelta
from typing import Any

from scaffold.kommo import sample_event
from scaffold.kommo.rest import STATUS_LOST, STATUS_WON

ACCOUNT_ID = sample_event.ACCOUNT_ID
SUBDOMAIN = sample_event.SUBDOMAIN
CLIENT_UUID = sample_event.CLIENT_UUID
ADMIN, MEMBER = sample_event.USER_ID, sample_event.USER_ID + 1
PIPELINE = sample_event.PIPELINE_ID
LIST_ID = 1234

_DAY = 86400


def tables(now: int, contacts: int = 3) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table by name, as the API shows them; `now` is Unix time in seconds."""
    return {
        "users": _users(),
        "pipelines": [_pipeline()],
        "custom_fields": _custom_fields(),
        "leads": _leads(now),
        "contacts": _contacts(now, contacts),
        "companies": [_entity(3001, "Example company", now) | _phone("+1 555 0100", "WORK")],
        "customers": [
            _entity(4001, "Example customer", now) | {"next_price": 300, "next_date": now + 30 * _DAY}
        ],
        "tasks": _tasks(now),
        "catalogs": [_entity(LIST_ID, "Example list", now) | {"type": "regular", "sort": 10}],
        "elements": [
            _entity(6000 + n, f"Element {n}", now) | {"catalog_id": LIST_ID, "custom_fields_values": None}
            for n in (1, 2, 3)
        ],
        "notes": [
            _entity(7001, "", now)
            | {"entity_type": "leads", "entity_id": 1001, "note_type": "common", "params": {"text": "A note"}}
        ],
        "roles": [{"id": 1201, "name": "Sales", "rights": _users()[1]["rights"], "_embedded": {"users": []}}],
        "unsorted": _unsorted(now),
        "talks": [_talk(now)],
        "loss_reasons": [{"id": 801, "name": "Too expensive", "sort": 10}],
        "tags": [{"id": 901, "name": "example", "color": None, "entity_type": "leads"}],
    }


def links() -> list[tuple[tuple[str, int], tuple[str, int]]]:
    """Return the pairs of entities that are linked."""
    pairs = [(("leads", 1000 + n), ("contacts", 2000 + n)) for n in (1, 2, 3)]
    return [*pairs, (("leads", 1001), ("companies", 3001)), (("contacts", 2001), ("companies", 3001))]


def account(now: int) -> dict[str, Any]:
    """Return the account as `GET /api/v4/account` shows it with every part that `with=` can name."""
    return {
        "id": ACCOUNT_ID, "name": "Example account", "subdomain": SUBDOMAIN, "created_at": now - 365 * _DAY,
        "created_by": ADMIN, "updated_at": now - _DAY, "updated_by": ADMIN, "current_user_id": ADMIN,
        "country": "US", "currency": "USD", "currency_symbol": "$", "customers_mode": "periodicity",
        "is_unsorted_on": False, "is_loss_reason_enabled": True, "is_helpbot_enabled": False,
        "is_technical_account": False, "contact_name_display_order": 1,
        "amojo_id": "00000000-0000-4000-8000-000000000002", "uuid": "00000000-0000-4000-8000-000000000003",
        "version": 1, "entity_names": {"leads": {"default": {"plural": "Leads", "singular": "Lead"}}},
        "language": "en",
        "datetime_settings": {
            "date_pattern": "d.m.Y H:i", "short_date_pattern": "d.m.Y", "date_format": "d.m.Y",
            "short_time_pattern": "H:i", "time_format": "H:i:s",
            "timezone": "UTC", "timezone_offset": "+00:00",
        },
        "_embedded": {
            "users_groups": [{"id": 0, "name": "Sales", "uuid": None}],
            "task_types": [
                {"id": 1, "name": "Follow-up", "color": None, "icon_id": None, "code": "FOLLOW_UP"},
                {"id": 2, "name": "Meeting", "color": None, "icon_id": None, "code": "MEETING"},
            ],
        },
    }  # fmt: skip


def _entity(id_: int, name: str, now: int) -> dict[str, Any]:
    return {
        "id": id_, "name": name, "responsible_user_id": ADMIN, "group_id": 0, "created_by": ADMIN,
        "updated_by": ADMIN, "created_at": now - 7 * _DAY, "updated_at": now - _DAY, "account_id": ACCOUNT_ID,
        "is_deleted": False, "custom_fields_values": None,
    }  # fmt: skip


def _users() -> list[dict[str, Any]]:
    def user(id_: int, name: str, admin: bool) -> dict[str, Any]:
        rights = {"view": "A", "edit": "A", "add": "A", "delete": "A", "export": "A"}
        return {
            "id": id_, "name": name, "email": f"{name.lower()}@example.com", "lang": "en",
            "rights": {
                "leads": rights, "contacts": rights, "companies": rights,
                "tasks": {"edit": "A", "delete": "A"}, "mail_access": False, "catalog_access": admin,
                "status_rights": None, "is_admin": admin, "is_free": False, "is_active": True,
                "group_id": 0, "role_id": None,
            },
            "amojo_id": f"00000000-0000-4000-8000-000000000{id_}", "phone_number": None,
        }  # fmt: skip

    return [user(ADMIN, "Admin", True), user(MEMBER, "Member", False)]


def _pipeline() -> dict[str, Any]:
    def status(id_: int, name: str, sort: int, color: str) -> dict[str, Any]:
        return {
            "id": id_, "name": name, "sort": sort, "is_editable": id_ not in (STATUS_WON, STATUS_LOST),
            "pipeline_id": PIPELINE, "color": color, "type": 0, "account_id": ACCOUNT_ID,
        }  # fmt: skip

    statuses = [
        status(sample_event.STATUS_ID, "First contact", 10, "#99ccff"),
        status(702, "Offer made", 20, "#ffff99"),
        status(STATUS_WON, "Won", 10000, "#ccff66"), status(STATUS_LOST, "Lost", 11000, "#d5d8db"),
    ]  # fmt: skip
    return {
        "id": PIPELINE, "name": "Sales", "sort": 1, "is_main": True, "is_unsorted_on": False,
        "is_archive": False, "account_id": ACCOUNT_ID, "_embedded": {"statuses": statuses},
    }  # fmt: skip


def _custom_fields() -> list[dict[str, Any]]:
    def field(id_: int, entity: str, kind: str, name: str, enums: tuple[str, ...] = ()) -> dict[str, Any]:
        return {
            "id": id_, "name": name, "type": kind, "code": name.upper() if kind == "multitext" else None,
            "account_id": ACCOUNT_ID, "sort": 500, "is_api_only": False, "group_id": None,
            "required_statuses": [], "entity_type": entity,
            "is_deletable": kind != "multitext", "is_predefined": kind == "multitext",
            "enums": [
                {"id": id_ * 10 + n, "value": value, "sort": n, "code": None} for n, value in enumerate(enums)
            ] or None,
        }  # fmt: skip

    return [
        field(9001, "leads", "text", "Reference"),
        field(9002, "leads", "numeric", "Quantity"),
        field(9003, "leads", "date", "Delivery"),
        field(9004, "leads", "select", "Size", ("Small", "Medium", "Large")),
        field(9011, "contacts", "multitext", "Phone", ("WORK", "MOB", "OTHER")),
        field(9012, "contacts", "multitext", "Email", ("WORK", "PRIV", "OTHER")),
        field(9013, "contacts", "birthday", "Birthday"),
        field(9021, "companies", "multitext", "Phone", ("WORK", "MOB", "OTHER")),
        field(9022, "companies", "multitext", "Email", ("WORK", "PRIV", "OTHER")),
        field(9031, "customers", "text", "Reference"),
    ]


def _leads(now: int) -> list[dict[str, Any]]:
    def lead(id_: int, name: str, price: int, status: int) -> dict[str, Any]:
        return _entity(id_, name, now) | {
            "price": price, "status_id": status, "pipeline_id": PIPELINE, "loss_reason_id": None,
            "closed_at": now - _DAY if status == STATUS_WON else None, "closest_task_at": None,
            "score": None, "labor_cost": None, "is_deleted": False,
        }  # fmt: skip

    reference = {"field_id": 9001, "field_name": "Reference", "field_code": None, "field_type": "text"}
    first = lead(sample_event.LEAD_ID, "Lead one", 1000, sample_event.STATUS_ID)
    first["custom_fields_values"] = [reference | {"values": [{"value": "A-1"}]}]
    first["closest_task_at"] = now + _DAY
    return [first, lead(1002, "Lead two", 2500, 702), lead(1003, "Lead three", 400, STATUS_WON)]


def _unsorted(now: int) -> list[dict[str, Any]]:
    """Return one incoming lead, from a form."""
    return [
        {
            "id": 1401, "uid": "00000000000000000000000000000001",
            "source_uid": "form-1", "source_name": "Example form",
            "category": "forms", "pipeline_id": PIPELINE, "created_at": now - _DAY, "account_id": ACCOUNT_ID,
            "metadata": {"form_id": 1, "form_name": "Example form", "form_sent_at": now - _DAY},
            "_embedded": {"leads": [{"id": 1003}], "contacts": [], "companies": []},
        }
    ]  # fmt: skip


def _talk(now: int) -> dict[str, Any]:
    return {
        "id": 1301, "talk_id": 1301, "created_at": now - _DAY, "updated_at": now - _DAY, "rate": 0,
        "contact_id": 2001, "chat_id": "00000000-0000-4000-8000-000000001301", "entity_id": 1001,
        "entity_type": "lead", "is_in_work": True, "is_read": True, "origin": "example",
        "account_id": ACCOUNT_ID,
    }  # fmt: skip


def _phone(number: str, kind: str, field_id: int = 9021) -> dict[str, Any]:
    values = [{"value": number, "enum_id": field_id * 10, "enum_code": kind}]
    phone = {"field_id": field_id, "field_name": "Phone", "field_code": "PHONE", "field_type": "multitext"}
    return {"custom_fields_values": [phone | {"values": values}], "closest_task_at": None}


def _contacts(now: int, count: int) -> list[dict[str, Any]]:
    today = datetime.fromtimestamp(now, UTC)
    dates = (today, today + timedelta(days=4), datetime(2000, 2, 29, tzinfo=UTC))
    birthdays = {n: _birthday(date) for n, date in enumerate(dates, 1)}

    def contact(n: int, last_name: str) -> dict[str, Any]:
        person = _entity(2000 + n, f"Contact {last_name}", now) | _phone(
            f"+1 555 {100 + n:04d}", "WORK", 9011
        )
        email = {"field_id": 9012, "field_name": "Email", "field_code": "EMAIL", "field_type": "multitext"}
        values = [{"value": f"contact{n}@example.com", "enum_id": 90120, "enum_code": "WORK"}]
        person["custom_fields_values"].append(email | {"values": values})
        if n in birthdays:
            field = {"field_id": 9013, "field_name": "Birthday", "field_code": None, "field_type": "birthday"}
            person["custom_fields_values"].append(field | {"values": [{"value": birthdays[n]}]})
        return person | {"first_name": "Contact", "last_name": last_name, "is_unsorted": False}

    names = ("One", "Two", "Three")
    return [contact(n, names[n - 1] if n <= len(names) else str(n)) for n in range(1, count + 1)]


def _birthday(date: datetime) -> int:
    """Return a birthday on the same day of a leap year, as in the API: Unix time of its midnight, UTC."""
    return int(datetime(1992, date.month, date.day, tzinfo=UTC).timestamp())


def _tasks(now: int) -> list[dict[str, Any]]:
    def task(id_: int, text: str, due: int, lead: int) -> dict[str, Any]:
        row = _entity(id_, "", now) | {
            "entity_id": lead, "entity_type": "leads", "duration": 0, "is_completed": due < now,
            "task_type_id": 1, "text": text, "result": [], "complete_till": due,
        }  # fmt: skip
        return {key: value for key, value in row.items() if key not in ("name", "custom_fields_values")}

    return [task(5001, "Call back", now + _DAY, 1001), task(5002, "Send the offer", now - _DAY, 1002)]
