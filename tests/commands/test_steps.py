"""What `new` prints at the end: the steps to the upload, and the command that repeats the run."""

import shlex
from pathlib import Path

import pytest

from scaffold.generate.answers.reading import draft_of
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.validate import complete
from scaffold.generate.next_steps import next_steps, repeat_command
from tests.cases import BY_NAME, USUAL, Case, answers_for, answers_of

DEST = Path("acme_leads")


def _repeated(command: str) -> Answers:
    """Return the answers that a command of `repeat_command` gives."""
    program, new, dest, flag, *options = shlex.split(command)
    assert (program, new, flag) == ("kommo-widget", "new", "--defaults")
    assert options[::2] == ["--set"] * (len(options) // 2)
    return complete(draft_of(None, options[1::2], defaults=True, folder_name=Path(dest).name))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in USUAL])
def test_repeat_command_gives_the_same_answers(case: Case) -> None:
    assert _repeated(repeat_command(case.answers, DEST)) == case.answers


@pytest.mark.parametrize(
    ("dest", "plain", "command"),
    [
        pytest.param(
            "demo", {"code": "demo", "areas": ["lcard", "settings"]},
            "kommo-widget new demo --defaults", id="defaults",
        ),
        pytest.param(
            "my folder/demo", {"code": "demo", "areas": ["lcard-0"], "name": "Bob's \"leads\""},
            "kommo-widget new 'my folder/demo' --defaults"
            """ --set 'name=Bob'"'"'s "leads"' --set areas=lcard-0""",
            id="quoted",
        ),
        pytest.param(
            "demo", {"code": "other", "locales": ["en", "es"], "areas": ["settings"],
                     "name": {"en": "Leads", "es": "Prospectos"}},
            "kommo-widget new demo --defaults --set code=other --set locales=en,es --set name.en=Leads"
            " --set name.es=Prospectos --set areas=settings",
            id="texts by locale",
        ),
    ],
)  # fmt: skip
def test_repeat_command_names_only_what_differs_from_the_defaults(
    dest: str, plain: dict[str, object], command: str
) -> None:
    assert repeat_command(answers_of(plain), Path(dest)) == command


def test_repeat_command_takes_a_logo_from_the_project(tmp_path: Path) -> None:
    (tmp_path / ".kommo-widget").mkdir()
    (tmp_path / ".kommo-widget" / "logo.png").write_bytes(b"a picture")
    answers = answers_of(answers_for("settings", logo=str(tmp_path / ".kommo-widget" / "logo.png")))
    assert _repeated(repeat_command(answers, tmp_path)) == answers


def test_repeat_command_names_the_record_if_the_answers_are_long() -> None:
    answers = answers_of(answers_for("settings", description="long " * 1000))
    command = repeat_command(answers, DEST)
    assert command == "kommo-widget new DEST --answers acme_leads/.kommo-widget/answers.yml"


def test_steps_lead_from_the_preview_to_the_upload() -> None:
    assert next_steps(BY_NAME["minimal"].answers, Path("out/acme leads")) == [
        "see it in a browser, without an account: kommo-widget preview 'out/acme leads'",
        "fill in 'out/acme leads'/widget/script.js, where each callback has a small working example",
        "find everything that would stop the upload: kommo-widget check 'out/acme leads'",
        "make the archive: kommo-widget pack 'out/acme leads'",
        "upload it in the CRM: 'out/acme leads'/README.md explains where and how",
    ]


@pytest.mark.parametrize(
    ("case", "steps"),
    [
        pytest.param(
            "digital-pipeline",
            [
                "generate the webhook's secret: SECRET=$(php -r 'echo bin2hex(random_bytes(24));')",
                'set it on both sides: php acme_leads/backend/bin/set_secret.php "$SECRET"',
                "fill in acme_leads/backend/handlers/digital_pipeline.php,"
                " and serve acme_leads/backend/public",
            ],
            id="self-hosted back end",
        ),
        pytest.param(
            "widget-php",
            ["fill in acme_leads/widget/digital_pipeline_handler.php, which the platform runs"],
            id="platform-hosted back end",
        ),
        pytest.param(
            "sms",
            [
                "fill in acme_leads/backend/handlers/sms.php, and serve it before the upload, which calls it",
            ],
            id="sms",
        ),
        pytest.param(
            "mobile_card",
            ["fill in the page of the mobile app: acme_leads/backend/handlers/mobile.php"],
            id="mobile page",
        ),
        pytest.param(
            "handlers",
            [
                "set SALESBOT_URL, the address of your salesbot.php, in acme_leads/widget/script.js",
                "fill in what a Salesbot gets back: acme_leads/backend/handlers/salesbot.php",
            ],
            id="Salesbot without a known server",
        ),
        pytest.param(
            "exits",
            [
                "fill in what a Salesbot gets back: acme_leads/backend/handlers/salesbot.php",
                "fill in what the script can request: acme_leads/backend/handlers/card.php",
            ],
            id="Salesbot",
        ),
    ],
)
def test_steps_name_what_an_area_needs_on_a_server(case: str, steps: list[str]) -> None:
    plain = next_steps(BY_NAME["minimal"].answers, DEST)
    assert next_steps(BY_NAME[case].answers, DEST) == [*plain[:2], *steps, *plain[2:]]
