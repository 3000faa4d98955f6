"""One fault gives one finding: a widget with every area after one edit, checked by all rules."""

import json
import re
from collections.abc import Iterable

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context
from tests.check.areas import PARTS
from tests.check.edits import edited

RICH = "".join(f"* with {part}\n" for part in PARTS if part != "amoforms")
"""The edits that add every area but those of amoCRM alone."""

LOCATIONS: tuple[str, ...] = tuple(entry.text for entry in Widget(edited(RICH)).manifest.locations)

END = f"/locations/{len(LOCATIONS)}"
"""The pointer of one more entry."""


def locations(*entries: object) -> str:
    """Return the edit that declares `entries`."""
    return manifest(locations=entries)


def without(area: str) -> str:
    """Return the edit that no longer declares `area`."""
    return locations(*(entry for entry in LOCATIONS if entry != area))


def instead(area: str, entry: str) -> str:
    """Return the edit that declares `entry` in place of `area`."""
    return locations(*(entry if other == area else other for other in LOCATIONS))


def manifest(**members: object) -> str:
    """Return the edit that merges `members` into the manifest."""
    return f"manifest.json {json.dumps(members)}"


def renamed(key: str, other: str) -> str:
    """Return the edit that renames a key of the manifest."""
    return f'manifest.json replace\n    - "{key}":\n    + "{other}":'


Fault = tuple[str, str, str, str]
"""Name, edits, code, and pointer or path of the finding."""

FAULTS: list[Fault] = [
    ("unknown-area", locations(*LOCATIONS, "dashboard-widgets"), "L101", END),
    ("camel-case", instead("advanced_settings", "advancedSettings"), "L101", "/locations/3"),
    ("blank", instead("lcard-1", "lcard-1 "), "L101", "/locations/0"),
    ("needless-suffix", instead("settings", "settings-1"), "L102", "/locations/1"),
    ("both-suffixes", locations(*LOCATIONS, "lcard-0"), "L103", END),
    ("doubled", locations(*LOCATIONS, "lcard-1"), "L104", END),
    ("bare", instead("lcard-1", "lcard"), "L105", "/locations/0"),
    ("of-amocrm", locations(*LOCATIONS, "tline"), "L106", END),
    ("customers", locations(*LOCATIONS, "cucard-1"), "L107", END),
    *[(f"no-{block}", manifest(**{block: None}), "L110", f"/locations/{LOCATIONS.index(area)}")
      for area, block in [
          ("settings", "settings"), ("digital_pipeline", "dp"), ("advanced_settings", "advanced"),
          ("salesbot_designer", "salesbot_designer"), ("sms", "sms"), ("mobile_card", "mobile"),
          ("widget_page", "left_menu"),
      ]],
    *[(f"misspelt-{block}", renamed(block, f"{block}s"), "L110", f"/{block}s")
      for block in ("advanced", "salesbot_designer", "mobile", "left_menu")],
    ("no-area-of-settings", without("settings"), "L115", f"/locations/{LOCATIONS.index('catalogs') - 1}"),
    *[(f"no-area-of-{block}", without(area), "L111", f"/{block}")
      for area, block in [
          ("digital_pipeline", "dp"), ("advanced_settings", "advanced"),
          ("salesbot_designer", "salesbot_designer"), ("sms", "sms"), ("mobile_card", "mobile"),
          ("widget_page", "left_menu"),
      ]],
    ("card-sdk-alone", without("lcard-1"), "L112", f"/locations/{LOCATIONS.index('card_sdk') - 1}"),
    ("locations-misspelt", renamed("locations", "location"), "M110", "/location"),
    ("locations-inside-widget", manifest(widget={"locations": LOCATIONS}, locations=None),
     "M110", "/widget/locations"),
    ("name-misspelt", renamed("name", "nmae"), "M110", "/widget/nmae"),
    ("locale-a-text", manifest(widget={"locale": "en"}), "M115", "/widget/locale"),
    ("locale-of-a-region", manifest(widget={"locale": ["en", "es_ES"]}), "M116", "/widget/locale/1"),
    ("locale-without-file", manifest(widget={"locale": ["en", "es", "pt"]}), "I101", "i18n/pt.json"),
    ("locale-taken-out", manifest(widget={"locale": ["en"]}), "I103", "i18n/es.json"),
    ("no-locale-file", "i18n/es.json absent", "I101", "i18n/es.json"),
    ("locale-file-renamed", "i18n/es_ES.json copy i18n/es.json\ni18n/es.json absent", "I101", "i18n/es.json"),
    ("locale-file-deeper", "i18n/all/es.json copy i18n/es.json\ni18n/es.json absent",
     "I102", "i18n/all/es.json"),
    ("locale-file-too-many", "i18n/pt.json copy i18n/es.json", "I103", "i18n/pt.json"),
    ("locale-a-number", manifest(widget={"locale": ["en", "es", 5]}), "M115", "/widget/locale/2"),
    ("texts-broken", 'i18n/es.json replace\n    - "settings":\n    + "settings"', "I104", "i18n/es.json"),
    ("texts-empty", 'i18n/es.json ""', "I104", "i18n/es.json"),
    ("texts-a-list", "i18n/es.json\n    []", "I108", "i18n/es.json"),
    ("texts-not-utf8", "i18n/es.json with latin-1", "A124", "i18n/es.json"),
    ("text-missing", 'i18n/es.json {"settings": {"api_key": null}}', "I120", "i18n/es.json"),
    ("group-missing", 'i18n/es.json {"widget": null}', "I120", "i18n/es.json"),
    ("group-missing-with-more-in-it",
     'i18n/en.json {"widget": {"call_action": "Call"}}\ni18n/es.json {"widget": null}',
     "I120", "i18n/es.json"),
    ("text-empty", 'i18n/es.json {"widget": {"name": ""}}', "I121", "i18n/es.json"),
    ("text-literal", manifest(widget={"name": "Acme leads"}), "I122", "/widget/name"),
    ("text-too-many", 'i18n/es.json {"panel": {"title": "a"}}', "I130", "i18n/es.json"),
    ("text-unknown", "script.js inside\n    self.title = self.i18n('panel.title');", "I140", "script.js"),
    *[(f"no-{name}", f"images/{name}.png absent", code, f"images/{name}.png")
      for name, code in [
          ("logo", "G101"), ("logo_main", "G101"), ("logo_medium", "G101"), ("logo_min", "G101"),
          ("logo_small", "G101"), ("logo_dp", "G102"),
      ]],
    ("logo-cut-off", "images/logo.png png 130x100 truncated", "G103", "images/logo.png"),
    ("logo-older", "images/logo_min.png png 42x42", "G104", "images/logo_min.png"),
    ("logo-jpeg", "images/logo_main.png jpeg 400x272", "G105", "images/logo_main.png"),
    ("logo-heavy", "images/logo.png png 130x100 400kB", "G106", "images/logo.png"),
    ("no-slide", "images/tour_es.png absent", "G110", "/tour/tour_images/es/0"),
    ("no-tour", manifest(tour=None), "P101", "/tour"),
    ("no-slides-for-a-locale", manifest(tour={"tour_images": {"es": None}}), "M182", "/tour/tour_images/es"),
    ("slides-no-list", manifest(tour={"tour_images": {"es": "/images/es.png"}}),
     "M181", "/tour/tour_images/es"),
    ("slide-misspelt", manifest(tour={"tour_images": {"es": ["/images/es.png"]}}),
     "G110", "/tour/tour_images/es/0"),
    ("slide-small", "images/tour_es.png png 800x600", "G111", "images/tour_es.png"),
    ("no-icon", manifest(left_menu={"acme": {"icons": {"dark": "images/dark.svg"}}}),
     "G120", "/left_menu/acme/icons/dark"),
    ("tour-of-another-locale", manifest(tour={"tour_images": {"pt": ["/images/tour_pt.png"]}}),
     "M182", "/tour/tour_images/pt"),
    ("no-webhook", manifest(dp={"webhook_url": None}), "E101", "/dp/webhook_url"),
    ("webhook-no-address", manifest(dp={"webhook_url": "hooks"}), "E102", "/dp/webhook_url"),
    ("webhook-http", manifest(dp={"webhook_url": "http://hooks.acme.test"}), "E103", "/dp/webhook_url"),
    ("webhook-example", manifest(dp={"webhook_url": "https://example.com"}), "E104", "/dp/webhook_url"),
    ("webhook-at-the-root", manifest(dp={"webhook_url": None}, webhook_url="https://hooks.acme.test"),
     "E105", "/webhook_url"),
    ("webhook-in-widget", manifest(dp={"webhook_url": None}, widget={"webhook_url": "https://a.test"}),
     "M121", "/widget/webhook_url"),
    ("webhook-in-fields", manifest(dp={"webhook_url": None, "settings": {"webhook_url": "https://a.test"}}),
     "M131", "/dp/settings/webhook_url"),
    ("webhook-misspelt", manifest(dp={"webhook_url": None, "webhookUrl": "https://a.test"}),
     "M144", "/dp/webhookUrl"),
    ("no-on-save-to-bind-a-list", "script.js replace\n    - this.setSdkCatalogId(7);\n    + \n"
     "script.js replace\n    - onSave:\n    + onsave:",
     "S112", "script.js"),
    ("flag-in-fields", manifest(dp={"action_multiple": None, "settings": {"action_multiple": False}}),
     "M140", "/dp/settings/action_multiple"),
    ("own-machine", manifest(sms={"endpoint": "https://localhost/sms.php"}), "E106", "/sms/endpoint"),
    ("sms-http", manifest(sms={"endpoint": "http://hooks.acme-help.test/sms.php"}), "E107", "/sms/endpoint"),
    ("global-style", "style.css\n    p { margin: 0; }", "C101", "style.css"),
    ("no-module", "script.js replace\n    - ['jquery']\n    + ['jquery', './a']", "S106", "script.js"),
    ("undeclared", "script.js inside\n    gone();", "S140", "script.js"),
    ("console", "script.js inside\n    console.log(1);", "S124", "script.js"),
    ("open-template", "templates/a.twig\n    {{ langs.a }", "S151", "templates/a.twig"),
    ("no-render", "script.js replace\n    - render: function\n    + redner: function", "S111", "script.js"),
    ("init-false", "script.js inside\n    this.callbacks.init = function () { return false; };",
     "S116", "script.js"),
    ("bearer", "script.js inside\n    self.auth = 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0."
     "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';", "E110", "script.js"),
    ("secret-key", manifest(widget={"secret_key": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"}),
     "M124", "/widget/secret_key"),
    ("secret-in-script", "script.js inside\n    self.client_secret = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';",
     "E110", "script.js"),
]  # fmt: skip


def _found(edits: str, profile: str = "public") -> list[tuple[str, str, str]]:
    findings = lint(Widget(edited(RICH + edits)), Context(profile))
    return [(finding.code, finding.path, finding.pointer) for finding in findings]


def test_the_widget_with_every_area_has_no_finding() -> None:
    assert _found("") == []


@pytest.mark.parametrize(
    ("edits", "code", "place"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_one_fault_gives_one_finding(edits: str, code: str, place: str) -> None:
    path = "manifest.json" if place.startswith("/") else place
    [(found, where, pointer)] = _found(edits)
    assert (found, where) == (code, path)
    assert pointer == place or path != "manifest.json"


@pytest.mark.parametrize("area", LOCATIONS)
def test_an_unknown_entry_does_not_hide_a_block_without_its_area(area: str) -> None:
    codes = [code for code, *_ in _found(instead(area, "nowhere"))]
    assert codes[0] == "L101"
    assert set(codes[1:]) <= {"L111", "L112", "L115"}
    assert bool(codes[1:]) is (area not in ("card_sdk", "catalogs"))


def test_a_page_in_the_menu_is_the_only_finding_in_a_private_widget() -> None:
    assert _found("", "private") == [
        ("L114", "manifest.json", f"/locations/{LOCATIONS.index('widget_page')}")
    ]


DEPENDENT = {
    ("no-slide", "locale-taken-out"), ("locale-file-deeper", "locale-taken-out"),
    ("slide-small", "slides-no-list"), ("slide-small", "no-tour"), ("slide-small", "slide-misspelt"),
    ("group-missing", "texts-not-utf8"), ("no-webhook", "webhook-misspelt"), ("no-webhook", "no-area-of-dp"),
    ("misspelt-advanced", "no-area-of-advanced"), ("text-unknown", "text-too-many"),
    ("locale-file-renamed", "locale-a-text"), ("locale-file-renamed", "locale-taken-out"),
    ("text-too-many", "locale-taken-out"), ("locale-of-a-region", "locale-file-deeper"),
    ("locale-without-file", "locale-file-too-many"), ("no-webhook", "webhook-in-widget"),
    ("locale-taken-out", "slide-misspelt"), ("text-missing", "no-settings"),
    ("no-logo_dp", "no-area-of-dp"), ("flag-in-fields", "no-area-of-dp"),
}  # fmt: skip
"""Pairs of which one is no fault beside the other: a missing slide of an undeclared locale, for instance."""

STEPS = (5, 17, 31, 47)


def _pairs(steps: Iterable[int]) -> list[tuple[Fault, Fault]]:
    """Return each fault with those so many rows below it, except dependent pairs."""
    return [
        (one, other)
        for step in steps
        for one, other in zip(FAULTS, FAULTS[step:], strict=False)
        if not {(one[0], other[0]), (other[0], one[0])} & DEPENDENT
    ]


def _subject(fault: Fault) -> str:
    """Return the subject of a fault: of two with the same subject, one may be none beside the other."""
    name = fault[0]
    if any(word in name for word in ("locale", "text", "group", "slide", "tour")):
        return "locales"
    return "webhook" if "webhook" in name else re.sub("^(no-area-of|misspelt|no)-", "", name)


PAIRS = _pairs(STEPS)
OTHER_PAIRS = [
    (one, other)
    for one, other in _pairs(step for step in range(1, len(FAULTS)) if step not in STEPS)
    if _subject(one) != _subject(other)
]


def _together(one: str, other: str) -> str:
    """Return both edits, or nothing if their order matters."""
    try:
        is_free = edited(RICH + one + "\n" + other).tree == edited(RICH + other + "\n" + one).tree
    except (AssertionError, KeyError, ValueError):
        return ""
    return f"{one}\n{other}" if is_free else ""


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=[f"{one[0]}+{other[0]}" for one, other in PAIRS])
def test_neither_of_two_faults_hides_the_other(one: Fault, other: Fault) -> None:
    if edits := _together(one[1], other[1]):
        assert {one[2], other[2]} <= {code for code, *_ in _found(edits)}


@pytest.mark.full
@pytest.mark.parametrize("one", FAULTS, ids=[row[0] for row in FAULTS])
def test_neither_of_any_two_faults_hides_the_other(one: Fault) -> None:
    hidden = []
    for first, other in OTHER_PAIRS:
        if first is one and (edits := _together(one[1], other[1])):
            found = {code for code, *_ in _found(edits)}
            hidden += [(code, other[0]) for code in (one[2], other[2]) if code not in found]
    assert hidden == []


def test_most_pairs_can_be_combined() -> None:
    assert sum(bool(_together(one[1], other[1])) for one, other in PAIRS) > len(PAIRS) / 2
