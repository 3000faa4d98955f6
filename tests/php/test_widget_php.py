"""The platform-hosted widget.php, run with a stand-in for the platform's base class."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.php.projects import answers_for, write_project

PLATFORM = Path(__file__).with_name("platform.php")
EVENT = {
    "type": "14",
    "type_code": "lead_status_changed",
    "time": "1491300016",
    "data": {"id": "123123", "element_type": "2", "status_id": "654321", "pipeline_id": "123456"},
}


def call(
    project: Path, params: dict[str, object], name: str = "Acme_leads"
) -> subprocess.CompletedProcess[str]:
    """Run the endpoint; its standard error has PHP's warnings, which would end up in the platform's log."""
    command = ["php", "-d", "display_errors=stderr", str(PLATFORM), str(project / "widget/widget.php")]
    return subprocess.run(
        [*command, f"\\{name}\\Widget", json.dumps(params)], capture_output=True, text=True, check=False
    )


def action(message: object) -> dict[str, object]:
    return {"settings": {"widget": {"settings": {"message": message, "limit": "5"}}}}


@pytest.mark.parametrize("prefix", ["kommo", "amo"])
def test_an_event_reaches_the_handler(rendered_widget_php: Path, prefix: str) -> None:
    user = {f"{prefix}user": "me@acme.example", f"{prefix}hash": "a-key"}

    run = call(rendered_widget_php, {"event": EVENT, "action": action("Hi"), **user})

    assert (run.returncode, run.stdout) == (0, '{"ok":true}')
    assert run.stderr == (
        'acme_leads: "lead_status_changed": 123123 in stage 654321 of pipeline 123456, '
        'for "me@acme.example", settings {"message":"Hi","limit":"5"}\nstatus 200\n'
    )


@pytest.mark.parametrize(
    "message", ["'\"\\", "a\nb", "<?php echo 1; ?>", "{{ 7*7 }}", "👩🏽", "x" * 10_000, ["7", "8"], None]
)
def test_a_hostile_setting_is_logged_in_one_line(rendered_widget_php: Path, message: object) -> None:
    run = call(rendered_widget_php, {"event": EVENT, "action": action(message)})

    [line, status] = run.stderr.splitlines()
    settings = json.loads(line.partition("settings ")[2])
    expected = json.dumps(message, separators=(",", ":")) if isinstance(message, list) else message or ""
    assert (settings["message"], status) == (expected, "status 200")


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"event": "text", "action": "text"},
        {"event": {"data": "text"}},
        *(
            {"event": {"data": {"id": id_}}}
            for id_ in ("", "0", "-1", "1.5", "1 or 1", "9" * 19, ["1"], None)
        ),
    ],
    ids=str,
)
def test_an_event_without_a_lead_id_is_refused(rendered_widget_php: Path, params: dict[str, object]) -> None:
    run = call(rendered_widget_php, params)

    assert (run.returncode, run.stdout, run.stderr) == (0, '{"error":"no lead id"}', "status 400\n")


def test_an_event_without_an_action_has_empty_settings(rendered_widget_php: Path) -> None:
    run = call(rendered_widget_php, {"event": EVENT})

    assert run.stderr.splitlines()[0].endswith('settings {"message":"","limit":""}')


@pytest.mark.parametrize("code", ["list", "class", "function", "helpers", "widget", "a"])
def test_a_code_that_is_a_word_of_php_works(tmp_path: Path, code: str) -> None:
    project = write_project(answers_for("widget_php", code), tmp_path)

    assert call(project, {"event": EVENT}, code.capitalize()).stdout == '{"ok":true}'


def test_no_self_hosted_part_is_written(rendered_widget_php: Path) -> None:
    assert not (rendered_widget_php / "backend").exists()
    assert "webhook_url" not in (rendered_widget_php / "widget/manifest.json").read_text()
