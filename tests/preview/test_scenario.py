"""The scenario of a preview: its file, and its effects."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from scaffold import cli
from scaffold.errors import ScaffoldError
from scaffold.preview.server import scenario
from scaffold.preview.server.preview import preview_of
from scaffold.preview.server.scenario import Scenario, platform_code
from scaffold.preview.server.state import State
from scaffold.preview.widget_source import Source
from tests.preview import widgets
from tests.preview.client import Client

WHOLE = """\
code: wAcme1
user: member
language: es
status: install
settings: {api_key: abc, rules: "[1]"}
latency: 300
contacts: 40
addresses: ["http://127.0.0.1:8080/in"]
account:
  leads:
    - {id: 1001, price: 9}
    - {id: 77, name: Big, custom_fields_values: [{field_id: 9001, values: [{value: B-2}]}]}
  custom_fields: [{id: 9500, name: Extra, type: text, entity_type: leads}]
"""

FAULTS = {
    "user: boss": "1:7: `user` must be one of admin, member",
    "latency: -1": "1:10: `latency` must be a whole number from 0 to 60000",
    "latency: yes": "1:10: `latency` must be a whole number from 0 to 60000",
    "contacts: true": "1:11: `contacts` must be a whole number from 0 to 5000",
    "code: Acme": "1:7: `code` must be Latin letters, digits and _, beginning with a lower-case letter",
    "settings: [1]": "1:11: `settings` must be a mapping of fields to values",
    "adresses: []": "1:11: unknown key `adresses`",
    "addresses: x": "1:12: `addresses` must be a list of strings",
    "account: {deals: []}": "1:10: `account` has no table deals; the tables: users, pipelines",
    "account: {leads: [1]}": "1:10: `account` must have a list of rows under leads",
    "[]": "1:1: must be a mapping",
    "user: [": "2:1: not valid YAML: ",
}


def read(tmp_path: Path, text: str) -> Scenario:
    file = tmp_path / "preview.yml"
    file.write_text(text, encoding="utf-8")
    return scenario.read(file)


def test_a_complete_file(tmp_path: Path) -> None:
    read_ = read(tmp_path, WHOLE)
    assert (read_.code, read_.user, read_.language, read_.status) == ("wAcme1", "member", "es", "install")
    assert (read_.latency, read_.contacts) == (300, 40)
    assert read_.settings == {"api_key": "abc", "rules": "[1]"}
    assert read(tmp_path, "") == Scenario()


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_reported_with_its_location(tmp_path: Path, text: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        read(tmp_path, text)
    assert caught.value.details[0].startswith(f"{tmp_path / 'preview.yml'}:{FAULTS[text]}")


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError) as caught:
        read(tmp_path, "user: boss\nlatency: x\n")
    assert caught.value.message.endswith("has 2 faults")
    assert len(caught.value.details) == 2


def test_the_account_has_the_rows(folder: Path, tmp_path: Path) -> None:
    preview = preview_of(Source(folder), tmp_path, print, read(tmp_path, WHOLE))
    memory = preview.memory
    assert (memory.find("leads", 1001)["price"], memory.find("leads", 1001)["name"]) == (9, "Lead one")
    assert memory.find("leads", 77)["custom_fields_values"][0]["field_name"] == "Reference"
    assert memory.find("custom_fields", 9500)["name"] == "Extra"
    assert len(memory.rows("contacts")) == 40
    assert not memory.is_admin
    assert preview.addresses.allow("http://127.0.0.1:8080/other?x=1")
    assert not preview.addresses.allow("http://127.0.0.1:8081/in")


def test_a_row_that_the_account_refuses_is_reported(folder: Path, tmp_path: Path) -> None:
    data = Scenario(account={"leads": [{"name": "One"}, {"name": 5, "status_id": 1}]})
    with pytest.raises(ScaffoldError) as caught:
        preview_of(Source(folder), tmp_path, print, data)
    assert caught.value.details == ("account.leads, row 2: name: a value of type string is expected",)


def test_each_project_gets_a_code_of_its_own(folder: Path) -> None:
    codes = {platform_code(code) for code in ("acme_leads", "acme", "probe")}
    assert len(codes) == 3
    state = State(Source(folder))
    assert (state.own_code, state.code) == ("acme_leads", platform_code("acme_leads"))
    assert state.api_model()["code"] == state.code
    assert State(Source(folder), Scenario(code="mine")).code == "mine"


def test_the_page_changes_code_user_and_latency(client: Client) -> None:
    changed = client.post("/_preview/scenario", {"code": "wOther", "user": "member", "latency": 5}).json
    assert changed == {"user": "member", "latency": 5, "code": "wOther"}
    assert client.ask("/_preview/state.json").json["widget"]["path"] == "/upl/wOther/1.2.3/widget"
    assert client.ask("/api/v4/widgets/wOther").status == 200
    assert client.ask("/api/v4/users").status == 403
    kept = client.post("/_preview/scenario", {"code": "No no", "user": "boss", "latency": "x"}).json
    assert kept == changed


@pytest.mark.parametrize(("user", "status", "id_"), [("admin", 200, 501), ("member", 403, 502)])
def test_tokens_and_access_to_users_depend_on_the_user(
    client: Client, user: str, status: int, id_: int
) -> None:
    client.post("/_preview/scenario", {"user": user})
    assert client.ask("/api/v4/users").status == status
    assert client.ask("/api/v4/users/502").status == status
    assert client.ask("/api/v4/account").json["current_user_id"] == id_
    assert client.post("/_preview/token", {}).json["claims"]["user_id"] == id_


def test_a_sample_is_sent_only_to_known_addresses(client: Client) -> None:
    body = {"kind": "sms", "fields": {}, "url": "http://127.0.0.1:9/in"}
    refused = "not sent: neither the manifest nor the user has named this address"
    assert client.post("/_preview/send", body).json["error"] == refused
    client.post("/_preview/addresses", {"url": "http://127.0.0.1:9/"})
    assert client.post("/_preview/send", body).json["error"].startswith("no answer: ")
    assert client.post("/_preview/addresses", {"url": "nothing"}).json == {"added": False}


def test_the_answer_to_a_request_that_was_not_sent(client: Client) -> None:
    answer = client.ask("/_stage/not-sent?url=https://hooks.acme.example/a", "POST", {})
    assert (answer.status, answer.json["detail"]) == (
        503,
        "https://hooks.acme.example/a was not requested: the preview reaches only this machine; use --online",
    )  # fmt: skip


SCRIPTS = {
    "JSON.parse(self.params.rules || '[]')": {"rules": "[]"},
    "JSON.parse(params.rules)": {"rules": "{}"},
    "var rules = self.params.rules": {},
    "JSON.parse(text); self.params.rules": {},
}


@pytest.mark.parametrize("code", SCRIPTS)
def test_a_field_that_is_parsed_as_json_gets_json(folder: Path, code: str) -> None:
    document = widgets.manifest("settings")
    document["settings"]["rules"] = {"name": "settings.rules", "type": "custom"}
    state = State(Source(widgets.write(folder, document, render=code)))
    assert state.source.widget.manifest.value("settings", "rules", "type") == "custom"
    assert json.loads(json.dumps(_samples(state))) == SCRIPTS[code]


def _samples(state: State) -> Any:
    from scaffold.preview.widget_source import samples_of

    return samples_of(state.source.widget)


def test_a_project_s_own_file_is_read_and_a_faulty_one_is_reported(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    (project / ".kommo-widget").mkdir(parents=True)
    (project / ".kommo-widget" / "answers.yml").write_text("code: acme\n", encoding="utf-8")
    (project / ".kommo-widget" / "preview.yml").write_text("user: boss\n", encoding="utf-8")
    folder.rename(project / "widget")
    assert cli.run(["preview", str(project), "--run"]) == 2
    assert "`user` must be one of admin, member" in capsys.readouterr().err


def test_the_latency_of_the_api(client: Client) -> None:
    before = time.monotonic()
    client.post("/_preview/scenario", {"latency": 300})
    assert client.ask("/api/v4/account").status == 200
    assert time.monotonic() - before >= 0.3  # a busy machine only makes it longer
