"""`template new`: the template that it writes works with plain cookiecutter and with `new`."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.generate.overlay import templates
from tests.generate.overlay.conftest import Runner

CHOICES: dict[str, dict[str, Any]] = {
    "defaults": {},
    "proprietary": {"licence": "proprietary", "company": 'Acme "Ltd" & Sons'},
    "address": {"install": "git+https://acme.example/tools.git"},
}
FACTS = {"code": "acme_leads", "name": "Acme leads", "description": "Scores every lead by its history."}


@pytest.mark.parametrize("name", CHOICES)
def test_both_render_the_same_files(name: str, runner: Runner, tmp_path: Path) -> None:
    assert runner("template", "new", "ours").out == "ours\n"
    options = [
        part
        for key, value in {**FACTS, **{f"template.answers.{k}": v for k, v in CHOICES[name].items()}}.items()
        for part in ("--set", f"{key}={value}")
    ]
    result = runner("new", "demo", "--defaults", "--template", "ours", *options)
    assert result.code == 0, result.err
    plain = templates.baked(str(tmp_path / "ours"), {**FACTS, **CHOICES[name]}, tmp_path / "plain")
    made = runner.files("demo")
    assert {path: made.get(path) for path in plain} == plain
    json.loads(made["package.json"])
    for path in (".gitlab-ci.yml", ".github/workflows/widget.yml"):
        steps = json.dumps(yaml.safe_load(made[path]))
        assert "kommo-widget check ." in steps
        assert "kommo-widget pack ." in steps


def test_a_widget_from_the_starter_passes_check_and_pack(runner: Runner) -> None:
    runner("template", "new", "ours")
    runner("new", "demo", "--defaults", "--template", "ours")
    result = runner("check", "demo", "--format", "json")
    assert (result.code, json.loads(result.out)["summary"]["warning"]) == (0, 0)
    assert runner("pack", "demo", "-o", "widget.zip").code == 0


def test_an_occupied_folder_is_refused(runner: Runner) -> None:
    (runner.folder / "ours").mkdir()
    (runner.folder / "ours" / "mine.txt").write_text("mine")
    result = runner("template", "new", "ours")
    assert (result.code, result.err.splitlines()[0]) == (2, "error: `ours` exists and is not empty")
    assert runner("template", "new", "ours", "--force").code == 0
    assert (runner.folder / "ours" / "mine.txt").read_text() == "mine"


def test_prints_how_to_try_the_template(runner: Runner) -> None:
    assert runner("template", "new", "my ours").err == (
        "try it: kommo-widget new demo --defaults --template 'my ours'\n"
        "make it yours: 'my ours'/README.md says how\n"
    )
