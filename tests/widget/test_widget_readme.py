"""The generated README: true for the areas, the addresses and the platform of its widget."""

import re

import pytest

from scaffold.files.tree import Tree
from scaffold.generate.render import render
from tests.cases import BY_NAME, NO_PANELS, PANELS, answers_for, answers_of

KOMMO = "https://developers.kommo.com/"
AMOCRM = "https://www.amocrm.ru/developers/content/"

ON_KOMMOS_PAGE = {"website_chat_button", "ai_agent", "everywhere"}
"""Areas whose page is Kommo's list of areas: amoCRM's list lacks some."""


def tree_of(*locations: str, **more: object) -> Tree:
    return render(answers_of(answers_for(*locations, **more)))


def rows(readme: str) -> dict[str, tuple[str, str]]:
    """Return the rows of the table of areas by location: what the area gives, and its page."""
    found = re.findall(r"^\| [^|]+ \| `([^`]+)` \| ([^|]+) \| <([^>]+)> \|$", readme, re.MULTILINE)
    return {location: (gives, page) for location, gives, page in found}


@pytest.mark.parametrize("locations", [PANELS, NO_PANELS], ids=["with panels", "without"])
def test_has_a_row_for_each_area(locations: list[str]) -> None:
    assert set(rows(tree_of(*locations).text("README.md"))) == set(locations)


@pytest.mark.parametrize("code", ["lcard", "ccard", "comcard", "cucard"])
def test_promises_a_panel_only_where_there_is_one(code: str) -> None:
    with_panel, without = (
        rows(tree_of(location).text("README.md"))[location][0] for location in (f"{code}-1", f"{code}-0")
    )
    assert with_panel.startswith("a panel on the right of a ")
    assert without.startswith("an entry in the menu of phone numbers in a ")


def test_gives_addresses_as_they_were_answered() -> None:
    hook, page = "https://hooks.acme.example/a_b/*c*.php?k=1&x=_y_", "https://m.acme.example/_m_?x=[1]"
    readme = tree_of(
        "digital_pipeline", "mobile_card", digital_pipeline__webhook_url=hook, mobile_card__frame_url=page
    ).text("README.md")
    assert f"`{hook}`" in readme
    assert f"`{page}`" in readme


def test_links_the_documentation_of_its_platform() -> None:
    tree = tree_of(*PANELS, platform="amocrm")
    for location, (_, page) in rows(tree.text("README.md")).items():
        assert page.startswith(KOMMO if location in ON_KOMMOS_PAGE else AMOCRM), location
    for path in ("README.md", "widget/script.js", "types/kommo.d.ts"):
        linked = set(re.findall(re.escape(KOMMO) + r"[\w/-]+", tree.text(path)))
        assert linked <= {KOMMO + "docs/widget-locations"}, path


def test_only_long_comments_are_wrapped() -> None:
    script = tree_of(*PANELS).text("widget/script.js")
    assert "* Called with init; the place for event handlers.\n" in script
    assert max(map(len, script.splitlines())) <= 120


def test_names_its_platform() -> None:
    named = {
        platform: tree_of(*PANELS, platform=platform).text("README.md") for platform in ("kommo", "amocrm")
    }
    assert "A widget for Kommo that" in named["kommo"]
    assert "GET https://<subdomain>.kommo.com/api/v4/widgets/<widget code>" in named["kommo"]
    assert "A widget for amoCRM that" in named["amocrm"]
    assert "GET https://<subdomain>.amocrm.ru/api/v4/widgets/<widget code>" in named["amocrm"]
    assert "Kommo's current documentation" not in named["amocrm"]


STEPS = {
    ("kommo", False): {"docs/private-integration"},
    ("kommo", True): {
        "docs/technical-account", "docs/get-started-public", "docs/permissions", "docs/getting-listed",
        "docs/moderation-process",
    },
    ("amocrm", False): {"integrations/upload"},
    ("amocrm", True): {
        "integrations/upload", "oauth/scopes", "integrations/requirements", "integrations/moderation",
    },
}  # fmt: skip
"""Platform and whether the integration is public -> the pages that lead to the CRM."""


def way_of(readme: str) -> str:
    return readme.partition("## Upload\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("platform", "public"), STEPS)
def test_the_way_to_the_crm_links_the_pages_of_its_kind(platform: str, public: bool) -> None:
    locales = ["ru"] if platform == "amocrm" else ["en"]
    tree = tree_of("lcard-1", "settings", platform=platform, public=public, locales=locales)
    way = way_of(tree.text("README.md"))
    root = AMOCRM if platform == "amocrm" else KOMMO
    assert set(re.findall(r"<(https://[^>]+)>", way)) == {root + page for page in STEPS[platform, public]}
    # only Kommo's form for a public integration asks for a code
    assert ("**Code**: enter `acme_leads`" in way) == ((platform, public) == ("kommo", True))
    assert ("technical account" in way) == public


def test_never_gives_the_code_of_the_answers_as_the_platforms_own() -> None:
    for platform in ("kommo", "amocrm"):
        readme = tree_of(*PANELS, platform=platform).text("README.md")
        assert "with the code `acme_leads`" not in readme
        assert "work-area-acme_leads" not in readme


def test_lists_each_https_address_once() -> None:
    url = "https://hooks.acme.example/kommo"
    readme = tree_of(
        "digital_pipeline", "sms", "mobile_card", "salesbot_designer", backend__url=url, backend__oauth=True,
        sms__endpoint="https://sms.acme.example", mobile_card__frame_url=f"{url}/mobile.php",
        digital_pipeline__webhook_url=f"{url}/digital_pipeline.php", public=True,
    ).text("README.md")  # fmt: skip
    way = way_of(readme)
    pages = [f"{url}/{name}.php" for name in ("digital_pipeline", "mobile", "salesbot")]
    assert re.findall(r"^- `([^`]+)`$", way, re.MULTILINE) == [
        url,
        pages[0],
        "https://sms.acme.example",
        *pages[1:],
    ]
    assert f"**Redirect URI**: `{url}/oauth.php`" in way


@pytest.mark.parametrize("public", [False, True])
def test_says_where_the_hosted_handler_runs(public: bool) -> None:
    readme = tree_of("digital_pipeline", digital_pipeline={"backend": "widget_php"}, public=public).text(
        "README.md"
    )
    assert "3. Fill in `widget/digital_pipeline_handler.php`.\n" in readme
    assert ("in a private one, the pipeline's action does nothing" in way_of(readme)) == (not public)


def test_starts_with_what_to_do_first() -> None:
    headings = re.findall(r"^## (.*)$", tree_of("lcard-1", "settings").text("README.md"), re.MULTILINE)
    assert headings[:3] == ["Get started", "Upload", "Files"]
    with_gaps = tree_of("sms", sms__endpoint="later").text("README.md")
    assert re.findall(r"^## (.*)$", with_gaps, re.MULTILINE)[:2] == ["Fill in first", "Get started"]


@pytest.mark.parametrize("name", ["minimal", "all-areas", "backend", "exits", "widget-php"])
def test_links_only_to_sections_that_it_has(name: str) -> None:
    readme = BY_NAME[name].tree.text("README.md")
    headings = re.findall(r"^##+ (.*)$", readme, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", readme)) <= anchors


def test_does_not_mention_https_without_a_server() -> None:
    assert "HTTPS" not in tree_of("lcard-1", "settings").text("README.md")


@pytest.mark.parametrize("name", ["minimal", "all-areas", "sms", "widget-php", "card-tab", "exits"])
def test_every_file_that_it_names_exists(name: str) -> None:
    tree = BY_NAME[name].tree
    table = tree.text("README.md").partition("## Files\n")[2].partition("\n## ")[0]
    given = [
        path for row in table.splitlines() for path in re.findall(r"`([\w./*<>-]+)`", row.partition(" | ")[0])
    ]
    later = ("widget/images/", ".kommo-widget/")
    for path in given:
        pattern = re.escape(path).replace(r"\*", "[^/]+").replace("<locale>", r"\w+")
        assert path.startswith(later) or any(re.match(pattern, each) for each in tree), path
    assert ("widget/style.css" in given) == ("widget/style.css" in tree)
