"""`kommo-widget check` as a user sees it: exit codes, formats, the project's record, waivers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest

from scaffold.files.zips import to_zip
from tests.check.clean import clean_widget
from tests.check.disk import put
from tests.check.edits import edited
from tests.check.sarif_schema import SCHEMA
from tests.shell import Shell

ERROR = "script.js replace\n    - define(\n    + ldefine("
WARNING = "script.js inside\n    eval(self.a);"


@pytest.mark.parametrize(
    ("edits", "code"),
    [("", 0), ('manifest.json {"widget": {"support": null}}', 0), (WARNING, 0), (ERROR, 1)],
    ids=["clean", "info", "warning", "error"],
)
def test_only_errors_make_the_exit_code_1(shell: Shell, edits: str, code: int) -> None:
    put(shell.folder / "w", edits)
    assert shell("check", "w").code == code


def test_the_current_folder_is_checked_by_default(shell: Shell) -> None:
    put(shell.folder)
    assert shell("check").out == ".: no findings\n"
    put(shell.folder, ERROR)
    lines = shell("check").out.splitlines()
    assert (lines[0], lines[-1]) == ("script.js", ".: 1 error")


def test_text_shows_the_line(shell: Shell) -> None:
    put(shell.folder / "w", ERROR)
    assert shell("check", "w").out.splitlines() == [
        "w/script.js",
        "      1:1  error    S104 the script never calls `define`",
        "        1 | ldefine(['jquery'], function ($) {",
        "          | ^",
        "          = wrap it in define([...], function () {...})",
        "",
        "w: 1 error",
    ]


def test_json_has_the_documented_shape(shell: Shell) -> None:
    put(shell.folder / "w", ERROR)
    assert json.loads(shell("check", "w", "--format", "json").out) == {
        "target": "w",
        "profile": "private",
        "platform": "kommo",
        "findings": [
            {
                "code": "S104",
                "slug": "no-define",
                "severity": "error",
                "path": "script.js",
                "line": 1,
                "column": 1,
                "message": "the script never calls `define`",
                "hint": "wrap it in define([...], function () {...})",
                "fixable": False,
            }
        ],
        "summary": {"error": 1, "warning": 0, "info": 0, "fixable": 0, "waived": {"count": 0, "codes": []}},
    }


def test_many_paths_give_many_runs(shell: Shell) -> None:
    put(shell.folder / "a")
    put(shell.folder / "b", ERROR)
    (shell.folder / "c.zip").write_bytes(to_zip(clean_widget()))
    result = shell("check", "a", "b", "c.zip", "--format=json")
    assert result.code == 1
    runs = json.loads(result.out)["runs"]
    assert [(run["target"], run["summary"]["error"]) for run in runs] == [("a", 0), ("b", 1), ("c.zip", 0)]


MISSING = {
    "message": "cannot read nope: no such file or directory",
    "hint": "give a widget's folder or zip",
    "details": [],
}


def test_an_unreadable_path_is_an_error(shell: Shell) -> None:
    result = shell("check", "nope")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"error: {MISSING['message']}\nhint: {MISSING['hint']}\n"
    result = shell("check", "nope", "--format", "json")
    assert (result.code, json.loads(result.out)) == (2, {"error": MISSING})


def test_other_paths_are_checked_beside_an_unreadable_one(shell: Shell) -> None:
    put(shell.folder / "w", ERROR)
    result = shell("check", "nope", "w", "--format", "json")
    assert result.code == 2
    missing, checked = json.loads(result.out)["runs"]
    assert missing == {"error": MISSING}
    assert checked["summary"]["error"] == 1
    result = shell("check", "nope", "w")
    assert result.code == 2
    assert "error: cannot read nope" in result.err
    assert "w: 1 error" in result.out


UNREADABLE = [
    ("no-zip", b"nothing like a zip", "cannot read w.zip: not a zip, or a truncated one"),
    ("truncated", to_zip(clean_widget())[:-30], "cannot read w.zip: not a zip, or a truncated one"),
]


@pytest.mark.parametrize(("data", "message"), [r[1:] for r in UNREADABLE], ids=[r[0] for r in UNREADABLE])
def test_a_file_that_is_not_a_zip_is_an_error(shell: Shell, data: bytes, message: str) -> None:
    (shell.folder / "w.zip").write_bytes(data)
    result = shell("check", "w.zip")
    assert (result.code, result.err.splitlines()[0]) == (2, f"error: {message}")


def test_a_folder_without_a_widget_is_a_finding(shell: Shell) -> None:
    (shell.folder / "w").mkdir()
    result = shell("check", "w")
    assert result.code == 1
    assert "A101 there is no manifest.json at the root" in result.out


@pytest.mark.parametrize(
    ("flags", "codes"),
    [
        (["--select", "S"], ["S104", "S120"]),
        (["--select", "s104,A"], ["S104"]),
        (["--select", "S", "--select", "A", "--ignore", "S1"], []),
        (["--ignore", "S104", "--ignore", "S120"], []),
    ],
    ids=["family", "several-by-comma", "ignore-wins", "ignored"],
)
def test_select_and_ignore_choose_the_rules(shell: Shell, flags: list[str], codes: list[str]) -> None:
    put(shell.folder / "w", f"{ERROR}\n{WARNING}")
    findings = json.loads(shell("check", "w", "--format", "json", *flags).out)["findings"]
    assert [finding["code"] for finding in findings] == codes


def test_an_unknown_code_is_an_error(shell: Shell) -> None:
    put(shell.folder / "w")
    result = shell("check", "w", "--select", "Z9")
    assert result.code == 2
    assert result.err.startswith("error: unknown rule code `Z9`\nhint: give a code such as M101")


def profile(shell: Shell, *args: str) -> tuple[str, str]:
    document = json.loads(shell("check", *args, "--format", "json").out)
    return document["profile"], document["platform"]


def test_profile_and_platform_come_from_the_flags(shell: Shell) -> None:
    put(shell.folder / "w")
    assert profile(shell, "w") == ("private", "kommo")
    assert profile(shell, "w", "--profile", "public", "--platform", "amocrm") == ("public", "amocrm")


@pytest.mark.parametrize("target", ["w", "w/widget", "w/widget.zip"])
def test_profile_and_platform_come_from_the_record_without_flags(shell: Shell, target: str) -> None:
    put(shell.folder / "w", record="public: true\nplatform: amocrm\n")
    (shell.folder / "w" / "widget.zip").write_bytes(to_zip(clean_widget()))
    assert profile(shell, target) == ("public", "amocrm")
    assert profile(shell, target, "--profile", "private") == ("private", "amocrm")
    assert profile(shell, target, "--platform", "kommo") == ("public", "kommo")


@pytest.mark.parametrize("target", ["w", "w/widget", "w/widget.zip"])
def test_an_endpoint_is_looked_for_in_the_projects_back_end(shell: Shell, target: str) -> None:
    put(shell.folder / "w", "* with sms", record="public: false\n")
    (shell.folder / "w" / "widget.zip").write_bytes(to_zip(edited("* with sms").tree))
    assert shell("check", target).out.endswith(": no findings\n")
    served = shell.folder / "w" / "backend" / "public"
    served.mkdir(parents=True)
    assert "E108 `sms.endpoint` calls `sms.php`" in shell("check", target).out
    (served / "sms.php").touch()
    assert shell("check", target).out.endswith(": no findings\n")


def test_a_broken_record_is_reported_with_its_place(shell: Shell) -> None:
    put(shell.folder / "w", record="public: true\n: [\n")
    result = shell("check", "w")
    assert result.code == 2
    assert result.err.splitlines()[0] == "error: the project's record is invalid"
    assert f"{Path('w').resolve()}/.kommo-widget/answers.yml:" in result.err


def test_waived_findings_do_not_fail_the_check(shell: Shell) -> None:
    put(shell.folder / "w", f"{ERROR}\n{WARNING}")
    waivers = '[[check.waivers]]\ncode = "S104"\npath = "script.*"\nreason = "loaded by another way"\n'
    (shell.folder / "w" / ".kommo-widget.toml").write_text(waivers)
    result = shell("check", "w", "--format", "json")
    assert result.code == 0
    document = json.loads(result.out)
    assert [finding["code"] for finding in document["findings"]] == ["S120"]
    assert document["summary"]["waived"] == {"count": 1, "codes": ["S104"]}
    assert shell("check", "w", "--ignore", "S120").out == "w: no findings, 1 waived (S104)\n"
    assert shell("check", "w", "--ignore", "S120", "--format", "github").out == (
        "::notice title=waived::w: 1 finding waived (S104)\n"
    )
    results = json.loads(shell("check", "w", "--format", "sarif").out)["runs"][0]["results"]
    assert {result["ruleId"]: result.get("suppressions") for result in results} == {
        "S104": [{"kind": "external", "justification": "loaded by another way"}],
        "S120": None,
    }


@pytest.mark.parametrize("command", [["check"], ["pack"]], ids=lambda command: command[0])
def test_waivers_can_be_ignored(shell: Shell, command: list[str]) -> None:
    put(shell.folder / "w", ERROR)
    (shell.folder / "w" / ".kommo-widget.toml").write_text(
        '[[check.waivers]]\ncode = "S"\nreason = "all of it"\n'
    )
    assert shell(*command, "w").code == 0
    assert shell(*command, "w", "--no-waivers").code == 1


UNUSABLE = [
    ("no-manifest", "manifest.json absent", "A101"),
    ("broken-manifest", 'manifest.json "{"', "M101"),
    ("no-name", 'manifest.json {"widget": {"name": null}}', "M110"),
    ("no-texts", "i18n/es.json absent", "I101"),
    ("no-logo", "images/logo.png absent", "G101"),
]


@pytest.mark.parametrize(("edits", "code"), [row[1:] for row in UNUSABLE], ids=[row[0] for row in UNUSABLE])
def test_a_fault_that_makes_the_archive_unusable_cannot_be_waived(
    shell: Shell, edits: str, code: str
) -> None:
    put(shell.folder / "w", edits)
    waived = "".join(f'[[check.waivers]]\ncode = "{family}"\nreason = "x"\n' for family in "ACEGILMPS")
    (shell.folder / "w" / ".kommo-widget.toml").write_text(waived)
    result = shell("check", "w", "--format", "json")
    assert code in [finding["code"] for finding in json.loads(result.out)["findings"]]
    packed = shell("pack", "w")
    assert (result.code, packed.code) == (1, 1)
    assert not (shell.folder / "w" / "widget.zip").exists()


def test_a_huge_waiver_file_is_refused(shell: Shell) -> None:
    put(shell.folder / "w")
    with (shell.folder / "w" / ".kommo-widget.toml").open("wb") as file:
        file.truncate(3_000_000_000)
    result = shell("check", "w")
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        f"error: {Path('w') / '.kommo-widget.toml'} has more than 1,048,576 bytes",
    )


def test_a_faulty_waiver_is_reported_with_its_line(shell: Shell) -> None:
    put(shell.folder / "w")
    (shell.folder / "w" / ".kommo-widget.toml").write_text('[[check.waivers]]\ncode = "S1"\n')
    result = shell("check", "w")
    assert result.code == 2
    file = Path("w") / ".kommo-widget.toml"
    assert result.err.splitlines()[:2] == [
        f"error: {file} is invalid",
        f"{file}:1:1: the waiver has no `reason`",
    ]


@pytest.mark.parametrize("target", ["w", "w/widget"])
def test_paths_for_people_and_ci_are_relative_to_the_current_folder(shell: Shell, target: str) -> None:
    put(shell.folder / "w", ERROR, record="public: false\n")
    assert shell("check", target).out.splitlines()[0] == "w/widget/script.js"
    line = shell("check", target, "--format", "github").out
    assert line.startswith("::error file=w/widget/script.js,line=1,col=1,title=S104 no-define::the script")
    (run,) = json.loads(shell("check", target, "--format", "sarif").out)["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "w/widget/script.js"


def test_sarif_of_many_widgets_is_valid(shell: Shell) -> None:
    put(shell.folder / "a", f"{ERROR}\n{WARNING}")
    put(shell.folder / "b b", "* into sub folder")
    log = json.loads(shell("check", "a", "b b", "--format", "sarif").out)
    jsonschema_rs.validate(SCHEMA, log)
    assert len(log["runs"]) == 2


def test_explain_prints_the_docstring_of_the_rule(shell: Shell) -> None:
    out = shell("check", "--explain", "s104").out
    assert out.startswith("S104 no-define: Missing call to `define`\n")
    assert "\nSeverity: error\n" in out
    assert all(f"\n{section}:\n" in out for section in ("What", "Why", "Source", "Bad", "Good"))
    assert shell("check", "--explain", "no-define").out == out
    assert json.loads(shell("check", "--explain", "S104", "--format", "json").out)["slug"] == "no-define"


def test_explain_shows_profiles_and_fixes(shell: Shell) -> None:
    assert "\nSeverity: warning (public)\n" in shell("check", "--explain", "P101").out
    assert "\nFix: sometimes, with `check --fix`\n" in shell("check", "--explain", "M113").out


def test_explain_suggests_a_rule_for_an_unknown_name(shell: Shell) -> None:
    result = shell("check", "--explain", "no-defin")
    assert result.code == 2
    assert result.err.startswith("error: unknown rule `no-defin`, did you mean `no-define`?")


LETTERS = "script.js before\n    var ключ = {a: 1,, b: 2};"


@pytest.mark.parametrize("encoding", [None, "cp1252"], ids=str)
def test_letters_that_the_output_lacks_are_escaped(tmp_path: Path, encoding: str | None) -> None:
    put(tmp_path, LETTERS)
    given = {key: value for key, value in os.environ.items() if key != "PYTHONIOENCODING"}
    environment = given | {"PYTHONUTF8": "0"} | ({"PYTHONIOENCODING": encoding} if encoding else {})
    command = [sys.executable, "-m", "scaffold", "check"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    word = "ключ".encode() if encoding is None else rb"\u043a\u043b\u044e\u0447"
    assert b"var " + word in done.stdout
