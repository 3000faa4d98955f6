"""I120 to I122 and I125: the texts that the manifest uses."""

from collections.abc import Iterable, Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import idle_blocks
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.text_lookup import (
    area_keys,
    at_key,
    find_text,
    groups_of,
    is_literal,
    missing_keys,
    readable_texts,
    undefined_keys,
    used_keys,
)
from scaffold.check.rules.values import is_text
from scaffold.documents.node import Path
from scaffold.text import printable


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
                yield at_key(texts, key, f"`{key}` is not a string", "write it as a string in quotes")
        for group, keys in missing_keys(widget, texts).items():
            if named.isdisjoint(keys):
                continue
            # Other locales may have more texts in the group than the manifest uses.
            keys = list(dict.fromkeys([*keys, *within.get(group, ())]))
            if len(keys) == 1:
                yield at_key(texts, keys[0], f"the text `{keys[0]}` is missing", f"add `{keys[0]}`")
            else:
                message = f"the group `{group}` is missing, with {len(keys)} texts"
                yield at_key(texts, group, message, f"add {', '.join(f'`{key}`' for key in keys)}")


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
    filled = {key for texts in files for key, node in texts.leaves.items() if is_text(node)}
    expected = filled.union(_named_keys(widget)) - set(area_keys(widget))
    for texts in files:
        for key, node in texts.leaves.items():
            is_empty = isinstance(node.value, str) and not node.value.strip()
            if key in expected and is_empty:
                yield at_key(texts, key, f"the text `{key}` is empty", "write the text")


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
