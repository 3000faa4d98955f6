"""The texts that users of a widget read describe what they see, not how it is made, in the vendor's terms."""
# ruff: noqa: RUF001 - Turkish and Russian letters are meant

import json
import re
from collections.abc import Iterator

import pytest

from scaffold.generate.answers import default_texts
from scaffold.generate.render.overlays import templates_root
from scaffold.kommo import limits
from tests.cases import BY_NAME
from tests.hosting import texts_of

ROOT = templates_root()

FOLDERS = sorted({path.parent for path in ROOT.rglob("i18n/*.json")})

DEVELOPERS = r"script\.js|\bmanifest\b|\bJSON\b|\bservers?\b|\bservidor\b|\bsunucu|сервер|\bcallback"
TABLES = r"\brows?\b|\bfilas?\b|\blinhas?\b|\bsatır|\bbaris\b|\bстрок"

UNFIT: dict[str, tuple[str, ...]] = {
    "en": (DEVELOPERS, TABLES, r"\bopportunit", r"\bdeals?\b"),
    "es": (
        DEVELOPERS,
        TABLES,
        r"\busted\b|\bsus?\b(?! datos)|\b\w+(ue|ce)\b la tarjeta",
        r"\bembudo",
        r"\btrato\b",
    ),
    "pt": (DEVELOPERS, TABLES, r"\bpipeline\b", r"\bnegócio"),
    "tr": (DEVELOPERS, TABLES, r"\bpipeline\b", r"\bfırsat", r"satış hattı"),
    "id": (DEVELOPERS, TABLES, r"\bAnda\b", r"\bprospek\b", r"\bcorong\b"),
    "ru": (DEVELOPERS, TABLES, r"\bлид", r"\bты\b|\bтебе\b", r"\bпайплайн"),
}
"""By locale, what no text may contain: how the widget is made, or terms that the vendor does not use."""

LABELLED_BY_COLON = {"source.added", "source.pipeline", "card.saved", "call.chosen"}
"""Texts that are followed by a value."""


def texts() -> Iterator[tuple[str, str, str, str]]:
    """Yield the folder, key, locale and text of every text that we write."""
    for folder in FOLDERS:
        for locale in limits.LOCALE_NAMES:
            for key, text in texts_of(json.loads((folder / f"{locale}.json").read_text())):
                # an expression has its texts in quotes, one for each variant
                for part in re.findall(r"(?::|\{\{) '([^']*)'", text) if "{{" in text else [text]:
                    yield str(folder.relative_to(ROOT)), key, locale, part
    for word in default_texts.DEFAULT_TEXTS:
        for locale, text in default_texts.DEFAULT_TEXTS[word].items():
            yield "default_texts", word, locale, text


def unfit(locale: str, text: str) -> list[str]:
    assert locale in UNFIT, f"add the words that no text in {locale} may contain to UNFIT"
    return [found[0] for pattern in UNFIT[locale] for found in re.finditer(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize("locale", limits.LOCALE_NAMES)
def test_texts_use_the_vendors_terms_and_no_developers_words(locale: str) -> None:
    wrong = {
        (folder, key): text for folder, key, own, text in texts() if own == locale and unfit(locale, text)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en", "Everything here is drawn by script.js.", ["script.js"]),
        ("en", "Selected rows", ["rows"]),
        ("es", "Nuevas herramientas para su CRM", ["su"]),
        ("es", "Guarda la tarjeta para ver aquí sus datos.", []),
        ("id", "Fitur baru untuk CRM Anda", ["Anda"]),
        ("tr", "Bu satırlar", ["satır"]),
        ("ru", "Ваш сервер будет вызван", ["сервер"]),
    ],
)
def test_unfit_words_are_found(locale: str, text: str, expected: list[str]) -> None:
    assert unfit(locale, text) == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_locale_has_the_same_keys(folder: object) -> None:
    keys = {
        locale: [key for key, _ in texts_of(json.loads((folder / f"{locale}.json").read_text()))]  # type: ignore[operator]
        for locale in limits.LOCALE_NAMES
    }
    assert {locale: own for locale, own in keys.items() if own != keys["en"]} == {}


def test_a_text_that_a_value_follows_ends_with_a_colon() -> None:
    ends = {(key, locale): text for _, key, locale, text in texts() if key in LABELLED_BY_COLON}
    assert {key for key, _ in ends} == LABELLED_BY_COLON
    assert [place for place, text in ends.items() if not text.endswith(":")] == []


def test_a_refusal_for_administrators_only_has_a_text_of_its_own() -> None:
    [with_backend, with_api] = [
        json.loads(BY_NAME[name].tree.text("widget/i18n/es.json"))["errors"] for name in ("backend", "api")
    ]
    assert with_backend["admins_only"] == "Solo los administradores pueden hacer esto."
    assert "admins_only" not in with_api
