"""The rules about locations: a table of edits of the clean widget, each with the findings of its rule."""

import json

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.location_guess import guess_location
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import AREAS, BY_CODE, PAGE_CODES
from tests.check.edits import edited
from tests.check.expect import found

Row = tuple[str, str, str, list[tuple[str, str]]]


def declared(*locations: object) -> str:
    """Return the edit that declares `locations`."""
    return f"manifest.json {json.dumps({'locations': locations})}"


def _no_area(text: str) -> list[tuple[str, str]]:
    return [("/locations/1", f"`{text}` is not an area")]


ENTRIES: list[Row] = [
    ("L101", "unknown", declared("settings", "dashboard-widgets"), _no_area("dashboard-widgets")),
    ("L101", "camel-case", declared("settings", "advancedSettings"), _no_area("advancedSettings")),
    ("L101", "trailing-blank", declared("settings", "culist-1 "), _no_area("culist-1 ")),
    ("L101", "capital", declared("settings", "Lcard-1"), _no_area("Lcard-1")),
    ("L101", "other-suffix", declared("settings", "lcard-2"), _no_area("lcard-2")),
    ("L101", "page-code", declared("settings", "leads_card"), _no_area("leads_card")),
    ("L101", "empty", declared("settings", ""), _no_area("")),
    ("L101", "line-break", declared("settings", "lcard\n"), _no_area("lcard\\n")),
    ("L101", "twice", declared("lead", "settings", "lead"),
     [("/locations/0", "`lead` is not an area"), ("/locations/2", "`lead` is not an area")]),
    ("L101", "own-of-amocrm", declared("settings", "tline"), []),
    ("L101", "needless-suffix", declared("settings-1"), []),
    ("L101", "every-area", declared(*(area.code for area in AREAS)), []),
    ("L101", "no-texts", declared("settings", 7, None), []),
    ("L102", "settings", declared("lcard-1", "settings-1"), [("/locations/1", "`settings` takes no suffix")]),
    ("L102", "everywhere", declared("everywhere-0"), [("/locations/0", "`everywhere` takes no suffix")]),
    ("L102", "own-of-amocrm", declared("tline-1"), [("/locations/0", "`tline` takes no suffix")]),
    ("L102", "cards-and-lists", declared(*(f"{area.code}-0" for area in AREAS if area.suffix)), []),
    ("L103", "both", declared("lcard-1", "settings", "lcard-0"),
     [("/locations/2", "`lcard-0` and `lcard-1` cannot be combined")]),
    ("L103", "bare-and-0", declared("lcard", "lcard-0"),
     [("/locations/1", "`lcard-0` and `lcard` cannot be combined")]),
    ("L103", "reported-once", declared("lcard-1", "lcard-0", "lcard-0"),
     [("/locations/1", "`lcard-0` and `lcard-1` cannot be combined")]),
    ("L103", "two-areas", declared("lcard-1", "ccard-0"), []),
    ("L104", "same", declared("lcard-1", "settings", "lcard-1"),
     [("/locations/2", "`lcard-1` is declared twice")]),
    ("L104", "bare-and-1", declared("lcard", "lcard-1"),
     [("/locations/1", "`lcard-1` means the same as `lcard`")]),
    ("L104", "own-of-amocrm", declared("tline", "tline"), [("/locations/1", "`tline` is declared twice")]),
    ("L104", "unknown", declared("lead", "lead"), []),
    ("L105", "bare", declared("lcard", "settings"), [("/locations/0", "`lcard` means `lcard-1`")]),
    ("L105", "reported-by-others", declared("lcard", "lcard-1", "ccard", "ccard-0"), []),
    ("L105", "no-suffix-taken", declared("settings", "everywhere"), []),
    ("L106", "own-of-amocrm", declared("settings", "amoforms"),
     [("/locations/1", "`amoforms` is an area of amoCRM only")]),
    ("L107", "customers", declared("cucard-1", "culist-0"),
     [("/locations/0", "`cucard-1` is not in the current Kommo documentation"),
      ("/locations/1", "`culist-0` is not in the current Kommo documentation")]),
    ("L107", "whatsapp", declared("whatsapp_modal"),
     [("/locations/0", "`whatsapp_modal` is not in the current Kommo documentation")]),
    ("L107", "current", declared("lcard-1", "ai_agent", "widget_page"), []),
]  # fmt: skip

NEEDS: list[Row] = [
    *[
        ("L110", area.code, declared("lcard-1", area.code) + '\nmanifest.json {"settings": null}',
         [("/locations/1", f"`{area.code}` is declared, but the block `{area.block}` is missing")])
        for area in AREAS if area.block
    ],
    ("L110", "not-installed",
     'manifest.json {"settings": null, "widget": {"installation": false}}', []),
    ("L110", "wrong-type", declared("advanced_settings") + '\nmanifest.json {"advanced": []}', []),
    ("L110", "misspelt-key", declared("advanced_settings") + '\nmanifest.json {"advaced": {}}',
     [("/advaced", "`advanced_settings` is declared, but the block `advanced` is missing")]),
    ("L110", "inside-widget", declared("sms") + '\nmanifest.json {"widget": {"sms": {}}}',
     [("/widget/sms", "`sms` is declared, but the block `sms` is missing")]),
    ("L110", "twice-reported-once", declared("sms", "sms"),
     [("/locations/0", "`sms` is declared, but the block `sms` is missing")]),
    *[
        ("L111", area.block, f'manifest.json {{"{area.block}": {{"acme": {{}}}}}}',
         [(f"/{area.block}", f"`{area.block}` exists, but the location `{area.code}` is not declared")])
        for area in AREAS if area.block and area.block != "settings"
    ],
    ("L111", "settings", declared("lcard-1"), []),
    ("L111", "web-form", 'manifest.json {"amoforms_settings": {"title": "widget.name"}}',
     [("/amoforms_settings", "`amoforms_settings` exists, but the location `amoforms` is not declared")]),
    ("L111", "misspelt-area", declared("smss") + '\nmanifest.json {"sms": {"endpoint": "a"}}', []),
    ("L111", "needless-suffix", declared("sms-1") + '\nmanifest.json {"sms": {"endpoint": "a"}}', []),
    ("L111", "guess-of-another", declared("lcards-1") + '\nmanifest.json {"sms": {"endpoint": "a"}}',
     [("/sms", "`sms` exists, but the location `sms` is not declared")]),
    ("L111", "no-guess", declared("dashboard-widgets") + '\nmanifest.json {"sms": {"endpoint": "a"}}',
     [("/sms", "`sms` exists, but the location `sms` is not declared")]),
    ("L111", "no-locations", 'manifest.json {"locations": null}', []),
    ("L111", "one-text", 'manifest.json {"locations": "settings"}', []),
    ("L111", "empty", declared("lcard-1") + '\nmanifest.json {"settings": {"api_key": null}}', []),
    ("L111", "custom-field", declared("lcard-1") + '\n'
     'manifest.json {"settings": {"api_key": {"type": "custom"}}}', []),
    ("L111", "menu-of-the-crm",
     'manifest.json {"left_menu": {"stats": {"submenu": {}}, "mail": {"is_hidden": true}}}', []),
    ("L112", "alone", declared("settings", "card_sdk"),
     [("/locations/1", "`card_sdk` is declared without any card")]),
    ("L112", "lists-only", declared("card_sdk", "llist-1"),
     [("/locations/0", "`card_sdk` is declared without any card")]),
    *[
        ("L112", code, declared("card_sdk", code), [])
        for code in ("lcard-0", "ccard", "comcard-1", "cucard-1")
    ],
    ("L115", "alone", declared("lcard-1", "catalogs"),
     [("/locations/1", "`catalogs` is declared without `settings`, so the list is never bound")]),
    ("L115", "with-settings", declared("settings", "catalogs"), []),
    ("L115", "misspelt-settings", declared("catalogs", "setings"), []),
    ("L112", "misspelt-card", declared("card_sdk", "lcrd-1"), []),
    ("L114", "page", declared("settings", "widget_page"),
     [("/locations/1", "`widget_page` is for public integrations only")]),
    ("L114", "nobody-says", "* without profile\n" + declared("widget_page"), []),
    ("L116", "nobody-says", "* without profile\n" + declared("settings", "widget_page"),
     [("/locations/1", "`widget_page` is for public integrations only")]),
    ("L116", "a-tour-says", "* without profile\n* with tour\n" + declared("widget_page"), []),
    ("L116", "somebody-says", declared("widget_page"), []),
]  # fmt: skip

ROWS = [*ENTRIES, *NEEDS]


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_locations(code: str, edits: str, expected: list[tuple[str, str]]) -> None:
    findings = found(code, edits)
    assert findings == [("manifest.json", place, message) for place, message in expected]


AMOCRM = [
    ("L106", "own", declared("tline", "tcalendar"), []),
    ("L107", "customers", declared("cucard-1"), []),
    ("L110", "web-form", declared("amoforms"),
     [("manifest.json", "/locations/0",
       "`amoforms` is declared, but the block `amoforms_settings` is missing")]),
    ("L111", "web-form", "* with amoforms", []),
    ("L113", "no-script", declared("personal_page"),
     [("personal_page.js", "0:0", "`personal_page` is declared, but `personal_page.js` is missing")]),
    ("L113", "there", "* with amoforms", []),
    ("L113", "needs-none", declared("tline"), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in AMOCRM],
    ids=[f"{code}-{name}" for code, name, *_ in AMOCRM],
)
def test_location_rule_on_amocrm(code: str, edits: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(code, edits, platform="amocrm") == expected


def test_a_page_in_the_menu_is_right_in_public() -> None:
    assert found("L114", declared("widget_page"), profile="public") == []


MEANT = [
    ("advancedSettings", "advanced_settings"),
    ("AdvancedSettings", "advanced_settings"),
    ("advanced-settings", "advanced_settings"),
    ("culist-1 ", "culist-1"),
    ("culist-0 ", "culist-0"),
    ("LCARD", "lcard-1"),
    ("lcard_1", "lcard-1"),
    ("lcard1", "lcard-1"),
    ("lcard-2", "lcard-1"),
    ("setting", "settings"),
    ("settings-1", "settings"),
    ("digitalpipeline", "digital_pipeline"),
    ("todo", "tlist-1"),
    ("tcalender", "tcalendar"),
    ("dashboard-widgets", ""),
    ("", ""),
    ("x" * 100_000, ""),
]


@pytest.mark.parametrize(("text", "location"), MEANT, ids=[text[:20] for text, _ in MEANT])
def test_a_faulty_entry_is_understood(text: str, location: str) -> None:
    assert guess_location(text) == location


HINTS = [
    ("L101", declared("advancedSettings"), "did you mean `advanced_settings`?"),
    ("L101", declared("dashboard-widgets"), "use one that kommo-widget areas lists"),
    ("L105", declared("lcard"), "write `lcard-1`, or `lcard-0` if the panel is not used"),
    ("L110", declared("sms"), "add `sms` to the manifest"),
    ("L110", declared("sms") + '\nmanifest.json {"smss": {}}', "rename `smss` to `sms`"),
    ("L110", declared("sms") + '\nmanifest.json {"widget": {"sms": {}}}', "move `widget.sms` to the root"),
    ("L115", declared("catalogs"), "add `settings` to `locations`"),
    (
        "L112",
        declared("card_sdk"),
        "add the cards that should show the tab: `lcard-0`, `ccard-0`, `comcard-0`",
    ),
]


@pytest.mark.parametrize(("code", "edits", "hint"), HINTS, ids=[row[2] for row in HINTS])
def test_a_hint_names_the_edit(code: str, edits: str, hint: str) -> None:
    findings = lint(Widget(edited(edits)), options=CheckOptions(select=(code,)))
    assert [finding.hint for finding in findings] == [hint]


def test_both_products_have_their_own_areas() -> None:
    assert not BY_CODE.keys() & OWN_BY_CODE.keys()
    assert set(PAGE_CODES.values()) <= BY_CODE.keys()
    assert not PAGE_CODES.keys() & BY_CODE.keys()
