"""The endpoint of the digital pipeline behind PHP's own web server, with SQLite and without it."""

import gzip
import http.client
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scaffold.kommo import sample_event
from tests.php.projects import FIELD_TYPES
from tests.php.server import SECRET, PhpServer
from tests.ports import reserved_port

SAMPLE = sample_event.form_fields(FIELD_TYPES)
MESSAGE = "action[settings][widget][settings][message]"
COPIES = 50


def with_field(name: str, value: str) -> list[tuple[str, str]]:
    """Return the sample event with one field replaced or added."""
    return [pair for pair in SAMPLE if pair[0] != name] + [(name, value)]


def without(name: str) -> list[tuple[str, str]]:
    return [pair for pair in SAMPLE if pair[0] != name]


def as_json(message: object = "Hi {{lead.name}}") -> dict[str, object]:
    """Return the sample event as the vendor's page prints it: JSON, with numbers."""
    return {
        "event": {
            "type": 14,
            "type_code": "lead_status_changed",
            "data": {
                "id": 1001,
                "element_type": 2,
                "status_id": 701,
                "pipeline_id": 601,
                "direction_of_movement": "went_to_trigger",
            },
            "time": 1491300016,
        },
        "action": {"settings": {"widget": {"settings": {"message": message, "limit": 5}}}},
        "subdomain": "example",
        "account_id": 30000001,
    }


def test_an_event_is_answered_and_logged_once(server: PhpServer) -> None:
    answer = server.form(SAMPLE)

    assert (answer.status, answer.body) == (200, '{"ok":true}\n')
    [event] = server.events()
    assert event.pop("handled_at")
    assert event == {
        "done": "lead_status_changed: lead 1001 in stage 701 of pipeline 601, settings "
        '{"message":"Hi {{lead.name}}","limit":"5"}',
        "account_id": 30000001,
        "subdomain": "example",
        "entity_type": 2,
        "entity_id": 1001,
        "pipeline_id": 601,
        "status_id": 701,
        "type": 14,
        "type_code": "lead_status_changed",
        "direction": "went_to_trigger",
        "time": 1491300016,
        "settings": {"message": "Hi {{lead.name}}", "limit": "5"},
    }


def test_the_same_event_has_no_second_effect(server: PhpServer) -> None:
    answers = [
        server.form(SAMPLE).status,
        server.form(SAMPLE).status,
        server.request(json.dumps(as_json())).status,
    ]

    assert answers == [200, 200, 200]
    assert len(server.events()) == 1
    server.wait_for_log("digital_pipeline: duplicate dropped", times=2)


def test_the_store_is_sqlite_or_else_files(server: PhpServer) -> None:
    server.form(SAMPLE)
    server.settle()

    expected = ["events.log", "jobs"] if "-n" in server.php else ["backend.sqlite", "events.log"]
    assert sorted(path.name for path in server.storage.iterdir()) == [*expected, "running"]
    assert list((server.storage / "running").iterdir()) == []


def test_another_event_of_the_same_lead_is_handled(server: PhpServer) -> None:
    server.form(SAMPLE)
    server.form(with_field("event[time]", "1491300017"))

    assert [event["time"] for event in server.events()] == [1491300016, 1491300017]


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/x-www-form-urlencoded", "text/plain"]
)
def test_json_is_read_with_any_content_type(server: PhpServer, content_type: str) -> None:
    body = json.dumps(as_json(), ensure_ascii=False).encode()

    assert server.request(body, headers={"Content-Type": content_type}).status == 200
    assert server.events()[0]["settings"] == {"message": "Hi {{lead.name}}", "limit": "5"}


def test_a_body_in_chunks_is_read(server: PhpServer) -> None:
    body = urlencode(SAMPLE).encode()

    assert server.request([body[:50], body[50:]]).status == 200
    assert len(server.events()) == 1


BIG = b"a" * 2_000_000

REFUSALS = [
    pytest.param({"method": "GET"}, 405, "POST only", id="get"),
    pytest.param({"method": "PUT", "body": BIG}, 405, "POST only", id="put"),
    pytest.param({"body": BIG, "query": ""}, 413, "body too large", id="two-megabytes"),
    pytest.param({"body": [BIG]}, 413, "body too large", id="two-megabytes-in-chunks"),
    pytest.param({"query": "?k=wrong"}, 403, "wrong secret", id="wrong-secret"),
    pytest.param({"query": ""}, 403, "wrong secret", id="no-secret"),
    pytest.param({"query": "?k="}, 403, "wrong secret", id="empty-secret"),
    pytest.param({"query": f"?k[]={SECRET}"}, 403, "wrong secret", id="array-secret"),
    pytest.param({"query": f"?k={SECRET}x"}, 403, "wrong secret", id="longer-secret"),
    pytest.param({"body": b""}, 400, "empty body", id="empty"),
    pytest.param({"body": b"hello"}, 400, "no event.data.id", id="one-word"),
    pytest.param({"body": b"event=x&event[data]=y"}, 400, "no event.data.id", id="event-is-text"),
    pytest.param({"body": b"\x00\xff\xfe"}, 400, "not valid UTF-8", id="binary"),
    pytest.param({"body": b"event[data][id]=%C3%28"}, 400, "not valid UTF-8", id="form-utf8"),
    pytest.param({"body": b'{"event": {"data": {"id": 1}'}, 400, "not valid JSON", id="json-cut"),
    pytest.param({"body": b'{"a": "\xff"}'}, 400, "not valid JSON", id="json-utf8"),
    pytest.param({"body": b"[1, 2]"}, 400, "no event.data.id", id="json-array"),
    pytest.param({"body": b'{"a":' * 100_000 + b"1" + b"}" * 100_000}, 400, "not valid JSON", id="json-deep"),
    pytest.param(
        {"body": b"event" + b"[a]" * 100_000 + b"=1"},
        400,
        "too many form fields, or nested too deep",
        id="form-deep",
    ),
    pytest.param(
        {"body": json.dumps({**as_json(), "account_id": 10**30})},
        400,
        "account_id is not a positive whole number",
        id="json-huge-account",
    ),
    pytest.param({"body": urlencode(without("event[data][id]"))}, 400, "no event.data.id", id="no-lead"),
    pytest.param({"body": urlencode(without("account_id"))}, 400, "no account_id", id="no-account"),
    *(
        pytest.param(
            {"body": urlencode(with_field(name, value))},
            400,
            f"{path} is not a positive whole number",
            id=f"{path}-{value}",
        )
        for name, path in {"event[data][id]": "event.data.id", "account_id": "account_id"}.items()
        for value in ["-1", "1.5", "abc", " 1", "1\n", "0x10", "1e3", "٣", "99999999999999999999", "1;drop"]
    ),
    pytest.param(
        {"body": urlencode([*without("event[data][id]"), ("event[data][id][]", "1")])},
        400,
        "event.data.id is not a positive whole number",
        id="lead-is-a-list",
    ),
    pytest.param(
        {"body": b"\xef\xbb\xbf" + urlencode(SAMPLE).encode()},
        400,
        "the body begins with a byte order mark: send UTF-8 without it",
        id="byte-order-mark",
    ),
    *(
        pytest.param(
            {"body": b"--x--", "headers": {"Content-Type": f"{type_}; boundary=x"}},
            415,
            "multipart is not supported: send application/x-www-form-urlencoded or JSON",
            id=type_,
        )
        for type_ in ["multipart/form-data", "Multipart/mixed"]
    ),
    pytest.param(
        {"body": gzip.compress(urlencode(SAMPLE).encode()), "headers": {"Content-Encoding": "gzip"}},
        415,
        "compressed bodies are not supported: send it without Content-Encoding",
        id="gzip",
    ),
]

ODD = [
    pytest.param("event[time]", "1491300016.529", {"time": 1491300016}, id="time-float"),
    pytest.param("event[time]", "soon", {"time": None}, id="time-text"),
    pytest.param("event[data][status_id]", "x", {"status_id": None}, id="status"),
    pytest.param("event[data][pipeline_id]", "-1", {"pipeline_id": None}, id="pipeline"),
    pytest.param("event[data][element_type]", "leads", {"entity_type": 0}, id="entity-type"),
    pytest.param("event[type_code]", "lead status changed", {"type_code": ""}, id="type-code-blank"),
    pytest.param("event[type_code]", "lead_added ", {"type_code": "lead_added"}, id="type-code-blank-after"),
    pytest.param("subdomain", "evil.example/", {"subdomain": ""}, id="subdomain"),
    pytest.param("subdomain", "https://acme.kommo.com/", {"subdomain": "acme"}, id="subdomain-address"),
    pytest.param(
        "action[settings][widget][settings]", '{"limit": 5}', {"settings": {"limit": "5"}}, id="settings-json"
    ),
    pytest.param(
        "action",
        '{"settings": {"widget": {"settings": {"a": 1}}}}',
        {"settings": {"a": "1"}},
        id="action-json",
    ),
    pytest.param("action[settings][widget][settings]", "x", {"settings": {}}, id="settings-text"),
    pytest.param("action[settings]", "x", {"settings": {}}, id="settings-nowhere"),
]


@pytest.mark.parametrize(("name", "value", "expected"), ODD)
def test_an_event_with_an_odd_detail_is_handled(
    server: PhpServer, name: str, value: str, expected: dict[str, object]
) -> None:
    fields = [pair for pair in SAMPLE if not pair[0].startswith(name)]

    assert server.form([*fields, (name, value)]).status == 200
    [event] = server.events()
    assert {key: event[key] for key in expected} == expected
    unread = None in expected.values() or expected in (
        {"entity_type": 0},
        {"type_code": ""},
        {"subdomain": ""},
    )
    if unread or value == "x":
        server.wait_for_log("left out")
    else:
        assert "left out" not in server.log


@pytest.fixture(scope="module", params=[("php",), ("php", "-n")], ids=["sqlite", "files"])
def refusing(
    rendered: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[PhpServer]:
    """A server for requests that are all refused, so that one can serve them all."""
    storage = tmp_path_factory.mktemp("storage")
    environment = {"KOMMO_WEBHOOK_SECRET": SECRET, "KOMMO_STORAGE": str(storage)}
    with PhpServer(rendered, request.param, environment) as running:
        yield running
        assert list(storage.iterdir()) == []


CODES = {400: "malformed", 403: "wrong_secret", 405: "wrong_method", 413: "too_large", 415: "wrong_type"}


@pytest.mark.parametrize(("request_", "status", "reason"), REFUSALS)
def test_a_bad_request_is_refused_with_a_reason(
    refusing: PhpServer, request_: dict[str, object], status: int, reason: str
) -> None:
    answer = refusing.request(**request_)  # type: ignore[arg-type]

    assert (answer.status, answer.body) == (
        status,
        json.dumps({"error": reason, "code": CODES[status]}, separators=(",", ":")) + "\n",
    )
    assert str(refusing.project) not in f"{answer}"
    assert answer.headers.get("Allow") == ("POST" if status == 405 else None)


def test_headers_prevent_caching_and_name_no_software(server: PhpServer) -> None:
    answer = server.form(SAMPLE)

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Powered-By" not in answer.headers


def test_refusals_are_logged_in_the_error_log_only(server: PhpServer) -> None:
    server.request(query="?k=wrong")

    server.wait_for_log('digital_pipeline: refused with 403 {"why":"wrong secret"}')
    assert server.events() == []


HOSTILE = {
    "quotes": "'\"`\\'\\\"",
    "line-breaks": "a\nb\r\nc\u2028d\u2029e\x0b",
    "control-characters": "".join(map(chr, range(1, 32))),
    "php": "<?php echo 1; ?> ${x} {$x} $x",
    "template": "{{ 7*7 }} {% raw %}",
    "html": "</script><!-- &amp;",
    "emoji": "👩🏽\u200d🚀 e\u0301",
    "right-to-left": "\u202e\u05e9\u05dc\u05d5\u05dd\u202c",
    "form-syntax": "a=1&event[data][id]=7;+%26%00",
    "json": '{"ids": [1, 2]}',
    "null-character": "a\x00b",
    "spaces": "  ",
    "long": "é🚀" * 5_000,
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("form", [True, False], ids=["form", "json"])
def test_a_hostile_setting_is_passed_on_unchanged(server: PhpServer, value: str, form: bool) -> None:
    body = urlencode(with_field(MESSAGE, value)) if form else json.dumps(as_json(value))

    assert server.request(body).status == 200
    [event] = server.events()
    assert event["settings"] == {"message": value, "limit": "5"}


def test_settings_that_are_lists_are_passed_on_as_json(server: PhpServer) -> None:
    server.form([*without(MESSAGE), (f"{MESSAGE}[]", "7"), (f"{MESSAGE}[]", "8")])

    assert server.events()[0]["settings"] == {"limit": "5", "message": '["7","8"]'}


def test_undocumented_fields_are_ignored(server: PhpServer) -> None:
    extras = [
        ("action[code]", "x"),
        ("action[settings][row]", "1"),
        ("action[settings][widget_info][id]", "?"),
    ]

    assert server.form([*SAMPLE, *extras]).status == 200
    assert len(server.events()) == 1


def test_an_event_of_an_unknown_type_is_handled_and_logged(server: PhpServer) -> None:
    assert server.form(with_field("event[type]", "99")).status == 200
    server.wait_for_log('unknown event type {"type":99,"type_code":"lead_status_changed"}')
    assert server.events()[0]["type"] == 99


@pytest.mark.parametrize(
    ("accounts", "status"),
    [("", 200), ("30000001", 200), ("1, 30000001", 200), ("30000002", 403), ("30000001;", 503)],
)
def test_only_listed_accounts_may_call(project: Path, accounts: str, status: int) -> None:
    with PhpServer(
        project, environment={"KOMMO_WEBHOOK_SECRET": SECRET, "KOMMO_ACCOUNTS": accounts}
    ) as server:
        assert server.form(SAMPLE).status == status
        assert len(server.events()) == (status == 200)


def test_without_a_secret_every_call_gets_503_and_the_log_says_why(project: Path) -> None:
    with PhpServer(project, environment={}) as server:
        answer = server.request(urlencode(SAMPLE), query="?k=")

        assert (answer.status, answer.body) == (503, '{"error":"not available","code":"not_available"}\n')
        server.wait_for_log("KOMMO_WEBHOOK_SECRET is not set, see backend/config.example.php")
        assert server.request(method="GET").status == 405


def test_an_unwritable_storage_gets_503_and_the_log_says_why(project: Path) -> None:
    place = project / "a file"
    place.write_text("")
    with PhpServer(
        project, environment={"KOMMO_WEBHOOK_SECRET": SECRET, "KOMMO_STORAGE": str(place)}
    ) as server:
        answer = server.form(SAMPLE)

        assert (answer.status, answer.body) == (503, '{"error":"not available","code":"not_available"}\n')
        server.wait_for_log(f"KOMMO_STORAGE is not a writable folder: {place}")


def test_a_broken_store_gets_503_without_details(server: PhpServer) -> None:
    server.storage.mkdir()
    if "-n" in server.php:
        (server.storage / "jobs").write_text("")
    else:
        (server.storage / "backend.sqlite").write_bytes(b"no database" * 100)

    answer = server.form(SAMPLE)

    assert (answer.status, answer.body) == (503, '{"error":"not available","code":"not_available"}\n')
    server.wait_for_log("refused with 503")


def test_the_config_file_supplements_the_environment(project: Path) -> None:
    (project / "backend/config.php").write_text(
        "<?php return ['KOMMO_WEBHOOK_SECRET' => 'from-the-file', 'KOMMO_ACCOUNTS' => '1'];\n"
    )
    with PhpServer(project, environment={"KOMMO_ACCOUNTS": "30000001"}) as server:
        assert server.request(urlencode(SAMPLE), query="?k=from-the-file").status == 200
        assert server.form(SAMPLE).status == 403


def test_a_failing_handler_is_logged_and_not_run_again_by_a_copy(
    server: PhpServer, write_handler: Callable[[str], None]
) -> None:
    write_handler('echo "shown"; throw new RuntimeException("it broke\nbadly");')

    answers = [server.form(SAMPLE), server.form(SAMPLE)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, '{"ok":true}\n')] * 2
    server.wait_for_log('digital_pipeline: handler failed {"why":"RuntimeException: it broke\\nbadly in ')
    assert '"settings":{"message":"Hi {{lead.name}}"' in server.log
    assert server.events() == []
    assert server.log.count("handler failed") == 1


def test_a_handler_that_does_not_parse_is_logged(
    server: PhpServer, write_handler: Callable[[str], None]
) -> None:
    write_handler("return (")

    assert server.form(SAMPLE).body == '{"ok":true}\n'
    server.wait_for_log("handler failed")


@pytest.mark.parametrize("end", ['return "done";', "exit;"], ids=["return", "exit"])
def test_output_of_a_handler_is_dropped(
    server: PhpServer, write_handler: Callable[[str], None], end: str
) -> None:
    write_handler(f'echo "shown"; trigger_error("warned"); {end}')
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.connect()
    body = urlencode(SAMPLE)
    head = f"POST /digital_pipeline.php?k={SECRET} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sock.sendall((head + body).encode())

    # reads to the end of the connection, not of the announced length
    with connection.sock.makefile("rb") as stream:
        assert stream.read().endswith(b'\r\n\r\n{"ok":true}\n')
    connection.close()


@pytest.mark.parametrize("setting", ["output_buffering=0", "output_buffering=65536"])
def test_the_answer_is_sent_before_the_work_ends(
    project: Path, write_handler: Callable[[str], None], tmp_path: Path, setting: str
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    write_handler(f"return (string) file_get_contents('{gate}');")
    with PhpServer(project, ("php", "-d", setting)) as server:
        # The handler waits for the gate, so this would never return if the answer waited for the handler.
        answer = server.form(SAMPLE)
        assert (answer.status, answer.body) == (200, '{"ok":true}\n')
        assert not (server.storage / "events.log").exists()

        gate.write_text("let go")
        assert server.events()[0]["done"] == "let go"


@pytest.mark.parametrize("finish", ["fastcgi_finish_request", "litespeed_finish_request"])
def test_a_server_function_that_ends_the_request_is_called_before_the_work(
    project: Path, write_handler: Callable[[str], None], tmp_path: Path, finish: str
) -> None:
    stand_in = tmp_path / "fastcgi.php"
    stand_in.write_text(f'<?php function {finish}() {{ error_log("caller gone"); }}\n')
    write_handler('error_log("handler at work"); return "done";')
    with PhpServer(project, ("php", "-d", f"auto_prepend_file={stand_in}")) as server:
        server.form(SAMPLE)

        server.wait_for_log("handler at work")
        assert server.log.index("caller gone") < server.log.index("handler at work")


@pytest.mark.parametrize("php", [("php",), ("php", "-n")], ids=["sqlite", "files"])
def test_parallel_copies_have_one_effect(
    project: Path, write_handler: Callable[[str], None], php: tuple[str, ...]
) -> None:
    write_handler('error_log("one effect"); return "done";')
    environment = {"KOMMO_WEBHOOK_SECRET": SECRET, "PHP_CLI_SERVER_WORKERS": "8"}
    with PhpServer(project, php, environment) as server, ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(lambda _: server.form(SAMPLE), range(COPIES)))

        assert [answer.status for answer in answers] == [200] * COPIES
        server.wait_for_log("duplicate dropped", times=COPIES - 1)
        server.wait_for_log("one effect")
        assert server.log.count("one effect") == 1


@pytest.mark.parametrize("php", [("php",), ("php", "-n")], ids=["sqlite", "files"])
def test_parallel_events_are_all_handled_without_cron(project: Path, php: tuple[str, ...]) -> None:
    """No event has to wait for cron because another one was being written."""
    environment = {"KOMMO_WEBHOOK_SECRET": SECRET, "PHP_CLI_SERVER_WORKERS": "8"}
    with PhpServer(project, php, environment) as server, ThreadPoolExecutor(COPIES) as pool:
        times = [str(1491300016 + number) for number in range(2 * COPIES)]
        answers = list(pool.map(lambda time: server.form(with_field("event[time]", time)), times))

        assert [answer.status for answer in answers] == [200] * len(times)
        server.wait_for_log("[200]: POST", times=len(times))
        handled = (server.storage / "events.log").read_text().splitlines()
        assert sorted(json.loads(line)["time"] for line in handled) == sorted(map(int, times))
        assert "failed" not in server.log


def test_commands_of_the_readme_work(project: Path) -> None:
    """As printed, except for the port: a secret on both sides, a server, an event, a copy of it."""
    manifest = project / "widget/manifest.json"
    before = manifest.read_text()
    readme = (project / "README.md").read_text()
    section = readme.partition("### Digital pipeline\n")[2].partition("\n### ")[0]
    commands = "\n".join(line for line in section.splitlines() if line.startswith(" " * 7))
    again = commands[commands.index("curl ") :]

    with reserved_port() as port:
        script = f"trap 'kill $!' EXIT\n{commands}\n{again}\necho $SECRET"
        done = subprocess.run(
            ["bash", "-c", script.replace("127.0.0.1:8080", f"127.0.0.1:{port}")],
            cwd=project,
            capture_output=True,
            text=True,
            check=True,
        )

    *_, first, second, secret = done.stdout.splitlines()
    assert (first, second) == ('{"ok":true}', '{"ok":true}')
    assert len((project / "backend/storage/events.log").read_text().splitlines()) == 1
    url = "https://hooks.acme.example/digital_pipeline.php"
    assert manifest.read_text() == before.replace(url, f"{url}?k={secret}")


def test_set_secret_replaces_the_secret_and_keeps_other_parameters(project: Path) -> None:
    manifest = project / "widget/manifest.json"
    url = "https://hooks.acme.example/digital_pipeline.php"
    manifest.write_text(manifest.read_text().replace(url, f"{url}?a=1&k=old"))

    for secret in ("first-secret-0123456789", "second-secret-0123456789"):
        subprocess.run(["php", "backend/bin/set_secret.php", secret], cwd=project, check=True)

    assert f'"{url}?k=second-secret-0123456789&a=1"' in manifest.read_text()
    config = project / "backend/config.php"
    assert "'KOMMO_WEBHOOK_SECRET' => 'second-secret-0123456789'" in config.read_text()
    assert config.stat().st_mode & 0o777 == 0o600


def test_an_address_left_for_later_gets_no_secret(project: Path) -> None:
    manifest = project / "widget/manifest.json"
    manifest.write_text(
        manifest.read_text().replace("https://hooks.acme.example/digital_pipeline.php", "later")
    )
    before = manifest.read_text()

    done = subprocess.run(
        ["php", "backend/bin/set_secret.php", "first-secret-0123456789"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "add ?k=first-secret-0123456789 to dp.webhook_url" in done.stdout
    assert manifest.read_text() == before


def test_set_secret_fails_if_the_config_cannot_be_written(project: Path) -> None:
    (project / "backend/config.php").mkdir()

    done = subprocess.run(
        ["php", "backend/bin/set_secret.php", "first-secret-0123456789"],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("config.php cannot be written: run this as its owner\n")


@pytest.mark.parametrize("secret", ["", "short", "with'quote-0123456789", "with space 0123456789"])
def test_a_secret_that_could_break_a_url_is_refused(project: Path, secret: str) -> None:
    done = subprocess.run(
        ["php", "backend/bin/set_secret.php", secret],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith("usage: php backend/bin/set_secret.php SECRET")
    assert not (project / "backend/config.php").exists()
