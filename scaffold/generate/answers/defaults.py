"""Defaults that depend on the answers so far; plain values, as in an answers file."""

import re
import unicodedata
from typing import Any

from scaffold.generate.answers.default_texts import from_code, in_locales
from scaffold.generate.answers.question import Default, Subject
from scaffold.kommo.limits import CODE_PATTERN


def code(subject: Subject) -> str | None:
    """Return the destination's name as a code; None if it cannot be turned into one."""
    letters = unicodedata.normalize("NFKD", subject.draft.folder_name.lower())
    plain = "".join(filter(lambda letter: not unicodedata.combining(letter), letters))
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return words if CODE_PATTERN.fullmatch(words) else None


def name_from_code(subject: Subject) -> str:
    """Return the code in words."""
    return from_code(subject.code)


def name(subject: Subject) -> Any:
    """Return the widget's name."""
    return subject.draft.get("name") or from_code(subject.code)


def short_description(subject: Subject) -> dict[str, str]:
    """Return one line in our words."""
    return in_locales("short_description", subject.draft.locales)


def description(subject: Subject) -> dict[str, str]:
    """Return a sentence in our words."""
    return in_locales("description", subject.draft.locales)


def ai_agent_description(subject: Subject) -> Any:
    """Return the short description."""
    return subject.draft.get("short_description") or short_description(subject)


def endpoint(name: str) -> Default:
    """Return the default of an address: the endpoint `name` of the back end, if that is known."""

    def page(subject: Subject) -> str | None:
        url = subject.draft.get("backend.url")
        return f"{url.rstrip('/')}/{name}" if isinstance(url, str) else None

    return page


def settings(subject: Subject) -> dict[str, Any]:
    """Return one field for a greeting."""
    return {"greeting": {"type": "text", "label": in_locales("greeting", subject.draft.locales)}}


def pipeline_fields(subject: Subject) -> dict[str, Any]:
    """Return one field for a message."""
    return {"message": {"type": "text", "label": in_locales("message", subject.draft.locales)}}


def handlers(subject: Subject) -> dict[str, Any]:
    """Return one block that sends a text."""
    locales = subject.draft.locales
    field = {"type": "text", "label": in_locales("text", locales), "manual": True}
    return {"send_text": {"name": in_locales("send_text", locales), "fields": {"text": field}}}


def exits(subject: Subject) -> dict[str, Any]:
    """Return one exit for each way that a block can end."""
    return {code: in_locales(f"exit_{code}", subject.draft.locales) for code in ("done", "failed")}


def slides(subject: Subject) -> int | None:
    """Return one slide for a public integration; a private one has no tour."""
    return 1 if subject.draft.get("public") is True else None
