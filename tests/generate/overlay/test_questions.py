"""The questions of a template: answered in a file, on the command line or by default, and their faults."""

import json
from pathlib import Path
from typing import Any

import pytest

from scaffold.generate.overlay.context import FACTS
from tests.generate.overlay import templates
from tests.generate.overlay.conftest import Runner

VARIABLES = {
    "who": "Jane",
    "slug": "{{ cookiecutter.who | lower }}",
    "license": ["MIT", "BSD"],
    "docker": True,
    "port": 8080,
    "extra": {"a": "1"},
    "empty": "",
    "_private": "p",
    "__computed": "{{ cookiecutter.slug }}!",
    "name": "Plain",
    "version": "0.1.0",
    "platform": ["linux", "macos"],
}
TEXT = " ".join(f"{name}={{{{ cookiecutter.{name} }}}}" for name in VARIABLES)
ALL = (
    "who: Ann\n    license: BSD\n    docker: false\n    port: 80\n"
    "    extra: {b: 2}\n    empty: x\n    platform: linux"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return templates.write(tmp_path / "ours", VARIABLES, {"NOTES.md": TEXT})


def given(runner: Runner, template: str, *args: str) -> Any:
    """Run `new` with an answers file; the members of `template` begin in its fifth line."""
    text = f"code: acme_leads\nname: Acme leads\nareas: [settings]\ntemplate:\n{template}\n"
    (runner.folder / "a.yml").write_text(text, encoding="utf-8")
    return runner("new", "demo", "--answers", "a.yml", *args)


def notes(runner: Runner) -> str:
    return runner.files("demo")["NOTES.md"].decode()


@pytest.mark.usefixtures("source")
def test_the_defaults_of_the_template_are_used(runner: Runner) -> None:
    result = runner("new", "demo", "--defaults", "--set", "name=Acme leads", "--template", "ours")
    assert result.code == 0, result.err
    assert notes(runner) == (
        "who=Jane slug=jane license=MIT docker=True port=8080 extra={'a': '1'} empty= _private=p"
        " __computed=jane! name=Acme leads version=1.0.0 platform=linux"
    )


@pytest.mark.usefixtures("source")
def test_answers_are_read_from_a_file(runner: Runner) -> None:
    result = given(runner, f"  source: ours\n  answers:\n    {ALL}")
    assert result.code == 0, result.err
    assert notes(runner) == (
        "who=Ann slug=ann license=BSD docker=False port=80 extra={'a': '1', 'b': 2} empty=x _private=p"
        " __computed=ann! name=Acme leads version=1.0.0 platform=linux"
    )


@pytest.mark.usefixtures("source")
def test_answers_on_the_command_line_override_a_file(runner: Runner) -> None:
    answers = ["who=Eve", "docker=true", "extra={c: 3}", "version=9", "slug=true"]
    options = [part for answer in answers for part in ("--set", f"template.answers.{answer}")]
    result = given(runner, f"  source: ours\n  answers:\n    {ALL}", *options)
    assert result.code == 0, result.err
    assert notes(runner).startswith(
        "who=Eve slug=true license=BSD docker=True port=80 extra={'a': '1', 'c': 3}"
    )
    assert "name=Acme leads version=9 " in notes(runner)


FAULTS = {
    "unknown": (f"  source: ours\n  answers:\n    whoo: x\n    {ALL[9:].lstrip()}", [
        "a.yml:7:5: `template.answers.whoo` is not a question of the template, did you mean `who`?",
    ]),
    "private": (f"  source: ours\n  answers:\n    _private: x\n    {ALL}", [
        "a.yml:7:5: `template.answers._private` is private to the template:"
        " names that start with an underscore cannot be answered",
    ]),
    "types": ("  source: ours\n  answers: {who: 5, license: [MIT], docker: yes, port: x, extra: 1,"
              " empty: true, platform: windows}", [
        "a.yml:6:18: `template.answers.who` must be text: quote `5`",
        "a.yml:6:30: `template.answers.license` must be `MIT` or `BSD`",
        "a.yml:6:45: `template.answers.docker` must be true or false, not the text `yes`",
        "a.yml:6:66: `template.answers.extra` must be a map, such as {key: value}",
        "a.yml:6:76: `template.answers.empty` must be text: quote `true`",
        "a.yml:6:92: `template.answers.platform` cannot be `windows`: use `linux` or `macos`",
    ]),
    "missing": ("  source: ours\n  answers: {who: x, license: MIT, docker: true, extra: {}, empty: ''}", [
        "a.yml:6:3: `template.answers.port` is missing (default: `8080`):"
        " answer it, or accept the template's defaults with --defaults",
        "a.yml:6:3: `template.answers.platform` is missing (default: `linux`):"
        " answer it, or accept the template's defaults with --defaults",
    ]),
    "no-map": ("  source: ours\n  answers: [x]", [
        "a.yml:6:12: `template.answers` must be a map from the template's variables to answers",
    ]),
    "unknown-member": ("  source: ours\n  anwers: {}", [
        "a.yml:6:3: unknown key `template.anwers`, did you mean `answers`?",
    ]),
    "no-source": ("  answers: {who: x}", [
        "a.yml:4:1: `template` has no `source`: add `source: gh:acme/widget-template`, or give --template",
    ]),
    "secret": ("  source: https://jane:secret@acme.example/ours.git", [
        "a.yml:5:11: `template.source` must not contain a user name or password:"
        " it is recorded in the widget",
    ]),
    "option": ("  source: ours\n  checkout: --upload-pack=x", [
        "a.yml:6:13: `template.checkout` must be a branch, a tag or a commit of its repository,"
        " not `--upload-pack=x`",
    ]),
}  # fmt: skip


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_reported_with_its_place(name: str, runner: Runner) -> None:
    template, lines = FAULTS[name]
    result = given(runner, template)
    missing = "is missing" if name != "missing" else "none"
    assert result.code == 2
    reported = [line for line in result.err.splitlines() if line.startswith("a.yml")]
    assert [line for line in reported if missing not in line] == lines
    assert runner.nothing_is_left()


@pytest.mark.usefixtures("source")
def test_faults_of_the_widget_are_reported_with_those_of_the_template(runner: Runner) -> None:
    result = given(runner, "  source: ours\n  answers: {whoo: x}\nversion: 1.0", "--defaults")
    assert [line.partition(": ")[0] for line in result.err.splitlines()[1:]] == ["a.yml:6:13", "a.yml:7:10"]


@pytest.mark.usefixtures("source")
def test_missing_answers_are_named_without_a_file(runner: Runner) -> None:
    result = runner("new", "demo", "--set", "areas=settings", "--template", "ours")
    assert result.code == 2
    assert result.err.splitlines()[1] == (
        "`template.answers.who` is missing (default: `Jane`):"
        " answer it, or accept the template's defaults with --defaults"
    )


@pytest.mark.usefixtures("source")
def test_the_option_overrides_the_template_in_the_file(runner: Runner) -> None:
    other = templates.write(
        runner.folder / "other", {"who": "x"}, {"NOTES.md": "other {{ cookiecutter.who }}"}
    )
    template = f"  source: ours\n  checkout: v1\n  sha256: {'0' * 64}\n  answers: {{who: Ann}}"
    result = given(runner, template, "--template", str(other))
    assert result.code == 0, result.err
    assert notes(runner) == "other Ann"


@pytest.mark.parametrize("option", ["--trust", "--checkout"])
def test_options_that_need_a_template_are_refused_without_one(option: str, runner: Runner) -> None:
    value = ["v1"] if option == "--checkout" else []
    result = runner("new", "demo", "--defaults", option, *value)
    assert result.code == 2
    assert "--template" in result.err


JSON_FAULTS = {
    "comment": ('{"a": "b" // c\n}', "cookiecutter.json:1:11: comments are not allowed in JSON"),
    "cut": ('{"a":', "cookiecutter.json:1:6: expected a value, found the end of the file"),
}


@pytest.mark.parametrize("name", JSON_FAULTS)
def test_an_invalid_cookiecutter_json_is_reported(name: str, source: Path, runner: Runner) -> None:
    text, line = JSON_FAULTS[name]
    (source / "cookiecutter.json").write_text(text)
    result = runner("new", "demo", "--defaults", "--template", "ours")
    assert result.err.splitlines()[:2] == ["error: the template's cookiecutter.json is not valid JSON", line]


def test_several_templates_in_one_source_are_a_choice(runner: Runner) -> None:
    for name in ("small", "large"):
        templates.write(
            runner.folder / "several" / name, {"who": name}, {"NOTES.md": "{{ cookiecutter.who }}"}
        )
    menu = {"templates": {name: {"path": name, "title": name} for name in ("small", "large")}}
    (runner.folder / "several" / "cookiecutter.json").write_text(json.dumps(menu))
    assert runner("new", "demo", "--defaults", "--template", "several").code == 0
    assert notes(runner) == "small"
    result = given(runner, "  source: several\n  answers: {template: largo, who: x}")
    assert "a.yml:6:23: `template.answers.template` cannot be `largo`, did you mean `large`?" in result.err


def test_a_template_that_names_a_folder_outside_itself_is_refused(runner: Runner) -> None:
    (runner.folder / "ours").mkdir()
    menu = {"templates": {"a": {"path": "../elsewhere"}}}
    (runner.folder / "ours" / "cookiecutter.json").write_text(json.dumps(menu))
    result = runner("new", "demo", "--defaults", "--template", "ours")
    assert result.err.startswith("error: the template names a folder outside itself: `../elsewhere`\n")


def test_templates_get_every_fact_of_the_context(runner: Runner) -> None:
    text = "\n".join(f"{fact.name}: {{{{ cookiecutter.{fact.name} | tojson }}}}" for fact in FACTS)
    templates.write(runner.folder / "ours", {}, {"NOTES.md": text})
    answers = (
        "locales=es,en", "areas=lcard-1,digital_pipeline,settings", "support.email=a@acme.example",
        "digital_pipeline.webhook_url=https://hooks.acme.example/",
    )  # fmt: skip
    options = [part for answer in answers for part in ("--set", answer)]
    assert runner("new", "acme", "--defaults", "--template", "ours", *options).code == 0
    lines = runner.files("acme")["NOTES.md"].decode().splitlines()
    facts = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in lines)}
    assert facts["code"] == "acme"
    assert facts["areas"] == ["lcard-1", "digital_pipeline", "settings"]
    assert facts["area_codes"] == ["lcard", "digital_pipeline", "settings"]
    assert facts["locales"] == ["es", "en"]
    assert facts["callbacks"][:3] == ["render", "init", "bind_actions"]
    assert "dpSettings" in facts["callbacks"]
    assert facts["backend"] == "self_hosted"
    assert facts["texts"]["es"]["name"] == facts["name"]
    assert facts["manifest"] == json.loads(runner.files("acme")["widget/manifest.json"])
    assert facts["answers"]["support"] == {"email": "a@acme.example"}
    assert "template" not in facts["answers"]
