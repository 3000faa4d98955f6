"""The checks of host, origin, port and size."""

import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from scaffold.preview.server.guard import BODY_MAX_BYTES, stage_policy
from scaffold.preview.server.server import HEADERS_MAX_BYTES, bind
from tests.preview.client import Client
from tests.waiting import PATIENCE_S

SCRIPT = "/upl/acme_leads/1.2.3/widget/script.js"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_this_machine_is_answered(client: Client, name: str) -> None:
    assert client.ask(SCRIPT, Host=f"{name}:{client.port}").status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example:{port}", "localhost.:{port}", "[::1]:{port}", "0.0.0.0:{port}",
     ""],
)  # fmt: skip
def test_foreign_host_is_refused(client: Client, host: str) -> None:
    answer = client.ask("/_preview/state.json", Host=host.format(port=client.port))
    assert (answer.status, answer.body) == (400, b"Invalid host header")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/v4/leads"), ("POST", "/_preview/send"), ("GET", "/_preview/state.json")],
)
def test_foreign_origin_is_refused(client: Client, method: str, path: str, origin: str) -> None:
    answer = client.ask(path, method, b"[]" if method == "POST" else None, Origin=origin, X_Preview="1")
    assert (answer.status, answer.body) == (403, b"requests from another origin are refused\n")


def test_own_origin_may_post(client: Client) -> None:
    origin = f"http://127.0.0.1:{client.port}"
    assert client.ask("/api/v4/leads", "POST", [{"name": "New"}], Origin=origin).status == 200


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [("cross-site", "no-cors", 403), ("same-site", "cors", 403), ("cross-site", "navigate", 200),
     ("same-origin", "cors", 200), ("none", "navigate", 200)],
)  # fmt: skip
def test_another_site_may_link_but_not_read(client: Client, site: str, mode: str, status: int) -> None:
    assert client.ask(SCRIPT, Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == status


@pytest.mark.parametrize("path", ["/_preview/send", "/_preview/token"])
def test_post_without_the_pages_header_is_refused(client: Client, path: str) -> None:
    answer = client.ask(path, "POST", {"kind": "sms"})
    assert (answer.status, answer.body) == (403, b"the header X-Preview is missing\n")


def test_headers_of_every_answer(client: Client) -> None:
    for path in ("/", SCRIPT, "/api/v4/leads", "/nothing"):
        headers = client.ask(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "'unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].endswith("frame-ancestors 'self'")
        assert "server" not in headers


def test_the_pages_own_modules_are_cached_for_a_minute(client: Client, stage: Client) -> None:
    assert client.ask("/_host/main.js").headers["cache-control"] == "max-age=60"
    assert client.ask("/_host/index.html").headers["cache-control"] == "no-store"
    assert stage.ask("/_host/stage.html").headers["cache-control"] == "no-store"


def test_only_the_stage_may_run_inline_code(client: Client, stage: Client) -> None:
    policy = stage.ask("/_host/stage.html").headers["content-security-policy"]
    page = f"http://127.0.0.1:{client.port} http://localhost:{client.port}"
    assert policy == stage_policy(online=False, page=page)
    assert "https:;" not in policy.replace(" ;", ";")
    assert " https: " in stage_policy(online=True) + " "


def test_the_stage_has_an_origin_of_its_own(client: Client, stage: Client) -> None:
    assert client.ask("/_host/stage.html").status == 403
    assert stage.ask("/_host/stage.html").status == 200
    assert stage.ask(SCRIPT).status == 200
    assert stage.ask("/api/v4/account").status == 200
    for path in ("/", "/_preview/state.json", "/_preview/events"):
        assert stage.ask(path).status == 403
    assert stage.post("/_preview/send", {"kind": "sms"}).status == 403
    origin = f"http://127.0.0.1:{stage.port}"
    for port in (client, stage):
        answer = port.ask("/_preview/send", "POST", {"kind": "sms"}, X_Preview="1", Origin=origin)
        assert answer.status == 403


def test_the_size_of_a_body_is_limited(client: Client) -> None:
    assert client.ask("/api/v4/leads", "POST", b" " * BODY_MAX_BYTES).json["detail"] == "the body is not JSON"
    # The answer comes before the body, which the server may never read: none is sent.
    above = client.ask("/api/v4/leads", "POST", Content_Length=str(BODY_MAX_BYTES + 1))
    assert (above.status, above.headers["connection"]) == (413, "close")


def test_a_100_mb_body_is_refused_before_it_is_sent(client: Client) -> None:
    with closing(socket.create_connection(("127.0.0.1", client.port), timeout=PATIENCE_S)) as raw:
        raw.sendall(
            b"POST /api/v4/leads HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 104857600\r\n\r\n"
            % client.port
        )
        assert raw.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_a_body_of_unknown_length_is_cut_off(client: Client) -> None:
    # One byte above the limit and no more: with bytes left that it has not read, the server would reset
    # the connection while they are still being sent.
    assert BODY_MAX_BYTES % 65536 == 0
    chunks = (b"10000\r\n" + b"x" * 65536 + b"\r\n") * (BODY_MAX_BYTES // 65536) + b"1\r\nx\r\n"
    with closing(socket.create_connection(("127.0.0.1", client.port), timeout=PATIENCE_S)) as raw:
        raw.sendall(
            b"POST /api/v4/leads HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n" % (client.port, client.authorized["Authorization"].encode())
        )
        raw.sendall(chunks)
        assert raw.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_endless_headers_are_cut_off(client: Client) -> None:
    with closing(socket.create_connection(("127.0.0.1", client.port), timeout=PATIENCE_S)) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * HEADERS_MAX_BYTES)
        assert raw.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_a_connection_serves_one_request_after_another(client: Client) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", client.port, timeout=PATIENCE_S)) as connection:
        connection.connect()
        first = connection.sock
        for _ in range(2):
            connection.request("GET", "/_libs/none.js", headers=client.authorized)
            reply = connection.getresponse()
            assert (reply.status, reply.will_close) == (404, False)
            assert b"no library has that name" in reply.read()
            assert connection.sock is first


def test_200_clients_at_once(client: Client) -> None:
    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda n: client.ask(f"/api/v4/leads/100{n % 3 + 1}"), range(200)))
    assert {answer.status for answer in answers} == {200}
    assert {answer.json["id"] for answer in answers} == {1001, 1002, 1003}


def test_it_listens_on_loopback_only() -> None:
    with closing(bind(0)) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
