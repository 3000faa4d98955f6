"""The pipeline's handler as generated, for an account with a token: it writes a note in the lead."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scaffold.kommo import sample_event
from tests.php import test_oauth
from tests.php.fake_kommo import ACCOUNT, FakeKommo, Reply, Seen
from tests.php.projects import FIELD_TYPES
from tests.php.server import SECRET, PhpServer

NOTES = f"POST /api/v4/leads/{sample_event.LEAD_ID}/notes"
EVENT = urlencode(sample_event.form_fields(FIELD_TYPES))
COPIES = 50


@pytest.fixture
def kommo() -> Iterator[FakeKommo]:
    with FakeKommo() as running:
        running.script(NOTES, Reply(body={"_embedded": {"notes": [{"id": 1}]}}))
        yield running


def environment(kommo: FakeKommo, **other: str) -> dict[str, str]:
    token = kommo.oauth.issue()["access_token"]
    given = {"KOMMO_API": kommo.address, "KOMMO_HOST": "my-company.kommo.com", "KOMMO_TOKEN": token}
    return {"KOMMO_WEBHOOK_SECRET": SECRET, **given, **other}


def work(project: Path, settings: dict[str, str]) -> None:
    """Run the waiting jobs as if they were due."""
    with sqlite3.connect(project / "backend/storage/backend.sqlite") as connection:
        connection.execute("UPDATE jobs SET due_at = 0")
    subprocess.run(["php", str(project / "backend/bin/work.php")], env={**os.environ, **settings}, check=True)


def test_a_lead_gets_a_note(project: Path, kommo: FakeKommo) -> None:
    with PhpServer(project, environment=environment(kommo)) as server:
        assert server.request(EVENT).status == 200
        [event] = server.events()

    [seen] = kommo.requests(NOTES)
    assert seen.body == [
        {
            "note_type": "extended_service_message",
            "params": {"text": event["done"], "service": "acme_leads"},
        }
    ]


def test_an_event_of_another_account_writes_no_note(project: Path, kommo: FakeKommo) -> None:
    kommo.oauth.account = ACCOUNT + 1

    with PhpServer(project, environment=environment(kommo)) as server:
        assert server.request(EVENT).status == 200
        assert len(server.events()) == 1

    assert kommo.seen == []


def test_a_note_is_retried_if_the_api_is_down(project: Path, kommo: FakeKommo) -> None:
    kommo.script(NOTES, Reply(503), Reply(body={}))
    settings = environment(kommo)
    with PhpServer(project, environment=settings) as server:
        server.request(EVENT)
        assert server.events() == []
        work(project, settings)
        assert len(server.events()) == 1
        work(project, settings)

    assert len(kommo.requests(NOTES)) == 2


def test_a_note_that_the_api_refuses_is_given_up(project: Path, kommo: FakeKommo) -> None:
    kommo.script(NOTES, Reply(403, {"title": "Forbidden"}))
    settings = environment(kommo)
    with PhpServer(project, environment=settings) as server:
        server.request(EVENT)
        server.wait_for_log("handler failed, given up")
        work(project, settings)

    assert len(kommo.requests(NOTES)) == 1


def test_parallel_copies_make_one_note(project: Path, kommo: FakeKommo) -> None:
    settings = environment(kommo, PHP_CLI_SERVER_WORKERS="8")
    with PhpServer(project, environment=settings) as server, ThreadPoolExecutor(COPIES) as pool:
        answers = list(pool.map(lambda _: server.request(EVENT).status, range(COPIES)))
        server.wait_for_log("duplicate dropped", times=COPIES - 1)
        kommo.wait_for(NOTES)

    assert answers == [200] * COPIES
    assert len(kommo.requests(NOTES)) == 1


@pytest.mark.full
def test_many_events_share_one_refresh(connected: Path, kommo: FakeKommo, tmp_path: Path) -> None:
    """A hundred events at once, in many processes, just after the account's token expired: a note each."""
    project = shutil.copytree(connected, tmp_path / "many")
    settings = test_oauth.environment(kommo, PHP_CLI_SERVER_WORKERS="16")
    kommo.script("GET /api/v4/account", Reply(body={"id": ACCOUNT, "name": "Acme"}))
    written: list[object] = []

    def add(request: Seen) -> Reply:
        written.append(request.body)
        return Reply(body={})

    kommo.script(NOTES, add)
    fields = dict(sample_event.form_fields(FIELD_TYPES))
    events = [urlencode(fields | {"event[time]": str(1491300100 + number)}) for number in range(100)]
    with PhpServer(project, environment=settings) as server, ThreadPoolExecutor(100) as pool:
        test_oauth.install(server)
        server.wait_for_log("installed in")
        kommo.oauth.expire()
        kommo.oauth.requests.clear()
        answers = list(pool.map(lambda event: server.request(event).status, events))
        log = server.storage / "events.log"
        for _ in range(600):
            if log.read_text().count("lead_status_changed: ") == len(events):
                break
            work(project, settings)  # the jobs that no process of the server does

    assert answers == [200] * len(events)
    assert len(kommo.oauth.requests) == 1
    assert len(written) == len(events)
