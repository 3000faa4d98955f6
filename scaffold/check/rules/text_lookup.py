"""The texts that a widget has, and those that its manifest and areas ask for."""

import re
from collections.abc import Iterator

from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import idle_blocks
from scaffold.documents.node import Node
from scaffold.kommo.areas import BY_CODE

_KEY = re.compile(r"[\w-]+(?:\.[\w-]+)+")
"""What people take for a key when they see it: words with dots between them."""

_MAX_KEY_CHARS = 500
"""Of a key that is looked up; a longer one is a text."""


def readable_texts(widget: Widget) -> list[Texts]:
    """Return the files of the declared locales that can be read whole; of all, where none is declared."""
    files = [widget.texts[locale] for locale in widget.locales if locale in widget.texts]
    return [
        texts
        for texts in files
        if texts.document.complete and texts.document.root and isinstance(texts.document.root.value, dict)
    ]


def groups_of(key: str) -> Iterator[str]:
    """Yield the groups that a key lies in, the outermost first: `a` and `a.b` for `a.b.c`."""
    steps = key.split(".") if len(key) <= _MAX_KEY_CHARS else []
    for count in range(1, len(steps)):
        yield ".".join(steps[:count])


def find_text(texts: Texts, key: str) -> Node | None:
    """Return the node of a key, also of one that the file writes flat, with its dots."""
    return texts.find(key) or texts.leaves.get(key)


def used_keys(widget: Widget) -> tuple[str, ...]:
    """Return every key that the manifest or a declared area asks for, each once; of idle blocks none."""
    idle = idle_blocks(widget.manifest)
    named = (
        key for path, key in widget.manifest.text_keys if path[0] not in idle and not is_literal(widget, key)
    )
    return tuple(dict.fromkeys([*named, *area_keys(widget)]))


def area_keys(widget: Widget) -> tuple[str, ...]:
    """Return the keys that declared areas ask for without the manifest's naming them."""
    return tuple(key for code in sorted(widget.manifest.areas) for key in BY_CODE[code].i18n)


def undefined_keys(widget: Widget) -> frozenset[str]:
    """Return the keys named by the manifest that no file of a declared locale has, where all can be read."""
    files = readable_texts(widget)
    if not all(widget.texts[locale].document.complete for locale in widget.locales if locale in widget.texts):
        return frozenset()
    area = set(area_keys(widget))
    asked = (key for key in used_keys(widget) if key not in area and key.strip())
    return frozenset(key for key in asked if files and not any(find_text(texts, key) for texts in files))


def missing_keys(widget: Widget, texts: Texts) -> dict[str, list[str]]:
    """Return the keys asked for that a file has not, by the outermost group that is missing with them.

    Those that no file has are reported where they are asked for.
    """
    lost: dict[str, list[str]] = {}
    nowhere = undefined_keys(widget)
    for key in used_keys(widget):
        if key.strip() and key not in nowhere and find_text(texts, key) is None:
            outermost = next(part for part in (*groups_of(key), key) if texts.find(part) is None)
            lost.setdefault(outermost, []).append(key)
    return lost


def is_literal(widget: Widget, key: str) -> bool:
    """Return whether what stands where the key of a text should is a text itself."""
    if len(key) > _MAX_KEY_CHARS:
        return True
    resolves = any(find_text(texts, key) for texts in widget.texts.values())
    return bool(key.strip()) and not resolves and not _KEY.fullmatch(key)
