"""`kommo-widget new` as a user sees it: what it writes, prints and refuses."""

import json
import subprocess

import pytest
from PIL import Image

from scaffold.check.engine import lint
from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context
from scaffold.commands import new_report
from scaffold.files.archive import Archive
from scaffold.generate import build as project
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.kommo import limits
from tests.cases import EVERY_CASE, PANELS, SPECIAL, Case, answers_for, answers_of
from tests.shell import Shell

RECORD = ".kommo-widget/answers.yml"

YAML = "areas: [lcard-1, settings]\ncode: acme_leads\nname: Acme leads\n"


@EVERY_CASE
def test_check_finds_nothing_in_a_new_widget(case: Case) -> None:
    answers = case.answers
    context = Context(profile="public" if answers.public else "private", platform=answers.platform)
    widget = Widget(Archive(project.build(answers).below("widget")))
    found = [
        f for f in lint(widget, context)
        if f.severity is not Severity.INFO or not f.code.startswith(new_report.ABOUT_ANSWERS)
    ]  # fmt: skip
    assert [f"{f.path}: {f.code} {f.message}" for f in found] == []


LEFT_FOR_LATER = {
    "catalogs.list_id": "catalogs,settings",
    "digital_pipeline.webhook_url": "digital_pipeline",
    "sms.endpoint": "sms",
    "mobile_card.frame_url": "mobile_card",
}
"""Every answer that may be left for later -> areas that require it."""


def test_every_answer_that_may_be_left_for_later_has_a_case() -> None:
    assert {each.key for each in QUESTIONS if isinstance(each.kind, OrLater)} == LEFT_FOR_LATER.keys()


@pytest.mark.parametrize("key", LEFT_FOR_LATER)
def test_new_reports_a_gap_as_check_does_even_in_the_script(shell: Shell, key: str) -> None:
    answers = [f"areas={LEFT_FOR_LATER[key]}", f"{key}=later"]
    found = reported_as_check_does(shell, *answers)
    assert any(line.startswith("error: ") for line in found)


def test_new_reports_an_endpoint_that_the_back_end_lacks(shell: Shell) -> None:
    found = reported_as_check_does(shell, "areas=sms", "sms.endpoint=https://hooks.acme.test/send.php")
    assert found == [
        "info: widget/manifest.json: E108 `sms.endpoint` calls `send.php`, which is not in backend/public"
    ]


def reported_as_check_does(shell: Shell, *answers: str) -> list[str]:
    """Return the findings that `new` prints, after a comparison with those of `check`."""
    made = shell("new", "acme", "--defaults", *(part for each in answers for part in ("--set", each)))
    findings = json.loads(shell("check", "acme", "--format", "json").out)["findings"]
    expected = [f"{f['severity']}: widget/{f['path']}: {f['code']} {f['message']}" for f in findings]
    assert [line for line in made.err.splitlines() if ": widget/" in line] == expected
    return expected


def test_defaults_write_a_widget_for_a_lead_card(shell: Shell) -> None:
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


def test_prints_what_to_do_next_and_how_to_repeat_the_run(shell: Shell) -> None:
    lines = shell("new", "demo", "--defaults").err.splitlines()
    assert lines[0] == f"Created demo ({len(shell.files())} files)"
    assert lines[1] == "next:", "check finds nothing in a new widget"
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
def test_every_format_of_answers_gives_the_same_bytes(suffix: str, text: str, shell: Shell) -> None:
    (shell.folder / f"answers{suffix}").write_text(text, encoding="utf-8")
    assert shell("new", "from_file", "--answers", f"answers{suffix}").code == 0
    assert shell("new", "from_stdin", "--answers", "-", stdin=YAML).code == 0
    assert shell.files("from_file") == shell.files("from_stdin")


def test_set_overrides_the_file(shell: Shell) -> None:
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
def test_destination_and_code_follow_the_arguments(
    args: list[str], path: str, code: str, shell: Shell
) -> None:
    result = shell(*args, "--defaults")
    assert (result.code, result.out) == (0, f"{path}\n")
    assert f"\ncode: {code}\n" in shell.files()[f"{path}/{RECORD}"].decode()


@pytest.mark.parametrize("git", [False, True], ids=["empty", "git-initialised"])
def test_the_current_folder_can_be_the_destination(
    git: bool, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    assert "├── widget/  (10 files: create)\n" in result.out
    assert shell.files() == {}


def test_dry_run_over_a_project_shows_what_differs(shell: Shell) -> None:
    shell("new", "demo", "--defaults")
    (shell.folder / "demo/widget/style.css").write_text("mine\n", encoding="utf-8")
    result = shell("new", "demo", "--defaults", "--dry-run")
    assert "style.css  (replace)" in result.out
    assert "script.js  (identical)" in result.out


def test_diff_is_a_patch_that_git_applies(shell: Shell) -> None:
    shell("new", "demo", "--defaults")
    before = shell.files("demo")
    (shell.folder / "demo/widget/style.css").write_text("mine\n", encoding="utf-8")
    patch = shell("new", "demo", "--defaults", "--dry-run", "--diff").out
    subprocess.run(["git", "apply", "-"], cwd=shell.folder / "demo", input=patch.encode(), check=True)
    assert shell.files("demo") == before


def test_force_replaces_generated_files_names_them_and_keeps_others(shell: Shell) -> None:
    shell("new", "demo", "--defaults")
    before = shell.files("demo")
    (shell.folder / "demo/widget/style.css").write_text("mine\n", encoding="utf-8")
    (shell.folder / "demo/notes.txt").write_text("mine\n", encoding="utf-8")
    result = shell("new", "demo", "--defaults", "--force", "--discard-edits")
    assert result.code == 0
    assert [line for line in result.err.splitlines() if line.startswith("replace")] == [
        "replace widget/style.css"
    ]
    assert shell.files("demo") == {**before, "notes.txt": b"mine\n"}


def test_several_answers_are_written_into_one_folder(shell: Shell) -> None:
    files = [shell.write(f"{code}.json", {"code": code, "areas": ["settings"]}) for code in ("one", "two")]
    result = shell("new", "all", "--answers", files[0], "--answers", files[1], "--json")
    document = json.loads(result.out)
    assert list(document) == ["runs"]
    assert [entry["path"] for entry in document["runs"]] == ["all/one", "all/two"]
    for code in ("one", "two"):
        shell("new", f"alone/{code}", "--answers", f"{code}.json")
        assert shell.files(f"all/{code}") == shell.files(f"alone/{code}")


def test_answers_without_a_code_take_the_name_of_their_file(shell: Shell) -> None:
    files = [shell.write(name, {"areas": ["settings"]}) for name in ("first.json", "second.json")]
    result = shell("new", "--answers", files[0], "--answers", files[1])
    assert (result.code, result.out) == (0, "first\nsecond\n")


def test_areas_need_no_answers_but_those_without_a_default(shell: Shell) -> None:
    """Every area, with an answer only for what has no honest default."""
    answers = shell.write("answers.json", answers_for(*PANELS))
    assert shell("new", "demo", "--answers", answers).code == 0
    assert answers_of(answers_for(*PANELS)).codes == tuple(json_areas(shell))


def json_areas(shell: Shell) -> list[str]:
    manifest = json.loads(shell.files()["demo/widget/manifest.json"])
    return [location.partition("-")[0] for location in manifest["locations"]]


@pytest.mark.parametrize(
    ("overrides", "notes"),
    [
        pytest.param(
            ["name=Acme\nleads"],
            ["`name` has a line break after `Acme`: lists show one line"],
            id="line break",
        ),
        pytest.param(["name=Acme\n", "description=a\nb"], [], id="where it does no harm"),
        pytest.param(
            ["locales=en,es", "name.en=A", "name.es=B\nC"],
            ["`name.es` has a line break after `B`: lists show one line"],
            id="in one locale",
        ),
        pytest.param(
            [f"short_description={'a' * 800}"],
            ["`short_description` has 800 characters: lists show one line, and the marketplace accepts 50"],
            id="long",
        ),
    ],
)
def test_a_text_that_does_not_fit_its_line_is_noted(
    overrides: list[str], notes: list[str], shell: Shell
) -> None:
    assert notes_of(shell, "demo", *overrides) == notes


def notes_of(shell: Shell, dest: str, *overrides: str) -> list[str]:
    """Return the notes that `new` prints."""
    result = shell("new", dest, "--defaults", *(part for one in overrides for part in ("--set", one)))
    assert result.code == 0
    printed = result.err.partition("\nnext:")[0].splitlines()[1:]
    return [line.removeprefix("note: ") for line in printed if line.startswith("note: ")]


@pytest.mark.parametrize(
    ("folder", "is_noted"),
    [("widget", True), ("list-box", True), ("acme", False), ("acme-box", False), ("widgets", False)],
)
def test_a_code_of_common_words_is_noted_since_css_classes_begin_with_it(
    folder: str, is_noted: bool, shell: Shell
) -> None:
    code = folder.replace("-", "_")
    note = (
        f"`code` `{code}` has only common words, and all CSS classes begin with it: they may match elements"
        f" of the CRM; a name of your own is safe, such as acme_{code}"
    )
    assert notes_of(shell, folder) == [note] * is_noted
    codes = {
        found["code"] for found in json.loads(shell("check", folder, "--format", "json").out)["findings"]
    }
    assert ("C102" in codes) == is_noted
