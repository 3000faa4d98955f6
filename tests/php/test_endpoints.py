"""The endpoints for SMS, the mobile card, Salesbot, webhooks and the script, behind PHP's own web server."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from scaffold.generate.answers.blocks import Handler
from tests.php.fake_kommo import CLIENT_SECRET, FakeKommo, Reply
from tests.php.hostile import HOSTILE_RETURN_URLS
from tests.php.projects import answers_for_all
from tests.php.server import SECRET, Answer, PhpServer
from tests.php.tokens import form, sample, signed
from tests.waiting import until

KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
HOOK_SECRET = "hook-secret-0123456789abcdef"
HOST = "example.kommo.com"
ORIGIN = f"https://{HOST}"
ACCOUNT = 30000001
USER = 501
LEAD = 1001
AS_CONFIGURED = ("php", "-d", "enable_post_data_reading=0", "-d", "opcache.enable=0")
"""PHP's own server does not read .user.ini; without a cache, a handler written by a test is used at once."""
PAGES = ["sms", "mobile", "salesbot", "card", "webhook"]


@pytest.fixture
def kommo() -> Iterator[FakeKommo]:
    with FakeKommo() as running:
        running.script(
            f"GET /api/v4/leads/{LEAD}",
            Reply(body={"id": LEAD, "name": "A <b>lead</b>", "price": 500, "responsible_user_id": 1}),
        )
        running.script("POST /api/v4/salesbot/321/continue/654", Reply(202, {}))
        yield running


@pytest.fixture
def installed(complete: Path, tmp_path: Path) -> Path:
    return shutil.copytree(complete, tmp_path / "project")


def environment(kommo: FakeKommo | None = None, **other: str) -> dict[str, str]:
    api = {}
    if kommo:
        token = kommo.oauth.issue()["access_token"]
        api = {"KOMMO_API": kommo.address, "KOMMO_HOST": HOST, "KOMMO_TOKEN": token}
    return {
        "KOMMO_WEBHOOK_SECRET": SECRET, "KOMMO_HOOK_SECRET": HOOK_SECRET,
        "KOMMO_CLIENT_SECRET": CLIENT_SECRET,
        "KOMMO_KEY": KEY, "KOMMO_ORIGINS": ORIGIN, **api, **other,
    }  # fmt: skip


@pytest.fixture
def server(installed: Path, kommo: FakeKommo) -> Iterator[PhpServer]:
    with PhpServer(installed, AS_CONFIGURED, environment(kommo)) as running:
        yield running
    # A warning of PHP's is a fault, whatever the answer was.
    assert not re.search(r"\bPHP (Warning|Notice|Deprecated|Fatal|Parse)", running.log), running.log


@pytest.fixture(scope="module")
def quiet_kommo() -> Iterator[FakeKommo]:
    """An API that must get no request."""
    with FakeKommo() as running:
        yield running
        assert running.seen == []


@pytest.fixture(scope="module")
def refusing(
    complete: Path, quiet_kommo: FakeKommo, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PhpServer]:
    """A server for requests that are all refused, so that one can serve them all; it must store nothing."""
    storage = tmp_path_factory.mktemp("storage")
    settings = environment(quiet_kommo, KOMMO_KEY="", KOMMO_STORAGE=str(storage))
    with PhpServer(complete, AS_CONFIGURED, settings) as running:
        yield running
        running.settle()
        assert list(storage.glob("*.log")) == []
        assert list(storage.glob("*.sqlite")) == []
    assert not re.search(r"\bPHP (Warning|Notice|Deprecated|Fatal|Parse)", running.log), running.log


def claims(server: PhpServer, name: str, **changed: object) -> dict[str, Any]:
    return {**sample(server.project, name)["token"]["claims"], **changed}


def token(
    server: PhpServer, name: str, secret: str = CLIENT_SECRET, age_s: int = 0, **changed: object
) -> str:
    algorithm = sample(server.project, name)["token"]["algorithm"]
    return signed(claims(server, name, **changed), secret, algorithm, age_s=age_s)


def post(server: PhpServer, name: str, **changed: object) -> Answer:
    """Send a sample with a valid token and some of its fields changed; None omits one."""
    fields = {"token": token(server, name), **sample(server.project, name)["form"], **changed}
    kept = {key: value for key, value in fields.items() if value is not None}
    return server.request(form(kept), page=f"{name}.php", query="")


def mobile(server: PhpServer, jwt: str, **more: str) -> Answer:
    query = urlencode({"token": jwt, "from": "ios", **more})
    return server.request(method="GET", page="mobile.php", query=f"?{query}")


def ask(
    server: PhpServer, method: str, action: str, data: dict[str, object] | None = None, **headers: str
) -> Answer:
    """Send a request as the script does."""
    given = {"X-Auth-Token": token(server, "card"), "Origin": ORIGIN, **headers}
    if method == "GET":
        query = urlencode({"action": action, **(data or {})})
        return server.request(method="GET", page="card.php", query=f"?{query}", headers=given)
    given["Content-Type"] = "application/json"
    return server.request(
        json.dumps(data or {}), method=method, page="card.php", query=f"?action={action}", headers=given
    )


def write_handler(server: PhpServer, name: str, statements: str, parameter: str) -> None:
    (server.project / f"backend/handlers/{name}.php").write_text(
        f"<?php return static function (Backend\\{parameter}, Backend\\Services $s) {{ {statements} }};\n"
    )


def jobs(server: PhpServer) -> list[tuple[Any, ...]]:
    server.settle()
    with sqlite3.connect(server.storage / "backend.sqlite") as database:
        return database.execute(
            "SELECT kind, state, attempts, problem FROM jobs ORDER BY added_at"
        ).fetchall()


# Every endpoint


@pytest.mark.parametrize("page", PAGES)
def test_a_wrong_method_is_refused(refusing: PhpServer, page: str) -> None:
    wrong = {"mobile": "POST", "card": "HEAD"}.get(page, "PUT")

    answer = refusing.request(method=wrong, page=f"{page}.php")

    assert answer.status == 405
    assert answer.headers["Allow"]


@pytest.mark.parametrize("page", ["sms", "salesbot", "card", "webhook"])
@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"a" * 2_000_000, {}, 413),
        ([b"a" * 2_000_000], {}, 413),
        (b"\xef\xbb\xbf{}", {}, 400),
        (b'{"a": ', {}, 400),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, {}, 400),
        (b"a" + b"[b]" * 10_000 + b"=1", {}, 400),
        (b"a=%FF", {}, 400),
        (b"--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        (b"\x1f\x8b", {"Content-Encoding": "gzip"}, 415),
    ],
    ids=["huge", "huge-in-chunks", "mark", "cut", "deep-json", "deep-form", "utf-8", "multipart", "gzip"],
)
def test_a_body_that_cannot_be_read_is_refused(
    refusing: PhpServer, page: str, body: Any, headers: dict[str, str], status: int
) -> None:
    headers = {"X-Auth-Token": token(refusing, "card"), **headers}

    answer = refusing.request(
        body, page=f"{page}.php", query=f"?k={HOOK_SECRET}&action=lead", headers=headers
    )

    assert answer.status == status
    assert str(refusing.project) not in answer.body
    # an earlier request may be logged late, but before this connection was accepted
    until(lambda: f"{page}: refused with {status}" in refusing.log.rpartition(" Accepted")[2])
    lines = refusing.log.rpartition(" Accepted")[2].splitlines()
    new = [line for line in lines if "refused" in line or "PHP " in line]
    assert len(new) == 1, new


TOKEN_FAULTS = ["", "x", "a.b.c", "expired", "other-secret", "other-account-host", "none"]


@pytest.mark.parametrize("fault", TOKEN_FAULTS)
@pytest.mark.parametrize("name", ["sms", "mobile", "salesbot", "card"])
def test_a_bad_token_is_refused(refusing: PhpServer, name: str, fault: str) -> None:
    """The long table of forged tokens is in test_token.py; this tests that each endpoint verifies them."""
    jwt = {
        "expired": token(refusing, name, age_s=3600),
        "other-secret": token(refusing, name, secret="another-secret-0123456789"),
        "other-account-host": token(refusing, name, iss="https://evil.example"),
        "none": signed(claims(refusing, name), "", "HS256"),
    }.get(fault, fault)
    if name == "mobile":
        answer = mobile(refusing, jwt)
    elif name == "card":
        answer = ask(refusing, "GET", "lead", {"id": LEAD}, **{"X-Auth-Token": jwt})
    else:
        answer = post(refusing, name, token=jwt)

    assert answer.status == 401


def test_each_endpoint_accepts_only_its_own_algorithm(refusing: PhpServer) -> None:
    widget = signed(claims(refusing, "salesbot"), CLIENT_SECRET, "HS256")
    bot = signed(claims(refusing, "sms"), CLIENT_SECRET, "HS512")

    assert post(refusing, "salesbot", token=widget).status == 401
    assert post(refusing, "sms", token=bot).status == 401


def test_an_account_that_is_not_listed_is_refused(installed: Path, kommo: FakeKommo) -> None:
    with PhpServer(installed, environment=environment(kommo, KOMMO_ACCOUNTS="30000002")) as server:
        assert post(server, "sms").status == 401
        assert post(server, "salesbot").status == 401
        assert server.request(webhook_body(server), page="webhook.php", query=f"/{HOOK_SECRET}").status == 403


# SMS


def test_a_message_reaches_the_handler_once(server: PhpServer) -> None:
    write_handler(
        server, "sms", 'return "sent " . $m->digits() . " by $m->userId: $m->text";', "SystemSms $m"
    )
    fields = {
        **sample(server.project, "sms")["form"],
        "token": token(server, "sms"),
        "phone": "+1 (555) 0100",
    }

    answers = [server.request(form(fields), page="sms.php", query="") for _ in range(3)]

    assert [(answer.status, answer.body) for answer in answers] == [(200, '{"ok":true}\n')] * 3
    [event] = server.events()
    assert event["done"] == f"sent +15550100 by {USER}: {fields['text']}"
    assert "phone" not in event
    assert "text" not in event


def test_parallel_copies_of_a_message_have_one_effect(installed: Path) -> None:
    environment_ = {**environment(), "PHP_CLI_SERVER_WORKERS": "8"}
    with PhpServer(installed, environment=environment_) as server, ThreadPoolExecutor(50) as pool:
        write_handler(server, "sms", 'error_log("one effect"); return "done";', "SystemSms $m")
        fields = form({**sample(installed, "sms")["form"], "token": token(server, "sms")})
        answers = list(pool.map(lambda _: server.request(fields, page="sms.php", query=""), range(50)))

        assert [answer.status for answer in answers] == [200] * 50
        server.wait_for_log("duplicate dropped", times=49)
        server.wait_for_log("one effect")
        assert server.log.count("one effect") == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"text": None}, "no text"),
        ({"text": "  "}, "no text"),
        ({"phone": None}, "no phone"),
        ({"phone": "call me"}, "phone is not a phone number"),
        ({"phone": ["1"]}, "no phone"),
    ],
    ids=str,
)
def test_a_message_that_cannot_be_sent_is_refused(
    refusing: PhpServer, changed: dict[str, object], reason: str
) -> None:
    answer = post(refusing, "sms", **changed)

    assert (answer.status, json.loads(answer.body)["error"]) == (400, reason)


def test_a_message_without_a_provider_is_listed_as_failed(server: PhpServer) -> None:
    assert post(server, "sms").status == 200

    [(kind, state, attempts, problem)] = jobs(server)
    assert (kind, state, attempts) == ("sms", "failed", 1)
    assert problem.startswith("SMS_PROVIDER_URL is not set")


# The mobile card


def test_the_mobile_page_shows_the_entity(server: PhpServer) -> None:
    answer = mobile(server, token(server, "mobile"))

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"<dd>leads {LEAD}</dd>" in answer.body
    assert "<dd>ios</dd>" in answer.body


HOSTILE = ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{7*7}}", "a\r\nSet-Cookie: a=b"]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_mobile_page_escapes_markup(server: PhpServer, text: str) -> None:
    write_handler(
        server,
        "mobile",
        "return Backend\\Page::of($r->from, Backend\\Page::facts([$r->entityType ?? 'none' => 'x']));",
        "MobileRequest $r",
    )
    answer = mobile(
        server, token(server, "mobile", data={"entity_type": text, "entity_id": 1}), **{"from": text}
    )

    assert answer.status == 200
    assert "<script" not in answer.body
    assert "<img" not in answer.body
    assert "Set-Cookie" not in answer.headers


def test_the_mobile_page_explains_errors(server: PhpServer) -> None:
    expired = mobile(server, token(server, "mobile", age_s=4000))
    write_handler(
        server, "mobile", "throw Backend\\Refusal::because('x', 'nothing <here>', 404);", "MobileRequest $r"
    )
    refused = mobile(server, token(server, "mobile"))
    write_handler(server, "mobile", "throw new Exception('secret detail');", "MobileRequest $r")
    broken = mobile(server, token(server, "mobile"))

    assert (expired.status, refused.status, broken.status) == (401, 404, 503)
    assert "open it again from the card" in expired.body
    assert "Nothing &lt;here&gt;" in refused.body
    assert "secret detail" not in broken.body


# Salesbot


def first_block() -> Handler:
    bot = answers_for_all().salesbot_designer
    assert bot
    return bot.handlers[0]


def test_a_bot_continues_with_the_result_of_the_handler(server: PhpServer, kommo: FakeKommo) -> None:
    answer = post(server, "salesbot")

    assert (answer.status, answer.body) == (200, '{"ok":true}\n')
    server.settle()
    [going_on] = kommo.requests("POST /api/v4/salesbot/321/continue/654")
    exits = [exit_.code for exit_ in first_block().exits]
    assert going_on.body == {"data": {"status": exits[0], "price": 500}}
    [event] = server.events()
    assert event["done"] == f"left by {exits[0]}"


def test_a_bot_for_another_entity_takes_the_last_exit(server: PhpServer, kommo: FakeKommo) -> None:
    post(server, "salesbot", token=token(server, "salesbot", entity_type="contact"))
    server.settle()

    [going_on] = kommo.requests("POST /api/v4/salesbot/321/continue/654")
    assert going_on.body["data"]["status"] == first_block().exits[-1].code


def test_a_long_text_is_sent_in_pieces(server: PhpServer, kommo: FakeKommo) -> None:
    write_handler(
        server,
        "salesbot",
        'return Backend\\BotReply::exit("done")->say(str_repeat("слово ", 40));',
        "BotRequest $r",
    )
    post(server, "salesbot")
    server.settle()

    [going_on] = kommo.requests("POST /api/v4/salesbot/321/continue/654")
    texts = [handler["params"]["value"] for handler in going_on.body["execute_handlers"]]
    assert " ".join(texts) == "слово " * 39 + "слово"
    assert max(map(len, texts)) <= 80


def test_a_bot_at_a_deleted_block_gets_an_empty_status(server: PhpServer, kommo: FakeKommo) -> None:
    post(server, "salesbot", data={"block": "renamed"})
    server.settle()

    [going_on] = kommo.requests("POST /api/v4/salesbot/321/continue/654")
    assert going_on.body["data"]["status"] == ""


@pytest.mark.parametrize("url", HOSTILE_RETURN_URLS)
def test_a_hostile_return_url_is_refused(refusing: PhpServer, url: str) -> None:
    answer = post(refusing, "salesbot", return_url=url)

    assert (answer.status, answer.body) == (
        400,
        '{"error":"return_url is not an address of this account","code":"malformed"}\n',
    )


def test_a_bot_of_an_account_without_a_token_gets_503(installed: Path) -> None:
    with PhpServer(installed, environment=environment()) as server:
        assert post(server, "salesbot").status == 503
        server.wait_for_log("has given no token")


def test_continuing_is_retried_without_running_the_handler_again(server: PhpServer, kommo: FakeKommo) -> None:
    route = "POST /api/v4/salesbot/321/continue/654"
    kommo.script(route, Reply(502, {}), Reply(202, {}))
    write_handler(
        server, "salesbot", 'error_log("asked"); return Backend\\BotReply::exit("done");', "BotRequest $r"
    )
    post(server, "salesbot")
    [(_, state, attempts, problem)] = jobs(server)
    assert (state, attempts) == ("waiting", 1)
    assert "502" in problem

    work(server)

    assert [state for _, state, *_ in jobs(server)] == ["done"]
    assert len(kommo.requests(route)) == 2
    assert server.log.count("asked") == 1


def command(
    server: PhpServer, name: str, *arguments: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run bin/NAME.php with the settings of the server."""
    return subprocess.run(
        ["php", str(server.project / f"backend/bin/{name}.php"), *arguments],
        env={"PATH": os.environ["PATH"], **server.environment},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def work(server: PhpServer) -> str:
    """Run bin/work.php as cron would, with every waiting job due."""
    server.settle()  # a job that is still at work is not waiting
    with sqlite3.connect(server.storage / "backend.sqlite") as database:
        database.execute("UPDATE jobs SET due_at = 0 WHERE state = 'waiting'")
    done = command(server, "work")
    assert done.returncode == 0
    return done.stdout


# Webhooks


def webhook_body(server: PhpServer, **changed: object) -> str:
    return form({**sample(server.project, "webhook")["form"], **changed})


@pytest.mark.parametrize("query", [f"/{HOOK_SECRET}", f"?k={HOOK_SECRET}"])
def test_a_webhook_reaches_the_handler_once(server: PhpServer, query: str) -> None:
    body = webhook_body(server)

    assert [server.request(body, page="webhook.php", query=query).status for _ in range(3)] == [200] * 3
    [event] = server.events()
    assert (event["entity"], event["action"], event["id"]) == ("leads", "add", LEAD)


@pytest.mark.parametrize(
    "query",
    ["", "?k=", "?k=x", f"?k[]={HOOK_SECRET}", "/x", f"/{HOOK_SECRET}x", f"/{HOOK_SECRET}/x", f"?k={SECRET}"],
)
def test_a_webhook_without_its_secret_is_refused(refusing: PhpServer, query: str) -> None:
    assert refusing.request(webhook_body(refusing), page="webhook.php", query=query).status == 403


def test_a_webhook_may_have_several_events(server: PhpServer) -> None:
    body = webhook_body(server, contacts={"update": [{"id": "1"}, {"id": "2"}]}, odd="text")

    assert server.request(body, page="webhook.php", query=f"/{HOOK_SECRET}").status == 200
    assert [event["id"] for event in server.events()] == [LEAD, 1, 2]


@pytest.mark.parametrize("body", ["account[id]=1", "account[id]=1&leads=x", "leads[add][0][id]=1", "a=b"])
def test_a_webhook_without_events_is_refused(refusing: PhpServer, body: str) -> None:
    assert refusing.request(body, page="webhook.php", query=f"/{HOOK_SECRET}").status == 400


def test_webhooks_are_turned_on_and_off(server: PhpServer, kommo: FakeKommo) -> None:
    kommo.script("POST /api/v4/webhooks", Reply(201, {}))
    kommo.script("DELETE /api/v4/webhooks", Reply(204))

    on = command(server, "webhooks", "on", str(ACCOUNT))
    off = command(server, "webhooks", "off", str(ACCOUNT), "https://other.example/webhook.php/")

    destination = f"https://hooks.acme.example/webhook.php/{HOOK_SECRET}"
    [asked] = kommo.requests("POST /api/v4/webhooks")
    assert asked.body == {"destination": destination, "settings": ["add_lead", "update_contact"]}
    [given_up] = kommo.requests("DELETE /api/v4/webhooks")
    assert given_up.body == {"destination": f"https://other.example/webhook.php/{HOOK_SECRET}"}
    assert (on.stdout, off.stdout) == ("subscribed to add_lead, update_contact\n", "unsubscribed\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "usage: "),
        (["on"], 2, "usage: "),
        (["on", "x"], 2, "usage: "),
        (["maybe", "1"], 2, "usage: "),
        (["on", "5"], 1, "account 5 has given no token"),
        (["on", str(ACCOUNT)], 1, "404"),
    ],
)
def test_webhooks_that_cannot_be_turned_on_are_an_error(
    server: PhpServer, arguments: list[str], code: int, message: str
) -> None:
    done = command(server, "webhooks", *arguments)

    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Stack trace" not in done.stderr


# What the script asks


def rights(**rights: object) -> Reply:
    return Reply(
        body={"id": USER, "rights": {"is_active": True, "group_id": 5, "leads": {"view": "M"}, **rights}}
    )


def test_the_script_gets_what_its_user_may_see(server: PhpServer, kommo: FakeKommo) -> None:
    kommo.script(f"GET /api/v4/users/{USER}", rights(leads={"view": "A"}))

    answer = ask(server, "GET", "lead", {"id": LEAD})

    assert (answer.status, json.loads(answer.body)) == (
        200,
        {"id": LEAD, "name": "A <b>lead</b>", "price": 500},
    )
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    "user", [rights(), rights(leads={"view": "D"}), rights(is_active=False, is_admin=True), Reply(body={})]
)
def test_the_script_gets_nothing_that_its_user_may_not_see(
    server: PhpServer, kommo: FakeKommo, user: Reply
) -> None:
    kommo.script(f"GET /api/v4/users/{USER}", user)

    hidden = ask(server, "GET", "lead", {"id": LEAD})
    absent = ask(server, "GET", "lead", {"id": 5})

    assert (hidden.status, hidden.body) == (absent.status, absent.body)
    assert json.loads(hidden.body) == {"error": "no such entity", "code": "not_found"}


@pytest.mark.parametrize(
    ("method", "action", "status", "code"),
    [
        ("GET", "nothing", 404, "not_found"),
        ("GET", "", 404, "not_found"),
        ("GET", "../card", 404, "not_found"),
        ("DELETE", "lead", 405, "wrong_method"),
        ("GET", "lead", 400, "malformed"),
    ],
)
def test_an_unknown_action_of_the_script_is_refused(
    refusing: PhpServer, method: str, action: str, status: int, code: str
) -> None:
    answer = ask(refusing, method, action)

    assert (answer.status, json.loads(answer.body)["code"]) == (status, code)
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_only_administrators_may_save_secrets(server: PhpServer, kommo: FakeKommo) -> None:
    add_account(server)
    kommo.script(f"GET /api/v4/users/{USER}", rights())
    refused = ask(server, "POST", "secrets", {"provider_key": "s3cret-value"})
    kommo.script(f"GET /api/v4/users/{USER}", rights(is_admin=True))
    kept = ask(server, "POST", "secrets", {"provider_key": "s3cret-value", "other": "x"})
    again = ask(server, "POST", "secrets", {})

    assert (refused.status, json.loads(refused.body)["code"]) == (403, "admins_only")
    assert json.loads(kept.body) == json.loads(again.body) == {"kept": {"provider_key": True}}
    assert b"s3cret-value" not in (server.storage / "backend.sqlite").read_bytes()


def add_account(server: PhpServer, host: str = HOST) -> None:
    assert command(server, "account", "add", str(ACCOUNT), host).returncode == 0


@pytest.mark.parametrize("claim", [True, False])
def test_a_token_may_say_whether_its_user_is_an_administrator(server: PhpServer, claim: bool) -> None:
    add_account(server)
    jwt = token(server, "card", is_admin=claim)

    answer = ask(server, "POST", "secrets", {}, **{"X-Auth-Token": jwt})

    assert answer.status == (200 if claim else 403)


@pytest.mark.parametrize("action", ["say", "retry", "break", "reply"])
def test_errors_of_the_handler_are_answered(server: PhpServer, action: str) -> None:
    statements = {
        "say": "throw Backend\\Refusal::because('lead_is_closed', 'the lead is closed', 409);",
        "retry": "throw new Backend\\Retry('busy', 7);",
        "break": "throw new Exception('secret detail');",
        "reply": "return Backend\\Reply::json(['made' => 1], 201);",
    }
    write_handler(server, "card", statements[action], "CardRequest $r")

    answer = ask(server, "POST", "x")

    expected: dict[str, tuple[int, dict[str, object]]] = {
        "say": (409, {"error": "the lead is closed", "code": "lead_is_closed"}),
        "retry": (503, {"error": "not available", "code": "not_available"}),
        "break": (503, {"error": "not available", "code": "not_available"}),
        "reply": (201, {"made": 1}),
    }
    assert (answer.status, json.loads(answer.body)) == expected[action]
    assert (answer.headers.get("Retry-After") == "7") == (action == "retry")


def preflight(server: PhpServer, origin: str | None) -> Answer:
    headers = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-auth-token"}
    if origin is not None:
        headers["Origin"] = origin
    return server.request(method="OPTIONS", page="card.php", query="", headers=headers)


def test_a_preflight_of_a_known_origin_is_allowed(refusing: PhpServer) -> None:
    answer = preflight(refusing, ORIGIN)

    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "X-Auth-Token" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_preflight_is_allowed_for_every_account_in_the_table(server: PhpServer) -> None:
    assert preflight(server, "https://beta.kommo.com").status == 403
    add_account(server, "beta.kommo.com")
    assert preflight(server, "https://beta.kommo.com").status == 204


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "*",
        "https://evil.example",
        "http://example.kommo.com",
        f"{ORIGIN}/",
        f"{ORIGIN}:443",
        f"{ORIGIN}.evil.example",
        "https://example.kommo.com@evil.example",
        f"{ORIGIN}, https://evil.example",
        "https://example-kommo.com",
        "https://other.kommo.com",
        "HTTPS://EXAMPLE.KOMMO.COM",
        "https://EXAMPLE.kommo.com",
        "https://example.kommo.com.",
        "https://kommo.com.",
        "https://@example.kommo.com",
        "https://example.kommo.com\\",
        "https:\\\\example.kommo.com",
        "https://exa\tmple.kommo.com",
        "https://example.kommo.com%2f",
        "https://example%2ekommo.com",
        "https://xn--example-7cd.kommo.com",
        "https://[::1]",
        "http://127.0.0.1:8090",
        f"{ORIGIN} {ORIGIN}",
        f" {ORIGIN}x",
    ],
)
def test_a_preflight_of_a_strange_origin_is_refused(refusing: PhpServer, origin: str | None) -> None:
    answer = preflight(refusing, origin)

    assert answer.status == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_strange_origin_may_not_read_the_answer_even_with_a_token(refusing: PhpServer) -> None:
    answer = ask(refusing, "GET", "nothing", Origin="https://evil.example")

    assert "Access-Control-Allow-Origin" not in answer.headers


# Accounts with integrations of their own


def test_each_account_has_its_own_secret(server: PhpServer) -> None:
    added = command(server, "account", "add", str(ACCOUNT), HOST, "an-id", typed="its-own-secret-key\n")

    assert (added.returncode, added.stderr) == (0, "")
    assert post(server, "sms").status == 401
    assert post(server, "sms", token=token(server, "sms", secret="its-own-secret-key")).status == 200
    elsewhere = token(server, "sms", secret="its-own-secret-key", iss="https://beta.kommo.com")
    assert post(server, "sms", token=elsewhere).status == 401


def test_accounts_are_listed_without_their_secrets(server: PhpServer) -> None:
    command(server, "account", "add", "2", "beta.kommo.com", "an-id", typed="its-own-secret-key\n")
    command(server, "account", "token", "2", typed="a-long-lived-token\n")
    command(server, "account", "add", "1", HOST)
    listed = command(server, "account", "list").stdout
    forgotten = command(server, "account", "forget", "2")

    assert listed == (
        f"1  {HOST}  KOMMO_CLIENT_SECRET\n2  beta.kommo.com  its own integration an-id, a long-lived token\n"
    )
    assert forgotten.returncode == 0
    assert command(server, "account", "list").stdout == f"1  {HOST}  KOMMO_CLIENT_SECRET\n"
    assert command(server, "account", "forget", "2").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        ([], "", 2),
        (["add"], "", 2),
        (["add", "1"], "", 2),
        (["add", "x", HOST], "", 1),
        (["add", "1", "evil.example"], "", 1),
        (["add", "1", f"https://{HOST}"], "", 1),
        (["add", "1", HOST, "an-id"], "\n", 1),
        (["add", "1", HOST, "an-id"], "with blank in it\n", 1),
        (["add", "1", HOST, "an id"], "its-own-secret-key\n", 1),
        (["token", "1"], "a-long-lived-token\n", 1),
        (["list", "1"], "", 2),
        (["remove", "1"], "", 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_an_invalid_account_is_not_added(
    server: PhpServer, arguments: list[str], typed: str, code: int
) -> None:
    done = command(server, "account", *arguments, typed=typed)

    assert (done.returncode, done.stdout) == (code, "")
    assert len(done.stderr.splitlines()) == 1
    assert command(server, "account", "list").stdout == ""


def test_the_table_of_accounts_needs_its_key(installed: Path) -> None:
    with PhpServer(installed, environment=environment(KOMMO_KEY="")) as server:
        done = command(server, "account", "list")

        assert done.returncode == 1
        assert "KOMMO_KEY is not set" in done.stderr
        assert post(server, "sms").status == 200  # which needs no table


def test_samples_printed_by_the_command_are_accepted(server: PhpServer) -> None:
    def made(*arguments: str) -> str:
        return command(server, "sample", *arguments).stdout

    assert server.request(made("sms"), page="sms.php", query="").status == 200
    assert server.request(made("salesbot"), page="salesbot.php", query="").status == 200
    query = made("mobile", "--query")
    assert server.request(method="GET", page="mobile.php", query=f"?{query}").status == 200
    header, _, value = made("card", "--header").strip().partition(": ")
    query = made("card", "--query")
    page = server.request(method="GET", page="card.php", query=f"?{query}", headers={header: value})
    assert json.loads(page.body)["code"] == "not_found"  # no such user in the API


# The queue


def test_a_job_that_fails_is_retried_until_it_succeeds(server: PhpServer) -> None:
    gate = server.project / "gate"
    write_handler(
        server,
        "sms",
        f'if (!is_file("{gate}")) {{ throw new Exception("not yet"); }} return "done";',
        "SystemSms $m",
    )
    post(server, "sms")
    server.settle()  # the handler fails after the answer
    listed = command(server, "work", "--list").stdout
    early = command(server, "work").stdout
    work(server)
    gate.touch()
    work(server)

    assert "sms  account 30000001  attempts 1  due " in listed
    assert "not yet" in listed
    assert early == ""  # before its pause is over
    assert [event["done"] for event in server.events()] == ["done"]
    assert jobs(server) == [("sms", "done", 3, "")]
    assert command(server, "work", "--list").stdout == ""


def test_a_job_that_never_succeeds_is_given_up(server: PhpServer) -> None:
    write_handler(server, "sms", 'throw new Exception("never\n\x1b[31m");', "SystemSms $m")
    post(server, "sms")
    for _ in range(10):
        work(server)

    assert [(state, attempts) for _, state, attempts, _ in jobs(server)] == [("failed", 8)]
    listed = command(server, "work", "--list").stdout
    assert "given up" in listed
    assert "\x1b" not in listed
    assert len(listed.splitlines()) == 1
    again = command(server, "work", "--again", listed.split()[0])
    assert again.returncode == 0
    assert [(state, attempts) for _, state, attempts, _ in jobs(server)] == [("waiting", 0)]
    assert command(server, "work", "--again", "x").returncode == 1
    assert command(server, "work", "--everything").returncode == 2


@pytest.mark.parametrize("broken", ["folder", "database"])
def test_a_broken_queue_is_one_line_of_error(installed: Path, tmp_path: Path, broken: str) -> None:
    storage = tmp_path / "storage"
    if broken == "folder":
        storage.write_text("")
    else:
        storage.mkdir()
        (storage / "backend.sqlite").write_bytes(b"no database" * 100)
    with PhpServer(installed, environment=environment(KOMMO_STORAGE=str(storage))) as server:
        for arguments in ([], ["--list"], ["--again", "x"]):
            done = command(server, "work", *arguments)

            assert (done.returncode, done.stdout) == (1, "")
            assert len(done.stderr.splitlines()) == 1


def test_a_missing_setting_loses_no_job(server: PhpServer) -> None:
    write_handler(server, "sms", "return $s->config->required('MY_SETTING');", "SystemSms $m")
    post(server, "sms")
    [(_, state, attempts, problem)] = jobs(server)
    assert (state, attempts) == ("waiting", 1)
    assert "MY_SETTING is not set" in problem

    (server.project / "backend/config.php").write_text("<?php return ['MY_SETTING' => 'set now'];\n")
    work(server)

    assert [event["done"] for event in server.events()] == ["set now"]


def test_a_handler_chooses_when_it_is_retried(server: PhpServer) -> None:
    write_handler(server, "sms", 'throw new Backend\\Retry("busy", 3600);', "SystemSms $m")
    post(server, "sms")
    jobs(server)

    with sqlite3.connect(server.storage / "backend.sqlite") as database:
        [(pause,)] = database.execute("SELECT due_at - added_at FROM jobs").fetchall()
    assert 3600 <= pause < 3700


def test_a_killed_job_is_finished_later_without_repeating_its_finished_part(
    installed: Path, tmp_path: Path
) -> None:
    """The process is killed in the middle of the second part, after the first one ended."""
    effects = tmp_path / "effects"
    handler = f"""
        $note = static fn (string $what) => file_put_contents('{effects}', "$what\\n", FILE_APPEND);
        $s->once('first', static fn () => $note('first'));
        $s->once('second', static function (bool $isRepeated) use ($note) {{
            $note($isRepeated ? 'second again' : 'second');
            $isRepeated || posix_kill(getmypid(), 9);
        }});
        return 'done';
    """
    with PhpServer(installed, AS_CONFIGURED, {**environment(), "PHP_CLI_SERVER_WORKERS": "2"}) as server:
        write_handler(server, "sms", handler, "SystemSms $m")
        assert post(server, "sms").status == 200
        until(lambda: effects.exists() and "second" in effects.read_text())
        until(lambda: command(server, "work", "--list").stdout != "")
        assert not (server.storage / "events.log").exists()

        work(server)

        assert effects.read_text().splitlines() == ["first", "second", "second again"]
        events = (server.storage / "events.log").read_text().splitlines()
        assert [json.loads(line)["done"] for line in events] == ["done"]


def test_concurrent_crons_do_each_job_once(server: PhpServer, tmp_path: Path) -> None:
    effects = tmp_path / "effects"
    gate = tmp_path / "gate"
    write_handler(
        server,
        "sms",
        f"""if (!is_file('{gate}')) {{ throw new Exception('later'); }}
        usleep(20000); file_put_contents('{effects}', "$m->text\\n", FILE_APPEND); return 'done';""",
        "SystemSms $m",
    )
    texts = [f"text {n}" for n in range(12)]
    for text in texts:
        assert post(server, "sms", text=text).status == 200
    server.settle()
    gate.touch()
    with sqlite3.connect(server.storage / "backend.sqlite") as database:
        database.execute("UPDATE jobs SET due_at = 0")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: command(server, "work"), range(4)))

    assert sorted(effects.read_text().splitlines()) == sorted(texts)


def test_a_back_end_is_extended_without_changing_the_library(server: PhpServer) -> None:
    """With a class and a table of the project's own."""
    backend = server.project / "backend"
    (backend / "migrations").mkdir()
    (backend / "migrations/001_sent.sql").write_text("CREATE TABLE sent (phone TEXT PRIMARY KEY);")
    (backend / "migrations/002_when.sql").write_text("ALTER TABLE sent ADD COLUMN at INTEGER DEFAULT 0;")
    (backend / "handlers/Outbox.php").write_text(
        "<?php namespace Handlers;"
        " final class Outbox { public static function put(\\PDO $db, string $phone): int {"
        " $db->prepare('INSERT INTO sent (phone) VALUES (?)')->execute([$phone]);"
        " return (int) $db->query('SELECT COUNT(*) FROM sent')->fetchColumn(); } }"
    )
    write_handler(
        server,
        "sms",
        "return 'number ' . Handlers\\Outbox::put($s->db(), $m->phone) . $s->config->get('MY_SIGN');",
        "SystemSms $m",
    )
    for phone in ("112", "113"):
        assert post(server, "sms", phone=phone).status == 200

    assert [event["done"] for event in server.events()] == ["number 1", "number 2"]


# Files that are not for the web


def test_commands_and_tests_exit_at_once_on_the_web(complete: Path, tmp_path: Path) -> None:
    project = shutil.copytree(complete, tmp_path / "project")
    (project / "backend/public/x").mkdir()  # in place of a web root that is set too high
    with PhpServer(project, environment=environment()) as server:
        paths = [*project.glob("backend/bin/*.php"), *project.glob("backend/tests/**/*.php")]
        assert {path.name for path in paths} >= {"work.php", "run.php", "JobsTest.php"}
        for path in paths:
            name = path.relative_to(project / "backend")
            is_library = name.name.endswith("Test.php") or name.parent.name == "support"
            link = project / "backend/public/x" / path.name
            link.symlink_to(path)
            answer = server.request(method="GET", page=f"x/{path.name}", query="")
            assert answer.body == "", name
            assert answer.status == 404 or is_library, name
        assert not server.storage.exists()


@pytest.mark.parametrize(("root", "folder"), [("backend", "public"), (".", "backend/public")])
def test_a_web_root_that_is_set_too_high_gets_503(installed: Path, root: str, folder: str) -> None:
    """Nothing is stored where strangers could read it."""
    (installed / "backend/config.php").write_text("<?php return ['KOMMO_KEY' => 'key-of-the-table'];\n")
    with PhpServer(installed, environment=environment(KOMMO_KEY=""), root=root) as server:
        answer = server.request(
            form(sample(installed, "digital_pipeline")["form"]), page=f"{folder}/digital_pipeline.php"
        )

        assert (answer.status, answer.body) == (503, '{"error":"not available","code":"not_available"}\n')
        server.wait_for_log("KOMMO_STORAGE is inside the web root")
        assert not server.storage.exists()
        for path in sorted((installed / "backend").rglob("*.php")):
            page = path.relative_to(installed / root).as_posix()
            body = server.request(method="GET", page=page, query="").body
            assert body == "" or page.startswith(folder), page
            assert "key-of-the-table" not in body
