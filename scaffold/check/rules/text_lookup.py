"""The texts that a widget has, and those that its manifest and areas use."""

import re
from collections.abc import Iterator

from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import idle_blocks
from scaffold.check.rules.registry import Problem, in_texts
from scaffold.documents.node import Node
from scaffold.kommo.areas import BY_CODE

_KEY = re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""What looks like a key: words with dots between them."""

_MAX_KEY_CHARS = 500
"""A longer key is taken for a text."""


def readable_texts(widget: Widget) -> list[Texts]:
    """Return those of `declared_texts` that can be read."""
    return [
        texts
        for texts in declared_texts(widget)
        if texts.document.complete and texts.document.root and isinstance(texts.document.root.value, dict)
    ]


def declared_texts(widget: Widget) -> list[Texts]:
    """Return the locale files of the declared locales, or all if none is declared."""
    return [widget.texts[locale] for locale in widget.locales if locale in widget.texts]


def groups_of(key: str) -> Iterator[str]:
    """Yield the groups that contain a key, the outermost first: `a` and `a.b` for `a.b.c`."""
    steps = key.split(".") if len(key) <= _MAX_KEY_CHARS else []
    for count in range(1, len(steps)):
        yield ".".join(steps[:count])


def find_text(texts: Texts, key: str) -> Node | None:
    """Return the node of a key, nested or written flat as `"a.b"`."""
    return texts.find(key) or texts.leaves.get(key)


def at_key(texts: Texts, key: str, message: str, hint: str) -> Problem:
    """Return a problem with the text of a key, at its nested place even if it is missing there."""
    return in_texts(texts, message, hint, *key.split("."))


def at_text(texts: Texts, key: str, message: str, hint: str) -> Problem:
    """Return a problem with an existing text, nested or written flat as `"a.b"`."""
    return in_texts(texts, message, hint, *(key.split(".") if texts.find(key) else [key]))


def used_keys(widget: Widget) -> tuple[str, ...]:
    """Return every key that the manifest, except its idle blocks, or a declared area uses, each once."""
    idle = idle_blocks(widget.manifest)
    named = (
        key for path, key in widget.manifest.text_keys if path[0] not in idle and not is_literal(widget, key)
    )
    return tuple(dict.fromkeys([*named, *area_keys(widget)]))


def area_keys(widget: Widget) -> tuple[str, ...]:
    """Return the keys that declared areas use without an entry in the manifest."""
    return tuple(key for code in sorted(widget.manifest.areas) for key in BY_CODE[code].i18n)


def undefined_keys(widget: Widget) -> frozenset[str]:
    """Return the manifest's keys that no declared locale has; none if a locale file cannot be read."""
    files = readable_texts(widget)
    if not all(texts.document.complete for texts in declared_texts(widget)):
        return frozenset()
    area = set(area_keys(widget))
    used = (key for key in used_keys(widget) if key not in area and key.strip())
    return frozenset(key for key in used if files and not any(find_text(texts, key) for texts in files))


def missing_keys(widget: Widget, texts: Texts) -> dict[str, list[str]]:
    """Return the used keys that a file lacks, by the outermost group that is missing with them.

    Keys that no file has are left out: they are reported in the manifest.
    """
    lost: dict[str, list[str]] = {}
    nowhere = undefined_keys(widget)
    for key in used_keys(widget):
        if key.strip() and key not in nowhere and find_text(texts, key) is None:
            outermost = next(part for part in (*groups_of(key), key) if texts.find(part) is None)
            lost.setdefault(outermost, []).append(key)
    return lost


def is_literal(widget: Widget, key: str) -> bool:
    """Return whether a value of the manifest is a text itself, not the key of one."""
    if len(key) > _MAX_KEY_CHARS:
        return True
    resolves = any(find_text(texts, key) for texts in widget.texts.values())
    return bool(key.strip()) and not resolves and not _KEY.fullmatch(key)
