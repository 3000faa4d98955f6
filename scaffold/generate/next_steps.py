"""What to do after `new`: the next steps, and the command that makes the same widget again."""

from collections.abc import Iterator
from pathlib import Path

from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.dump import plain
from scaffold.generate.answers.gaps import gaps
from scaffold.generate.answers.kinds.picture import Picture
from scaffold.generate.answers.kinds.text import Text
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.answers.resolve import recorded_value_of, with_starters
from scaffold.kommo.areas import BY_CODE
from scaffold.project import layout
from scaffold.text import shell_command

_HANDLER_STEPS: dict[str, str] = {
    "sms": "fill in {handler}, and serve it before the upload, which calls it",
    "mobile": "fill in the page of the mobile app: {handler}",
    "salesbot": "fill in what a Salesbot gets back: {handler}",
}
"""Endpoint of an area -> the step for its handler; without a row just `fill in` and the file."""

_MAX_COMMAND_CHARS = 2000
"""Longer commands name the recorded answers instead of repeating them."""


def next_steps(answers: Answers, dest: Path) -> list[str]:
    """Return the user's next steps with the project in `dest`: a few words, then a command or a place."""
    folder = shell_command([dest.as_posix()])
    return [
        f"see it in a browser, without an account: kommo-widget preview {folder}",
        f"fill in {folder}/widget/script.js, where each callback has a small working example",
        *_gap_steps(answers, folder),
        *_server_steps(answers, folder),
        f"find everything that would stop the upload: kommo-widget check {folder}",
        f"make the archive: kommo-widget pack {folder}",
        f"upload it in the CRM: {folder}/README.md explains where and how",
    ]


def _gap_steps(answers: Answers, folder: str) -> Iterator[str]:
    """Yield a step for each answer that was left for later, with the place to fill it in."""
    for key, place in gaps(answers).items():
        yield f"fill in {key}, which check reports until then: {folder}/widget/{place}"


def _server_steps(answers: Answers, folder: str) -> Iterator[str]:
    """Yield the steps for what the areas need outside the archive."""
    pipeline = answers.digital_pipeline
    if pipeline and pipeline.backend == "self_hosted":
        yield "generate the webhook's secret: SECRET=$(php -r 'echo bin2hex(random_bytes(24));')"
        yield f'set it on both sides: php {folder}/backend/bin/set_secret.php "$SECRET"'
        yield f"fill in {folder}/backend/handlers/digital_pipeline.php, and serve {folder}/backend/public"
    elif pipeline:
        yield f"fill in {folder}/widget/digital_pipeline_handler.php, which the platform runs"
    if answers.salesbot_designer and not answers.backend:
        yield f"set SALESBOT_URL, the address of your salesbot.php, in {folder}/widget/script.js"
    for endpoint in (BY_CODE[code].endpoint for code in answers.codes):
        if endpoint and endpoint.name != "digital_pipeline":
            step = _HANDLER_STEPS.get(endpoint.name, "fill in {handler}")
            yield step.format(handler=f"{folder}/backend/handlers/{endpoint.name}.php")
    if answers.backend:
        yield f"fill in what the script can request: {folder}/backend/handlers/card.php"
    if answers.backend and answers.backend.oauth:
        redirect = answers.backend.page("oauth.php")
        yield f"make {redirect} the integration's redirect URL, see OAuth in {folder}/README.md"
    if answers.backend and answers.backend.webhooks:
        yield f"fill in what the account's webhooks trigger: {folder}/backend/handlers/webhook.php"


def repeat_command(answers: Answers, dest: Path, *, trust: bool = False) -> str:
    """Return the command that makes the same widget again, even after `dest` is deleted.

    It sets what differs from the defaults. Only a logo, and answers too long for a line, are read from the
    project itself. `trust` adds `--trust`: an overlay template ran code of its own.
    """
    flags = ["--trust"] if trust else []
    overrides = [part for key, text in _differences(answers, dest) for part in _given(key, text)]
    command = shell_command(["kommo-widget", "new", dest.as_posix(), "--defaults", *overrides, *flags])
    if len(command) <= _MAX_COMMAND_CHARS:
        return command
    record = (dest / layout.ANSWERS).as_posix()
    return shell_command(["kommo-widget", "new", "DEST", "--answers", record, *flags])


def _given(key: str, text: str) -> tuple[str, str]:
    """Return the option that answers `key`, and its value."""
    option = {"template.source": "--template", "template.checkout": "--checkout"}.get(key)
    return (option, text) if option else ("--set", f"{key}={text}")


def _differences(answers: Answers, dest: Path) -> Iterator[tuple[str, str]]:
    """Yield key and text, as `--set` takes them, of every answer that `--defaults` would not give."""
    document = plain(answers)
    draft = with_starters(Draft(folder_name=dest.resolve().name))
    for question in QUESTIONS:
        holder = document.get(question.block, {}) if "." in question.key else document
        answer = holder.get(question.name)
        if answer is None or answer == recorded_value_of(question, draft):
            continue
        draft = draft.answer(question.key, answer)
        if isinstance(question.kind, Picture):
            yield question.key, (dest / layout.LOGO).as_posix()
        elif isinstance(question.kind, Text) and isinstance(answer, dict):
            yield from ((f"{question.key}.{locale}", text) for locale, text in answer.items())
        else:
            yield question.key, question.kind.text(answer)
