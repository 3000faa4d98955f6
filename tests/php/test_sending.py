"""The preview's requests to the project's own back end, which the preview runs with `php -S`."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from scaffold import cli
from scaffold.errors import ScaffoldError
from scaffold.preview.run import run_report, server_round
from scaffold.preview.run.results import Report
from scaffold.preview.run.server_round import ServerRound
from scaffold.preview.sending.widget_server import SampleRequest, WidgetServer
from scaffold.preview.server.libs import libraries
from scaffold.preview.server.preview import Preview, preview_of
from scaffold.preview.server.scenario import Scenario
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source
from tests.cases import answers_for, answers_of
from tests.php.projects import write_project
from tests.preview.client import asking, page_of
from tests.shell import foreground
from tests.waiting import PATIENCE_S, until

KINDS = {"card", "digital_pipeline", "hook", "mobile", "oauth", "salesbot", "sms", "webhook"}
SERVER = "https://odd.zeta.example:8443/deep/er"
LEAD = 1003
"""Not the lead of the samples."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with every part, another code and edited samples; read only."""
    answers = answers_of(
        answers_for(
            "digital_pipeline", "sms", "mobile_card", "salesbot_designer", "settings", "lcard-1",
            code="zQ9_tail",
            backend={"url": SERVER, "oauth": True, "webhooks": ["note_lead"]},
        )
    )  # fmt: skip
    folder = write_project(answers, tmp_path_factory.mktemp("whole"))
    (folder / ".kommo-widget").mkdir(exist_ok=True)
    (folder / ".kommo-widget/answers.yml").write_text(f"code: zQ9_tail\nbackend: {{url: '{SERVER}'}}\n")
    for file in (folder / "backend/samples").glob("*.json"):
        file.write_text(file.read_text().replace("1001", str(LEAD)).replace('"601"', '"777"'))
    return folder


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "project")


@contextmanager
def running(project: Path, lines: list[str] | None = None) -> Iterator[tuple[Preview, WidgetServer]]:
    """A preview of a project with its back end."""
    printed = [] if lines is None else lines
    preview = preview_of(Source(project), project, printed.append)
    with serving(preview) as url:
        preview.server.start(url, preview.stage[0])
        yield preview, preview.server


@pytest.fixture(scope="module")
def played(whole: Path) -> tuple[ServerRound, Preview]:
    with running(whole) as (preview, server):
        return server_round.run(server), preview


def test_every_request_gets_the_expected_answer(played: tuple[ServerRound, Preview]) -> None:
    rounds, _ = played
    assert {row["name"] for row in rounds.requests} == KINDS
    assert [row for row in rounds.requests if not row["as_expected"]] == []
    forged = {row["variant"] for row in rounds.requests if row["status"] in (400, 401, 403, 405)}
    assert forged >= {
        "expired", "wrong_signature", "other_algorithm", "unsigned", "other_host", "no_token", "wrong_secret",
        "other_account", "other_return_url", "wrong_method",
    }  # fmt: skip
    assert (rounds.failed, rounds.problems) == (False, ())


def test_an_installed_account_gets_a_note(played: tuple[ServerRound, Preview]) -> None:
    rounds, preview = played
    log = {row["name"]: row["log"] for row in rounds.requests if row["variant"] == "valid"}
    assert "the server asked POST /oauth2/access_token → 200" in log["oauth"]
    assert 'installed in "Example account", account 30000001' in log["oauth"]
    assert f"the server asked POST /api/v4/leads/{LEAD}/notes → 200" in log["digital_pipeline"]
    assert any("/continue/" in line and "→ 202" in line for line in log["salesbot"])
    notes = [note for note in preview.memory.rows("notes") if note["entity_id"] == LEAD]
    assert len(notes) == 2  # of the valid event, and of the one that came twice
    assert {note["params"]["service"] for note in notes} == {"zQ9_tail"}


def test_the_report_lists_every_request(played: tuple[ServerRound, Preview]) -> None:
    rounds, _ = played
    report = Report(loaded=True, areas=(), server=rounds)
    document = json.loads(run_report.as_json(report))
    assert list(document) == ["loaded", "areas", "server"]
    assert list(document["server"]) == ["address", "requests", "problems"]
    assert list(document["server"]["requests"][0]) == [
        "name", "variant", "title", "method", "status", "expected", "as_expected", "error", "log",
    ]  # fmt: skip
    assert not report.failed
    assert (
        "sms                  ok      401          expired token" in run_report.as_text(report).splitlines()
    )


def test_a_server_that_accepts_everything_fails_the_run(project: Path) -> None:
    (project / "backend/public/sms.php").write_text("<?php echo '{\"ok\":true}';")
    for name in KINDS - {"sms"}:
        (project / f"backend/public/{name}.php").unlink()
        (project / f"backend/samples/{name}.json").unlink()
    with running(project) as (_, server):
        rounds = server_round.run(server)
    wrong = {row["variant"] for row in rounds.requests if not row["as_expected"]}
    assert wrong == {
        "expired", "wrong_signature", "other_algorithm", "unsigned", "other_host", "no_token", "wrong_method",
    }  # fmt: skip
    assert Report(loaded=True, areas=(), server=rounds).failed
    assert "  the endpoint should refuse it with 401" in rounds.lines()


def test_a_copy_that_is_handled_twice_is_found(project: Path) -> None:
    jobs = project / "backend/lib/Endpoints/Sms.php"
    text = jobs.read_text()
    jobs.write_text(text.replace("$message->toArray(), $jwt)", "[], bin2hex(random_bytes(9)))"))
    assert jobs.read_text() != text
    (project / "backend/handlers/sms.php").write_text("<?php return static fn (): string => 'sent';")
    with running(project) as (_, server):
        rows = {row["variant"]: row for row in server_round.run(server).requests if row["name"] == "sms"}
    assert (rows["valid"]["as_expected"], rows["duplicate"]["as_expected"]) == (True, False)


def test_log_lines_of_a_handler_are_in_the_timeline_in_order(project: Path) -> None:
    handler = "<?php return static function (): string { error_log(\"one\\x1b[31m\\ntwo\"); return 'sent'; };"
    (project / "backend/handlers/sms.php").write_text(handler)
    with running(project) as (_, server):
        server.send(SampleRequest("sms"))
        assert server.back_end.php
        assert server.back_end.php.wait(1)
        events = [(event["source"], event["text"]) for event in server.timeline.events()]
    assert events[-4:] == [
        ("sent", "POST /sms.php (as the platform sends it) → 200, as expected"),
        ("log", "one\\x1b[31m"),
        ("log", "two"),
        ("handled", "handled: sent"),
    ]


def test_a_handler_with_a_syntax_error_is_reported(project: Path) -> None:
    (project / "backend/handlers/sms.php").write_text("<?php\nreturn static function ( {\n")
    lines: list[str] = []
    with running(project, lines) as (_, server):
        server.send(SampleRequest("sms"))
        assert server.back_end.php
        server.back_end.php.wait(1)
        problems = [event["text"] for event in server.timeline.events() if event["source"] == "problem"]
    assert problems[0].startswith("backend/handlers/sms.php:2: syntax error, unexpected token")
    assert f"back end: {problems[0]}" in lines
    assert len(problems) == 2  # at the start, and when it is called


def test_a_server_that_dies_is_reported_and_can_be_started_again(project: Path) -> None:
    (project / "backend/handlers/sms.php").write_text(
        "<?php return static function (): string { posix_kill(getmypid(), SIGKILL); return ''; };"
    )
    lines: list[str] = []
    with running(project, lines) as (preview, server):
        first = server.back_end.address
        assert lines == [f"PHP serves backend/public at {first}"]
        server.send(SampleRequest("sms"))
        until(lambda: len(lines) > 1)
        assert lines[1:] == [f"back end: PHP's web server has ended, with code {128 + signal.SIGKILL}"]
        assert server.back_end.address == ""
        assert server.describe()["php"]["problem"] == lines[1].removeprefix("back end: ")
        server.start(first, preview.stage[0])
        assert server.back_end.address
        assert server.send(SampleRequest("mobile"))["status"] == 200


def test_an_invalid_sample_is_reported_and_the_others_are_sent(project: Path) -> None:
    (project / "backend/samples/sms.json").write_text('{"method": "POST",\n "address": }')
    (project / "backend/samples/card.json").write_text('{"method": "FETCH", "address": "x", "token": []}')
    server = preview_of(Source(project), project, print).server
    faults = {sender.name: sender.fault for sender in server.known() if sender.fault}
    assert faults == {
        "sms": "backend/samples/sms.json:2:13: expecting value",
        "card": "backend/samples/card.json: `method` must be one of GET, POST, PUT, PATCH, DELETE; "
        "`address` must be a path such as /sms.php; `token` must be an object",
    }
    with pytest.raises(ScaffoldError, match="expecting value"):
        server.send(SampleRequest("sms"))
    assert {sender.name for sender in server.known()} == KINDS


def test_a_sample_of_the_user_can_be_sent(project: Path) -> None:
    own = {"method": "PUT", "address": "/card.php", "query": {"action": "none"}, "form": {"a": ["1"]}}
    (project / "backend/samples/own.json").write_text(json.dumps(own))
    with running(project) as (_, server):
        answer = server.send(SampleRequest("own"))
    assert (answer["method"], answer["status"]) == ("PUT", 401)


def test_the_users_settings_and_environment_are_not_used(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = project / "backend/storage"
    monkeypatch.setenv("KOMMO_CLIENT_SECRET", "of-production")
    monkeypatch.setenv("KOMMO_STORAGE", str(storage))
    monkeypatch.setenv("PHP_CLI_SERVER_WORKERS", "4")
    (project / "backend/config.php").write_text("<?php return ['KOMMO_WEBHOOK_SECRET' => 'of-production'];")
    with running(project) as (_, server):
        assert server.send(SampleRequest("sms"))["status"] == 200
        assert server.send(SampleRequest("digital_pipeline"))["status"] == 200
        assert "of-production" not in server.settings().values()
    assert not storage.exists()


def test_a_missing_php_is_an_error(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scaffold.preview.sending.php_server.shutil.which", lambda _name: None)
    libraries(lambda _line: None)
    assert cli.run(["preview", str(project), "--no-browser", "--php"]) == 2
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "error: `php` is needed to start the back end, and is not on PATH",
        "hint: install PHP 8.1 or newer, and put it on PATH",
    ]


def test_a_port_that_is_taken_is_skipped(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        real, port = socket.create_server, taken.getsockname()[1]
        looks: list[int] = []

        def create(address: tuple[str, int]) -> socket.socket:
            """Return a port at first that another program takes before PHP uses it."""
            looks.append(1)
            return _Taken(port) if len(looks) == 1 else real(address)  # type: ignore[return-value]

        monkeypatch.setattr("scaffold.preview.sending.php_server.socket.create_server", create)
        with running(project) as (_, server):
            assert len(looks) == 2
            assert server.back_end.address != f"http://127.0.0.1:{port}"


class _Taken:
    def __init__(self, port: int) -> None:
        self.getsockname = lambda: ("127.0.0.1", port)

    def __enter__(self) -> "_Taken":
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_a_long_answer_of_the_api_is_shortened_in_the_timeline(project: Path) -> None:
    (project / "backend/handlers/sms.php").write_text(
        "<?php return static function ($sms, $services): string {"
        " $services->api($sms->accountId)->get('contacts', ['limit' => 250]); return 'asked'; };"
    )
    preview = preview_of(Source(project), project, print, Scenario(contacts=300))
    with serving(preview) as url:
        preview.server.start(url, preview.stage[0])
        preview.server.install()
        preview.server.send(SampleRequest("sms"))
        assert preview.server.back_end.php
        assert preview.server.back_end.php.wait(2)
        asked = [event for event in preview.server.timeline.events() if "/contacts" in event["text"]]
    assert [list(event["detail"]) for event in asked] == [["cut"]]


def test_php_is_not_started_without_consent(project: Path) -> None:
    preview = preview_of(Source(project), project, print)
    with serving(preview) as url:
        for body, status in (({}, 400), ({"start": "true"}, 400), ({"start": True}, 200)):
            assert preview.server.back_end.address == ""
            asked = asking(page_of(preview, url), "/_preview/php", json.dumps(body).encode())
            assert _status(asked) == status
        assert preview.server.back_end.address
        sent = [event["text"] for event in preview.server.timeline.events() if event["source"] == "sent"]
        assert sent == ["GET /oauth.php (as the platform sends it) → 200, as expected"]


def _status(asked: Request) -> int:
    try:
        with urlopen(asked, timeout=PATIENCE_S) as reply:
            return int(reply.status)
    except OSError as error:
        return int(getattr(error, "code", 0))


@pytest.mark.full
def test_a_headless_run_covers_areas_and_back_end(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The areas run first, with the widget installed: the card's script gets its answer from PHP."""
    manifest = project / "widget/manifest.json"
    text = manifest.read_text()
    assert cli.run(["preview", str(project), "--run", "--php", "--json", "--areas", "lcard"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["loaded", "areas", "server"]
    assert document["areas"][0]["async_errors"] == []
    assert {row["name"] for row in document["server"]["requests"]} == KINDS
    assert all(row["as_expected"] for row in document["server"]["requests"])
    assert manifest.read_text() == text
    assert not (project / "backend/storage").exists()


def test_php_cannot_be_started_without_a_back_end(tmp_path: Path) -> None:
    from tests.preview import widgets

    folder = widgets.write(tmp_path / "w", widgets.manifest("lcard-1"))
    libraries(lambda _line: None)
    assert cli.run(["preview", str(folder), "--no-browser", "--php"]) == 2


@pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_php_ends_with_the_preview(project: Path, how: signal.Signals, tmp_path: Path) -> None:
    libraries(print)
    command = [sys.executable, "-m", "scaffold", "preview", str(project), "--no-browser", "--php"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True, "env": environment}
    with subprocess.Popen(command, **pipes, preexec_fn=foreground) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        with urlopen(asking(url, "/_preview/server.json"), timeout=PATIENCE_S) as reply:
            php: dict[str, Any] = json.load(reply)["php"]
        port = urlsplit(php["address"]).port
        assert answers(port)
        assert list(tmp_path.glob("kommo-widget-preview-*"))
        process.send_signal(how)
    until(lambda: not answers(port))
    until(lambda: not list(tmp_path.glob("kommo-widget-preview-*")))


def answers(port: int | None) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
