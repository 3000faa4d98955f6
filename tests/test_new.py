"""`kommo-widget new` as a user meets it: what it writes, says and refuses."""

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from scaffold import project
from scaffold.archive import Archive
from scaffold.cli import run
from scaffold.findings import Severity
from scaffold.kommo import limits
from scaffold.lint import Options, lint
from scaffold.rules.registry import Context
from scaffold.widget.model import Widget
from tests.cases import EVERY_CASE, PANELS, SPECIAL, Case, answers_for, answers_of

RECORD = ".kommo-widget/answers.yml"
REMARKS = {"no-settings-fields": ["manifest.json: M130 `settings` has no field"]}
"""What `check` says of answers that ask for it."""

YAML = "areas: [lcard-1, settings]\ncode: acme_leads\nname: Acme leads\n"


@dataclass(frozen=True)
class Result:
    """What a command line gave."""

    code: int
    out: str
    err: str


class Shell:
    """Runs command lines in a folder of their own."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *args: str, stdin: str = "") -> Result:
        self._monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        )
        code = run(args)
        out, err = self._capsys.readouterr()
        return Result(code, out, err)

    def files(self, folder: str = ".") -> dict[str, bytes]:
        root = self.folder / folder
        return {
            p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()
        }

    def write(self, name: str, plain: Any) -> str:
        (self.folder / name).write_text(json.dumps(plain), encoding="utf-8")
        return name


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, monkeypatch, capsys)


@EVERY_CASE
def test_check_has_nothing_against_a_new_widget(case: Case) -> None:
    answers = case.answers
    context = Context(profile="public" if answers.public else "private", platform=answers.platform)
    widget = Widget(Archive(project.build(answers).below("widget")))
    found = [f for f in lint(widget, Options(context)) if f.severity is not Severity.INFO]
    assert [f"{f.path}: {f.code} {f.message}" for f in found] == REMARKS.get(case.name, [])


def test_defaults(shell: Shell) -> None:
    result = shell("new", "demo", "--defaults")
    assert (result.code, result.out) == (0, "demo\n")
    assert set(shell.files()) >= {
        "demo/widget/manifest.json",
        "demo/widget/script.js",
        "demo/widget/style.css",
        "demo/widget/i18n/en.json",
        "demo/README.md",
        f"demo/{RECORD}",
        *(f"demo/widget/images/{image.name}" for image in limits.IMAGES if image.always),
    }
    manifest = json.loads(shell.files()["demo/widget/manifest.json"])
    assert manifest["locations"] == ["lcard-1", "settings"]


def test_says_what_to_do_next_and_how_to_repeat(shell: Shell) -> None:
    lines = shell("new", "demo", "--defaults").err.splitlines()
    assert lines[lines.index("next:") + 1] == (
        "  1. see it in a browser, without an account: kommo-widget preview demo"
    )
    assert lines[-1] == "again: kommo-widget new demo --defaults"


def test_json_is_one_document(shell: Shell) -> None:
    result = shell("new", "demo", "--defaults", "--json")
    document = json.loads(result.out)
    assert (result.code, result.err) == (0, "")
    assert list(document) == ["path", "files", "next_steps"]
    assert document["path"] == "demo"
    assert document["files"] == sorted(shell.files("demo"))


@pytest.mark.parametrize("case", SPECIAL, ids=lambda case: case.name)
def test_recorded_answers_give_the_same_bytes(case: Case, shell: Shell) -> None:
    answers = shell.write("answers.json", case.plain)
    assert shell("new", "first", "--answers", answers).code == 0
    assert shell("new", "second", "--answers", f"first/{RECORD}").code == 0
    assert shell.files("second") == shell.files("first")


def test_recorded_logo_gives_the_same_bytes(shell: Shell) -> None:
    Image.new("RGBA", (300, 90), "#204ecf").save(shell.folder / "acme.png")
    answers = shell.write("answers.json", answers_for("lcard-1", logo="acme.png"))
    assert shell("new", "first", "--answers", answers).code == 0
    (shell.folder / "acme.png").unlink()
    assert shell("new", "second", "--answers", f"first/{RECORD}").code == 0
    assert shell.files("second") == shell.files("first")


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yml", YAML),
        (".json", '{"areas": ["lcard-1", "settings"], "code": "acme_leads", "name": "Acme leads"}'),
        (".toml", 'areas = ["lcard-1", "settings"]\ncode = "acme_leads"\nname = "Acme leads"\n'),
    ],
)
def test_formats_of_answers_give_the_same_bytes(suffix: str, text: str, shell: Shell) -> None:
    (shell.folder / f"answers{suffix}").write_text(text, encoding="utf-8")
    assert shell("new", "from_file", "--answers", f"answers{suffix}").code == 0
    assert shell("new", "from_stdin", "--answers", "-", stdin=YAML).code == 0
    assert shell.files("from_file") == shell.files("from_stdin")


def test_set_answers_over_the_file(shell: Shell) -> None:
    shell("new", "demo", "--answers", "-", "--set", "areas=llist-0", "--set", "name=Others", stdin=YAML)
    texts = json.loads(shell.files()["demo/widget/i18n/en.json"])
    assert texts["widget"]["name"] == "Others"
    assert json.loads(shell.files()["demo/widget/manifest.json"])["locations"] == ["llist-0"]


@pytest.mark.parametrize(
    ("args", "path", "code"),
    [
        (["new", "my-widget"], "my-widget", "my_widget"),
        (["new", "deep/er/demo"], "deep/er/demo", "demo"),
        (["new", "demo", "--set", "code=other"], "demo", "other"),
        (["new", "--set", "code=other"], "other", "other"),
    ],
)
def test_destination_and_code(args: list[str], path: str, code: str, shell: Shell) -> None:
    result = shell(*args, "--defaults")
    assert (result.code, result.out) == (0, f"{path}\n")
    assert f"\ncode: {code}\n" in shell.files()[f"{path}/{RECORD}"].decode()


@pytest.mark.parametrize("git", [False, True], ids=["empty", "git-initialised"])
def test_current_folder(git: bool, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shell.folder / "acme_leads"
    folder.mkdir()
    if git:
        subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    monkeypatch.chdir(folder)
    result = shell("new", ".", "--defaults")
    assert (result.code, result.out) == (0, ".\n")
    assert "\ncode: acme_leads\n" in (folder / RECORD).read_text(encoding="utf-8")
    assert (folder / ".git").is_dir() is git


def test_dry_run_shows_the_tree_and_writes_nothing(shell: Shell) -> None:
    result = shell("new", "demo", "--defaults", "--dry-run")
    assert result.code == 0
    assert "manifest.json  (create)" in result.out
    assert shell.files() == {}


def test_dry_run_over_a_project_tells_what_differs(shell: Shell) -> None:
    shell("new", "demo", "--defaults")
    (shell.folder / "demo/widget/style.css").write_text("mine\n", encoding="utf-8")
    result = shell("new", "demo", "--defaults", "--dry-run")
    assert "style.css  (replace)" in result.out
    assert "script.js  (identical)" in result.out


def test_diff_is_a_patch(shell: Shell) -> None:
    shell("new", "demo", "--defaults")
    before = shell.files("demo")
    (shell.folder / "demo/widget/style.css").write_text("mine\n", encoding="utf-8")
    patch = shell("new", "demo", "--defaults", "--dry-run", "--diff").out
    subprocess.run(["git", "apply", "-"], cwd=shell.folder / "demo", input=patch.encode(), check=True)
    assert shell.files("demo") == before


def test_force_replaces_generated_files_says_which_and_keeps_others(shell: Shell) -> None:
    shell("new", "demo", "--defaults")
    before = shell.files("demo")
    (shell.folder / "demo/widget/style.css").write_text("mine\n", encoding="utf-8")
    (shell.folder / "demo/notes.txt").write_text("mine\n", encoding="utf-8")
    result = shell("new", "demo", "--defaults", "--force")
    assert result.code == 0
    assert [line for line in result.err.splitlines() if line.startswith("replace")] == [
        "replace widget/style.css"
    ]
    assert shell.files("demo") == {**before, "notes.txt": b"mine\n"}


def test_several_answers_go_into_one_folder(shell: Shell) -> None:
    files = [shell.write(f"{code}.json", {"code": code, "areas": ["settings"]}) for code in ("one", "two")]
    result = shell("new", "all", "--answers", files[0], "--answers", files[1], "--json")
    document = json.loads(result.out)
    assert list(document) == ["runs"]
    assert [entry["path"] for entry in document["runs"]] == ["all/one", "all/two"]
    for code in ("one", "two"):
        shell("new", f"alone/{code}", "--answers", f"{code}.json")
        assert shell.files(f"all/{code}") == shell.files(f"alone/{code}")


def test_several_answers_without_code_take_the_files_names(shell: Shell) -> None:
    files = [shell.write(name, {"areas": ["settings"]}) for name in ("first.json", "second.json")]
    result = shell("new", "--answers", files[0], "--answers", files[1])
    assert (result.code, result.out) == (0, "first\nsecond\n")


def test_answers_as_plain_as_the_registry_allows(shell: Shell) -> None:
    """Every area without one word on it, but for what has no honest default."""
    answers = shell.write("answers.json", answers_for(*PANELS))
    assert shell("new", "demo", "--answers", answers).code == 0
    assert answers_of(answers_for(*PANELS)).codes == tuple(json_areas(shell))


def json_areas(shell: Shell) -> list[str]:
    manifest = json.loads(shell.files()["demo/widget/manifest.json"])
    return [location.partition("-")[0] for location in manifest["locations"]]


WAYS = (
    "hint: give --answers FILE, --defaults, or each --set KEY=VALUE; on a terminal the questions are asked\n"
)

REFUSED = {
    "no-answers": (["new"], (
        "error: the answers have faults\n"
        "`code` is missing: give it in the answers file, or with --set code=acme_leads\n"
        "`areas` is missing: give it in the answers file, or with --set areas=lcard-1,settings\n" + WAYS
    )),
    "no-areas": (["new", "demo"], (
        "error: the answers have a fault\n"
        "`areas` is missing: give it in the answers file, or with --set areas=lcard-1,settings\n" + WAYS
    )),
    "misspelt-area": (["new", "demo", "--set", "areas=lcrd-1"], (
        "error: the answers have a fault\n"
        "--set areas: `areas` names an unknown area `lcrd-1`, did you mean `lcard`?\n"
    )),
    "misspelt-key": (["new", "demo", "--defaults", "--set", "locals=en"], (
        "error: the answers have a fault\n--set locals: unknown key, did you mean `locales`?\n"
    )),
    "no-file": (["new", "demo", "--answers", "nope.yml"], (
        "error: cannot read `nope.yml`: no such file or directory\nhint: name an answers file\n"
    )),
    "occupied": (["new", "occupied", "--defaults"], (
        "error: `occupied` exists and is not empty\n"
        "hint: choose another name, or replace its generated files with --force\n"
    )),
    "file": (["new", "file.txt", "--defaults"], (
        "error: `file.txt` is a file\nhint: choose another name\n"
    )),
    "link": (["new", "link", "--defaults"], (
        "error: `link` is a symbolic link\nhint: name the folder that it leads to\n"
    )),
    "below-a-file": (["new", "file.txt/demo", "--defaults"], (
        "error: cannot write `file.txt/demo`: not a directory\n"
        "hint: choose a folder that can be written, or make room\n"
    )),
    "diff-alone": (["new", "demo", "--defaults", "--diff"], (
        "error: --diff goes with --dry-run\nhint: see `kommo-widget new --help`\n"
    )),
    "unknown-option": (["new", "demo", "--default"], None),
    "unknown-command": (["nwe"], "error: no such command 'nwe'\nhint: see `kommo-widget --help`\n"),
    "stdin-twice": (["new", "--answers", "-", "--answers", "-"], (
        "error: standard input can be read once: give `--answers -` once\n"
        "hint: see `kommo-widget new --help`\n"
    )),
}  # fmt: skip


@pytest.fixture
def occupied(shell: Shell) -> Shell:
    (shell.folder / "occupied").mkdir()
    (shell.folder / "occupied/mine.txt").write_text("mine", encoding="utf-8")
    (shell.folder / "file.txt").write_text("mine", encoding="utf-8")
    (shell.folder / "link").symlink_to("occupied")
    return shell


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_exit_2_and_nothing_written(name: str, occupied: Shell) -> None:
    args, message = REFUSED[name]
    before = occupied.files()
    result = occupied(*args)
    assert (result.code, result.out) == (2, "")
    assert message is None or result.err == message
    assert "Traceback" not in result.err
    assert occupied.files() == before


@pytest.mark.parametrize("name", [name for name, (args, _) in REFUSED.items() if args[0] == "new"])
def test_refused_in_json_on_stdout(name: str, occupied: Shell) -> None:
    args, message = REFUSED[name]
    result = occupied(*args, "--json")
    error = json.loads(result.out)["error"]
    assert (result.code, result.err) == (2, "")
    assert list(error) == ["message", "hint", "details"]
    if message is not None:
        hint = [f"hint: {error['hint']}"] if error["hint"] else []
        assert [f"error: {error['message']}", *error["details"], *hint] == message.splitlines()


def test_faults_of_a_file_are_told_at_once_with_their_places(shell: Shell) -> None:
    text = "areas: [lcrd-1, sms]\nlocals: [en]\nversion: 1.0\n"
    (shell.folder / "a.yml").write_text(text, encoding="utf-8")
    result = shell("new", "demo", "--answers", "a.yml")
    assert result.code == 2
    assert [line.split(": ")[0] for line in result.err.splitlines()[1:]] == [
        "a.yml:1:9", "a.yml:1:17", "a.yml:2:1", "a.yml:3:10",
    ]  # fmt: skip
    assert shell.files() == {"a.yml": text.encode()}
