"""Fixes from the preview's page: the diff first, and only the page itself can write."""

from pathlib import Path

import pytest

from scaffold.check import runner
from scaffold.check.options import CheckOptions
from scaffold.errors import ScaffoldError
from scaffold.preview.server.editor import EDITORS, template_of
from tests.preview.client import Client

CODE = "A123"
"""The rule for Windows line ends."""


@pytest.fixture
def script(folder: Path) -> Path:
    """A script of the widget with a fault that can be fixed."""
    path = folder / "script.js"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.usefixtures("script")
def test_a_finding_has_its_rule_and_location(client: Client, folder: Path) -> None:
    state = client.ask("/_preview/state.json").json
    [finding] = [finding for finding in state["findings"] if finding["code"] == CODE]
    assert (finding["fixable"], state["editor"]["folder"]) == (True, folder.as_posix())
    assert state["editor"]["template"] == "vscode://file{file}:{line}:{column}"
    assert {finding["code"] for finding in state["findings"]} == set(state["rules"])
    assert all(rule["headline"] and rule["what"] and rule["why"] for rule in state["rules"].values())


@pytest.mark.usefixtures("script")
def test_only_what_the_diff_showed_is_written(client: Client, folder: Path) -> None:
    before = files(folder)
    shown = client.post("/_preview/fix/diff", {"code": CODE}).json
    assert files(folder) == before
    assert shown["diff"].startswith("--- a/script.js\n+++ b/script.js\n")
    answer = client.post("/_preview/fix/write", {"code": CODE, "digest": shown["digest"]})
    assert (answer.status, answer.json["changes"]) == (200, shown["changes"])
    assert files(folder) == before | {"script.js": before["script.js"].replace(b"\r\n", b"\n")}
    found = runner.check(folder, CheckOptions()).findings
    assert CODE not in {finding.code for finding in found}


def test_a_file_that_has_changed_since_is_not_written(client: Client, folder: Path, script: Path) -> None:
    shown = client.post("/_preview/fix/diff", {"code": CODE}).json
    script.write_bytes(script.read_bytes() + b"// mine\r\n")
    before = files(folder)
    answer = client.post("/_preview/fix/write", {"code": CODE, "digest": shown["digest"]})
    assert (answer.status, answer.json["detail"]) == (
        409, "the widget has changed since the diff was shown; look at the new diff",
    )  # fmt: skip
    assert files(folder) == before


REFUSED = {
    "another code": {"code": "A1"},
    "no code": {},
    "nothing to fix": {"code": "M101"},
    "no rule": {"code": "Z999"},
    "a path": {"code": "../A123"},
}


@pytest.mark.usefixtures("script")
@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("route", ["diff", "write"])
def test_what_cannot_be_fixed_is_refused(client: Client, folder: Path, case: str, route: str) -> None:
    before = files(folder)
    answer = client.post(f"/_preview/fix/{route}", {"digest": "", **REFUSED[case]})
    assert answer.status in (400, 409)
    assert files(folder) == before


@pytest.mark.usefixtures("script")
def test_only_the_page_may_write(client: Client, stage: Client, folder: Path) -> None:
    shown = client.post("/_preview/fix/diff", {"code": CODE}).json
    body = {"code": CODE, "digest": shown["digest"]}
    before = files(folder)
    other = {"Origin": "http://evil.example", "X_Preview": "1"}
    path = "/_preview/fix/write"
    statuses = [
        client.ask(path, "POST", body).status,
        client.ask(path, "POST", body, **other).status,
        client.ask(path, "POST", body, X_Preview="1", Sec_Fetch_Site="cross-site").status,
        client.ask(path, "GET", None, X_Preview="1").status,
        stage.post(path, body).status,
    ]
    assert statuses == [403, 403, 403, 404, 403]
    assert files(folder) == before


def test_a_link_out_of_the_widget_is_not_followed(client: Client, script: Path, tmp_path: Path) -> None:
    shown = client.post("/_preview/fix/diff", {"code": CODE}).json
    outside = tmp_path / "outside.js"
    outside.write_bytes(script.read_bytes())
    script.unlink()
    script.symlink_to(outside)
    answer = client.post("/_preview/fix/write", {"code": CODE, "digest": shown["digest"]})
    assert answer.status == 409
    assert b"\r\n" in outside.read_bytes()


GOOD = [
    "zed://file{file}",
    "my-editor://open?f={file}&l={line}",
    "http://localhost:63342/api/file?file={file}",
]


@pytest.mark.parametrize("wanted", [*EDITORS, *GOOD])
def test_an_editor_is_a_name_or_an_address(wanted: str) -> None:
    assert template_of(wanted) == EDITORS.get(wanted, wanted)


BAD = [
    "emacs", "vscod", "", "javascript://%0aalert({file})", "data://text/html,{file}", "file://{file}",
    "https://acme.example/?f={file}", "http://localhost.acme.example/{file}", "vscode://file/x", "x://{file}{home}",
    "x://{file}{", "x://{file} {line}", "x://{file}\n", "X://{file}", "blob://{file}", "http://127.0.0.1:1@acme.example/{file}",
]  # fmt: skip


@pytest.mark.parametrize("wanted", BAD)
def test_other_editors_are_refused(wanted: str) -> None:
    with pytest.raises(ScaffoldError):
        template_of(wanted)
