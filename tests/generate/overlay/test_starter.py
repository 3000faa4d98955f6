"""`template new`: the template it writes works, with plain cookiecutter as with ours."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.generate.overlay import templates
from tests.generate.overlay.conftest import House

CHOICES: dict[str, dict[str, Any]] = {
    "defaults": {},
    "gitlab": {"ci": "gitlab", "licence": "proprietary", "company": 'Acme "Ltd" & Sons'},
    "no-ci": {"ci": "none", "install": "git+https://acme.example/tools.git"},
}
FACTS = {"code": "acme_leads", "name": "Acme leads", "description": "Scores every lead by its history."}


@pytest.mark.parametrize("name", CHOICES)
def test_both_make_the_same(name: str, house: House, tmp_path: Path) -> None:
    assert house("template", "new", "house").out == "house\n"
    options = [
        part
        for key, value in {**FACTS, **{f"template.answers.{k}": v for k, v in CHOICES[name].items()}}.items()
        for part in ("--set", f"{key}={value}")
    ]
    result = house("new", "demo", "--defaults", "--template", "house", *options)
    assert result.code == 0, result.err
    plain = templates.baked(str(tmp_path / "house"), {**FACTS, **CHOICES[name]}, tmp_path / "plain")
    made = house.files("demo")
    assert {path: made.get(path) for path in plain} == plain
    json.loads(made["package.json"])
    ci = {path for path in made if path in (".gitlab-ci.yml", ".github/workflows/widget.yml")}
    assert len(ci) == (0 if name == "no-ci" else 1)
    for path in ci:
        steps = json.dumps(yaml.safe_load(made[path]))
        assert "kommo-widget check ." in steps
        assert "kommo-widget pack ." in steps


def test_the_widget_of_the_starter_passes_the_check(house: House) -> None:
    house("template", "new", "house")
    house("new", "demo", "--defaults", "--template", "house")
    result = house("check", "demo", "--format", "json")
    assert (result.code, json.loads(result.out)["summary"]["warning"]) == (0, 0)
    assert house("pack", "demo", "-o", "widget.zip").code == 0


def test_an_occupied_folder_is_refused(house: House) -> None:
    (house.folder / "house").mkdir()
    (house.folder / "house" / "mine.txt").write_text("mine")
    result = house("template", "new", "house")
    assert (result.code, result.err.splitlines()[0]) == (2, "error: `house` exists and is not empty")
    assert house("template", "new", "house", "--force").code == 0
    assert (house.folder / "house" / "mine.txt").read_text() == "mine"


def test_says_how_to_try_it(house: House) -> None:
    assert house("template", "new", "my house").err == (
        "try it: kommo-widget new demo --defaults --template 'my house'\n"
        "make it yours: 'my house'/README.md says how\n"
    )
