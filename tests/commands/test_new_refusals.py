"""What `kommo-widget new` refuses, with which message, and that it then writes nothing."""

import json

import pytest

from tests.shell import Shell

WAYS = "hint: give --answers FILE, --defaults, or --set KEY=VALUE for each; on a terminal you are asked\n"

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
        "error: cannot read `nope.yml`: no such file or directory\nhint: give an answers file\n"
    )),
    "occupied": (["new", "occupied", "--defaults"], (
        "error: `occupied` exists and is not empty\n"
        "hint: choose another name, or replace its generated files with --force\n"
    )),
    "file": (["new", "file.txt", "--defaults"], (
        "error: `file.txt` is a file\nhint: choose another name\n"
    )),
    "link": (["new", "link", "--defaults"], (
        "error: `link` is a symbolic link\nhint: give the folder that it points to\n"
    )),
    "below-a-file": (["new", "file.txt/demo", "--defaults"], (
        "error: cannot write `file.txt/demo`: not a directory\n"
        "hint: choose a folder that can be written, or free disk space\n"
    )),
    "diff-alone": (["new", "demo", "--defaults", "--diff"], (
        "error: --diff requires --dry-run\nhint: see `kommo-widget new --help`\n"
    )),
    "unknown-option": (["new", "demo", "--default"], (
        "error: no such option `--default`, did you mean `--defaults`?\n"
        "hint: see `kommo-widget new --help`\n"
    )),
    "far-option": (["new", "demo", "--zzz"], (
        "error: no such option `--zzz`\nhint: see `kommo-widget new --help`\n"
    )),
    "answer-as-option": (["new", "demo", "--area", "lcard"], (
        "error: no such option `--area`: answers are given as `--set areas=lcard-1,settings`\n"
        "hint: see `kommo-widget new --help`\n"
    )),
    "answer-as-option-quoted": (["new", "--name", "Acme"], (
        "error: no such option `--name`: answers are given as `--set 'name=Acme leads'`\n"
        "hint: see `kommo-widget new --help`\n"
    )),
    "no-subcommand": (["template"], None),
    "two-sources": (["new", "--preset", "voip", "--answers", "a.yml"], (
        "error: --preset and --answers exclude each other\n"
        "hint: see `kommo-widget new --help`\n"
    )),
    "unknown-preset": (["new", "--preset", "voi"], (
        "error: no preset is called `voi`, did you mean `voip`?\n"
        "hint: presets: cards, pipeline, salesbot, sms, voip\n"
    )),
    "set-without-value": (["new", "demo", "--defaults", "--set", "name"], (
        "error: the answers have a fault\n--set name: needs a value: `--set KEY=VALUE`\n"
    )),
    "unknown-rule": (["check", ".", "--select", "X999"], (
        "error: unknown rule code `X999`\n"
        "hint: give a code such as M101, or a family: A, C, E, G, I, L, M, P, S\n"
    )),
    "unknown-command": (["nwe"], (
        "error: no such command `nwe`, did you mean `new`?\nhint: see `kommo-widget --help`\n"
    )),
    "stdin-twice": (["new", "--answers", "-", "--answers", "-"], (
        "error: standard input can be read only once: give `--answers -` once\n"
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


def test_all_faults_of_a_file_are_reported_with_their_places(shell: Shell) -> None:
    text = "areas: [lcrd-1, sms]\nlocals: [en]\nversion: 1.0\n"
    (shell.folder / "a.yml").write_text(text, encoding="utf-8")
    result = shell("new", "demo", "--answers", "a.yml")
    assert result.code == 2
    assert [line.split(": ")[0] for line in result.err.splitlines()[1:]] == [
        "a.yml:1:9", "a.yml:1:17", "a.yml:2:1", "a.yml:3:10",
    ]  # fmt: skip
    assert shell.files() == {"a.yml": text.encode()}
