"""Projects with a back end, written to disk."""

from pathlib import Path

from scaffold.generate.answers.blocks import Backend, DigitalPipeline, Field
from scaffold.generate.answers.record import Answers
from scaffold.generate.render import render
from scaffold.kommo.location import parse_location
from tests.cases import answers_for as plain_answers_for
from tests.cases import answers_of

FIELD_TYPES = {"message": "text", "limit": "number"}


def answers_for(backend: str, code: str = "acme_leads", *, oauth: bool = False) -> Answers:
    location = parse_location("digital_pipeline")
    assert location is not None
    fields = tuple(Field(name, type_, {"en": name}) for name, type_ in FIELD_TYPES.items())
    url = "https://hooks.acme.example/digital_pipeline.php" if backend == "self_hosted" else ""
    return Answers(
        code=code,
        name={"en": "Acme leads"},
        short_description={"en": "Scores leads"},
        description={"en": "Scores every lead by its history."},
        version="1.0.0",
        locales=("en",),
        platform="kommo",
        init_once=False,
        areas=(location,),
        backend=Backend("https://hooks.acme.example", oauth=True) if oauth else None,
        digital_pipeline=DigitalPipeline(fields, backend=backend, webhook_url=url),
    )


def answers_for_all() -> Answers:
    """Return answers with every area that has an endpoint, and every optional part except OAuth."""
    return answers_of(
        plain_answers_for(
            "digital_pipeline",
            "sms",
            "mobile_card",
            "salesbot_designer",
            "settings",
            "lcard-1",
            backend={"url": "https://hooks.acme.example", "webhooks": ["add_lead", "update_contact"]},
            settings={
                "greeting": {"type": "text", "label": "Greeting"},
                "provider_key": {"type": "secret", "label": "Key"},
            },
        )
    )


def write_project(answers: Answers, folder: Path) -> Path:
    for path, content in render(answers).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
