"""The table of areas: each has a row, a folder, texts, a line in the reference and golden cases."""

import json
import re
from pathlib import Path

import pytest

from scaffold.generate.answers.registry import BY_KEY
from scaffold.generate.render.overlays import WANTED, templates_root
from scaffold.kommo import limits
from scaffold.kommo.area import Area
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.kommo.callbacks import ALWAYS
from scaffold.kommo.callbacks import BY_NAME as CALLBACKS
from scaffold.kommo.location import parse_location
from scaffold.kommo.manifest import TOP_LEVEL
from scaffold.reference.tables import areas as reference_rows
from tests.cases import USUAL, answers_for, answers_of, forms
from tests.hosting import texts_of

ROOT = Path(__file__).parents[2]
TEMPLATES = templates_root()
LOCALES = set(limits.LOCALE_NAMES)

EVERY_AREA = pytest.mark.parametrize("area", AREAS, ids=lambda area: area.code)


def test_every_area_has_a_folder_and_every_folder_an_area() -> None:
    assert {path.name for path in (TEMPLATES / "areas").iterdir()} == set(BY_CODE)


def test_every_shared_folder_is_used_by_an_area_or_an_answer() -> None:
    named = {name for area in AREAS for name in (*area.overlays, *area.bare_overlays)}
    assert not named & set(WANTED)
    assert {path.name for path in (TEMPLATES / "shared").iterdir()} == named | set(WANTED)


@EVERY_AREA
def test_callbacks_of_an_area_are_documented_and_have_a_template(area: Area) -> None:
    folder = TEMPLATES / "areas" / area.code / "callbacks"
    files = {path.name.removesuffix(".js.j2") for path in folder.iterdir()} if folder.is_dir() else set()
    assert files == set(area.callbacks)
    assert files <= set(CALLBACKS) - set(ALWAYS)


def test_callbacks_of_every_widget_have_a_template() -> None:
    files = {path.name.removesuffix(".js.j2") for path in (TEMPLATES / "base/callbacks").iterdir()}
    assert files == set(ALWAYS)


@EVERY_AREA
def test_manifest_block_of_an_area_is_in_its_folder_and_nowhere_else(area: Area) -> None:
    file = TEMPLATES / "areas" / area.code / "widget/manifest.json"
    blocks = set(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else set()
    assert blocks == ({area.block} if area.block else set())
    assert blocks <= set(TOP_LEVEL)


@EVERY_AREA
def test_questions_of_an_area_are_in_its_own_block(area: Area) -> None:
    asked = {question.block for question in BY_KEY.values() if area.code in question.areas}
    assert asked <= {area.code}


@EVERY_AREA
def test_area_has_a_golden_case_for_each_of_its_forms(area: Area) -> None:
    assert set(forms(area.code)) <= {case.name for case in USUAL}


@EVERY_AREA
def test_area_row_is_valid(area: Area) -> None:
    assert area.title
    assert area.gives == area.gives.strip().rstrip(".")
    assert area.url.startswith("https://")
    assert set(area.needs_one_of) <= set(BY_CODE)
    assert set(area.images) <= set(limits.IMAGE_BY_NAME)
    assert bool(area.bare_overlays) <= area.suffix


@EVERY_AREA
def test_suffixes_are_read_only_if_the_area_has_them(area: Area) -> None:
    read = [str(parse_location(area.code + suffix)) for suffix in ("", "-1", "-0", "-2", "-", "-1 ", "-01")]
    plain = [area.code, "None", "None"]
    suffixed = [f"{area.code}-1", f"{area.code}-1", f"{area.code}-0"]
    assert read == [*(suffixed if area.suffix else plain), *["None"] * 4]


def test_the_reference_has_a_row_for_each_area() -> None:
    lines = (ROOT / ".github" / "docs" / "areas.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| [`")]
    assert rows == list(reference_rows())[2:]


OVERLAYS = sorted(path.parent.parent for path in TEMPLATES.rglob("widget/i18n"))
EVERY_OVERLAY = pytest.mark.parametrize(
    "overlay", OVERLAYS, ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)


def overlay_texts(overlay: Path) -> dict[str, dict[str, str]]:
    return {
        path.stem: dict(texts_of(json.loads(path.read_text(encoding="utf-8"))))
        for path in (overlay / "widget/i18n").iterdir()
    }


@EVERY_OVERLAY
def test_overlay_has_the_same_keys_in_all_locales(overlay: Path) -> None:
    texts = overlay_texts(overlay)
    assert set(texts) == LOCALES
    for locale in LOCALES:
        assert list(texts[locale]) == list(texts["en"])


@EVERY_OVERLAY
def test_overlay_is_translated(overlay: Path) -> None:
    """A sentence that was left in English would be shown in English in every locale."""
    texts = overlay_texts(overlay)
    for key, english in texts["en"].items():
        if "{{" not in english and len(english.split()) > 2:
            english_in = [locale for locale in texts if texts[locale][key] == english]
            assert english_in == ["en"], f"translate {key}"


@EVERY_OVERLAY
def test_overlay_uses_the_alphabets_of_its_languages(overlay: Path) -> None:
    for locale, texts in overlay_texts(overlay).items():
        for key, text in texts.items():
            if text.isascii() and text.isupper():
                continue  # an abbreviation such as ID is the same in every language
            cyrillic = bool(re.search("[\u0400-\u04ff]", text))
            assert "{{" in text or cyrillic == (locale == "ru"), (locale, key)


def test_case_answers_are_complete_for_every_form() -> None:
    for area in AREAS:
        for form in forms(area.code):
            assert answers_of(answers_for(form)).has(area.code)
