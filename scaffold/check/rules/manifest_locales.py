"""M115 to M118 and M128: the declared locales."""

import json
import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.kommo import limits


@rule("M115", "locale-list", Severity.ERROR, requires=READABLE)
def locale_list(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`locale` is not a list of locale codes.

    What:
        `widget.locale` is a string, an empty list, or a list that contains anything but strings.
    Why:
        The upload rejects it; a single locale must be a list too.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "locale": "en",
    Good:
        manifest.json
            "locale": [
              "en",
              "es"
            ],
    """
    node = widget.manifest.find("widget", "locale")
    if node is None:
        return
    if not isinstance(node.value, list) or not node.value:
        hint = f"write `{json.dumps(intended_locales(widget))}`"
        yield in_manifest(
            widget.manifest, "`widget.locale` is not a list of locales", hint, "widget", "locale"
        )
        return
    for index, entry in enumerate(node.value):
        if not isinstance(entry.value, str):
            message = f"entry {index + 1} of `widget.locale` is not a string"
            yield in_manifest(widget.manifest, message, 'write it as `"en"`', "widget", "locale", index)


@rule("M116", "unknown-locale", Severity.ERROR, requires=READABLE)
def unknown_locale(widget: Widget, context: Context) -> Iterator[Problem]:
    """Unknown locale.

    What:
        `widget.locale` contains a code that neither Kommo nor amoCRM supports, such as `es_ES`.
    Why:
        No user's language matches the code, so its texts are never shown.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        i18n/es_ES.json
            {
              "widget": {
                "name": "Acme prospectos",
                "short_description": "Puntúa prospectos",
                "description": "Puntúa cada prospecto por su historial."
              },
              "settings": {
                "api_key": "Clave de API"
              }
            }
        manifest.json
            "es",
            "es_ES"
    Good:
        i18n/es_ES.json: no such file
        manifest.json
            "es"
    """
    known = {locale for locales in limits.LOCALES.values() for locale in locales}
    hint = f"use {', '.join(limits.LOCALES[context.platform])}"
    for index, locale in _locales(widget):
        if locale not in known:
            message = f"`{locale}` is not a supported locale"
            yield in_manifest(widget.manifest, message, hint, "widget", "locale", index)


@rule("M117", "foreign-locale", Severity.WARNING, requires=READABLE, platforms=("kommo",))
def foreign_locale(widget: Widget, context: Context) -> Iterator[Problem]:
    """Locale is available on amoCRM only.

    What:
        `widget.locale` contains `ru`, which amoCRM supports and Kommo does not.
    Why:
        No user of Kommo sees these texts. With `--platform amocrm` the locale is valid.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        i18n/ru.json
            {
              "widget": {
                "name": "Acme prospectos",
                "short_description": "Puntúa prospectos",
                "description": "Puntúa cada prospecto por su historial."
              },
              "settings": {
                "api_key": "Clave de API"
              }
            }
        manifest.json
            "es",
            "ru"
    Good:
        i18n/ru.json: no such file
        manifest.json
            "es"
    """
    known = {locale for locales in limits.LOCALES.values() for locale in locales}
    for index, locale in _locales(widget):
        # Without its file, I101 reports the locale.
        if locale in known - set(limits.LOCALES[context.platform]) and locale in widget.texts:
            hint = "delete it and its file, or check with --platform amocrm"
            yield in_manifest(
                widget.manifest, f"`{locale}` is a locale of amoCRM only", hint, "widget", "locale", index
            )


@rule("M128", "unsourced-locale", Severity.INFO, requires=READABLE, platforms=("amocrm",))
def unsourced_locale(widget: Widget, context: Context) -> Iterator[Problem]:
    """Locale is not in the amoCRM documentation.

    What:
        `widget.locale` contains `tr` or `id`, which Kommo supports and amoCRM does not document.
    Why:
        Users of amoCRM may not be able to choose that language.
    Source:
        https://www.amocrm.ru/developers/content/integrations/structure
        https://developers.kommo.com/docs/i18n
    Bad:
        i18n/tr.json
            {
              "widget": {
                "name": "Acme prospectos",
                "short_description": "Puntúa prospectos",
                "description": "Puntúa cada prospecto por su historial."
              },
              "settings": {
                "api_key": "Clave de API"
              }
            }
        manifest.json
            "es",
            "tr"
    Good:
        i18n/tr.json: no such file
        manifest.json
            "es"
    """
    for index, locale in _locales(widget):
        if locale in limits.LOCALES["kommo"] and locale not in limits.LOCALES[context.platform]:
            hint = "test it in your account first"
            yield in_manifest(
                widget.manifest,
                f"`{locale}` is not in the amoCRM documentation",
                hint,
                "widget",
                "locale",
                index,
            )


@rule("M118", "doubled-locale", Severity.WARNING, requires=READABLE)
def doubled_locale(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Duplicate locale.

    What:
        `widget.locale` contains the same locale twice.
    Why:
        The second one has no effect, and most often another locale was intended.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "es",
            "en"
    Good:
        manifest.json
            "es"
    """
    seen: set[str] = set()
    for index, locale in _locales(widget):
        if locale in seen:
            yield in_manifest(
                widget.manifest, f"`{locale}` is declared twice", "delete one", "widget", "locale", index
            )
        seen.add(locale)


def intended_locales(widget: Widget) -> list[str]:
    """Return the locales that an invalid `widget.locale` may mean, then those with a file; else `en`."""
    node = widget.manifest.find("widget", "locale")
    value = node.value if node else None
    named = list(value) if isinstance(value, dict) else re.findall(r"[\w-]+", str(value or ""))
    known = {locale for locales in limits.LOCALES.values() for locale in locales}
    return list(dict.fromkeys(locale for locale in [*named, *widget.texts] if locale in known)) or ["en"]


def _locales(widget: Widget) -> Iterator[tuple[int, str]]:
    entries = widget.manifest.value("widget", "locale")
    for index, locale in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(locale, str):
            yield index, locale
