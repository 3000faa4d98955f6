"""The pre-commit hook and the GitHub Action: the commands in their files are run as written."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.check.disk import put

ROOT = Path(__file__).parent.parent
HOOK: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
ACTION: dict[str, Any] = yaml.safe_load(
    (ROOT / ".github" / "actions" / "kommo-widget" / "action.yml").read_text(encoding="utf-8")
)
STEPS: dict[str, dict[str, Any]] = {
    step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]
}
BROKEN = "script.js replace\n    - define(\n    + ldefine("


def run(command: list[str], folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command with our `kommo-widget` first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path, **env},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def step(name: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run one step of the action as the runner does: with bash, its inputs in the environment."""
    given = {key: value["default"] for key, value in ACTION["inputs"].items()} | inputs
    env = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], text)
        for key, text in STEPS[name]["env"].items()
    }
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
    return run(script, folder, GITHUB_OUTPUT=str(folder / "outputs"), **env)


@pytest.mark.parametrize(("edits", "code"), [("", 0), (BROKEN, 1)], ids=["clean", "error"])
def test_the_hooks_entry_checks_the_repository(tmp_path: Path, edits: str, code: int) -> None:
    put(tmp_path, edits)
    result = run(shlex.split(HOOK["entry"]), tmp_path)
    assert (result.returncode, result.stderr) == (code, "")


def test_the_hook_has_what_pre_commit_requires() -> None:
    assert {"id", "name", "entry", "language"} <= set(HOOK)
    assert (HOOK["language"], HOOK["pass_filenames"]) == ("python", False)


FILES = [
    ("manifest.json", True),
    ("widget/script.js", True),
    ("widget/i18n/en.json", True),
    ("images/logo.png", True),
    ("templates/panel.twig", True),
    ("README.md", False),
    ("backend/handlers/digital_pipeline.php", False),
    ("myscript.js", False),
]


@pytest.mark.parametrize(("path", "runs"), FILES)
def test_the_hook_runs_for_the_widgets_files(path: str, runs: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) is runs


@pytest.mark.parametrize(("edits", "code"), [("", 0), (BROKEN, 1)], ids=["clean", "error"])
def test_the_actions_check_annotates_and_fails_on_errors(tmp_path: Path, edits: str, code: int) -> None:
    put(tmp_path / "my widget", edits)
    result = step("Check", tmp_path, path="my widget")
    assert (result.returncode, result.stderr) == (code, "")
    assert result.stdout.startswith("::error file=my widget/script.js,line=1") is bool(code)


def test_the_actions_pack_writes_the_archive_and_names_it(tmp_path: Path) -> None:
    put(tmp_path / "w")
    assert step("Pack", tmp_path, path="w", output="out.zip").returncode == 0
    assert (tmp_path / "out.zip").is_file()
    assert (tmp_path / "outputs").read_text() == "archive=out.zip\n"


def test_the_actions_pack_names_no_archive_if_it_refuses(tmp_path: Path) -> None:
    put(tmp_path / "w", BROKEN)
    assert step("Pack", tmp_path, path="w").returncode == 1
    assert not (tmp_path / "outputs").exists()
    assert not (tmp_path / "widget.zip").exists()


WAIVED = """\
[[check.waivers]]
code = "L103"
reason = "theirs"
"""


def with_waiver(folder: Path) -> Path:
    """Write a widget that waives an error of its own."""
    put(folder, 'manifest.json {"locations": ["lcard-1", "lcard-0"]}')
    (folder / ".kommo-widget.toml").write_text(WAIVED, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--no-waivers"], 1)])
def test_the_hook_ignores_waivers_if_told_to(tmp_path: Path, arguments: list[str], code: int) -> None:
    result = run([*shlex.split(HOOK["entry"]), *arguments], with_waiver(tmp_path))
    assert (result.returncode, result.stderr) == (code, "")
    assert "--no-waivers" in HOOK["description"]


@pytest.mark.parametrize("name", ["Check", "Pack"])
@pytest.mark.parametrize(("given", "code"), [("false", 0), ("", 0), ("true", 1)])
def test_the_action_ignores_waivers_if_told_to(tmp_path: Path, name: str, given: str, code: int) -> None:
    with_waiver(tmp_path / "w")
    result = step(name, tmp_path, path="w", **{"no-waivers": given})
    assert result.returncode == code, result.stderr


def test_the_action_declares_its_inputs_and_outputs() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all(step["shell"] == "bash" for step in STEPS.values() if "run" in step)
    assert set(ACTION["inputs"]) == {
        "path", "profile", "platform", "no-waivers", "output", "python-version",
    }  # fmt: skip
    assert ACTION["outputs"]["archive"]["value"] == "${{ steps.pack.outputs.archive }}"


def test_no_input_is_interpolated_into_a_script() -> None:
    assert [name for name, step in STEPS.items() if "${{" in step.get("run", "")] == []


def test_the_tool_is_installed_from_the_actions_own_repository() -> None:
    place = STEPS["Install"]["env"]["TOOL"].replace(
        "${{ github.action_path }}", ".github/actions/kommo-widget"
    )
    assert (ROOT / place).resolve() == ROOT
    assert (ROOT / place / "pyproject.toml").is_file()
