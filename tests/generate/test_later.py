"""Answers left for later: gaps that the record, the README, the next steps and `check` all name."""

import json
from pathlib import Path

import pytest

from scaffold.generate.answers.blocks import LATER
from scaffold.generate.next_steps import next_steps
from scaffold.generate.render import render
from tests.cases import answers_for, answers_of
from tests.shell import Shell

GAPS = {
    "digital_pipeline.webhook_url": ("digital_pipeline", ("dp", "webhook_url")),
    "sms.endpoint": ("sms", ("sms", "endpoint")),
    "mobile_card.frame_url": ("mobile_card", ("mobile", "frame_url")),
}


@pytest.mark.parametrize("key", GAPS)
def test_check_reports_an_address_left_for_later(key: str, shell: Shell) -> None:
    area, (block, member) = GAPS[key]
    made = shell("new", "w", "--set", f"areas={area}", "--set", f"{key}={LATER}", "--defaults")
    assert made.code == 0
    manifest = json.loads(shell.files("w")["widget/manifest.json"])
    assert manifest[block][member] == LATER
    checked = shell("check", "w", "--format", "json")
    errors = [f for f in json.loads(checked.out)["findings"] if f["severity"] == "error"]
    assert (checked.code, [error["pointer"] for error in errors]) == (1, [f"/{block}/{member}"])
    assert f"fill in {key}" in made.err


def test_the_id_of_a_list_left_for_later_is_a_gap_in_the_script() -> None:
    answers = answers_of(answers_for("catalogs", "settings") | {"catalogs": {"list_id": LATER}})
    tree = render(answers)
    assert "  const LIST_ID = 0;\n" in tree.text("widget/script.js")
    assert "- `catalogs.list_id`: in `widget/script.js`, `LIST_ID`\n" in tree.text("README.md")
    assert any(step.startswith("fill in catalogs.list_id") for step in next_steps(answers, Path("w")))


def test_the_record_keeps_later_and_repeats_the_run(shell: Shell) -> None:
    shell("new", "w", "--set", "areas=sms", "--set", "sms.endpoint=later", "--defaults")
    assert "  endpoint: later\n" in shell.files("w")[".kommo-widget/answers.yml"].decode()
    assert shell("new", "again", "--answers", "w/.kommo-widget/answers.yml").code == 0
    assert shell.files("w") == shell.files("again")


def test_no_command_of_the_readme_calls_a_server_named_later() -> None:
    plain = answers_for("sms", "mobile_card", "digital_pipeline")
    for key, (area, _) in GAPS.items():
        plain[area] = {key.partition(".")[2]: LATER}
    readme = render(answers_of(plain)).text("README.md")
    assert "https://YOUR-SERVER/sms.php" in readme
    assert f"`{LATER}`" not in readme


@pytest.mark.parametrize("word", ["Later", "LATER", "later ", "soon"])
def test_other_words_are_not_accepted_as_later(word: str, shell: Shell) -> None:
    result = shell("new", "w", "--set", "areas=sms", "--set", f"sms.endpoint={word}", "--defaults")
    assert (result.code, "must be an address that starts with https://" in result.err) == (2, True)
