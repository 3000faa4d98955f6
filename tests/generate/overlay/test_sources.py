"""The sources of a template: how they are recorded, and how a later run gets the same state."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.generate.overlay import templates
from tests.generate.overlay.conftest import Runner, error_of

RECORD = "demo/.kommo-widget/answers.yml"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    files = {"README.md": "first {{ cookiecutter.who }} {{ cookiecutter._template }}\n", "run.sh": "echo\n"}
    return templates.write(tmp_path / "ours", {"who": "Jane"}, files)


def record(runner: Runner) -> str:
    """Return the template's block of the record, without quotes."""
    text = (runner.folder / RECORD).read_text(encoding="utf-8")
    return text.partition("\ntemplate:\n")[2].replace('"', "")


def test_a_folder_is_recorded_with_its_checksum(source: Path, runner: Runner) -> None:
    assert runner("new", "demo", "--defaults", "--template", source.name).code == 0
    lines = record(runner).splitlines()
    assert lines[0] == "  source: ../../ours"
    assert lines[1].startswith("  sha256: ")
    assert lines[2:] == ["  answers:", "    who: Jane"]


@pytest.mark.parametrize("kind", ["folder", "zip", "repository"])
def test_the_record_gives_the_same_bytes_from_any_folder(kind: str, source: Path, runner: Runner) -> None:
    if kind == "zip":
        templates.zipped(source, runner.folder / "ours.zip")
    if kind == "repository":
        templates.repository(source)
    checkout = ["--checkout", "v1"] if kind == "repository" else []
    name = "ours.zip" if kind == "zip" else "ours"
    assert runner("new", "demo", "--defaults", "--template", name, *checkout).code == 0
    again = runner("new", "second", "--answers", RECORD)
    assert again.code == 0, again.err
    assert runner.files("second") == runner.files("demo")
    runner._monkeypatch.chdir(runner.folder / "demo")
    again = runner("new", "../third", "--answers", ".kommo-widget/answers.yml")
    assert again.code == 0, again.err
    assert runner.files("third") == runner.files("demo")


def test_every_kind_of_answer_is_recorded(runner: Runner) -> None:
    variables = {
        "none": None, "number": 8080, "choice": ["3.10", 3, True], "other": [True, "x"], "flag": False,
        "empty": "", "now": "{% now 'utc', '%Y' %}",
        "odd: name": {"a b": [1, None, "{{ cookiecutter.flag }}"]},
    }  # fmt: skip
    text = "{{ cookiecutter | tojson }}"
    templates.write(runner.folder / "ours", variables, {"a.txt": text})
    options = ["--set", "template.answers.choice=3"]
    assert runner("new", "demo", "--defaults", "--template", "ours", *options).code == 0
    again = runner("new", "second", "--answers", RECORD)
    assert again.code == 0, again.err
    assert runner.files("second") == runner.files("demo")
    made = json.loads(runner.files("demo")["a.txt"])
    assert (made["choice"], made["other"], made["none"], made["number"]) == ("3", True, None, "8080")


@pytest.mark.usefixtures("source")
def test_the_command_that_repeats_the_run_gives_the_same_bytes(runner: Runner) -> None:
    first = runner("new", "demo", "--defaults", "--template", "ours", "--set", "template.answers.who=Ann B")
    before = runner.files("demo")
    again = first.err.splitlines()[-1].removeprefix("again: kommo-widget ")
    words = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {again}"], capture_output=True, encoding="utf-8", check=True
    )
    assert runner(*words.stdout.splitlines(), "--force").code == 0
    assert runner.files("demo") == before


def test_a_folder_that_has_changed_is_reported(source: Path, runner: Runner) -> None:
    assert runner("new", "demo", "--defaults", "--template", "ours").code == 0
    (source / templates.PROJECT / "README.md").write_text("other\n", encoding="utf-8")
    result = runner("new", "second", "--answers", RECORD)
    [line] = [line for line in result.err.splitlines() if line.startswith(RECORD)]
    place, message = line.split(": ", 1)
    lines = (runner.folder / RECORD).read_text(encoding="utf-8").splitlines()
    assert lines[int(place.split(":")[1]) - 1].startswith("  sha256:")
    assert message.startswith("the template has changed: its `template.sha256` is ")
    assert message.endswith(" now; delete this line to use the template as it is")


def test_new_commits_of_a_branch_do_not_change_a_repeated_run(source: Path, runner: Runner) -> None:
    templates.repository(source)
    commit = templates.git(source, "rev-parse", "v1")
    templates.git(source, "branch", "stable", "v1")
    url = f"git+file://{source}"
    assert runner("new", "demo", "--defaults", "--template", url, "--checkout", "stable").code == 0
    assert record(runner).startswith(f"  source: {url}\n  checkout: stable\n  commit: {commit}\n")
    templates.git(source, "branch", "--force", "stable", "v2")
    assert runner("new", "second", "--answers", RECORD).code == 0
    assert runner.files("second") == runner.files("demo")
    newer = runner("new", "third", "--answers", RECORD, "--checkout", "stable")
    assert newer.code == 0, newer.err
    assert runner.files("third")["README.md"] == b"second demo\n"


@pytest.mark.parametrize("what", ["v1", "commit", "branch"])
def test_a_tag_commit_or_branch_can_be_checked_out(what: str, source: Path, runner: Runner) -> None:
    templates.repository(source)
    templates.git(source, "branch", "old", "v1")
    name = {"v1": "v1", "commit": templates.git(source, "rev-parse", "v1"), "branch": "origin/old"}[what]
    assert runner("new", "demo", "--defaults", "--template", "ours", "--checkout", name).code == 0
    assert runner.files("demo")["README.md"] == b"first Jane ours\n"


def test_a_bare_repository_can_be_a_source(source: Path, runner: Runner) -> None:
    templates.repository(source)
    templates.git(runner.folder, "clone", "--quiet", "--bare", "ours", "bare")
    result = runner("new", "demo", "--defaults", "--template", "bare", "--checkout", "v2")
    assert result.code == 0, result.err
    assert runner.files("demo")["README.md"] == b"second demo\n"


def test_executable_files_stay_executable(source: Path, runner: Runner) -> None:
    (source / templates.PROJECT / "run.sh").chmod(0o755)
    assert runner("new", "demo", "--defaults", "--template", "ours").code == 0
    modes = {name: (runner.folder / "demo" / name).stat().st_mode & 0o111 for name in ("run.sh", "README.md")}
    assert modes == {"run.sh": 0o111, "README.md": 0}


GONE = {
    "nothing": ("nothing", "`nothing` is not a template: it does not exist, or has no cookiecutter.json"),
    "file": ("file.txt", "`file.txt` is not a template: it does not exist, or has no cookiecutter.json"),
    "zip": ("nothing.zip", "`nothing.zip` does not exist"),
    "broken-zip": ("broken.zip", "`broken.zip`: Zip repository"),
    "repository": ("git+file:///nothing/at/all.git", "`git+file:///nothing/at/all.git`: fatal: "),
    "server": ("https://127.0.0.1:1/ours.git", "`https://127.0.0.1:1/ours.git`: fatal: unable to access"),
    "zip-server": ("http://127.0.0.1:1/a.zip", "no answer from the server of `http://127.0.0.1:1/a.zip`"),
    "unknown-kind": ("https://127.0.0.1:1/ours", "`https://127.0.0.1:1/ours` does not look like a git or"),
}


@pytest.mark.parametrize("name", GONE)
def test_a_missing_template_is_reported(name: str, runner: Runner) -> None:
    source, message = GONE[name]
    (runner.folder / "file.txt").write_text("x")
    (runner.folder / "broken.zip").write_text("x")
    result = runner("new", "demo", "--defaults", "--template", source, "--json")
    error = error_of(result)
    assert error["message"].startswith(f"cannot fetch the template: {message}")
    assert error["hint"] == "give an existing folder, zip or repository"
    assert "Traceback" not in result.out + result.err
    assert runner.nothing_is_left()


def test_a_folder_that_is_not_a_template_is_reported(runner: Runner) -> None:
    (runner.folder / "empty").mkdir()
    result = runner("new", "demo", "--defaults", "--template", "empty")
    assert result.err == (
        "error: the template has no cookiecutter.json\n"
        "hint: give the folder, repository or zip of a cookiecutter template\n"
    )


@pytest.mark.parametrize("kind", ["tag", "folder"])
def test_a_missing_checkout_is_reported(kind: str, source: Path, runner: Runner) -> None:
    if kind == "tag":
        templates.repository(source)
    result = runner("new", "demo", "--defaults", "--template", "ours", "--checkout", "v9", "--json")
    messages = {
        "tag": "cannot fetch the template: `ours` has no `v9`",
        "folder": "`ours` is not a git repository, so it has no `v9`",
    }
    assert error_of(result)["message"] == messages[kind]
    assert runner.nothing_is_left()


def test_git_hooks_of_the_repository_are_not_run(source: Path, runner: Runner) -> None:
    templates.repository(source)
    hook = source / ".git" / "hooks" / "post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {runner.folder}/stolen\n")
    hook.chmod(0o755)
    assert runner("new", "demo", "--defaults", "--template", "ours", "--checkout", "v1").code == 0
    assert not (runner.folder / "stolen").exists()
