"""The state that the page gets, for valid and broken widgets."""

import json
from pathlib import Path
from typing import Any

import pytest

from scaffold.preview.api.memory import Memory
from scaffold.preview.server.problems import first_error
from scaffold.preview.server.scenario import Scenario
from scaffold.preview.server.state import State
from scaffold.preview.widget_source import Source
from tests.preview import widgets
from tests.preview.client import Client


def describe(folder: Path) -> dict[str, Any]:
    """Return the state as the page gets it."""
    state = State(Source(folder), Scenario(code="acme_leads"))
    document: dict[str, Any] = json.loads(json.dumps(state.describe(Memory(lambda: 1, state.api_model))))
    return document


def test_a_valid_widget(folder: Path) -> None:
    state = describe(folder)
    assert list(state) == [
        "widget", "areas", "to_add", "places", "scenario", "callbacks", "findings", "rules", "platform",
        "account", "events", "token", "controls", "revision",
    ]  # fmt: skip
    widget = state["widget"]
    assert (widget["code"], widget["name"], widget["version"]) == ("acme_leads", "Acme leads", "1.2.3")
    assert widget["path"] == "/upl/acme_leads/1.2.3/widget"
    assert widget["i18n"] == {"en": widgets.TEXTS}
    assert (widget["locales"], widget["readable"], widget["problems"]) == (["en"], True, [])
    assert [row["area"] for row in state["areas"]] == ["lcard", "settings", "digital_pipeline"]
    assert state["areas"][0] | {"url": ""} == {
        "area": "lcard", "location": "lcard-1", "panel": True, "title": "Lead card",
        "gives": "a panel on the right of a lead's card", "group": "Cards", "entity": "leads",
        "fidelity": "truthful", "url": "", "callbacks": [], "in_kommo_docs": True, "module": "card",
        "try": "look at the panel on the right, where Acme leads draws its block when the card opens.",
    }  # fmt: skip
    assert state["platform"] == "kommo"
    assert state["callbacks"]["leads.selected"]["signature"] == "leads.selected(): void"


def test_findings_are_those_of_check(folder: Path) -> None:
    findings = describe(folder)["findings"]
    assert {"code", "slug", "severity", "path", "message", "hint"} <= set(findings[0])
    assert "images/logo_main.png" in {finding["path"] for finding in findings}


def test_every_location_is_shown(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("dcard-1", "lcard", "settings-1", "llist-0", "lcard", "?"))
    rows = describe(folder)["areas"]
    assert [(row["location"], row["area"], row["panel"], row["fidelity"]) for row in rows] == [
        ("dcard-1", "dcard", None, "unknown"),
        ("lcard", "lcard", True, "truthful"),
        ("settings-1", "settings", None, "unknown"),
        ("llist-0", "llist", False, "truthful"),
        ("?", "?", None, "unknown"),
    ]
    assert (rows[0]["title"], rows[0]["gives"], rows[0]["group"]) == (
        "dcard-1",
        "not an area of the platform",
        "Other",
    )


def test_every_locale_is_shown(folder: Path) -> None:
    document = widgets.manifest("settings")
    document["widget"]["locale"] = ["xx", "en"]
    widgets.write(folder, document)
    (folder / "i18n" / "zz.json").write_text("{}", encoding="utf-8")
    assert describe(folder)["widget"]["locales"] == ["xx", "en", "zz"]


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("manifest.json", None, "there is no manifest.json"),
        ("manifest.json", "", "manifest.json:1:1: "),
        ("manifest.json", "[]", "manifest.json has no locations"),
        ("manifest.json", '{"locations": 5}', "manifest.json has no locations"),
        ("manifest.json", '{"locations": ["lcard-1"],}', "manifest.json:1:26: "),
        ("i18n/en.json", "{", "i18n/en.json:1:2: "),
        ("i18n/en.json", "[]", None),
    ],
)
def test_broken_files_are_only_reported(
    folder: Path, path: str, text: str | None, problem: str | None
) -> None:
    (folder / path).unlink()
    if text is not None:
        (folder / path).write_text(text, encoding="utf-8")
    state = describe(folder)
    found = [line for line in state["widget"]["problems"] if problem and line.startswith(problem)]
    assert len(found) == (1 if problem else 0)
    assert isinstance(state["widget"]["manifest"], dict)
    assert all(isinstance(texts, dict) for texts in state["widget"]["i18n"].values())


def test_a_manifest_in_a_subfolder_is_shown_and_reported(tmp_path: Path) -> None:
    widgets.write(tmp_path / "upload" / "acme", widgets.manifest("settings"))
    widget = describe(tmp_path / "upload")["widget"]
    assert widget["readable"]
    assert widget["problems"] == ["the files are not at the root but in acme/"]


def test_a_project_is_recognised_by_its_record(folder: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / ".kommo-widget").mkdir(parents=True)
    record = "code: from_record\nplatform: amocrm\n"
    (project / ".kommo-widget" / "answers.yml").write_text(record, encoding="utf-8")
    folder.rename(project / "widget")
    state = describe(project)
    assert (state["widget"]["own_code"], state["platform"]) == ("from_record", "amocrm")


def test_an_invalid_record_is_only_reported(folder: Path) -> None:
    (folder / ".kommo-widget").mkdir()
    (folder / ".kommo-widget" / "answers.yml").write_text("code: [\n", encoding="utf-8")
    state = describe(folder)
    assert state["widget"]["code"] == "acme_leads"
    assert "the project's record is invalid" in state["widget"]["problems"]


def test_a_version_cannot_change_the_path(folder: Path) -> None:
    document = widgets.manifest("settings")
    document["widget"]["version"] = "../1?#"
    assert (
        describe(widgets.write(folder, document))["widget"]["path"] == "/upl/acme_leads/..%2F1%3F%23/widget"
    )


@pytest.mark.parametrize(("location", "pipeline"), [("lead_sources", 601), ("settings", None)])
def test_the_api_knows_the_widget(folder: Path, location: str, pipeline: int | None) -> None:
    model = State(
        Source(widgets.write(folder, widgets.manifest(location))), Scenario(code="acme_leads")
    ).api_model()
    assert (model["code"], model["version"], model["pipeline_id"]) == ("acme_leads", "1.2.3", pipeline)
    assert model["settings_template"] == [
        {"key": "api_key", "name": "settings.api_key", "type": "text", "is_required": True}
    ]


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("script.js", "define([], function () {\n  return {;\n});\n", ("script.js", 2)),
        ("manifest.json", '{\n"a" 1}', ("manifest.json", 2)),
        ("script.js", "define([], function () {});", None),
        ("style.css", "{{{", None),
        ("gone.js", None, None),
    ],
)
def test_first_error_of_a_change(
    folder: Path, path: str, text: str | None, place: tuple[str, int] | None
) -> None:
    if text is not None:
        (folder / path).write_text(text, encoding="utf-8")
    error = first_error(Source(folder).widget, [path])
    assert (error and (error["file"], error["line"])) == place


def test_a_lone_surrogate_that_a_widget_stored_is_sent(client: Client) -> None:
    answer = client.ask("/api/v4/leads", "POST", b'[{"name": "\\ud83d"}]')
    assert answer.status == 200
    assert client.ask("/_preview/state.json").json["account"]["leads"][-1]["name"] == "\ud83d"
    assert client.ask("/api/v4/leads").status == 200
