"""I123 and I124: the texts that declared areas use without an entry in the manifest."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.text_lookup import (
    area_keys,
    at_key,
    find_text,
    missing_keys,
    readable_texts,
)
from scaffold.kommo.limits import AI_AGENT_DESCRIPTION_CHARS


@rule("I123", "missing-area-text", Severity.ERROR, requires=("M101",))
def missing_area_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing text for a declared area.

    What:
        `ai_agent` is declared, and `widget.ai_agent_description` is missing or empty in `i18n/<code>.json` of
        a declared locale.
    Why:
        The AI agent's settings show this text; the vendor requires it in every language.
    Source:
        https://developers.kommo.com/docs/widget-locations
    Bad:
        manifest.json
            "settings",
            "ai_agent"
        i18n/en.json
            "description": "Scores every lead by its history."
        i18n/es.json
            "description": "Puntúa cada prospecto por su historial."
    Good:
        manifest.json
            "settings",
            "ai_agent"
        i18n/en.json
            "description": "Scores every lead by its history.",
            "ai_agent_description": "Answers questions about scores"
        i18n/es.json
            "description": "Puntúa cada prospecto por su historial.",
            "ai_agent_description": "Responde preguntas sobre puntos"
    """
    area = set(area_keys(widget))
    for texts in readable_texts(widget):
        # I120 reports keys that are missing together with keys of the manifest.
        gone = {key for keys in missing_keys(widget, texts).values() if area.issuperset(keys) for key in keys}
        for key in area_keys(widget):
            node = find_text(texts, key)
            if key in gone or (node and not (isinstance(node.value, str) and node.value.strip())):
                is_blank = node is not None and isinstance(node.value, str)
                state = "missing" if node is None else "empty" if is_blank else "not a string"
                hint = f"add `{key}`" if node is None else "write the text as a string in quotes"
                yield at_key(texts, key, f"the text `{key}` is {state}", hint)


@rule("I124", "long-agent-text", Severity.INFO, requires=("M101",))
def long_agent_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Text for the AI agent is too long.

    What:
        `widget.ai_agent_description` is longer than 100 characters, while `ai_agent` is declared.
    Why:
        Longer texts are cut off with an ellipsis.
    Source:
        https://developers.kommo.com/docs/widget-locations
    Bad:
        i18n/en.json
            "ai_agent_description": "Answers every question about scores, how they came about, which l...
            "description": "Scores every lead by its history."
        i18n/es.json
            "description": "Puntúa cada prospecto por su historial.",
            "ai_agent_description": "Responde preguntas sobre puntos"
        manifest.json
            "settings",
            "ai_agent"
    Good:
        i18n/en.json
            "name": "Acme leads",
            "description": "Scores every lead by its history.",
            "ai_agent_description": "Answers questions about scores"
        i18n/es.json
            "description": "Puntúa cada prospecto por su historial.",
            "ai_agent_description": "Responde preguntas sobre puntos"
        manifest.json
            "settings",
            "ai_agent"
    """
    for texts in readable_texts(widget):
        for key in area_keys(widget):
            node = find_text(texts, key)
            length = len(node.value) if node and isinstance(node.value, str) else 0
            if length > AI_AGENT_DESCRIPTION_CHARS:
                message = f"`{key}` is {length} characters long, only {AI_AGENT_DESCRIPTION_CHARS} are shown"
                yield at_key(texts, key, message, "shorten it")
