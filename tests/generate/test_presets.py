"""Presets: each makes a widget without questions, whose only errors are the gaps that it names."""

import json

import pytest
import yaml

from scaffold.generate import presets
from tests.shell import Shell

EVERY = pytest.mark.parametrize("name", presets.names())


@EVERY
def test_the_only_errors_are_answers_left_for_later(name: str, shell: Shell) -> None:
    made = shell("new", "acme", "--preset", name)
    assert made.code == 0, made.err
    checked = json.loads(shell("check", "acme", "--format", "json").out)
    gaps = made.err.count(", which check reports until then: ")
    assert (checked["summary"]["error"], checked["summary"]["warning"]) == (gaps, 0)


@EVERY
def test_a_preset_is_an_answers_file_with_its_purpose(name: str, shell: Shell) -> None:
    printed = shell("presets", name).out
    assert printed.startswith(f"# {presets.names()[name]}\n")
    (shell.folder / "answers.yml").write_text(printed, encoding="utf-8")
    shell("new", "one", "--answers", "answers.yml", "--set", "code=acme")
    shell("new", "two", "--preset", name, "--set", "code=acme")
    assert shell.files("one") == shell.files("two")


@EVERY
def test_a_preset_has_texts_areas_and_the_installation_window(name: str) -> None:
    plain = yaml.safe_load(presets.path(name).read_text(encoding="utf-8"))
    assert {"name", "short_description", "description", "areas"} <= set(plain)
    assert "settings" in plain["areas"]


def test_presets_are_listed(shell: Shell) -> None:
    assert [line.split()[0] for line in shell("presets").out.splitlines()] == list(presets.names())
    assert json.loads(shell("presets", "--json").out) == {"presets": presets.names()}
    assert {"voip", "sms", "pipeline", "salesbot", "cards"} <= set(presets.names())


def test_set_overrides_the_preset(shell: Shell) -> None:
    shell("new", "w", "--preset", "sms", "--set", "sms.endpoint=https://a.acme.example/sms.php")
    manifest = json.loads(shell.files("w")["widget/manifest.json"])
    assert manifest["sms"]["endpoint"] == "https://a.acme.example/sms.php"


def test_an_unknown_preset_gets_a_suggestion(shell: Shell) -> None:
    result = shell("new", "w", "--preset", "voipp")
    assert (result.code, result.err.splitlines()[0]) == (
        2,
        "error: no preset is called `voipp`, did you mean `voip`?",
    )


def test_two_sources_of_answers_are_refused(shell: Shell) -> None:
    assert shell("new", "w", "--preset", "sms", "--answers", "a.yml").code == 2
