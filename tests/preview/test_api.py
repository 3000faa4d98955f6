"""The fake API: reads, writes and refusals."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.preview.api import brackets, routes
from scaffold.preview.api.call import Call, Reply
from scaffold.preview.api.memory import ENTITIES, Memory

NOW = 1_700_000_000
WIDGET = {"id": 1, "code": "acme", "version": "1.0.0", "pipeline_id": 601}


@pytest.fixture
def memory() -> Memory:
    return Memory(clock=lambda: NOW, widget=lambda: WIDGET)


def ask(memory: Memory, target: str, method: str = "GET", body: Any = None) -> Reply:
    path, _, query = target.partition("?")
    data = b"" if body is None else json.dumps(body).encode()
    return routes.answer(memory, Call(method, path, query, data, base="http://127.0.0.1:1"))


def post_form(memory: Memory, path: str, pairs: list[tuple[str, str]]) -> Reply:
    return routes.answer(memory, Call("POST", path, "", urlencode(pairs).encode(), form=True))


def embedded(reply: Reply, key: str) -> list[dict[str, Any]]:
    assert reply.status == 200
    rows: list[dict[str, Any]] = reply.body["_embedded"][key]
    return rows


@pytest.mark.parametrize(
    ("path", "key", "ids"),
    [
        ("/api/v4/leads", "leads", [1001, 1002, 1003]),
        ("/api/v4/contacts", "contacts", [2001, 2002, 2003]),
        ("/api/v4/companies", "companies", [3001]),
        ("/api/v4/customers", "customers", [4001]),
        ("/api/v4/tasks", "tasks", [5001, 5002]),
        ("/api/v4/tasks/types", "task_types", [1, 2]),
        ("/api/v4/users", "users", [501, 502]),
        ("/api/v4/leads/pipelines", "pipelines", [601]),
        ("/api/v4/leads/pipelines/601/statuses", "statuses", [701, 702, 142, 143]),
        ("/api/v4/leads/loss_reasons", "loss_reasons", [801]),
        ("/api/v4/leads/custom_fields", "custom_fields", [9001, 9002, 9003, 9004]),
        ("/api/v4/contacts/custom_fields", "custom_fields", [9011, 9012, 9013]),
        ("/api/v4/leads/1001/notes", "notes", [7001]),
        ("/api/v4/leads/tags", "tags", [901]),
        ("/api/v4/catalogs", "catalogs", [1234]),
        ("/api/v4/catalogs/1234/elements", "elements", [6001, 6002, 6003]),
        ("/api/v4/widgets", "widgets", [1]),
    ],
)
def test_lists(memory: Memory, path: str, key: str, ids: list[int]) -> None:
    assert [row["id"] for row in embedded(ask(memory, path), key)] == ids
    assert [row["id"] for row in embedded(ask(memory, path + "/"), key)] == ids


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/v4/account", {"id": 30000001, "subdomain": "example", "current_user_id": 501}),
        ("/api/v4/leads/1001", {"id": 1001, "name": "Lead one", "price": 1000, "status_id": 701}),
        ("/api/v4/users/502", {"id": 502, "email": "member@example.com"}),
        ("/api/v4/leads/pipelines/601", {"id": 601, "is_main": True}),
        ("/api/v4/leads/pipelines/601/statuses/142", {"id": 142, "pipeline_id": 601}),
        ("/api/v4/contacts/custom_fields/9011", {"id": 9011, "code": "PHONE", "type": "multitext"}),
        ("/api/v4/catalogs/1234/elements/6002", {"id": 6002, "catalog_id": 1234}),
        ("/api/v4/leads/1001/notes/7001", {"id": 7001, "note_type": "common"}),
        ("/api/v4/widgets/acme", WIDGET),
    ],
)
def test_single_things(memory: Memory, path: str, expected: dict[str, Any]) -> None:
    reply = ask(memory, path)
    assert reply.status == 200
    assert {key: reply.body[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/api/v4/leads/999", 404, "no leads with id 999"),
        ("/api/v4/widgets/other", 404, "no widget 'other' in this preview"),
        ("/api/v4/nothing", 404, "/api/v4/nothing is not in the preview"),
        ("/api/v9/leads", 404, "/api/v9/leads is not in the preview"),
        ("/api/v4/leads?limit=251", 400, "limit is 251, and may be at most 250"),
        ("/api/v4/leads?page=0", 400, "page is '0', not a positive whole number"),
        ("/api/v4/leads?page=x", 400, "page is 'x', not a positive whole number"),
        ("/api/v4/leads/complex", 405, "/api/v4/leads/complex does not accept GET, only POST"),
    ],
)
def test_refusals(memory: Memory, path: str, status: int, detail: str) -> None:
    reply = ask(memory, path)
    assert (reply.status, reply.body["status"], reply.body["detail"]) == (status, status, detail)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("limit=2", [1001, 1002]),
        ("limit=2&page=2", [1003]),
        ("query=lead+two", [1002]),
        ("query=A-1", [1001]),
        ("filter[id]=1002", [1002]),
        ("filter[id][]=1001&filter[id][]=1003", [1001, 1003]),
        ("filter%5Bid%5D%5B0%5D=1003", [1003]),
        ("filter[price][from]=1000", [1001, 1002]),
        ("filter[price][to]=999", [1003]),
        ("filter[statuses][0][pipeline_id]=601&filter[statuses][0][status_id]=142", [1003]),
        ("filter[custom_fields_values][9001]=A-1", [1001]),
        ("order[price]=desc", [1002, 1001, 1003]),
        ("order[id]=desc", [1003, 1002, 1001]),
    ],
)
def test_lists_can_be_narrowed_and_ordered(memory: Memory, query: str, ids: list[int]) -> None:
    assert [row["id"] for row in embedded(ask(memory, f"/api/v4/leads?{query}"), "leads")] == ids


def test_an_empty_page_has_no_body(memory: Memory) -> None:
    assert ask(memory, "/api/v4/leads?query=nobody") == Reply(status=204)
    assert ask(memory, "/api/v4/leads?page=2") == Reply(status=204)


def test_pages_link_to_each_other_and_stay_on_this_server(memory: Memory) -> None:
    links = ask(memory, "/api/v4/leads?limit=1&page=2&with=contacts").body["_links"]
    base = "http://127.0.0.1:1/api/v4/leads?with=contacts"
    assert links == {
        "self": {"href": f"{base}&page=2&limit=1"},
        "next": {"href": f"{base}&page=3&limit=1"},
        "first": {"href": f"{base}&page=1&limit=1"},
        "prev": {"href": f"{base}&page=1&limit=1"},
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", []),
        ("users_groups", ["users_groups"]),
        ("users_groups,task_types", ["task_types", "users_groups"]),
    ],
)
def test_account_has_the_requested_parts(memory: Memory, asked: str, found: list[str]) -> None:
    body = ask(memory, f"/api/v4/account?with={asked}").body
    assert sorted(body.get("_embedded", {})) == found
    assert "amojo_id" not in body
    assert "amojo_id" in ask(memory, "/api/v4/account?with=amojo_id").body


def test_linked_entities_are_embedded(memory: Memory) -> None:
    lead = ask(memory, "/api/v4/leads/1001?with=contacts,loss_reason").body["_embedded"]
    assert [(row["id"], row["is_main"]) for row in lead["contacts"]] == [(2001, True)]
    assert [row["id"] for row in lead["companies"]] == [3001]
    contact = ask(memory, "/api/v4/contacts/2001?with=leads").body["_embedded"]
    assert [row["id"] for row in contact["leads"]] == [1001]


def test_the_seed_is_consistent(memory: Memory) -> None:
    users = set(memory.table("users"))
    statuses = {s["id"] for row in memory.rows("pipelines") for s in row["_embedded"]["statuses"]}
    for kind in (*ENTITIES, "tasks", "notes"):
        for row in memory.rows(kind):
            assert {row["responsible_user_id"], row["created_by"]} <= users
            assert row["account_id"] == memory.account["id"]
            assert row["created_at"] <= row["updated_at"] <= NOW
            for value in row.get("custom_fields_values") or ():
                field = memory.find("custom_fields", value["field_id"])
                assert (field["entity_type"], field["type"]) == (kind, value["field_type"])
    for lead in memory.rows("leads"):
        assert lead["status_id"] in statuses
        assert (lead["closed_at"] is not None) == (lead["status_id"] in (142, 143))
    for row in (*memory.rows("tasks"), *memory.rows("notes")):
        memory.find(row["entity_type"], row["entity_id"])
    assert memory.account["current_user_id"] in users


def test_a_written_lead_is_read_back(memory: Memory) -> None:
    body = [
        {
            "name": "New", "price": 7, "request_id": "mine",
            "custom_fields_values": [{"field_id": 9002, "values": [{"value": 3}]}],
            "_embedded": {"contacts": [{"id": 2002, "is_main": True}], "tags": [{"name": "hot"}]},
        }
    ]  # fmt: skip
    (echo,) = embedded(ask(memory, "/api/v4/leads", "POST", body), "leads")
    assert echo["request_id"] == "mine"
    lead = ask(memory, f"/api/v4/leads/{echo['id']}?with=contacts").body
    assert (lead["name"], lead["price"], lead["pipeline_id"], lead["status_id"]) == ("New", 7, 601, 701)
    assert lead["custom_fields_values"] == [
        {"field_id": 9002, "field_name": "Quantity", "field_code": None, "field_type": "numeric",
         "values": [{"value": 3}]}
    ]  # fmt: skip
    assert [row["id"] for row in lead["_embedded"]["contacts"]] == [2002]
    assert [row["name"] for row in lead["_embedded"]["tags"]] == ["hot"]
    assert "hot" in [row["name"] for row in embedded(ask(memory, "/api/v4/leads/tags"), "tags")]
    (event,) = embedded(ask(memory, "/api/v4/events"), "events")
    assert (event["type"], event["entity_id"]) == ("lead_added", echo["id"])


def test_contact_fields_by_code(memory: Memory) -> None:
    values = [{"field_code": "PHONE", "values": [{"value": "+15550199", "enum_code": "WORK"}]}]
    body = [{"first_name": "Contact", "last_name": "Four", "custom_fields_values": values}]
    (echo,) = embedded(ask(memory, "/api/v4/contacts", "POST", body), "contacts")
    contact = ask(memory, f"/api/v4/contacts/{echo['id']}").body
    assert contact["name"] == "Contact Four"
    assert contact["custom_fields_values"][0]["field_id"] == 9011


def test_changes_keep_other_members(memory: Memory) -> None:
    change = {"status_id": 143, "custom_fields_values": [{"field_id": 9002, "values": [{"value": 5}]}]}
    assert ask(memory, "/api/v4/leads/1001", "PATCH", change).body["updated_at"] == NOW
    lead = ask(memory, "/api/v4/leads/1001").body
    assert (lead["name"], lead["status_id"], lead["closed_at"]) == ("Lead one", 143, NOW)
    assert [value["field_id"] for value in lead["custom_fields_values"]] == [9001, 9002]
    (echo,) = embedded(ask(memory, "/api/v4/leads", "PATCH", [{"id": 1001, "status_id": 701}]), "leads")
    assert (echo["id"], echo["updated_at"]) == (1001, NOW)
    assert ask(memory, "/api/v4/leads/1001").body["closed_at"] is None


def test_a_lead_is_added_with_its_contact(memory: Memory) -> None:
    body = [
        {
            "name": "Both",
            "_embedded": {"contacts": [{"first_name": "Contact"}], "companies": [{"name": "Firm"}]},
        }
    ]
    (answer,) = ask(memory, "/api/v4/leads/complex", "POST", body).body
    lead = ask(memory, f"/api/v4/leads/{answer['id']}?with=contacts").body["_embedded"]
    assert [row["id"] for row in lead["contacts"]] == [answer["contact_id"]]
    assert [row["id"] for row in lead["companies"]] == [answer["company_id"]]


def test_links_are_added_and_removed(memory: Memory) -> None:
    link = [{"to_entity_id": 6001, "to_entity_type": "catalog_elements", "metadata": {"quantity": 2}}]
    ask(memory, "/api/v4/leads/1002/link", "POST", link)
    links = embedded(ask(memory, "/api/v4/leads/1002/links"), "links")
    assert (6001, {"quantity": 2}) in [(row["to_entity_id"], row["metadata"]) for row in links]
    assert ask(memory, "/api/v4/leads/1002/unlink", "POST", link).status == 204
    links = embedded(ask(memory, "/api/v4/leads/1002/links"), "links")
    assert [row["to_entity_id"] for row in links] == [2002]


def test_notes_tasks_webhooks_and_elements_are_stored(memory: Memory) -> None:
    note = [{"note_type": "common", "params": {"text": "Hi"}}]
    (echo,) = embedded(ask(memory, "/api/v4/contacts/2001/notes", "POST", note), "notes")
    assert ask(memory, f"/api/v4/contacts/2001/notes/{echo['id']}").body["params"] == {"text": "Hi"}
    task = [{"text": "Call", "complete_till": NOW, "entity_id": 1001, "entity_type": "leads"}]
    (echo,) = embedded(ask(memory, "/api/v4/tasks", "POST", task), "tasks")
    ask(memory, f"/api/v4/tasks/{echo['id']}", "PATCH", {"is_completed": True})
    assert ask(memory, f"/api/v4/tasks/{echo['id']}").body["is_completed"] is True
    hook = {"destination": "https://hooks.acme.example/", "settings": ["add_lead"]}
    assert ask(memory, "/api/v4/webhooks", "POST", hook).status == 201
    assert ask(memory, "/api/v4/webhooks", "DELETE", hook).status == 204
    assert ask(memory, "/api/v4/webhooks").status == 204
    ask(memory, "/api/v4/catalogs/1234/elements", "POST", [{"name": "Element 4"}])
    names = [row["name"] for row in embedded(ask(memory, "/api/v4/catalogs/1234/elements"), "elements")]
    assert names == ["Element 1", "Element 2", "Element 3", "Element 4"]


@pytest.mark.parametrize(
    ("path", "item", "code", "member"),
    [
        ("/api/v4/leads", {"price": "12"}, "InvalidType", "price"),
        ("/api/v4/leads", {"price": True}, "InvalidType", "price"),
        ("/api/v4/leads", {"status_id": 5}, "NotSupportedChoice", "status_id"),
        ("/api/v4/leads", {"pipeline_id": 5}, "NotSupportedChoice", "pipeline_id"),
        ("/api/v4/leads", {"responsible_user_id": 5}, "NotSupportedChoice", "responsible_user_id"),
        ("/api/v4/leads", {"custom_fields_values": [{"field_id": 1}]}, "NotSupportedChoice",
         "custom_fields_values.0.field_id"),
        ("/api/v4/leads", {"custom_fields_values": [{"field_id": 9001, "values": "x"}]}, "InvalidType",
         "custom_fields_values.0.values"),
        ("/api/v4/leads", {"_embedded": {"contacts": [{"id": 1}]}}, "NotSupportedChoice",
         "_embedded.contacts.0.id"),
        ("/api/v4/leads", {"_embedded": {"tags": "x"}}, "InvalidType", "_embedded.tags"),
        ("/api/v4/tasks", {"text": "x"}, "FieldMissing", "complete_till"),
        ("/api/v4/leads/1001/notes", {"note_type": "odd"}, "NotSupportedChoice", "note_type"),
        ("/api/v4/customers", {}, "FieldMissing", "name"),
        ("/api/v4/catalogs/1234/elements", {}, "FieldMissing", "name"),
    ],
)  # fmt: skip
def test_invalid_members_are_reported(
    memory: Memory, path: str, item: dict[str, Any], code: str, member: str
) -> None:
    before = json.dumps([memory.rows(name) for name in ENTITIES])
    reply = ask(memory, path, "POST", [{"name": "x"} | item if path == "/api/v4/leads" else item])
    assert reply.status == 400
    (report,) = reply.body["validation-errors"]
    assert [(error["code"], error["path"]) for error in report["errors"]] == [(code, member)]
    assert json.dumps([memory.rows(name) for name in ENTITIES]) == before


@pytest.mark.parametrize("body", [{}, [], "text", 5, [1], None])
def test_a_body_that_is_not_a_list_of_objects_is_refused(memory: Memory, body: Any) -> None:
    assert ask(memory, "/api/v4/leads", "POST", body).status == 400


def test_a_body_with_too_many_items_is_refused(memory: Memory) -> None:
    assert ask(memory, "/api/v4/leads", "POST", [{}] * 250).status == 200
    reply = ask(memory, "/api/v4/leads", "POST", [{}] * 251)
    assert (reply.status, reply.body["detail"]) == (400, "the body has 251 items, and may have at most 250")


def test_the_query_is_parsed_once_for_all_rows(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = Mock(wraps=brackets.parse)
    monkeypatch.setattr(brackets, "parse", parsed)
    assert len(ask(memory, "/api/v4/leads?with=contacts").body["_embedded"]["leads"]) > 1
    parsed.assert_called_once()


def test_a_change_without_id_is_refused(memory: Memory) -> None:
    (report,) = ask(memory, "/api/v4/leads", "PATCH", [{"name": "x"}]).body["validation-errors"]
    assert [(error["code"], error["path"]) for error in report["errors"]] == [("FieldMissing", "id")]


def test_json_sent_as_a_form_is_read(memory: Memory) -> None:
    call = Call("POST", "/api/v4/leads", "", b'[{"name": "New"}]', form=True)
    assert routes.answer(memory, call).status == 200


OLD_ACCOUNT = ("custom_fields", "groups", "note_types", "pipelines", "task_types", "users")


@pytest.mark.parametrize("part", OLD_ACCOUNT)
def test_the_older_account_shows_each_part(memory: Memory, part: str) -> None:
    body = ask(memory, f"/api/v2/account?with={part}").body
    assert list(body["_embedded"]) == [part]
    assert body["_embedded"][part]


def test_the_private_account(memory: Memory) -> None:
    account = ask(memory, "/private/api/v2/json/accounts/current").body["response"]["account"]
    assert [user["login"] for user in account["users"]] == ["admin@example.com", "member@example.com"]
    assert [status["id"] for status in account["leads_statuses"]] == [701, 702, 142, 143]
    assert [field["code"] for field in account["custom_fields"]["contacts"]] == ["PHONE", "EMAIL", None]


@pytest.mark.parametrize(
    ("path", "ids"),
    [("/api/v2/leads", [1001, 1002, 1003]), ("/api/v2/leads?id=1001,1003", [1001, 1003]),
     ("/api/v2/leads?id[]=1002", [1002]), ("/api/v2/contacts?query=two", [2002]),
     ("/api/v2/leads?limit_rows=1&limit_offset=1", [1002]), ("/api/v2/notes?element_id=1001", [7001])],
)  # fmt: skip
def test_older_lists(memory: Memory, path: str, ids: list[int]) -> None:
    assert [row["id"] for row in embedded(ask(memory, path), "items")] == ids


def test_older_lead_shape(memory: Memory) -> None:
    (lead,) = embedded(ask(memory, "/api/v2/leads?id=1001"), "items")
    assert (lead["sale"], lead["pipeline"]["id"], lead["company"]["id"]) == (1000, 601, 3001)
    assert lead["custom_fields"][0]["values"] == [{"value": "A-1", "enum": None}]
    assert lead["contacts"] == {"id": [2001]}


def test_older_writes_by_form(memory: Memory) -> None:
    pairs = [("request[leads][add][0][name]", "By form"), ("request[leads][add][0][sale]", "12"),
             ("request[leads][add][0][custom_fields][0][id]", "9001"),
             ("request[leads][add][0][custom_fields][0][values][0][value]", "B-2")]  # fmt: skip
    reply = post_form(memory, "/private/api/v2/json/leads/set", pairs)
    (added,) = reply.body["response"]["leads"]["add"]
    lead = ask(memory, f"/api/v4/leads/{added['id']}").body
    assert (lead["name"], lead["price"]) == ("By form", 12)
    assert lead["custom_fields_values"][0]["values"] == [{"value": "B-2"}]


def test_older_updates_by_json(memory: Memory) -> None:
    body = {"update": [{"id": "1002", "name": "Renamed", "status_id": "142"}]}
    assert [row["id"] for row in embedded(ask(memory, "/api/v2/leads", "POST", body), "items")] == [1002]
    lead = ask(memory, "/api/v4/leads/1002").body
    assert (lead["name"], lead["status_id"], lead["closed_at"]) == ("Renamed", 142, NOW)


@pytest.mark.parametrize("path", ["/ajax/leads/list/", "/ajax/contacts/list"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_pages_own_lists(memory: Memory, path: str, method: str) -> None:
    assert len(ask(memory, path, method).body["response"]["items"]) == 3


def test_hosted_php_is_answered_with_a_note(memory: Memory) -> None:
    reply = ask(memory, "/widgets/example/loader/acme/send", "POST", {})
    assert reply == Reply({}, note="the CRM hosts PHP for public widgets only")


def test_chat_templates(memory: Memory) -> None:
    assert ask(memory, "/ajax/v4/chats/templates").status == 204
    pairs = [("name", "Hello"), ("content", "Hi")]
    assert post_form(memory, "/ajax/v1/chats/templates/add", pairs).status == 200
    assert embedded(ask(memory, "/ajax/v4/chats/templates"), "chat_templates")[0]["name"] == "Hello"


def test_a_bot_is_continued_and_does_not_run(memory: Memory) -> None:
    reply = ask(memory, "/api/v4/salesbot/1/continue/2", "POST", {"data": {}})
    assert reply == Reply(status=202, note="no bot runs in the preview")


@pytest.mark.parametrize(
    ("pairs", "nested"),
    [
        ([("a", "1")], {"a": "1"}),
        ([("a[b]", "1"), ("a[c][d]", "2")], {"a": {"b": "1", "c": {"d": "2"}}}),
        ([("a[]", "1"), ("a[]", "2")], {"a": {"0": "1", "1": "2"}}),
        ([("a", "1"), ("a[b]", "2")], {"a": {"b": "2"}}),
        ([("a[b", "1")], {"a[b": "1"}),
        ([("a" + "[x]" * 50, "1")], {}),
    ],
)
def test_brackets(pairs: list[tuple[str, str]], nested: dict[str, Any]) -> None:
    assert brackets.parse(pairs) == nested


MEMBERS = st.sampled_from(
    ["id", "name", "price", "status_id", "pipeline_id", "custom_fields_values", "values", "value", "field_id",
     "field_code", "_embedded", "tags", "contacts", "companies", "add", "update", "request", "leads",
     "to_entity_id", "to_entity_type", "note_type", "text", "complete_till", "destination", "settings",
     "custom_fields", "element_type", "first_name", "responsible_user_id", "entity_id"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10_000) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=4),
    max_leaves=12,
)
TARGETS = st.sampled_from(
    ["/api/v4/leads", "/api/v4/leads/complex", "/api/v4/leads/1001", "/api/v4/contacts", "/api/v4/tasks",
     "/api/v4/leads/1001/notes", "/api/v4/leads/notes", "/api/v4/leads/1001/link", "/api/v4/leads/tags",
     "/api/v4/catalogs/1234/elements", "/api/v4/webhooks", "/api/v4/sources", "/api/v4/leads/custom_fields",
     "/api/v2/leads", "/api/v2/tasks", "/private/api/v2/json/contacts/set", "/ajax/v1/chats/templates/add"]
)  # fmt: skip
READS = (
    "/api/v4/leads?with=contacts,catalog_elements,loss_reason", "/api/v4/contacts?query=a", "/api/v4/tasks",
    "/api/v2/leads", "/api/v2/account?with=custom_fields", "/private/api/v2/json/contacts/list",
)  # fmt: skip


@settings(max_examples=300)
@given(target=TARGETS, method=st.sampled_from(["POST", "PATCH"]), body=JSON, listed=st.booleans())
def test_no_body_breaks_the_account(target: str, method: str, body: Any, listed: bool) -> None:
    memory = Memory(clock=lambda: NOW, widget=lambda: WIDGET)
    assert ask(memory, target, method, [body] if listed else body).status < 500
    for path in READS:
        assert ask(memory, path).status == 200


def test_birthdays_are_today_in_four_days_and_on_a_leap_day(memory: Memory) -> None:
    rows = embedded(ask(memory, "/api/v4/contacts"), "contacts")
    days = [
        datetime.fromtimestamp(field["values"][0]["value"], UTC)
        for row in rows
        for field in row["custom_fields_values"]
        if field["field_type"] == "birthday"
    ]
    today = datetime.fromtimestamp(NOW, UTC)
    later = today + timedelta(days=4)
    assert [(day.month, day.day) for day in days] == [
        (today.month, today.day), (later.month, later.day), (2, 29),
    ]  # fmt: skip


def test_a_range_of_a_custom_field(memory: Memory) -> None:
    change = {"custom_fields_values": [{"field_id": 9002, "values": [{"value": 30}]}]}
    ask(memory, "/api/v4/leads/1002", "PATCH", change)
    path = "/api/v4/leads?filter[custom_fields_values][9002]"
    assert [row["id"] for row in embedded(ask(memory, f"{path}[from]=20"), "leads")] == [1002]
    assert [
        row["id"]
        for row in embedded(ask(memory, f"{path}[from]=30&{path.partition('?')[2]}[to]=30"), "leads")
    ] == [1002]
    assert ask(memory, f"{path}[from]=31").status == 204


def test_300_contacts_by_one_option() -> None:
    memory = Memory(lambda: NOW, lambda: WIDGET, contacts=300)
    page = ask(memory, "/api/v4/contacts?limit=250").body
    assert len(page["_embedded"]["contacts"]) == 250
    assert "next" in page["_links"]
    assert len(embedded(ask(memory, "/api/v4/contacts?limit=250&page=2"), "contacts")) == 50


def test_50_custom_fields_a_page_and_how_many_pages(memory: Memory) -> None:
    for number in range(60):
        memory.insert("custom_fields", {"name": f"F{number}", "type": "text", "entity_type": "companies"})
    body = ask(memory, "/api/v4/companies/custom_fields?limit=250").body
    assert (len(body["_embedded"]["custom_fields"]), body["_total_items"], body["_page_count"]) == (50, 62, 2)
    assert ask(memory, "/api/v4/users").body["_page_count"] == 1


TASK_FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "task_type_id": ({"task_type_id": 99}, "no task type 99"),
    "entity_type": ({"entity_type": "deals", "entity_id": 1001}, "no entity type deals"),
    "entity_id": ({"entity_type": "leads", "entity_id": 5}, "no leads with id 5"),
    "no entity_type": ({"entity_id": 1001}, "entity_id needs entity_type"),
}


@pytest.mark.parametrize("what", TASK_FAULTS)
def test_a_task_is_refused(memory: Memory, what: str) -> None:
    members, detail = TASK_FAULTS[what]
    reply = ask(memory, "/api/v4/tasks", "POST", [{"text": "Call", "complete_till": NOW} | members])
    assert reply.status == 400
    assert [error["detail"] for error in reply.body["validation-errors"][0]["errors"]] == [detail]


def test_a_task_without_an_entity_is_accepted(memory: Memory) -> None:
    assert ask(memory, "/api/v4/tasks", "POST", [{"text": "Call", "complete_till": NOW}]).status == 200


MORE_ROUTES = {
    "/api/v4/roles": ("roles", 1),
    "/api/v4/leads/unsorted": ("unsorted", 1),
    "/api/v4/talks": ("talks", 1),
}


@pytest.mark.parametrize("path", MORE_ROUTES)
def test_further_lists(memory: Memory, path: str) -> None:
    key, count = MORE_ROUTES[path]
    assert len(embedded(ask(memory, path), key)) == count


@pytest.mark.parametrize("kind", ["contacts", "companies"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_pages_own_cards(memory: Memory, kind: str, method: str) -> None:
    id_ = {"contacts": 2001, "companies": 3001}[kind]
    reply = ask(memory, f"/ajax/{kind}/detail/{id_}/", method, {} if method == "POST" else None)
    assert (reply.status, reply.body["response"]["id"]) == (200, id_)
    assert ask(memory, f"/ajax/{kind}/detail/1").status == 404


def test_old_links(memory: Memory) -> None:
    path = "/private/api/v2/json/links/list?links[0][from]=leads&links[0][from_id]=1001"
    links = ask(memory, path).body["response"]["links"]
    assert {(link["to"], link["to_id"]) for link in links} == {("contacts", 2001), ("companies", 3001)}
    pairs = ask(memory, "/private/api/v2/json/contacts/links?deals_link[]=1002").body["response"]["links"]
    assert [(pair["contact_id"], pair["lead_id"]) for pair in pairs] == [(2002, 1002)]


def test_only_administrators_read_users_and_roles(memory: Memory) -> None:
    memory.sign_in(admin=False)
    for path in ("/api/v4/users", "/api/v4/users/501", "/api/v4/roles"):
        assert ask(memory, path).status == 403
