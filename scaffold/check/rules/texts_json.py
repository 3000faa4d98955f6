"""I104 to I108: whether the locale files are valid JSON."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import INVALID
from scaffold.check.rules.registry import Context, Problem, in_texts, rule


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
    return _errors(widget, *INVALID, hint="fix the JSON here")


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
