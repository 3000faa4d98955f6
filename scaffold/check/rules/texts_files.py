"""I10x: whether the locale files exist and can be read."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.lookup import is_missing
from scaffold.check.rules.registry import Context, Problem, in_texts, rule
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
            yield Problem(other, message, f"move the file to `{path}`")


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


def _errors(widget: Widget, *kinds: str, hint: str) -> Iterator[Problem]:
    for texts in widget.texts.values():
        # A124 reports a byte that is not UTF-8, which also breaks the JSON around it.
        garbled = any(error.kind == "encoding" for error in texts.document.errors)
        for error in texts.document.errors:
            if error.kind in kinds and not garbled:
                yield Problem(texts.path, error.message, hint, error)


@rule("I104", "texts-invalid-json", Severity.ERROR, waivable=False)
def texts_invalid_json(widget: Widget, _context: Context) -> Iterator[Problem]:
    r"""Invalid JSON in a locale file.

    What:
        `i18n/<code>.json` is not valid JSON: a comma is missing or doubled, a string is not closed, quotes
        are single, a string contains a raw line break or an unknown escape.
    Why:
        The upload rejects the archive. Missing texts are reported once the file can be read.
    Source:
        https://developers.kommo.com/docs/i18n
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        i18n/es.json
            "name": "Acme prospectos"
    Good:
        i18n/es.json
            "name": "Prospectos",
    """
    kinds = ("syntax", "depth", "control-character", "escape", "surrogate", "nan")
    return _errors(widget, *kinds, hint="fix the JSON here")


@rule("I105", "texts-comment", Severity.ERROR, waivable=False)
def texts_comment(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Comment in a locale file.

    What:
        A `//` or `/* */` comment in `i18n/<code>.json`.
    Why:
        JSON has no comments, and the upload rejects the archive.
    Source:
        https://developers.kommo.com/docs/i18n
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        i18n/es.json
            // the texts
                "name": "Acme prospectos",
    Good:
        i18n/es.json
            {
                "name": "Prospectos",
    """
    return _errors(widget, "comment", hint="delete the comment")


@rule("I106", "texts-trailing-comma", Severity.ERROR, waivable=False)
def texts_trailing_comma(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Trailing comma in a locale file.

    What:
        A comma before a closing brace in `i18n/<code>.json`.
    Why:
        JavaScript allows it, JSON does not, and the upload rejects the archive.
    Source:
        https://developers.kommo.com/docs/i18n
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        i18n/es.json
            "name": "Acme prospectos",
            "api_key": "Clave de API",
    Good:
        i18n/es.json
            "name": "Prospectos",
            "api_key": "Clave de API"
    """
    return _errors(widget, "trailing-comma", hint="delete the comma")


@rule("I107", "texts-duplicate-key", Severity.WARNING)
def texts_duplicate_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Duplicate key in a locale file.

    What:
        The same key twice in one object of `i18n/<code>.json`.
    Why:
        Only the last one counts; the first is silently lost, including all texts of a group.
    Source:
        https://www.rfc-editor.org/rfc/rfc8259#section-4
    Bad:
        i18n/es.json
            "name": "Acme prospectos",
            "api_key": "Clave", "api_key": "Clave de API"
    Good:
        i18n/es.json
            "name": "Prospectos",
            "api_key": "Clave de API"
    """
    return _errors(widget, "duplicate-key", hint="keep one of the two")


@rule("I108", "texts-not-an-object", Severity.ERROR, waivable=False)
def texts_not_an_object(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Locale file is not an object.

    What:
        `i18n/<code>.json` contains a list, a string or `null`.
    Why:
        Texts are looked up by key, and there are none.
    Source:
        https://developers.kommo.com/docs/i18n
    Bad:
        i18n/es.json
            []
    Good:
        i18n/es.json
            {
              "widget": {
                "name": "Prospectos",
                "short_description": "Puntúa prospectos",
                "description": "Puntúa cada prospecto por su historial."
              },
              "settings": {
                "api_key": "Clave de API"
              }
            }
    """
    for texts in widget.texts.values():
        root = texts.document.root
        if root and texts.document.complete and not isinstance(root.value, dict):
            yield in_texts(texts, "the file is not an object", 'write it as `{"widget": {...}}`')
