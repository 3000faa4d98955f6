"""P110 to P113: what the marketplace requires of the widget's name and descriptions."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.text_lookup import at_text, declared_texts, find_text
from scaffold.kommo import marketplace

_PUBLIC = {"public": Severity.WARNING}

# Strings, compiled on use: most widgets are private.
TAG = r"<[^<>]*+>"
_BRAND_IN_NAME = r"(?i:kommo|\bamo[ -]?crm)|\b[Aa]mo(?![a-z])|\bAMO(?![A-Za-z])"


def _named(widget: Widget, field: str) -> Iterator[tuple[Texts, str, str]]:
    """Yield file, key and text of `widget.<field>` in the manifest, for every declared locale."""
    key = widget.manifest.value("widget", field)
    if isinstance(key, str):
        for texts in declared_texts(widget):
            node = find_text(texts, key)
            if node and isinstance(node.value, str):
                yield texts, key, node.value


def _visible(text: str) -> str:
    """Return a text as users see it: without tags, entities decoded."""
    import html

    return " ".join(html.unescape(re.sub(TAG, "", text)).split())


def _too_long(widget: Widget, field: str, limit: int) -> Iterator[Problem]:
    for texts, key, text in _named(widget, field):
        if (length := len(_visible(text))) > limit:
            message = f"`{key}` is {length} characters long, the limit is {limit}"
            yield at_text(texts, key, message, "shorten it")


@rule("P110", "long-name", _PUBLIC, requires=("M101",))
def long_name(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Widget name is too long.

    What:
        The text of `widget.name` is longer than 30 characters, or contains a word longer than 19.
    Why:
        The marketplace has no room for it.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/es.json
            "name": "Puntuación automática de prospectos",
    Good:
        i18n/es.json
            "name": "Puntuación de prospectos",
    """
    yield from _too_long(widget, "name", marketplace.NAME_MAX_CHARS)
    for texts, key, text in _named(widget, "name"):
        longest = max(_visible(text).split(), key=len, default="")
        fits = len(_visible(text)) <= marketplace.NAME_MAX_CHARS
        if fits and len(longest) > marketplace.NAME_WORD_MAX_CHARS:
            most = marketplace.NAME_WORD_MAX_CHARS
            message = f"`{key}` has a word of {len(longest)} characters, the limit is {most}"
            yield at_text(texts, key, message, f"shorten `{longest}`")


@rule("P111", "long-short-description", _PUBLIC, requires=("M101",))
def long_short_description(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Short description is too long.

    What:
        The text of `widget.short_description` is longer than 50 characters.
    Why:
        The marketplace has no room for it.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/en.json
            "short_description": "Scores every lead by its history, each day and hour",
    Good:
        i18n/en.json
            "short_description": "Scores every lead by its history",
    """
    return _too_long(widget, "short_description", marketplace.SHORT_DESCRIPTION_MAX_CHARS)


@rule("P112", "long-description", _PUBLIC, requires=("M101",))
def long_description(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Description is too long.

    What:
        The text of `widget.description` is longer than 400 characters, not counting tags.
    Why:
        The marketplace has no room for it.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/en.json
            "description": "Scores every lead by its history: how often it was answered, how long each...
    Good:
        i18n/en.json
            "description": "Scores every lead. <br> Shows the score in the card."
    """
    return _too_long(widget, "description", marketplace.DESCRIPTION_MAX_CHARS)


@rule("P113", "brand-in-name", _PUBLIC, requires=("M101",))
def brand_in_name(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Vendor's name in the widget name.

    What:
        The text of `widget.name` contains `Kommo` or `amo`.
    Why:
        The marketplace rejects such names.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/en.json
            "name": "Scores for Kommo",
    Good:
        i18n/en.json
            "name": "Famous scores",
    """
    for texts, key, text in _named(widget, "name"):
        if found := re.search(_BRAND_IN_NAME, text):
            message = f"`{key}` contains the vendor's name `{found[0]}`"
            yield at_text(texts, key, message, "choose a name without it")
