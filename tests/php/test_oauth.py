"""OAuth against a fake server: installation, refresh, uninstallation, and requests of strangers."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import jwt
import pytest

from tests.php.fake_kommo import ACCOUNT, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, FakeKommo, Reply
from tests.php.hostile import HOSTILE_REFERERS
from tests.php.projects import answers_for, write_project
from tests.php.running import PRELUDE, php, without_curl
from tests.php.server import SECRET, Answer, PhpServer

KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
CODE = "def50200-the-code-of-an-installation"
HOST = "acme.kommo.com"


def environment(kommo: FakeKommo | str, **other: str) -> dict[str, str]:
    """Return the settings of a back end whose API is at `kommo`, or at an address."""
    address = kommo if isinstance(kommo, str) else kommo.address
    return {
        "KOMMO_WEBHOOK_SECRET": SECRET, "KOMMO_CLIENT_ID": CLIENT_ID, "KOMMO_CLIENT_SECRET": CLIENT_SECRET,
        "KOMMO_REDIRECT_URI": REDIRECT_URI, "KOMMO_KEY": KEY, "KOMMO_API": address, **other,
    }  # fmt: skip


@pytest.fixture
def kommo() -> Iterator[FakeKommo]:
    with FakeKommo() as running:
        running.script(
            "GET /api/v4/account", Reply(body={"id": ACCOUNT, "name": "Acme", "subdomain": "acme"})
        )
        yield running


@pytest.fixture
def installed(connected: Path, tmp_path: Path) -> Path:
    """A copy of the project with OAuth, to run."""
    return shutil.copytree(connected, tmp_path / "project")


@pytest.fixture
def server(installed: Path, kommo: FakeKommo) -> Iterator[PhpServer]:
    with PhpServer(installed, environment=environment(kommo)) as running:
        yield running


def get(server: PhpServer, page: str, query: Mapping[str, object] | str) -> Answer:
    """Request a page; a list is sent with PHP's brackets."""
    if not isinstance(query, str):
        query = {f"{name}[]" if isinstance(value, list) else name: value for name, value in query.items()}
    encoded = query if isinstance(query, str) else urlencode(query, doseq=True)
    return server.request(method="GET", page=page, query=f"?{encoded}")


def install(server: PhpServer, **other: object) -> Answer:
    given = {"code": CODE, "referer": HOST, "from_widget": 1, **other}
    return get(server, "oauth.php", {name: value for name, value in given.items() if value is not None})


def rows(project: Path) -> list[tuple[int, str]]:
    """Return the accounts that have tokens."""
    database = project / "backend/storage/backend.sqlite"
    if not database.exists():
        return []
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT account_id, host FROM tokens ORDER BY account_id").fetchall()


# Installation


def test_an_installation_stores_the_tokens_of_the_account(
    server: PhpServer, kommo: FakeKommo, installed: Path
) -> None:
    answer = install(server)
    server.settle()

    assert answer.status == 200
    assert "connected" in answer.body
    assert kommo.oauth.requests == [
        {
            "grant_type": "authorization_code", "code": CODE, "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET, "redirect_uri": REDIRECT_URI,
        }
    ]  # fmt: skip
    assert rows(installed) == [(ACCOUNT, HOST)]
    server.wait_for_log(f'installed in "Acme", account {ACCOUNT}')
    assert [event["done"] for event in server.events()] == ["installed"]


def test_no_secret_is_readable_in_the_storage_or_the_log(server: PhpServer, kommo: FakeKommo) -> None:
    install(server)
    server.settle()

    kept = b"".join(path.read_bytes() for path in server.storage.rglob("*") if path.is_file())
    access = kommo.requests("GET /api/v4/account")[0].token
    # The web server's own log has the address, with a code that was used up.
    log = "".join(line for line in server.log.splitlines() if "GET /" not in line)
    for secret in (access, "refresh-token", CODE, CLIENT_SECRET, KEY):
        assert secret.encode() not in kept
        assert secret not in log
    assert base64.b64encode(CODE.encode()) not in kept


def test_the_answer_is_sent_before_the_exchange(server: PhpServer, kommo: FakeKommo) -> None:
    """The platform waits 3 seconds, and the exchange may take longer."""
    with kommo.oauth._lock:  # the OAuth server answers nobody until this is let go
        answer = install(server)

    assert answer.status == 200
    server.settle()
    assert kommo.oauth.granted == 1


def test_the_same_code_is_exchanged_once(server: PhpServer, kommo: FakeKommo) -> None:
    assert [install(server).status for _ in range(3)] == [200, 200, 200]
    server.settle()

    assert len(kommo.oauth.requests) == 1


def test_the_account_of_an_opaque_token_is_requested(
    server: PhpServer, kommo: FakeKommo, installed: Path
) -> None:
    kommo.oauth.opaque = True

    install(server)
    server.settle()

    assert rows(installed) == [(ACCOUNT, HOST)]


def test_an_exchange_that_failed_halfway_is_continued(
    server: PhpServer, kommo: FakeKommo, installed: Path
) -> None:
    """The request for the account fails. The grant is not requested again, as the code was used up."""
    kommo.oauth.opaque = True
    kommo.script("GET /api/v4/account", Reply(lost=True))
    install(server)
    server.settle()
    assert rows(installed) == []

    kommo.script("GET /api/v4/account", Reply(body={"id": ACCOUNT, "name": "Acme"}))
    with sqlite3.connect(server.storage / "backend.sqlite") as connection:
        connection.execute("UPDATE jobs SET due_at = 0")
    subprocess.run(
        ["php", str(installed / "backend/bin/work.php")], env={**os.environ, **environment(kommo)}, check=True
    )

    assert rows(installed) == [(ACCOUNT, HOST)]
    assert len(kommo.oauth.requests) == 1


@pytest.mark.parametrize("uninstalled", [False, True])
def test_a_retried_handler_does_not_restore_old_tokens(
    installed: Path, kommo: FakeKommo, uninstalled: bool
) -> None:
    handler = installed / "backend/handlers/oauth.php"
    handler.write_text(
        "<?php return static function (Backend\\Installation $i, Backend\\Services $s): void {"
        ' if (!is_file(__DIR__ . "/ready")) { throw new Backend\\Retry("not yet"); } };'
    )
    given = {"backend": str(installed / "backend"), "account": ACCOUNT, "address": kommo.address}
    with PhpServer(installed, environment=environment(kommo)) as server:
        install(server)
        server.settle()
        expire_token(installed, kommo)
        refreshed = use(installed, kommo, given)["token"]
        if uninstalled:
            assert hook(server).status == 200
        (installed / "backend/handlers/ready").touch()
        with sqlite3.connect(server.storage / "backend.sqlite") as connection:
            connection.execute("UPDATE jobs SET due_at = 0")
        settings = {**os.environ, **environment(kommo)}
        subprocess.run(["php", str(installed / "backend/bin/work.php")], env=settings, check=True)

        assert "installed" in [event["done"] for event in server.events()]
    if uninstalled:
        assert rows(installed) == []
    else:
        assert use(installed, kommo, given)["token"] == refreshed


def test_a_code_that_is_refused_is_given_up(server: PhpServer, kommo: FakeKommo, installed: Path) -> None:
    install(server, code="def50200-another-code")
    server.settle()

    assert rows(installed) == []
    server.wait_for_log("handler failed, given up")
    assert len(kommo.oauth.requests) == 1


def test_an_account_that_is_not_listed_is_not_installed(installed: Path, kommo: FakeKommo) -> None:
    with PhpServer(installed, environment=environment(kommo, KOMMO_ACCOUNTS="30000099")) as server:
        install(server)
        server.settle()

        assert rows(installed) == []
        server.wait_for_log("unknown account")


def test_a_denied_grant_gets_a_page_and_stores_nothing(server: PhpServer, kommo: FakeKommo) -> None:
    answer = get(server, "oauth.php", {"error": "access_denied", "referer": HOST, "state": "x"})
    server.settle()

    assert (answer.status, "not granted" in answer.body) == (200, True)
    assert kommo.seen == []
    assert not (server.storage / "backend.sqlite").exists()


def test_an_installation_from_a_button_passes_its_state_on(installed: Path, kommo: FakeKommo) -> None:
    handler = installed / "backend/handlers/oauth.php"
    handler.write_text(
        "<?php return static function (Backend\\Installation $i, Backend\\Services $s): void {"
        " error_log(json_encode([$i->accountId, $i->host->name, $i->fromWidget, $i->state])); };"
    )
    with PhpServer(installed, environment=environment(kommo)) as server:
        install(server, from_widget=None, state="<script>é")

        server.wait_for_log(f'[{ACCOUNT},"{HOST}",false,"<script>\\u00e9"]')


@pytest.mark.parametrize(
    "missing", ["KOMMO_CLIENT_ID", "KOMMO_CLIENT_SECRET", "KOMMO_REDIRECT_URI", "KOMMO_KEY"]
)
def test_a_missing_setting_is_reported_before_the_code_is_used(
    installed: Path, kommo: FakeKommo, missing: str
) -> None:
    with PhpServer(installed, environment=environment(kommo, **{missing: ""})) as server:
        answer = install(server)

        assert (answer.status, json.loads(answer.body)["error"]) == (503, "not available")
        server.wait_for_log(
            f"{missing} is not set" if missing != "KOMMO_REDIRECT_URI" else "refused with 503"
        )


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "http://evil.example:8137", "http://127.0.0.1.evil.example:1", "http://127.0.0.1",
     "http://127.0.0.1:80@evil.example", "file:///tmp"],
)  # fmt: skip
def test_a_fake_api_must_be_on_this_machine(installed: Path, kommo: FakeKommo, address: str) -> None:
    with PhpServer(installed, environment=environment(kommo, KOMMO_API=address)) as server:
        assert install(server).status == 503
        server.wait_for_log("KOMMO_API is for a fake API in development")


def test_hostile_referers_get_no_request(server: PhpServer, kommo: FakeKommo, installed: Path) -> None:
    """Not even the fake API gets a request, which stands for any host."""
    with FakeKommo() as canary:
        address = canary.address.removeprefix("http://")
        answers = [
            install(server, referer=referer.replace("{canary}", address)) for referer in HOSTILE_REFERERS
        ]
        more = [
            get(server, "oauth.php", f"code={CODE}&referer[]={HOST}"),
            get(server, "oauth.php", f"code={CODE}"),
            get(server, "oauth.php", f"code={CODE}&referer={HOST}%FF"),
        ]
        server.settle()

        assert {answer.status for answer in (*answers, *more)} == {400}
        assert canary.seen == []
    assert kommo.seen == []
    assert rows(installed) == []
    assert not (server.storage / "events.log").exists()
    assert len(HOSTILE_REFERERS) >= 30


def test_amocrm_accepts_its_own_hosts_only(tmp_path: Path) -> None:
    answers = answers_for("self_hosted", oauth=True)._replace(platform="amocrm")
    project = write_project(answers, tmp_path / "amocrm")
    code = (
        "return array_map(static fn ($host) => Backend\\AccountHost::tryFrom($host)?->name, $given['hosts']);"
    )
    hosts = ["acme.amocrm.ru", "acme.amocrm.com", HOST, "acme.amocrm.de", "acme.amocrm.ru.evil.example"]

    assert php(project / "backend", code, {"hosts": hosts}) == [*hosts[:2], None, None, None]


def test_a_redirect_of_the_accounts_host_is_not_followed(server: PhpServer, kommo: FakeKommo) -> None:
    with FakeKommo() as canary:
        moved = Reply(307, headers={"Location": f"{canary.address}/oauth2/access_token"})
        kommo.oauth.answer = lambda _: moved  # type: ignore[method-assign, assignment]
        install(server)
        server.settle()

        assert len(kommo.seen) == 1
        assert canary.seen == []


@pytest.mark.parametrize(
    "code", ["", "short", "a b c d e f g h", "x" * 5000, "code\r\nwith-a-break", "naïve-code-é"]
)
def test_an_invalid_code_is_refused(server: PhpServer, kommo: FakeKommo, code: str) -> None:
    assert install(server, code=code).status == 400
    assert kommo.seen == []


@pytest.mark.parametrize("page", ["oauth.php", "hook.php"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_refused(server: PhpServer, page: str, method: str) -> None:
    query = urlencode({"code": CODE, "referer": HOST})

    assert server.request(method=method, page=page, query=f"?{query}").status == 405


# Accounts with an integration of their own


def account(project: Path, kommo: FakeKommo, *arguments: str, secret: str = "") -> str:
    """Run bin/account.php, whose secret comes from standard input; return what it prints."""
    done = subprocess.run(
        ["php", str(project / "backend/bin/account.php"), *arguments],
        input=secret + "\n",
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment(kommo)},
    )
    return done.stdout


def test_an_account_may_have_its_own_integration(
    server: PhpServer, installed: Path, kommo: FakeKommo
) -> None:
    own = "another-client-secret-0123456789"
    account(installed, kommo, "add", str(ACCOUNT), HOST, "another-client-id", secret=own)
    kommo.oauth.client = ("another-client-id", own)

    install(server)
    server.settle()

    assert rows(installed) == [(ACCOUNT, HOST)]
    sent = [(request["client_id"], request["client_secret"]) for request in kommo.oauth.requests]
    assert sent == [("another-client-id", own)]
    given = {"backend": str(installed / "backend"), "account": ACCOUNT, "address": kommo.address}
    expire_token(installed, kommo)
    assert use(installed, kommo, given)["status"] == 200
    other = signature(client="another-client-id", secret=own)
    assert hook(server).status == 403
    assert hook(server, client_uuid="another-client-id", signature=other).status == 200
    assert rows(installed) == []


def test_the_audience_is_the_redirect_uri_of_the_integration_that_signed(
    installed: Path, kommo: FakeKommo
) -> None:
    """The redirect URI of an account's own integration is not known to the back end."""
    own = "another-client-secret-0123456789abcdef"
    account(installed, kommo, "add", "30000002", "beta.kommo.com", "another-client-id", secret=own)
    claims = {"iss": f"https://{HOST}", "account_id": ACCOUNT, "exp": time.time() + 600, "user_id": 7}
    ours = claims | {"aud": "https://hooks.acme.example"}
    other = claims | {"aud": "https://other.example"}
    beta = other | {"iss": "https://beta.kommo.com", "account_id": 30000002}
    tokens = [
        jwt.encode(ours, CLIENT_SECRET), jwt.encode(other, CLIENT_SECRET),
        jwt.encode(beta, own), jwt.encode(beta, CLIENT_SECRET),
    ]  # fmt: skip
    code = """
        $services = Backend\\App::boot($given['backend'])->services();
        return array_map(static function (string $jwt) use ($services): int {
            try {
                return $services->token($jwt)->accountId;
            } catch (Backend\\Refusal $refusal) {
                return $refusal->status;
            }
        }, $given['tokens']);
    """

    backend = installed / "backend"
    given = {"backend": str(backend), "tokens": tokens}
    assert php(backend, code, given, **environment(kommo)) == [ACCOUNT, 401, 30000002, 401]


def test_an_account_may_have_a_long_lived_token(installed: Path, kommo: FakeKommo) -> None:
    token = kommo.oauth.issue()["access_token"]
    account(installed, kommo, "add", str(ACCOUNT), HOST)
    account(installed, kommo, "token", str(ACCOUNT), secret=token)
    code = """
        $services = Backend\\App::boot($given['backend'])->services();
        return [$services->api(30000001)->get('account')['id'], $services->api(30000002)->isConnected()];
    """

    backend = installed / "backend"
    assert php(backend, code, {"backend": str(backend)}, **environment(kommo)) == [ACCOUNT, False]


@pytest.mark.usefixtures("given")
def test_forgetting_an_account_deletes_its_tokens(installed: Path, kommo: FakeKommo) -> None:
    assert HOST in account(installed, kommo, "list")

    account(installed, kommo, "forget", str(ACCOUNT))

    assert rows(installed) == []


# Use and refresh

USE = """
    $services = Backend\\App::boot($given['backend'])->services();
    $tokens = $services->oauth()->tokens($given['account']);
    try {
        $token = isset($given['refused']) ? $tokens->renewed($given['refused']) : $tokens->current();
    } catch (Backend\\ApiError $error) {
        return ['error' => $error->status, 'says' => $error->getMessage()];
    } catch (Backend\\Retry $retry) {
        return ['retry' => $retry->getMessage()];
    }
    $headers = ['Authorization' => "Bearer $token"];
    $reply = $services->http()->get($given['address'] . '/api/v4/account', $headers);
    return ['status' => $reply->status, 'token' => $token];
"""


@pytest.fixture
def given(server: PhpServer, kommo: FakeKommo, installed: Path) -> dict[str, object]:
    """The input of `USE`, for an account that has installed the widget."""
    install(server)
    server.settle()
    kommo.seen.clear()
    kommo.oauth.requests.clear()
    return {"backend": str(installed / "backend"), "account": ACCOUNT, "address": kommo.address}


def expire_token(project: Path, kommo: FakeKommo) -> str:
    """Let the access token expire, at the server and by our own clock; return it."""
    kommo.oauth.expire()
    age = """
        $oauth = Backend\\App::boot($given['backend'])->services()->oauth();
        $stored = $oauth->store->find($given['account']);
        $now = $stored->granted;
        $old = new Backend\\OAuth\\GrantedTokens($now->access, $now->refresh, time() - 1);
        $oauth->store->install($given['account'], $stored->host, $old, time());
        return $stored->granted->access;
    """
    backend = project / "backend"
    return str(php(backend, age, {"backend": str(backend), "account": ACCOUNT}, **environment(kommo)))


def use(project: Path, kommo: FakeKommo, given: dict[str, object], **other: object) -> dict[str, object]:
    result = php(project / "backend", USE, given | other, **environment(kommo))
    assert isinstance(result, dict)
    return result


def test_a_valid_token_is_used(installed: Path, kommo: FakeKommo, given: dict[str, object]) -> None:
    assert use(installed, kommo, given)["status"] == 200
    assert kommo.oauth.requests == []


def test_an_expired_token_is_refreshed_before_it_is_used(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    expire_token(installed, kommo)

    assert [use(installed, kommo, given)["status"] for _ in range(2)] == [200, 200]
    assert [request["grant_type"] for request in kommo.oauth.requests] == ["refresh_token"]


def test_a_token_that_the_api_refuses_is_refreshed_once(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    token = use(installed, kommo, given)["token"]
    kommo.oauth.expire()

    assert [use(installed, kommo, given, refused=token)["status"] for _ in range(2)] == [200, 200]
    assert len(kommo.oauth.requests) == 1


CALL = """
    try {
        return Backend\\App::boot($given['backend'])->services()->api($given['account'])->get($given['path']);
    } catch (Backend\\ApiError $error) {
        return ['error' => $error->status];
    }
"""


def test_a_refused_call_is_repeated_with_a_new_token(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    kommo.oauth.expire()

    answer = php(installed / "backend", CALL, given | {"path": "account"}, **environment(kommo))

    assert answer["id"] == ACCOUNT
    assert len(kommo.oauth.requests) == 1
    assert len(kommo.requests("GET /api/v4/account")) == 2


def test_a_call_that_is_refused_again_is_not_repeated(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    kommo.script("GET /api/v4/leads/5", Reply(401, {"title": "Unauthorized"}))

    answer = php(installed / "backend", CALL, given | {"path": "leads/5"}, **environment(kommo))

    assert answer == {"error": 401}
    assert len(kommo.oauth.requests) == 1
    assert len(kommo.requests("GET /api/v4/leads/5")) == 2


@pytest.mark.parametrize(("granted_at", "refreshes"), [(0, 1), (2**40, 0)])
def test_cron_keeps_the_tokens_of_an_idle_account_alive(
    installed: Path, kommo: FakeKommo, given: dict[str, object], granted_at: int, refreshes: int
) -> None:
    expire_token(installed, kommo)
    with sqlite3.connect(installed / "backend/storage/backend.sqlite") as connection:
        connection.execute("UPDATE tokens SET granted_at = ?", [granted_at])

    for _ in range(2):
        subprocess.run(
            ["php", f"{given['backend']}/bin/work.php"], env={**os.environ, **environment(kommo)}, check=True
        )

    assert len(kommo.oauth.requests) == refreshes


def test_a_token_is_refreshed_without_curl(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    expire_token(installed, kommo)

    result = php(installed / "backend", USE, given, without_curl(), **environment(kommo))

    assert result["status"] == 200


@pytest.mark.parametrize("lost", [1, 2])
def test_a_refresh_is_repeated_if_its_answer_is_lost(
    installed: Path, kommo: FakeKommo, given: dict[str, object], lost: int
) -> None:
    expire_token(installed, kommo)
    kommo.oauth.lose = lost

    assert use(installed, kommo, given)["status"] == 200
    sent = [request["refresh_token"] for request in kommo.oauth.requests]
    assert len(sent) == lost + 1
    assert len(set(sent)) == 1
    expire_token(installed, kommo)
    assert use(installed, kommo, given)["status"] == 200


def test_a_refresh_that_fails_for_now_loses_nothing(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    expire_token(installed, kommo)
    kommo.oauth.lose = 3
    assert "retry" in use(installed, kommo, given)

    answer = kommo.oauth.answer
    kommo.oauth.answer = lambda _: Reply(503)  # type: ignore[method-assign, assignment]
    assert "retry" in use(installed, kommo, given)

    kommo.oauth.answer = answer  # type: ignore[method-assign]
    assert use(installed, kommo, given)["status"] == 200


def test_the_previous_refresh_token_is_used_if_the_new_one_was_lost(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    """If the server refuses the refresh token, the previous one is sent, which it still accepts."""
    expire_token(installed, kommo)
    use(installed, kommo, given)
    kommo.oauth._refresh[0] = "another-than-we-have"
    kommo.oauth.requests.clear()
    spoil = """
        $oauth = Backend\\App::boot($given['backend'])->services()->oauth();
        $stored = $oauth->store->find($given['account']);
        $now = $stored->granted;
        $old = new Backend\\OAuth\\GrantedTokens($now->access, $now->refresh, time() - 1);
        return $oauth->store->replace($stored, $stored->previousRefresh, $old, time());
    """
    assert php(installed / "backend", spoil, given, **environment(kommo))

    assert use(installed, kommo, given)["status"] == 200
    assert len(kommo.oauth.requests) == 2


def test_a_revoked_account_is_an_error_after_one_refresh(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    expire_token(installed, kommo)
    kommo.oauth.revoke()

    results = [use(installed, kommo, given) for _ in range(3)]

    assert [result["error"] for result in results] == [401] * 3
    assert "the widget must be reinstalled there" in str(results[0]["says"])
    assert len(kommo.oauth.requests) == 1
    assert rows(installed) == [(ACCOUNT, HOST)]


def test_a_revoked_account_can_be_installed_again(
    server: PhpServer, installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    expire_token(installed, kommo)
    kommo.oauth.revoke()
    use(installed, kommo, given)
    kommo.oauth.codes.add("def50200-the-second-installation")

    install(server, code="def50200-the-second-installation", referer="renamed.kommo.com")
    server.settle()

    assert rows(installed) == [(ACCOUNT, "renamed.kommo.com")]
    assert use(installed, kommo, given)["status"] == 200


def test_another_key_cannot_read_the_tokens(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    code = USE.replace("catch (Backend\\Retry $retry)", "catch (Backend\\Refusal $retry)")

    result = php(installed / "backend", code, given, **environment(kommo, KOMMO_KEY="f" * 64))

    assert result["retry"] == f"not available: KOMMO_KEY cannot decrypt the tokens of account {ACCOUNT}"


def test_tokens_moved_to_another_account_cannot_be_read(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    with sqlite3.connect(installed / "backend/storage/backend.sqlite") as connection:
        connection.execute("UPDATE tokens SET account_id = 30000002")
    code = USE.replace("catch (Backend\\Retry $retry)", "catch (Backend\\Refusal $retry)")

    result = php(installed / "backend", code, given | {"account": 30000002}, **environment(kommo))

    assert "cannot decrypt" in result["retry"]


PARALLEL = 100


def test_parallel_calls_refresh_an_expired_token_once(
    installed: Path, kommo: FakeKommo, given: dict[str, object]
) -> None:
    expire_token(installed, kommo)
    code = PRELUDE % ("fgets(STDIN);" + USE)
    command = ["php", "-r", code, "--", str(installed / "backend"), json.dumps(given)]
    env = {**os.environ, **environment(kommo)}
    processes = [
        subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(PARALLEL)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    results = [json.loads(process.communicate()[0]) for process in processes]

    assert [result["status"] for result in results] == [200] * PARALLEL
    assert len(kommo.oauth.requests) == 1
    assert len({result["token"] for result in results}) == 1
    expire_token(installed, kommo)
    assert use(installed, kommo, given)["status"] == 200


# Uninstallation


def signature(account: object = ACCOUNT, client: str = CLIENT_ID, secret: str = CLIENT_SECRET) -> str:
    return hmac.new(secret.encode(), f"{client}|{account}".encode(), hashlib.sha256).hexdigest()


def hook(server: PhpServer, **changes: object) -> Answer:
    query = {"account_id": ACCOUNT, "client_uuid": CLIENT_ID, "signature": signature(), **changes}
    return get(server, "hook.php", {name: value for name, value in query.items() if value is not None})


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("name", ["client_uuid", "client_id"])
def test_an_uninstallation_deletes_the_tokens(server: PhpServer, installed: Path, name: str) -> None:
    answer = hook(server, **{"client_uuid": None, name: CLIENT_ID})
    server.settle()

    assert (answer.status, answer.body) == (200, '{"ok":true}\n')
    assert rows(installed) == []
    server.wait_for_log(f"uninstalled in account {ACCOUNT}")
    for _ in range(3):
        assert hook(server).status == 200
    server.wait_for_log("no tokens to remove", times=3)
    assert server.log.count("uninstalled in account") == 1


HOSTILE_HOOKS: dict[str, dict[str, object]] = {
    "no signature": {"signature": None},
    "an empty signature": {"signature": ""},
    "another secret": {"signature": signature(secret="another")},
    "an empty secret": {"signature": signature(secret="")},
    "another account's signature": {"signature": signature(30000002)},
    "another account": {"account_id": 30000002},
    "another integration": {"client_uuid": "x", "signature": signature(client="x")},
    "another integration's name": {"client_uuid": "x"},
    "no integration's name": {"client_uuid": None},
    "no integration": {"client_uuid": None, "signature": signature(client="")},
    "the parts shifted": {"client_uuid": f"{CLIENT_ID}|3", "account_id": "0000001"},
    "a signature in a list": {"signature": [signature()]},
    "cut short": {"signature": signature()[:63]},
    "and more": {"signature": signature() + "0"},
    "in base64": {"signature": base64.b64encode(bytes.fromhex(signature())).decode()},
    "a plain hash": {"signature": hashlib.sha256(f"{CLIENT_ID}|{ACCOUNT}".encode()).hexdigest()},
    "no account": {"account_id": None},
    "account 0": {"account_id": 0, "signature": signature(0)},
    "an account with a blank": {"account_id": f" {ACCOUNT}"},
    "an account in a list": {"account_id": [ACCOUNT]},
}


@pytest.mark.usefixtures("given")
def test_a_forged_uninstallation_deletes_nothing(server: PhpServer, installed: Path) -> None:
    answers = {name: hook(server, **changes).status for name, changes in HOSTILE_HOOKS.items()}

    assert {name: status for name, status in answers.items() if status not in (400, 403)} == {}
    assert rows(installed) == [(ACCOUNT, HOST)]


def test_the_hook_also_accepts_installations(server: PhpServer, installed: Path) -> None:
    assert get(server, "hook.php", {"code": CODE, "referer": HOST, "from_widget": "true"}).status == 200
    server.settle()

    assert rows(installed) == [(ACCOUNT, HOST)]
