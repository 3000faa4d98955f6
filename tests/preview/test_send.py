"""Sample requests: their content, and that they reach only this machine."""

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest

from scaffold.preview.api import signed_token as token
from scaffold.preview.sending.send import NOT_SENT, REPLY_MAX_BYTES, masked, target
from tests.preview.client import Client


class Endpoint:
    """A server that records requests, and gives the answer that a test sets."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.headers, self.reply = 200, {"X-Own": "1"}, b"thanks"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                endpoint.requests.append((self.path, dict(self.headers), body))
                self.send_response(endpoint.status)
                for name, value in endpoint.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(endpoint.reply)))
                self.end_headers()
                self.wfile.write(endpoint.reply)

            do_GET = do_POST  # noqa: N815 - the library's name

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
                pass

        return Handler

    def forms(self) -> list[dict[str, str]]:
        bodies = [body.decode() for _, _, body in self.requests]
        return [dict(parse_qsl(body, strict_parsing=True, keep_blank_values=True)) for body in bodies]

    def form(self) -> dict[str, str]:
        [form] = self.forms()
        return form

    def token(self) -> str:
        """The token of the one request that came, wherever it stood."""
        [(path, headers, body)] = self.requests
        fields = dict(parse_qsl(body.decode())) | dict(parse_qsl(urlsplit(path).query))
        return headers.get("X-Auth-Token", fields.get("token", ""))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    running = Endpoint()
    yield running
    running.server.shutdown()
    running.server.server_close()


HOOKS = "https://hooks.acme.example"
"""The server in the widget's manifest."""


def send(client: Client, kind: str, fields: dict[str, Any], url: str = "", variant: str = "") -> Any:
    client.post("/_preview/addresses", {"url": url})
    wanted = {"kind": kind, "fields": fields, "url": url, "variant": variant}
    return client.post("/_preview/send", wanted).json


def test_a_pipeline_event_arrives_as_a_form_with_the_webhooks_key(client: Client, endpoint: Endpoint) -> None:
    answer = send(
        client,
        "digital_pipeline",
        {"event": "chat", "settings": {"message": "Hi & bye"}},
        f"{endpoint.url}/dp.php",
    )
    assert (answer["status"], answer["body"]) == (200, "thanks")
    assert answer["url"] == f"{endpoint.url}/dp.php?k=***"
    path, headers, _ = endpoint.requests[0]
    assert path == "/dp.php?k=s3cret"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    form = endpoint.form()
    assert form.pop("event[time]").isdecimal()
    assert form == {
        "event[type]": "19",
        "event[type_code]": "chat",
        "event[data][id]": "1001",
        "event[data][element_type]": "2",
        "event[data][status_id]": "701",
        "event[data][pipeline_id]": "601",
        "event[data][direction_of_movement]": "went_to_trigger",
        "action[settings][widget][settings][message]": "Hi & bye",
        "subdomain": "example",
        "account_id": "30000001",
    }


def test_a_customers_event_has_no_direction(client: Client, endpoint: Endpoint) -> None:
    send(client, "digital_pipeline", {"event": "customer_added"}, endpoint.url)
    form = endpoint.form()
    assert (form["event[type]"], form["event[data][element_type]"]) == ("20", "12")
    assert "event[data][direction_of_movement]" not in form


def test_an_sms_carries_a_users_token(client: Client, endpoint: Endpoint) -> None:
    send(client, "sms", {"text": "Hi", "phone": "+15550101"}, endpoint.url)
    form = endpoint.form()
    ours = "https://hooks.acme.example"  # whose address the manifest names, wherever the form was sent
    claims = jwt.decode(form.pop("token"), token.DEMO_SECRET, algorithms=["HS256"], audience=ours)
    assert claims["user_id"] == 501
    assert form == {"text": "Hi", "phone": "+15550101"}


def test_a_salesbots_request_carries_data_and_the_way_back(client: Client, endpoint: Endpoint) -> None:
    given = {"data": {"a": [1, {"b": None}], "c": True}, "entity_type": "contact", "entity_id": 2002}
    send(client, "salesbot", given, endpoint.url)
    send(client, "salesbot", {}, endpoint.url)
    first, second = endpoint.forms()
    claims = jwt.decode(first.pop("token"), token.DEMO_SECRET, algorithms=["HS512"])
    assert (claims["entity_type"], claims["entity_id"]) == ("contact", 2002)
    assert {"user_id", "client_uuid"}.isdisjoint(claims)
    back = first.pop("return_url")
    assert first == {"data[a][0]": "1", "data[a][1][b]": "", "data[c]": "1"}
    assert re.fullmatch(r"https://example\.kommo\.com/api/v4/salesbot/321/continue/\d+", back)
    assert back != second["return_url"]  # a bot waits at another address each time


def test_a_script_sends_its_token_in_a_header(client: Client, endpoint: Endpoint) -> None:
    send(client, "card", {}, f"{endpoint.url}/card.php")
    [(path, headers, body)] = endpoint.requests
    claims = jwt.decode(headers["X-Auth-Token"], token.DEMO_SECRET, ["HS256"], audience=HOOKS)
    assert (path, body, claims["account_id"]) == ("/card.php?action=lead&id=1001", b"", 30000001)


def test_a_webhook_is_a_form_of_lists(client: Client, endpoint: Endpoint) -> None:
    send(client, "webhook", {}, endpoint.url)
    form = endpoint.form()
    assert (form["leads[add][0][id]"], form["account[id]"]) == ("1001", "30000001")
    assert int(form["leads[add][0][date_create]"]) >= client.preview.memory.clock() - 3600


def test_an_installation_gives_a_code_once(client: Client, endpoint: Endpoint) -> None:
    for _ in range(2):
        send(client, "oauth", {}, f"{endpoint.url}/oauth.php")
    first, second = (dict(parse_qsl(urlsplit(path).query)) for path, _, _ in endpoint.requests)
    assert (first["referer"], first["from_widget"]) == ("example.kommo.com", "1")
    assert first["code"] != second["code"]


def test_an_uninstallation_is_signed(client: Client, endpoint: Endpoint) -> None:
    send(client, "hook", {}, f"{endpoint.url}/hook.php")
    query = dict(parse_qsl(urlsplit(endpoint.requests[0][0]).query))
    over = f"{query['client_uuid']}|{query['account_id']}".encode()
    assert query["signature"] == hmac.new(token.DEMO_SECRET.encode(), over, hashlib.sha256).hexdigest()


def test_requests_are_signed_with_settings_of_the_environment(
    client: Client, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "a-secret-of-the-users-own-server-that-is-long"
    monkeypatch.setenv("KOMMO_CLIENT_SECRET", secret)
    monkeypatch.setenv("KOMMO_CLIENT_ID", "an-id")
    monkeypatch.setenv("KOMMO_HOOK_SECRET", "a-hook")
    for kind in ("sms", "hook", "webhook"):
        send(client, kind, {}, endpoint.url)
    sms, hook, webhook = endpoint.requests
    jwt.decode(dict(parse_qsl(sms[2].decode()))["token"], secret, algorithms=["HS256"], audience=HOOKS)
    assert "client_uuid=an-id&" in hook[0]
    assert webhook[0] == "/?k=a-hook"


@pytest.mark.parametrize("kind", ["sms", "salesbot", "card", "mobile"])
def test_each_forged_token_has_one_fault(client: Client, endpoint: Endpoint, kind: str) -> None:
    own = {"sms": "HS256", "salesbot": "HS512", "card": "HS256", "mobile": "HS256"}[kind]
    other = {"HS256": "HS512", "HS512": "HS256"}[own]
    expected = {
        "expired": (jwt.ExpiredSignatureError, own), "wrong_signature": (jwt.InvalidSignatureError, own),
        "other_algorithm": (jwt.InvalidAlgorithmError, other), "other_host": (jwt.InvalidIssuerError, own),
        "unsigned": (jwt.InvalidAlgorithmError, "none"),
    }  # fmt: skip
    for variant, (error, algorithm) in expected.items():
        endpoint.requests.clear()
        answer = send(client, kind, {}, endpoint.url, variant)
        assert (answer["as_expected"], answer["expected"]) == (
            False,
            "the endpoint should refuse it with 401",
        )
        text = endpoint.token()
        assert jwt.get_unverified_header(text)["alg"] == algorithm
        with pytest.raises(error):
            jwt.decode(text, token.DEMO_SECRET, [own], options={"verify_aud": False}, issuer=token.ISSUER)
    endpoint.requests.clear()
    endpoint.status = 401
    assert send(client, kind, {}, endpoint.url, "no_token")["as_expected"] is True
    assert endpoint.token() == ""


def test_a_copy_is_identical(client: Client, endpoint: Endpoint) -> None:
    send(client, "sms", {}, endpoint.url, "duplicate")
    assert len(endpoint.requests) == 2
    assert endpoint.requests[0] == endpoint.requests[1]


def test_a_wrong_secret_replaces_the_right_one(client: Client, endpoint: Endpoint) -> None:
    send(client, "digital_pipeline", {}, f"{endpoint.url}/dp.php?k=s3cret", "wrong_secret")
    [(path, _, _)] = endpoint.requests
    assert path.startswith("/dp.php?k=")
    assert "s3cret" not in path


def test_secrets_are_not_shown(client: Client, endpoint: Endpoint) -> None:
    for kind in ("digital_pipeline", "sms", "mobile"):
        answer = send(client, kind, {}, endpoint.url)
        shown = {**answer["request"].get("query", {}), **answer["request"].get("form", {})}
        assert "***" in shown.values()
        assert "s3cret" not in json.dumps(answer)


def test_the_manifests_own_url_off_this_machine_is_not_called(client: Client) -> None:
    answer = send(client, "digital_pipeline", {})
    assert (answer["error"], answer["status"]) == (NOT_SENT, None)
    assert answer["url"] == "https://hooks.acme.example/dp.php?k=***"
    assert "event%5Btype_code%5D=lead_status_changed" in answer["request"]["body"]


def test_a_redirect_is_shown_and_not_followed(client: Client, endpoint: Endpoint) -> None:
    endpoint.status, endpoint.headers = 302, {"Location": f"{endpoint.url}/elsewhere"}
    assert send(client, "sms", {}, endpoint.url)["status"] == 302
    assert len(endpoint.requests) == 1


def test_a_long_reply_is_cut(client: Client, endpoint: Endpoint) -> None:
    endpoint.reply = b"x" * (REPLY_MAX_BYTES + 5)
    assert len(send(client, "sms", {}, endpoint.url)["body"]) == REPLY_MAX_BYTES


def test_a_server_that_does_not_answer_is_reported(client: Client, endpoint: Endpoint) -> None:
    endpoint.server.shutdown()
    endpoint.server.server_close()
    answer = send(client, "sms", {}, endpoint.url)
    assert answer["status"] is None
    assert answer["error"].startswith("no answer: ")


def test_an_unknown_kind_is_refused(client: Client) -> None:
    answer = client.post("/_preview/send", {"kind": "mail"})
    assert (answer.status, answer.json["detail"]) == (
        400,
        "there is no sample mail; the samples are digital_pipeline, card, webhook, oauth, hook",
    )


@pytest.mark.parametrize(
    ("url", "address", "port"),
    [
        ("http://127.0.0.1:8080/x", "127.0.0.1", 8080),
        ("http://127.9.9.9/x", "127.9.9.9", 80),
        ("http://[::1]:8080/", "::1", 8080),
        ("https://127.0.0.1/x", "127.0.0.1", 443),
    ],
)
def test_loopback_is_reached(url: str, address: str, port: int) -> None:
    goal = target(url)
    assert goal
    assert (goal.address, goal.port) == (address, port)


def test_localhost_is_pinned_to_an_address() -> None:
    goal = target("http://LocalHost:81/a?b=c")
    assert goal
    assert goal.address in ("127.0.0.1", "::1")
    assert (goal.host, goal.path) == ("LocalHost:81", "/a?b=c")


@pytest.mark.parametrize(
    "url",
    ["", "x", "http://", "http://example.com/", "http://10.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/",
     "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://[::]/",
     "http://[::ffff:127.0.0.1]/", "http://127.0.0.1.nip.example/", "http://localhost.example/",
     "http://127.0.0.1@example.com/", "http://user@127.0.0.1/", "http://127.0.0.1\\@example.com/",
     "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "file:///etc/passwd", "ftp://127.0.0.1/",
     "gopher://127.0.0.1/", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1 /", "http://[::1", "//127.0.0.1/",
     "http://\u2460\u2461\u2466.0.0.1/", "http://127.0.0.1./", "http://localhost./", "http://127\u30020\u30020\u30021/",
     "http:\\\\127.0.0.1/", "http:///127.0.0.1/", "http:/127.0.0.1/", "http://127.0.0.1%2f@example.com/",
     "http://127.0.0.1%00.example.com/", "http://[::1%25lo]/", "http://[::ffff:7f00:1]/", "http://local\thost/",
     "http://loc\u00adalhost/", "http://\uff4cocalhost/", "http://@127.0.0.1/", "http://127.0.0.1:80:80/",
     "http://127.0.0.1:-1/", "http://127.0.0.1:\u0668\u0660/", "http://127.0.0.1:0x50/"],
)  # fmt: skip
def test_other_addresses_are_not_reached(url: str) -> None:
    assert target(url) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://h/p?k=secret&x=1#f", "http://h/p?k=***&x=***#f"),
        ("http://u:p@h/", "http://h/"),
        ("http://[", ""),
    ],
)
def test_secrets_are_masked(url: str, shown: str) -> None:
    assert masked(url) == shown


def test_the_terminals_log_has_no_query(client: Client) -> None:
    client.ask("/api/v4/nothing?token=s3cret")
    assert client.lines == ["404 GET '/api/v4/nothing'"]


@pytest.mark.parametrize("query", ["", "?entity_type=contacts&entity_id=2001"])
def test_mobile_url(client: Client, query: str) -> None:
    answer = client.ask(f"/_preview/mobile-url{query}").json
    assert answer["url"] == ""
    expected = (
        {"entity_type": "contacts", "entity_id": 2001}
        if query
        else {"entity_type": "leads", "entity_id": 1001}
    )
    assert answer["claims"]["data"] == expected
