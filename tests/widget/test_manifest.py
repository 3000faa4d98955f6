"""manifest.json and the i18n files of every case."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from scaffold.generate.render import render
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.kommo.limits import tour_image
from scaffold.kommo.manifest import TOP_LEVEL
from tests.cases import BY_NAME, EVERY_CASE, Case, answers_of
from tests.hosting import texts_of

WIDGET_KEYS = [
    "name", "description", "short_description", "version", "interface_version", "init_once", "locale",
    "installation", "support",
]  # fmt: skip
"""The widget block's keys in the documentation's order. Source: <https://es-developers.kommo.com/docs/manifest-json>."""

TEXT_KEYS = ("name", "description", "short_description", "title", "default_value", "tour_description")
"""Members of the manifest that hold the key of a text."""

ERROR_CODES = ("no_token", "not_allowed", "not_found", "too_many", "not_available")

UNREAD = {
    "widget.call_action": "the CRM reads it: the label of add_action",
    **{f"card.tasks.{form}": "for another number of them" for form in ("one", "few", "many", "other")},
    **{
        f"errors.{code}": "for another reason"
        for code in ("admins_only", "no_token", "not_allowed", "not_found", "too_many")
    },
    "errors.not_available": "as above",
    "errors.other": "as above",
    "picker.failed": "for options of your own, which may fail to load",
    "secrets.failed": "test_secrets.py covers it",
    "secrets.required": "as above",
    **{f"entity.{area.code}": "for the panel, also while the card's suffix is -0" for area in AREAS},
}
"""Texts that neither the manifest nor the script reads -> why they are there."""

SEED_LOCATIONS = [
    "lcard-1", "llist-0", "ccard-1", "clist-0", "comcard-0", "card_sdk", "settings", "digital_pipeline",
    "lead_sources", "catalogs", "advanced_settings",
]  # fmt: skip
SEED_MANIFEST = {
    "widget": {
        "name": "widget.name",
        "description": "widget.description",
        "short_description": "widget.short_description",
        "version": "1.0.1",
        "interface_version": 2,
        "init_once": False,
        "locale": ["en"],
        "installation": True,
    },
    "locations": ["everywhere", "settings", "advanced_settings"],
    "settings": {"login": {"name": "settings.login", "type": "text", "required": False}},
    "advanced": {"title": "advanced.title"},
}
"""The vendor's two examples: <https://www.amocrm.com/developers/content/integrations/areas/>."""


def manifest_of(case: Case) -> dict[str, Any]:
    return dict(json.loads(case.tree["widget/manifest.json"]))


def dictionaries(case: Case) -> dict[str, Any]:
    return {locale: json.loads(case.tree[f"widget/i18n/{locale}.json"]) for locale in case.answers.locales}


def text_keys(value: Any) -> Iterator[str]:
    """Yield the key of every text that a manifest refers to."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name in TEXT_KEYS and isinstance(member, str):
                yield member
            else:
                yield from text_keys(member)


@EVERY_CASE
def test_blocks_are_those_of_the_areas_in_the_documented_order(case: Case) -> None:
    blocks = {area.block for area in AREAS if area.block and case.answers.has(area.code)}
    if case.answers.tour.slides:
        blocks.add("tour")
    expected = [name for name in TOP_LEVEL if name in {"widget", "locations", *blocks}]
    assert list(manifest_of(case)) == expected


@EVERY_CASE
def test_widget_block(case: Case) -> None:
    answers = case.answers
    widget = manifest_of(case)["widget"]
    assert list(widget) == [key for key in WIDGET_KEYS if key in widget]
    assert widget["version"] == answers.version
    assert widget["interface_version"] == 2
    assert widget["init_once"] is answers.init_once
    assert widget["locale"] == list(answers.locales)
    assert widget["installation"] is answers.has("settings")
    assert ("support" in widget) == bool(answers.support.link or answers.support.email)


@EVERY_CASE
def test_locations_keep_the_order_of_the_answers(case: Case) -> None:
    given = [
        text + "-1" if BY_CODE.get(text) and BY_CODE[text].suffix else text for text in case.plain["areas"]
    ]
    assert manifest_of(case)["locations"] == given


@EVERY_CASE
def test_every_text_of_the_manifest_and_of_the_areas_exists_in_each_locale(case: Case) -> None:
    needed = {
        *text_keys(manifest_of(case)),
        *(key for code in case.answers.codes for key in BY_CODE[code].i18n),
    }
    for locale, dictionary in dictionaries(case).items():
        texts = dict(texts_of(dictionary))
        assert [key for key in needed if not texts.get(key)] == [], locale


@EVERY_CASE
def test_locales_have_the_same_keys_and_no_empty_text(case: Case) -> None:
    first, *others = (dict(texts_of(dictionary)) for dictionary in dictionaries(case).values())
    for texts in (first, *others):
        assert list(texts) == list(first)
        assert all(text for text in texts.values())


@EVERY_CASE
def test_every_text_is_used(case: Case, reports: dict[str, Any]) -> None:
    by_manifest = {*text_keys(manifest_of(case)), *(key for area in AREAS for key in area.i18n)}
    for locale, dictionary in dictionaries(case).items():
        used = by_manifest | set(reports[case.name][locale]["read"]) | set(UNREAD)
        assert [key for key, _ in texts_of(dictionary) if key not in used] == [], locale


@pytest.mark.parametrize(
    ("name", "support"),
    [
        ("support", {"email": "help@acme.example"}),
        ("public", {"link": "https://acme.example/help", "email": "help@acme.example"}),
        ("minimal", None),
    ],
)
def test_support_is_written_as_given(name: str, support: dict[str, str] | None) -> None:
    assert manifest_of(BY_NAME[name])["widget"].get("support") == support


@pytest.mark.parametrize("name", ["every-locale", "amocrm"])
def test_texts_by_locale_go_into_their_locale(name: str) -> None:
    case = BY_NAME[name]
    names = {locale: dictionary["widget"]["name"] for locale, dictionary in dictionaries(case).items()}
    assert names == case.plain["name"]


def test_seed_manifest_is_reproduced_to_the_byte() -> None:
    answers = answers_of({
        "code": "acme_leads", "areas": SEED_MANIFEST["locations"], "version": "1.0.1", "locales": ["en"],
        "settings": {"login": {"type": "text"}},
    })  # fmt: skip
    written = render(answers).text("widget/manifest.json")
    assert written == json.dumps(SEED_MANIFEST, indent=2) + "\n"


def test_seed_locations_are_reproduced() -> None:
    answers = answers_of({
        "code": "acme_leads", "areas": SEED_LOCATIONS, "catalogs": {"list_id": 1},
        "digital_pipeline": {"webhook_url": "https://hooks.acme.example/digital_pipeline.php"},
    })  # fmt: skip
    assert json.loads(render(answers)["widget/manifest.json"])["locations"] == SEED_LOCATIONS


@pytest.mark.parametrize(
    ("name", "block", "expected"),
    [
        ("digital-pipeline", "dp", {
            "settings": {"message": {"name": "dp.settings.message", "type": "text", "required": False}},
            "action_multiple": False,
            "webhook_url": "https://hooks.acme.example/digital_pipeline.php",
        }),
        ("widget-php", "dp", {
            "settings": {"message": {"name": "dp.settings.message", "type": "text", "required": False}},
            "action_multiple": False,
        }),
        ("sms", "sms", {"endpoint": "https://hooks.acme.example/sms.php"}),
        ("mobile_card", "mobile", {
            "frame_url": "https://hooks.acme.example/mobile.php", "color": "#204ecf",
        }),
        ("menu-items", "left_menu", {"acme_leads": {
            "title": "menu.title",
            "icons": {"light": "images/menu_light.svg", "dark": "images/menu_dark.svg"},
            "submenu": {
                "reports": {"title": "menu.items.reports", "sort": 1},
                "rules": {"title": "menu.items.rules", "sort": 2},
            },
        }}),
        ("public", "tour", {
            "is_tour": True,
            "tour_images": {
                locale: [f"/images/{tour_image(locale, number)}" for number in (1, 2, 3)]
                for locale in ("en", "es")
            },
            "tour_description": "tour.description",
        }),
    ],
)  # fmt: skip
def test_block_of_an_area(name: str, block: str, expected: dict[str, Any]) -> None:
    assert manifest_of(BY_NAME[name])[block] == expected


def test_salesbot_block_names_each_handler_and_field() -> None:
    block = manifest_of(BY_NAME["handlers"])["salesbot_designer"]
    assert {code: list(handler["settings"]) for code, handler in block.items()} == {
        "score": ["a_text", "a_numeric", "a_url"],
        "greet": ["text"],
        "stop": [],
    }
    assert block["score"]["settings"]["a_url"] == {
        "name": "salesbot.score.fields.a_url",
        "type": "url",
        "manual": True,
        "default_value": "salesbot.score.defaults.a_url",
    }
