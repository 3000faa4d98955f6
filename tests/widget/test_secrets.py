"""Secrets in the settings window: drawn by the script, sent to the back end, never stored in the CRM."""

from pathlib import Path
from typing import Any

import pytest

from tests import hosting
from tests.cases import BY_NAME

CASE = BY_NAME["backend"]
KEPT = {"a_token": True, "another": False}
URL = "https://hooks.acme.example/kommo/card.php?action=secrets"
FAILED = "These values could not be saved."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hosting.write(CASE.tree, tmp_path_factory.mktemp("secrets")) / "widget"


def saved(folder: Path, **job: Any) -> dict[str, Any]:
    usual = {
        "code": hosting.CODE,
        "typed": {},
        "kept": KEPT,
        "reply": None,
        "active": "Y",
        "status": "installed",
    }
    [report] = hosting.run([{"folder": str(folder), **usual, "status": "installed", **job}], "secrets.js")
    assert report["errors"] == []
    assert report["fields"] == {"greeting": "Hello"}
    return dict(report)


def test_the_manifest_has_no_secret() -> None:
    assert "a_token" not in CASE.tree.text("widget/manifest.json")


def test_inputs_have_labels_but_no_name_and_show_what_is_saved(folder: Path) -> None:
    report = saved(folder)
    assert [given["type"] for given in report["inputs"]] == ["password", "password"]
    assert not any("name" in given for given in report["inputs"])
    assert [label for _, label in report["labels"]] == ["A token", "Another key"]
    assert [for_ for for_, _ in report["labels"]] == [given["id"] for given in report["inputs"]]
    assert [given.get("placeholder") for given in report["inputs"]] == [
        "Saved. Leave empty to keep it.",
        None,
    ]
    assert report["asked"] == {"url": URL, "method": "POST"}


def test_a_typed_secret_is_sent_to_the_back_end(folder: Path) -> None:
    report = saved(folder, typed={"another": " s3cret "})
    assert report["returned"] is True
    assert report["sent"] == [{"url": URL, "method": "POST", "data": {"another": "s3cret"}}]
    assert report["messages"] == []


@pytest.mark.parametrize(
    ("job", "returned", "messages"),
    [
        pytest.param({}, True, [], id="nothing-typed"),
        pytest.param({"active": "N", "typed": {"another": "x"}}, True, [], id="disabled"),
        pytest.param({"kept": {"a_token": False}}, False, ["Fill in the required fields."], id="required"),
        pytest.param({"kept": None}, True, [], id="unknown-what-is-kept"),
        pytest.param(
            {"typed": {"another": "x"}, "reply": "not_allowed"},
            False, [f"{FAILED} You do not have permission for this."], id="refused",
        ),
        pytest.param(
            {"typed": {"another": "x"}, "reply": "of_a_new_kind"},
            False, [f"{FAILED} Something went wrong. Try again."], id="refused-for-an-unknown-reason",
        ),
        pytest.param(
            {"typed": {"another": "x"}, "reply": "not_allowed", "status": "install"},
            True, [f"{FAILED} You do not have permission for this."], id="refused-while-installing",
        ),
    ],
)  # fmt: skip
def test_saving_stops_and_explains_what_went_wrong(
    folder: Path, job: dict[str, Any], returned: bool, messages: list[str]
) -> None:
    report = saved(folder, **job)
    assert report["returned"] is returned
    assert report["messages"] == messages
