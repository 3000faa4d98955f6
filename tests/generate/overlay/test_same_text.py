"""Plain cookiecutter and `new --template` render the same files from the same template and answers."""

from pathlib import Path
from typing import Any

import pytest

from tests.generate.overlay import templates
from tests.generate.overlay.conftest import Runner

CHOICES: dict[str, dict[str, Any]] = {
    "defaults": {},
    "other-choices": {"author": "Ann O'Neil", "license": "BSD-3", "docker": False, "port": "99"},
    "none-and-a-slug": {"license": "none", "slug": "own_slug", "ports": {"own": {"http": "8000"}}},
}

ALL_CHOICES = {"author": "Jane Roe", "license": "MIT", "docker": True, "port": "8080"}


@pytest.mark.parametrize("name", CHOICES)
def test_choices_and_conditions_give_the_same_files(name: str, runner: Runner, tmp_path: Path) -> None:
    source = templates.choices(tmp_path / "ours")
    plain = templates.baked(str(source), CHOICES[name], tmp_path / "plain")
    result = runner.new(source, answers={**ALL_CHOICES, **CHOICES[name]})
    assert result.code == 0, result.err
    assert runner.applied() == plain


@pytest.mark.parametrize("docs", [True, False])
def test_trusted_hooks_give_the_same_files(docs: bool, runner: Runner, tmp_path: Path) -> None:
    source = templates.hooked(tmp_path / "ours")
    plain = templates.baked(str(source), {"docs": docs}, tmp_path / "plain")
    result = runner.new(source, "--trust", answers={"slug": "ours", "docs": docs})
    assert result.code == 0, result.err
    assert runner.applied() == plain
    assert runner.applied()["made.txt"] == b"ours out"


def test_a_zip_gives_the_same_files(runner: Runner, tmp_path: Path) -> None:
    source = templates.zipped(templates.choices(tmp_path / "ours"), tmp_path / "ours.zip")
    plain = templates.baked(str(source), {}, tmp_path / "plain")
    assert runner.new(source, answers=ALL_CHOICES).code == 0
    assert runner.applied() == plain


@pytest.mark.parametrize("tag", ["v1", "v2"])
def test_a_tag_of_a_repository_gives_the_same_files(tag: str, runner: Runner, tmp_path: Path) -> None:
    source = templates.repository(templates.choices(tmp_path / "ours"))
    url = f"git+file://{source}"
    plain = templates.baked(url, {}, tmp_path / "plain", "--checkout", tag)
    assert runner.new(url, answers=ALL_CHOICES, checkout=tag).code == 0
    assert runner.applied() == plain


@pytest.mark.parametrize("chosen", ["small", "large"])
def test_one_template_of_several_gives_the_same_files(chosen: str, runner: Runner, tmp_path: Path) -> None:
    several = tmp_path / "several"
    for name in ("small", "large"):
        templates.write(several / name, {"who": name}, {"NOTES.md": f"{name}: {{{{ cookiecutter.who }}}}\n"})
    (several / "cookiecutter.json").write_text(
        '{"templates": {"small": {"path": "./small", "title": "Small"}, "large": {"path": "./large"}}}'
    )
    plain = templates.baked(str(several / chosen), {}, tmp_path / "plain")
    result = runner.new(several, answers={"template": chosen, "who": chosen})
    assert result.code == 0, result.err
    assert runner.applied() == plain
