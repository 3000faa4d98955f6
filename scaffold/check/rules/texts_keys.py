"""I12x: the texts that the manifest and the declared areas use."""

from collections.abc import Iterable, Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import idle_blocks
from scaffold.check.rules.registry import Context, Problem, in_manifest, in_texts, rule
from scaffold.check.rules.text_lookup import (
    area_keys,
    find_text,
    groups_of,
    is_literal,
    missing_keys,
    readable_texts,
    undefined_keys,
    used_keys,
)
from scaffold.documents.node import Node, Path
from scaffold.kommo.limits import AI_AGENT_DESCRIPTION_CHARS
from scaffold.text import printable


def _at(texts: Texts, key: str, message: str, hint: str) -> Problem:
    return in_texts(texts, message, hint, *key.split("."))


def _named_keys(widget: Widget) -> Iterable[str]:
    area = set(area_keys(widget))
    return (key for key in used_keys(widget) if key not in area and key.strip())


@rule("I120", "missing-text", Severity.ERROR, requires=("M101",))
def missing_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing text in a locale.

    What:
        The manifest uses the key of a text, such as `widget.name`, that is missing from `i18n/<code>.json` of
        a declared locale while another locale has it, or that is not a string there. Each missing text is
        reported once per locale; if its whole group is missing, the group is reported instead. The widget's
        name and descriptions are reported even if no locale has them, in the manifest.
    Why:
        Users of that language see an empty space or the key itself; the upload may reject the archive.
    Source:
        https://developers.kommo.com/docs/i18n
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        i18n/es.json
            "settings": {}
    Good:
        i18n/es.json
            "settings": {
              "api_key": "Clave"
            }
    """
    for path, key in _undefined(widget):
        if path[0] == "widget":
            yield _unknown(widget, path, key)
    named = set(_named_keys(widget))
    within = _by_group(readable_texts(widget))
    for texts in readable_texts(widget):
        for key in _named_keys(widget):
            node = find_text(texts, key)
            if node and not isinstance(node.value, str):
                yield _at(texts, key, f"`{key}` is not a string", "write it as a string in quotes")
        for group, keys in missing_keys(widget, texts).items():
            if named.isdisjoint(keys):
                continue
            # Other locales may have more texts in the group than the manifest uses.
            keys = list(dict.fromkeys([*keys, *within.get(group, ())]))
            if len(keys) == 1:
                yield _at(texts, keys[0], f"the text `{keys[0]}` is missing", f"add `{keys[0]}`")
            else:
                message = f"the group `{group}` is missing, with {len(keys)} texts"
                yield _at(texts, group, message, f"add {', '.join(f'`{key}`' for key in keys)}")


def _by_group(files: Iterable[Texts]) -> dict[str, list[str]]:
    """Return group -> the keys that any of the files has in it."""
    found: dict[str, list[str]] = {}
    for key in dict.fromkeys(key for texts in files for key in texts.leaves):
        for group in groups_of(key):
            found.setdefault(group, []).append(key)
    return found


@rule("I125", "unknown-key", Severity.WARNING, requires=("M101",))
def unknown_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown text key in the manifest.

    What:
        The manifest uses the key of a field, a title or another text that no declared locale has. Reported in
        the manifest.
    Why:
        Users see an empty space or the key itself. Most often the key is misspelt.
    Source:
        https://developers.kommo.com/docs/i18n
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "name": "settings.apikey",
    Good:
        manifest.json
            "name": "settings.api_key",
    """
    for path, key in _undefined(widget):
        if path[0] != "widget":
            yield _unknown(widget, path, key)


def _undefined(widget: Widget) -> Iterator[tuple[Path, str]]:
    """Yield the path in the manifest and the key of each text that no file has."""
    nowhere = undefined_keys(widget)
    idle = idle_blocks(widget.manifest)
    for path, key in widget.manifest.text_keys:
        if path[0] not in idle and key in nowhere:
            yield path, key


def _unknown(widget: Widget, path: Path, key: str) -> Problem:
    hint = f"add `{key}` to each file in i18n, or correct the key"
    return in_manifest(widget.manifest, f"no locale has the text `{key}`", hint, *path)


@rule("I121", "empty-text", Severity.WARNING)
def empty_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Empty text.

    What:
        A text in `i18n/<code>.json` is empty or blank. Reported for keys that the manifest uses, and for
        those that have a text in another locale.
    Why:
        Users of that language see a widget or field without a name, or an empty space.
    Source:
        https://developers.kommo.com/docs/i18n
    Bad:
        i18n/es.json
            "api_key": ""
    Good:
        i18n/es.json
            "api_key": "Clave"
    """
    files = readable_texts(widget)
    filled = {key for texts in files for key, node in texts.leaves.items() if _is_filled(node)}
    expected = filled.union(_named_keys(widget)) - set(area_keys(widget))
    for texts in files:
        for key, node in texts.leaves.items():
            is_empty = isinstance(node.value, str) and not node.value.strip()
            if key in expected and is_empty:
                yield _at(texts, key, f"the text `{key}` is empty", "write the text")


def _is_filled(node: Node) -> bool:
    return isinstance(node.value, str) and bool(node.value.strip())


@rule("I122", "literal-text", Severity.WARNING, requires=("M101",))
def literal_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Literal text instead of a key in the manifest.

    What:
        A name, description or title in the manifest is not a key: it contains blanks or no dot, and no locale
        file has it.
    Why:
        The vendor requires the path of a translation. A literal text is the same in every language, or is not
        shown at all.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
            "name": "API key",
    Good:
        manifest.json
            "name": "settings.api_key",
    """
    idle = idle_blocks(widget.manifest)
    for path, key in widget.manifest.text_keys:
        if path[0] not in idle and is_literal(widget, key):
            hint = f"move the text to i18n, and use the key `{_suggested(path)}` here"
            yield in_manifest(
                widget.manifest, f"`{printable(key[:40], 200)}` is a literal text, not a key", hint, *path
            )


def _suggested(path: Path) -> str:
    steps = [str(step) for step in path]
    return ".".join(steps[:-1] if steps[-1] == "name" and steps[0] != "widget" else steps)


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
                yield _at(texts, key, f"the text `{key}` is {state}", hint)


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
                yield _at(texts, key, message, "shorten it")
