"""I101 to I103: whether the locale files match the declared locales."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.file_lookup import is_missing
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.kommo.limits import LOCALES

_KNOWN = frozenset(locale for locales in LOCALES.values() for locale in locales)
_FOLDER = "i18n"


def _without_file(widget: Widget) -> Iterator[tuple[str, str]]:
    """Yield each declared locale without a file, and that file's path; M116 reports unknown locales."""
    for locale in widget.manifest.locales:
        path = f"{_FOLDER}/{locale}.json"
        if locale in _KNOWN and is_missing(widget, path):
            yield locale, path


def _elsewhere(widget: Widget, locale: str) -> str:
    """Return a locale's file that is deeper in i18n or has capitals in its name, or nothing."""
    for path in widget.tree:
        parts = path.lower().split("/")
        is_named = parts[-1] == f"{locale}.json" or (locale in parts[1:-1] and parts[-1].endswith(".json"))
        if parts[0] == _FOLDER and is_named and path != f"{_FOLDER}/{locale}.json":
            return path
    return ""


@rule("I101", "missing-locale-file", Severity.ERROR, requires=("M101",), waivable=False)
def missing_locale_file(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing locale file.

    What:
        A code in `widget.locale` has no `i18n/<code>.json`.
    Why:
        The upload rejects the archive.
    Source:
        https://developers.kommo.com/docs/i18n
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "en",
            "es"
        i18n/es.json: no such file
    Good:
        manifest.json
            "en"
        i18n/es.json: no such file
    """
    for locale, path in _without_file(widget):
        if not _elsewhere(widget, locale):
            hint = _renamed(widget, locale) or f"add it, or remove `{locale}` from `widget.locale`"
            yield Problem(path, f"`{locale}` is declared, but `{path}` is missing", hint)


def _renamed(widget: Widget, locale: str) -> str:
    """Return a hint if a file such as `es_ES.json` or `lang/es.json` may be the missing one."""
    for path in map(PurePosixPath, widget.tree):
        region = path.parts[:-1] == (_FOLDER,) and path.stem[:3].lower() in (f"{locale}_", f"{locale}-")
        if path.suffix == ".json" and (region or path.name == f"{locale}.json"):
            return f"move `{path}` to `{_FOLDER}/{locale}.json`"
    return ""


@rule("I102", "misplaced-locale-file", Severity.ERROR, requires=("M101",), waivable=False)
def misplaced_locale_file(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Misplaced locale file.

    What:
        A locale file is in a folder inside `i18n`, or has capitals in its name, while `i18n/<code>.json` is
        missing.
    Why:
        Only `i18n/<code>.json` is read.
    Source:
        https://developers.kommo.com/docs/i18n
        https://developers.kommo.com/docs/structure-widget
    Bad:
        i18n/es.json: no such file
        i18n/locales/es.json
            {"widget": {"name": "a", "short_description": "b", "description": "c"},
             "settings": {"api_key": "d"}}
    Good:
        i18n/es.json
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
        i18n/locales/es.json: no such file
    """
    for locale, path in _without_file(widget):
        if other := _elsewhere(widget, locale):
            message = f"the texts for `{locale}` are not loaded from here"
            yield Problem(other, message, f"move the file to `{path}`", target=path)


@rule("I103", "undeclared-locale-file", Severity.WARNING, requires=("M101",))
def undeclared_locale_file(widget: Widget, _context: Context) -> Iterator[Problem]:
    """File for an undeclared locale.

    What:
        `i18n/<code>.json` exists for a code that is not in `widget.locale`. If it may be the file that an
        invalid code or a missing file refers to, that is reported instead.
    Why:
        Nobody sees these texts. The marketplace requires locales and files to match.
    Source:
        https://developers.kommo.com/docs/i18n
        https://developers.kommo.com/docs/getting-listed
    Bad:
        manifest.json
            "locale": [
              "en"
    Good:
        manifest.json
            "es",
    """
    declared = widget.manifest.locales
    lacking = {locale for locale, _ in _without_file(widget)}
    meant = {_base(locale) for locale in declared if locale not in _KNOWN}
    for locale, texts in widget.texts.items():
        if declared and locale not in declared and locale not in meant and _base(locale) not in lacking:
            hint = f"add `{locale}` to `widget.locale`, or delete the file"
            yield Problem(texts.path, f"the locale `{locale}` is not declared", hint)


def _base(locale: str) -> str:
    """Return the language of a code with a region: `es` for `es_ES`."""
    return locale[:2].lower() if locale[2:3] in ("", "_", "-") else locale
