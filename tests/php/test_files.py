"""The generated PHP files parse, and their own tests pass and can fail."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from scaffold.kommo import limits
from tests import cases
from tests.php.projects import write_project

NAMED_CLASSES = Path(__file__).with_name("named_classes.php")


def run_php(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["php", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_every_file_parses(
    rendered: Path, connected: Path, rendered_widget_php: Path, complete: Path
) -> None:
    """Each text is parsed once: most files of the projects are the same."""
    projects = [rendered, connected, rendered_widget_php, complete]
    files = {path.read_bytes(): path for project in projects for path in project.rglob("*.php")}

    faults = {str(path): run for path in files.values() if (run := run_php("-n", "-l", str(path))).returncode}

    assert {path.name for path in files.values()} >= {"bootstrap.php", "Oauth.php", "Sms.php", "widget.php"}
    assert faults == {}


BACKEND = {"url": "https://hooks.acme.example"}
PROJECTS: dict[str, tuple[list[str], dict[str, object]]] = {
    "digital_pipeline": (["digital_pipeline"], {}),
    "sms": (["sms"], {}),
    "mobile_card": (["mobile_card"], {}),
    "salesbot_designer": (["salesbot_designer"], {}),
    "card": (["lcard-1"], {"backend": BACKEND}),
    "webhook": (["lcard-1"], {"backend": {**BACKEND, "webhooks": ["add_lead"]}}),
    "oauth": (["lcard-1"], {"backend": {**BACKEND, "oauth": True}}),
    "platform-hosted pipeline": (
        ["digital_pipeline", "sms"],
        {"digital_pipeline": {"backend": "widget_php"}},
    ),
    "amocrm": (["sms", "salesbot_designer"], {"platform": "amocrm"}),
}


@pytest.fixture(scope="session", params=PROJECTS)
def part(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with only one kind of endpoint, without the files of the others; read only."""
    areas, more = PROJECTS[request.param]
    answers = cases.answers_of(cases.answers_for(*areas, **more))
    return write_project(answers, tmp_path_factory.mktemp(request.param))


def test_each_part_is_complete_without_the_others(part: Path) -> None:
    assert json.loads(run_php(str(NAMED_CLASSES), "backend", folder=part).stdout) == []

    run = run_php("backend/tests/run.php", folder=part)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_example_config_has_exactly_the_settings_that_are_read(part: Path) -> None:
    read = {
        name
        for path in part.rglob("*.php")
        if path.name != "config.example.php" and "tests" not in path.parts
        for name in re.findall(r"'((?:KOMMO|SMS)_[A-Z_]+)'", path.read_text())
    }
    example = (part / "backend/config.example.php").read_text()
    shown = set(re.findall(r"^    '([A-Z_]+)' =>", example, re.MULTILINE))

    assert read == shown


@pytest.mark.parametrize("kind", ["rendered", "connected"])
@pytest.mark.parametrize("options", [[], ["-n"]], ids=["sqlite", "files"])
def test_generated_tests_pass(kind: str, options: list[str], request: pytest.FixtureRequest) -> None:
    run = run_php(*options, "backend/tests/run.php", folder=request.getfixturevalue(kind))

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("\nall passed\n")
    assert "ok    Jobs: only one of many parallel copies is added\n" in run.stdout


def test_generated_tests_fail_if_the_code_is_wrong(project: Path) -> None:
    handler = project / "backend/handlers/digital_pipeline.php"
    handler.write_text(handler.read_text().replace("in stage", "at stage"))

    run = run_php("backend/tests/run.php", folder=project)

    assert run.returncode == 1
    assert "FAIL  PipelineHandler: it returns what was done\n" in run.stdout
    assert run.stdout.endswith("\n1 failed\n")


def test_event_types_are_those_of_the_facts(rendered: Path) -> None:
    code = "require 'backend/lib/bootstrap.php'; echo json_encode(Backend\\EventType::CODES);"

    listed = run_php("-r", code, folder=rendered).stdout

    assert (
        listed == "{" + ",".join(f'"{event.type}":"{event.code}"' for event in limits.PIPELINE_EVENTS) + "}"
    )


def test_secrets_and_data_are_ignored_by_git(project: Path) -> None:
    for path in ("backend/config.php", "backend/storage/events.log"):
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text("")
    subprocess.run(["git", "init", "-q", project], check=True)

    listed = subprocess.run(
        ["git", "ls-files", "-o", "--exclude-standard", "backend"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "backend/config.example.php" in listed
    assert "backend/config.php" not in listed
    assert "backend/storage/events.log" not in listed
