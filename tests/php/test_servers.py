"""Servers set up by the README, nginx with PHP-FPM and Apache with mod_php, and each set up wrongly."""

import gzip
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scaffold.kommo import sample_event
from tests.cases import answers_for, answers_of
from tests.php.projects import write_project
from tests.php.server import SECRET
from tests.php.tokens import sample, signed
from tests.php.web_servers import WebServer, apache, as_ordinary_user, missing, nginx
from tests.waiting import until

SETTINGS = {
    "KOMMO_WEBHOOK_SECRET": SECRET, "KOMMO_HOOK_SECRET": "hook-secret-0123456789",
    "KOMMO_CLIENT_SECRET": "client-secret-0123456789", "KOMMO_ORIGINS": "https://acme.kommo.com",
}  # fmt: skip
EVENT = f"/digital_pipeline.php?k={SECRET}"
FORM = urlencode(sample_event.form_fields({}))
Start = Callable[..., AbstractContextManager[WebServer]]


@pytest.fixture(scope="module", autouse=True)
def servers_are_installed() -> None:
    """Fail if a server is not installed: a skipped test would look like one that passed."""
    assert not missing(), f"tests/run installs {', '.join(missing())}"


SERVERS = pytest.mark.parametrize("start", [nginx, apache])


@pytest.fixture(scope="module", params=[nginx, apache], ids=["nginx", "apache"])
def server(complete: Path, request: pytest.FixtureRequest) -> Iterator[WebServer]:
    """A server set up by the README, with an endpoint of every kind."""
    with request.param(complete, SETTINGS) as running:
        yield running


def let_go(gate: Path) -> None:
    """Write to a named pipe once a process reads from it."""

    def written() -> bool:
        try:
            pipe = os.open(gate, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            return False
        os.write(pipe, b"let go")
        os.close(pipe)
        return True

    until(written, lambda: "nobody reads")


def events(server: WebServer) -> list[dict[str, object]]:
    """Return what was handled by now, for all tests of this server; only pipeline events have a time."""
    log = server.project / "backend/storage/events.log"
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def with_time(seconds: int) -> str:
    """Return the sample event with another time, which makes it another event."""
    fields = dict(sample_event.form_fields({}))
    return urlencode({**fields, "event[time]": str(seconds)})


def test_an_event_is_answered_and_then_handled(server: WebServer) -> None:
    answer = server.request("POST", EVENT, with_time(1))

    assert (answer.status, answer.body) == (200, '{"ok":true}\n')
    until(lambda: any(event.get("time") == 1 for event in events(server)), lambda: server.log)


def test_the_answer_is_sent_before_a_slow_handler_ends(server: WebServer) -> None:
    handler = server.project / "backend/handlers/digital_pipeline.php"
    before = handler.read_text()
    gate = server.folder / "gate"
    os.mkfifo(gate, 0o666)
    gate.chmod(0o666)
    handler.write_text(f"<?php return static fn ($event) => (string) file_get_contents('{gate}');\n")
    try:
        # The handler waits for the gate, so this would never return if the answer waited for the handler.
        answer = server.request("POST", EVENT, with_time(2), {"Accept-Encoding": "gzip"})
        assert (answer.status, answer.body) == (200, '{"ok":true}\n')
        assert not [event for event in events(server) if event.get("time") == 2]
        let_go(gate)
        until(lambda: any(event["done"] == "let go" for event in events(server)), lambda: server.log)
    finally:
        handler.write_text(before)
        gate.unlink()


def test_parallel_copies_have_one_effect(server: WebServer) -> None:
    body = with_time(3)
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: server.request("POST", EVENT, body), range(50)))

    assert [answer.status for answer in answers] == [200] * 50
    until(lambda: server.log.count("duplicate dropped") >= 49, lambda: server.log)
    until(lambda: any(event.get("time") == 3 for event in events(server)), lambda: server.log)
    assert sum(event.get("time") == 3 for event in events(server)) == 1


REFUSED = [
    pytest.param("GET", EVENT, None, {}, 405, id="get"),
    pytest.param("DELETE", EVENT, None, {}, 405, id="delete"),
    pytest.param("POST", "/digital_pipeline.php", FORM, {}, 403, id="no-secret"),
    pytest.param("POST", EVENT, "", {}, 400, id="empty"),
    pytest.param("POST", EVENT, b"a" * 1_900_000, {}, 413, id="huge"),
    pytest.param("POST", EVENT, iter([b"a" * 1_000_000, b"a" * 900_000]), {}, 413, id="huge-in-chunks"),
    pytest.param("POST", EVENT, b'{"a":' * 10_000, {}, 400, id="deep-json"),
    pytest.param("POST", EVENT, b"a" + b"[b]" * 5_000 + b"=1", {}, 400, id="deep-form"),
    pytest.param("POST", EVENT, "&".join(f"a{n}=1" for n in range(5000)), {}, 400, id="many-fields"),
    pytest.param("POST", EVENT, b"\xff\xfe", {}, 400, id="binary"),
    pytest.param("POST", EVENT, b"\xef\xbb\xbf{}", {}, 400, id="byte-order-mark"),
    pytest.param("POST", EVENT, gzip.compress(FORM.encode()), {"Content-Encoding": "gzip"}, 415, id="gzip"),
    pytest.param(
        "POST", EVENT, "--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\nc\r\n--x--\r\n",
        {"Content-Type": "multipart/form-data; boundary=x"}, 415, id="multipart",
    ),
    pytest.param("POST", "/sms.php", "text=a&phone=112&token=x", {}, 401, id="sms"),
    pytest.param("GET", "/mobile.php?token=x", None, {}, 401, id="mobile"),
    pytest.param("POST", "/salesbot.php", "token=x", {}, 401, id="salesbot"),
    pytest.param("GET", "/card.php?action=lead", None, {"X-Auth-Token": "x"}, 401, id="card"),
    pytest.param("POST", "/webhook.php/wrong", "a=1", {}, 403, id="webhook"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "headers", "status"), REFUSED)
def test_a_refusal_is_one_line_in_the_log(
    server: WebServer, method: str, path: str, body: object, headers: dict[str, str], status: int
) -> None:
    if hasattr(body, "__next__"):
        body = iter([b"a" * 1_000_000, b"a" * 900_000])  # one for each server
    before = server.log

    answer = server.request(method, path, body, headers)

    assert answer.status == status
    assert str(server.project) not in answer.body
    assert "X-Powered-By" not in answer.headers
    until(lambda: f"refused with {status}" in server.log[len(before) :], lambda: server.log)
    new = server.log[len(before) :].splitlines()
    assert len(new) == 1, new


def test_a_secret_in_the_path_is_accepted(server: WebServer) -> None:
    path = f"/webhook.php/{SETTINGS['KOMMO_HOOK_SECRET']}"

    assert server.request("POST", path, "account[id]=1&leads[add][0][id]=2").status == 200


def test_the_script_may_send_requests_from_its_account(server: WebServer) -> None:
    origin = {"Origin": "https://acme.kommo.com"}
    preflight = server.request(
        "OPTIONS", "/card.php", None, {**origin, "Access-Control-Request-Method": "GET"}
    )
    claims = sample(server.project, "card")["token"]["claims"]
    jwt = signed(claims, SETTINGS["KOMMO_CLIENT_SECRET"], "HS256")
    asked = server.request("GET", "/card.php?action=none", None, {**origin, "X-Auth-Token": jwt})

    assert (preflight.status, asked.status) == (204, 404)
    assert preflight.headers["Access-Control-Allow-Origin"] == asked.headers["Access-Control-Allow-Origin"]


def files(project: Path) -> list[str]:
    """Return a file of each folder and kind, and all secret files."""
    found = {
        (path.parent, path.suffix, "config" in path.name): path.relative_to(project).as_posix()
        for path in sorted(project.rglob("*"))
        if path.is_file()
    }
    return list(found.values())


def leaks(server: WebServer, root: str) -> list[str]:
    """Request every kind of file of the project, and some that are often there; return those served."""
    paths = [path.removeprefix(f"{root}/") for path in files(server.project)]
    paths += [f"../{path}" for path in ("config.php", "storage/events.log", "backend/config.php")]
    paths += [
        "",
        ".git/config",
        "storage/",
        "%2e%2e/config.php",
        "..%2fconfig.php",
        "public/../config.php",
        "lib/",
    ]
    endpoints = {
        f"{name}.php" for name in ("digital_pipeline", "sms", "mobile", "salesbot", "card", "webhook")
    }
    served = []
    for path in paths:
        answer = server.request("GET", f"/{path}")
        is_endpoint = path.rsplit("/", 1)[-1] in endpoints and "public/" in f"public/{path}"
        if answer.status not in (400, 403, 404) and not (is_endpoint and answer.status >= 400):
            served.append(f"{path}: {answer.status}")
    return served


def test_only_the_endpoints_are_served(server: WebServer) -> None:
    assert leaks(server, "backend/public") == []


@pytest.mark.full
@SERVERS
def test_endpoints_may_be_below_a_path_at_another_port(tmp_path: Path, start: Start) -> None:
    """If `backend.url` has a path and a port, so have the README's blocks."""
    url = "https://hooks.acme.example:8443/deep/er-x"
    answers = answers_of(answers_for("sms", "settings", backend={"url": url, "webhooks": ["add_lead"]}))
    with start(write_project(answers, tmp_path / "project"), SETTINGS) as server:
        secret = SETTINGS["KOMMO_HOOK_SECRET"]
        body = "account[id]=1&leads[add][0][id]=2"
        assert server.request("POST", f"/deep/er-x/webhook.php/{secret}", body).status == 200
        assert server.request("POST", "/deep/er-x/sms.php", "text=a&phone=112&token=x").status == 401
        assert server.request("GET", "/deep/er-x/../config.php").status in (400, 403, 404)
        (server.project / "backend/config.php").chmod(0o600)
        assert doctor(server, "/deep/er-x") == (0, [])


@pytest.mark.parametrize("root", ["backend", pytest.param(".", marks=pytest.mark.full)])
@SERVERS
def test_a_wrong_document_root_serves_nothing(complete: Path, start: Start, root: str) -> None:
    with start(complete, SETTINGS, root) as server:
        assert leaks(server, root) == []
        prefix = "/public" if root == "backend" else "/backend/public"
        answer = server.request("POST", f"{prefix}{EVENT}", FORM)
        # nginx does not find it. Apache does, but then the storage would be under the document root.
        assert answer.status == (404 if start is nginx else 503)
        assert start is nginx or "is inside the web root" in server.log
        assert events(server) == []


@pytest.mark.parametrize("root", ["backend/public", "backend", pytest.param(".", marks=pytest.mark.full)])
def test_htaccess_files_protect_the_back_end(complete: Path, root: str) -> None:
    """On shared hosting only the project's .htaccess files protect backend/."""
    with apache(complete, SETTINGS, root, guard=".htaccess") as server:
        served = [line for line in leaks(server, root) if root != "." or line.startswith("backend/")]
        assert served == []
        if root == "backend/public":
            assert server.request("POST", EVENT, FORM).status == 200


def doctor(server: WebServer, folder: str = "") -> tuple[int, list[str]]:
    """Run bin/doctor.php; return its exit code and its findings."""
    done = subprocess.run(
        [
            "php",
            "-d",
            f"openssl.cafile={server.folder / 'fullchain.pem'}",
            str(server.project / "backend/bin/doctor.php"),
            f"https://127.0.0.1:{server.port}{folder}",
        ],
        capture_output=True,
        text=True,
        check=False,
        **as_ordinary_user(),
    )
    assert done.stderr == ""
    return done.returncode, [line for line in done.stdout.splitlines() if line.startswith("WRONG")]


@SERVERS
def test_doctor_finds_nothing_wrong(complete: Path, start: Start) -> None:
    with start(complete, SETTINGS) as server:
        (server.project / "backend/config.php").chmod(0o600)
        assert doctor(server)[1] == [
            f"WRONG  the storage folder does not exist: {server.project}/backend/storage"
        ]
        assert server.request("POST", EVENT, FORM).status == 200  # which creates the folder
        assert doctor(server) == (0, [])


@pytest.mark.parametrize(
    ("root", "folder", "served"),
    [
        ("backend", "/public", "/../storage/events.log"),
        pytest.param(".", "/backend/public", "/../../README.md", marks=pytest.mark.full),
    ],
)
def test_doctor_finds_files_that_are_served(complete: Path, root: str, folder: str, served: str) -> None:
    with apache(complete, SETTINGS, root, guard="nothing") as server:
        storage = server.project / "backend/storage"
        storage.mkdir()
        (storage / "events.log").write_text("{}\n")
        (server.project / "backend/config.php").chmod(0o644)

        code, wrong = doctor(server, folder)

        assert code == 1
        assert [line for line in wrong if "config.php has mode 0644" in line]
        assert [line for line in wrong if "also serves" in line and f" {served}" in line]
