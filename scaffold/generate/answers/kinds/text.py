"""Texts that users of the widget read: one string, or a map by locale."""

import re
from collections.abc import Mapping
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.question import Kind
from scaffold.kommo.limits import LOCALE_NAMES, LOCALES
from scaffold.text import did_you_mean, quoted

_NOT_TEXT = r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]"


def flaw(text: str) -> str:
    """Return why people cannot read `text`, or an empty string: control characters, lone surrogates."""
    bad = None if text.isprintable() else re.search(_NOT_TEXT, text)
    if bad is None:
        return ""
    what = "half a character" if bad[0] >= "\ud800" else "a control character"
    return f"must not contain {what}: U+{ord(bad[0]):04X}"


class _OneText(Kind):
    """A text in one language."""

    label = "text"

    def read(self, node: Node, reading: Reading) -> str:
        """Return the text: anything without control characters and lone surrogates."""
        text = node.value
        if isinstance(text, bool | int | float):
            reading.fault(node, f"must be text: quote {quoted(text)}")
        elif not isinstance(text, str):
            reading.fault(node, "must be text" if text is not None else "must be text, but is empty")
        elif not text.strip():
            reading.fault(node, "must not be empty")
        elif found := flaw(text):
            reading.fault(node, found)
        return str(text)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"\S"}


ONE_TEXT = _OneText()


class Text(Kind):
    """A text that may differ by locale; given once, it is used for every locale."""

    label = "text, or a map by locale"

    def read(self, node: Node, reading: Reading) -> dict[str, str]:
        """Return the text in every chosen locale, in their order."""
        locales = reading.draft.locales
        if not isinstance(node.value, dict):
            return dict.fromkeys(locales, ONE_TEXT.read(node, reading))
        texts = {}
        for locale, member in node.value.items():
            if locale in locales:
                texts[locale] = ONE_TEXT.read(member, reading.at(locale))
            elif locale in LOCALE_NAMES:
                reading.fault(
                    member, f"has a text for {quoted(locale)}, which is not in `locales`", at_key=True
                )
            else:
                hint = did_you_mean(locale, locales)
                reading.fault(member, f"has an unknown locale {quoted(locale)}{hint}", at_key=True)
        known = LOCALES[reading.draft.platform]
        if missing := [locale for locale in locales if locale not in texts and locale in known]:
            hint = f"give it in the answers file, or with --set {reading.key}.{missing[0]}=TEXT"
            reading.fault(node, f"has no text for {', '.join(map(quoted, missing))}: {hint}")
        return {locale: texts.get(locale, "") for locale in locales}

    def plain(self, value: Mapping[str, str]) -> Any:
        """Return one string if all locales have the same text, else the map."""
        distinct = set(value.values())
        return distinct.pop() if len(distinct) == 1 else dict(value)

    def schema(self) -> dict[str, Any]:
        """Return a string or a map of strings."""
        by_locale = {locale: {**ONE_TEXT.schema(), "title": name} for locale, name in LOCALE_NAMES.items()}
        one_per_locale = {
            "type": "object", "properties": by_locale, "additionalProperties": False, "minProperties": 1,
        }  # fmt: skip
        return {"anyOf": [ONE_TEXT.schema(), one_per_locale]}

    def member(self, step: str) -> Kind | None:  # noqa: ARG002 - a wrong locale is reported where the value is read
        """Return the kind of the text in one locale."""
        return ONE_TEXT


TEXT = Text()
