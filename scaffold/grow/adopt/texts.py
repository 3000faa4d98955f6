"""The texts of a widget that was made elsewhere, by the keys in its manifest."""

from collections.abc import Iterable, Mapping
from typing import Any

from scaffold.documents import jsondoc

_I18N = "i18n/"


class Texts:
    """The contents of i18n/<locale>.json."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._read = {
            path.removeprefix(_I18N).removesuffix(".json"): document
            for path, data in files.items()
            if path.startswith(_I18N) and path.endswith(".json")
            if (document := jsondoc.parse_bytes(data)).root
        }
        self.locales: tuple[str, ...] = tuple(self._read)

    def limited(self, locales: Iterable[str]) -> "Texts":
        """Return the texts in `locales` only, in their order."""
        some = Texts({})
        some._read = {locale: self._read[locale] for locale in locales if locale in self._read}
        some.locales = tuple(locales)
        return some

    def text(self, key: Any) -> str | dict[str, str] | None:
        """Return the text of a key: by locale, or one text for all; anything else is returned as text.

        A locale without the text gets that of the first locale that has it.
        """
        if not isinstance(key, str) or not key:
            return None
        found = {locale: self._at(locale, key) for locale in self.locales}
        first = next((text for text in found.values() if text), "")
        if not first:
            return key
        by_locale = {locale: text or first for locale, text in found.items()}
        return first if set(by_locale.values()) == {first} else by_locale

    def plain(self, key: Any) -> Any:
        """Return the text of a key in the first locale that has it, or the value itself."""
        text = self.text(key)
        return next(iter(text.values())) if isinstance(text, dict) else text or key

    def _at(self, locale: str, key: str) -> str:
        document = self._read.get(locale)
        for path in (key.split("."), [key]):
            node = document.find(*path) if document else None
            if node and isinstance(node.value, str):
                return node.value
        return ""
