"""What to do after `new`: the numbered steps, and the command that makes the same widget again."""

import shlex
from pathlib import Path

from scaffold.answers.record import Answers

_BACKENDS = {
    "self_hosted": "make the endpoint's secret: php backend/bin/set_secret.php",
    "widget_php": "fill in widget/digital_pipeline_handler.php, which the platform runs",
}


def next_steps(answers: Answers, dest: Path) -> list[str]:
    """Return what the user does next with the project in `dest`, one command or place a line."""
    folder = shlex.quote(dest.as_posix())
    steps = [
        f"read {folder}/README.md, then fill in {folder}/widget/script.js",
        f"kommo-widget preview {folder}",
        f"kommo-widget check {folder}",
        f"kommo-widget pack {folder}, and upload the archive",
    ]
    if answers.digital_pipeline:
        steps.insert(1, f"in {folder}: {_BACKENDS[answers.digital_pipeline.backend]}")
    return steps


def repeat_command(dest: Path) -> str:
    """Return the command that makes the same widget again, from the record."""
    record = shlex.quote((dest / ".kommo-widget" / "answers.yml").as_posix())
    return f"kommo-widget new --answers {record} DEST"
