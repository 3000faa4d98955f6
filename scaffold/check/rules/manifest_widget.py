"""M11x: the keys of the manifest's `widget` block that every widget must have."""

import json
import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.model import Widget
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import missing, missing_keys
from scaffold.kommo import limits
from scaffold.kommo.manifest import WIDGET_FLAGS

_READABLE = ("M101", "M105")


@rule("M110", "missing-key", Severity.ERROR, requires=_READABLE, vital=True)
def missing_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing required key in the manifest.

    What:
        The block `widget`, one of its keys `name`, `description`, `short_description`, `interface_version`,
        `locale`, `installation`, or the list `locations`. Where the key is there after all, misspelt or
        elsewhere, that place is reported.
    Why:
        The upload refuses the archive.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://developers.kommo.com/docs/getting-listed
    Bad:
        manifest.json
            "widget": {
              "description": "widget.description",
    Good:
        manifest.json
            "name": "widget.name",
    """
    manifest = widget.manifest
    for path in missing_keys(manifest):
        home = f" to `{path[0]}`" if len(path) > 1 else ""
        message = f"`{'.'.join(map(str, path))}` is missing"
        yield missing(manifest, path, message, f"add `{path[-1]}`{home}", *path)


@rule("M111", "invalid-text", Severity.ERROR, requires=_READABLE)
def invalid_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid name or description.

    What:
        `name`, `description` or `short_description` of `widget` holds something else than the key of a text.
    Why:
        These three are required, as paths to texts in i18n.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "name": "",
    Good:
        manifest.json
            "name": "widget.name",
    """
    for key in ("name", "description", "short_description"):
        node = widget.manifest.find("widget", key)
        if node and (not isinstance(node.value, str) or not node.value.strip()):
            hint = f"name a text of i18n, such as `widget.{key}`"
            yield in_manifest(
                widget.manifest, f"`widget.{key}` is not the key of a text", hint, "widget", key
            )


@rule("M112", "interface-version", Severity.ERROR, requires=_READABLE)
def interface_version(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`interface_version` is not 2.

    What:
        `widget.interface_version` is anything else than the number 2.
    Why:
        Version 1 is closed, and there is no other.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "interface_version": 1,
    Good:
        manifest.json
            "interface_version": 2,
    """
    node = widget.manifest.find("widget", "interface_version")
    if node and (node.value != limits.INTERFACE_VERSION or not isinstance(node.value, int)):
        expected = limits.INTERFACE_VERSION
        message = f"`widget.interface_version` is not the number {expected}"
        yield in_manifest(
            widget.manifest, message, f"write {expected}, without quotes", "widget", "interface_version"
        )


@rule("M113", "version-format", Severity.WARNING, requires=_READABLE)
def version_format(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing or invalid version.

    What:
        `widget.version` is not there, or not a text of three numbers with dots between them.
    Why:
        The CRM keeps the files of a version in its caches; a version that cannot be raised leaves users with
        old files.
    Source:
        https://developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "version": "1.0",
    Good:
        manifest.json
            "version": "1.0.1",
    """
    if widget.manifest.find("widget") is None:
        return
    version = widget.manifest.value("widget", "version")
    if version is None:
        yield in_manifest(
            widget.manifest, "`widget.version` is missing", 'add `"version": "1.0.0"`', "widget", "version"
        )
    elif not isinstance(version, str) or not limits.VERSION_PATTERN.fullmatch(version):
        hint = 'write three numbers as a text, such as `"1.0.0"`'
        yield in_manifest(
            widget.manifest, "`widget.version` is not of the form N.N.N", hint, "widget", "version"
        )


@rule("M114", "flag-not-boolean", Severity.WARNING, requires=_READABLE)
def flag_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Widget flag is not a boolean.

    What:
        `init_once`, `installation` or `is_showcase` holds a text or a number.
    Why:
        The vendor's table has them as booleans; `"false"` may well count as true.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "init_once": "Y",
    Good:
        manifest.json
            "init_once": true,
    """
    for key in WIDGET_FLAGS:
        node = widget.manifest.find("widget", key)
        if node and not isinstance(node.value, bool):
            yield in_manifest(
                widget.manifest,
                f"`widget.{key}` is not true or false",
                "write it without quotes",
                "widget",
                key,
            )


@rule("M115", "locale-list", Severity.ERROR, requires=_READABLE)
def locale_list(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`locale` is not a list of locale codes.

    What:
        `widget.locale` is a single text, an empty list, or a list with something else than texts.
    Why:
        The upload refuses it; a single locale is a list, too.
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
        hint = f"write `{json.dumps(meant_locales(widget))}`"
        yield in_manifest(
            widget.manifest, "`widget.locale` is not a list of locales", hint, "widget", "locale"
        )
        return
    for index, entry in enumerate(node.value):
        if not isinstance(entry.value, str):
            message = f"entry {index + 1} of `widget.locale` is not text"
            yield in_manifest(widget.manifest, message, 'write it as `"en"`', "widget", "locale", index)


@rule("M116", "unknown-locale", Severity.ERROR, requires=_READABLE)
def unknown_locale(widget: Widget, context: Context) -> Iterator[Problem]:
    """Unknown locale.

    What:
        `widget.locale` names a code that neither Kommo nor amoCRM knows, such as `es_ES`.
    Why:
        The widget has no texts for users of any language then.
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
    for index, locale in _locales(widget):
        if locale not in known:
            hint = f"use {', '.join(limits.LOCALES[context.platform])}"
            yield in_manifest(widget.manifest, f"`{locale}` is not a locale", hint, "widget", "locale", index)


@rule("M117", "foreign-locale", Severity.WARNING, requires=_READABLE, platforms=("kommo",))
def foreign_locale(widget: Widget, context: Context) -> Iterator[Problem]:
    """Locale of the other platform.

    What:
        `widget.locale` names `ru`, which amoCRM has and Kommo has not.
    Why:
        No user of Kommo sees these texts. With `--platform amocrm` the locale is right.
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
    foreign = {locale for locales in limits.LOCALES.values() for locale in locales}
    for index, locale in _locales(widget):
        # Without its file the locale is an error, and reported as such.
        if locale in foreign - set(limits.LOCALES[context.platform]) and locale in widget.texts:
            hint = "delete it, or check with --platform amocrm"
            yield in_manifest(
                widget.manifest, f"`{locale}` is a locale of amoCRM only", hint, "widget", "locale", index
            )


@rule("M128", "unsourced-locale", Severity.INFO, requires=_READABLE, platforms=("amocrm",))
def unsourced_locale(widget: Widget, context: Context) -> Iterator[Problem]:
    """Undocumented locale.

    What:
        `widget.locale` names `tr` or `id`, which Kommo has and amoCRM's pages do not list.
    Why:
        Nobody says whether a user of amoCRM can choose that language.
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
            hint = "try it on your account first"
            yield in_manifest(
                widget.manifest,
                f"no page of amoCRM names the locale `{locale}`",
                hint,
                "widget",
                "locale",
                index,
            )


@rule("M118", "doubled-locale", Severity.WARNING, requires=_READABLE)
def doubled_locale(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Duplicate locale.

    What:
        `widget.locale` names the same locale twice.
    Why:
        The second one does nothing, and most often another one was meant.
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


def meant_locales(widget: Widget) -> list[str]:
    """Return the locales that a `widget.locale` that is not a list may mean, and those with a file."""
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
