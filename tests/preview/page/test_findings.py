"""The findings on the preview's page: location, rule, and the fix after its diff."""

from pathlib import Path

from tests.preview.page.conftest import Play
from tests.preview.page.playing import Played


def findings(page: Played) -> None:
    page.page.locator(".tabs__item[data-tab=findings]").click()


def test_a_finding_is_fixed_after_its_diff_was_shown(play: Play, studio: tuple[Path, Played]) -> None:
    page = play(query="area=lcard")
    script = studio[0] / "script.js"
    script.write_bytes(script.read_bytes().replace(b"\n", b"\r\n"))
    page.open("area=lcard")
    findings(page)
    finding = page.page.locator(".finding", has=page.page.get_by_text("A123", exact=True))
    place = finding.locator("a.place")
    assert place.get_attribute("href").startswith(f"vscode://file{script.as_posix()}:")  # type: ignore[union-attr]
    finding.locator("summary").click()
    assert finding.locator(".finding__rule").inner_text().count("\n") > 1
    finding.get_by_role("button", name="Show the fix").click()
    diff = finding.get_by_label("Diff")
    diff.wait_for()
    assert "--- a/script.js" in diff.inner_text()
    assert b"\r\n" in script.read_bytes()
    finding.get_by_role("button", name="Apply").click()
    finding.wait_for(state="detached")
    assert b"\r\n" not in script.read_bytes()


def test_a_changed_file_is_not_overwritten(play: Play, studio: tuple[Path, Played]) -> None:
    page = play(query="area=lcard")
    script = studio[0] / "script.js"
    script.write_bytes(script.read_bytes().replace(b"\n", b"\r\n"))
    page.open("area=lcard")
    findings(page)
    page.page.get_by_role("button", name="Show the fix").first.click()
    page.page.get_by_label("Diff").wait_for()
    answer = page.page.evaluate(
        """async () => (await fetch('/_preview/fix/write', {method: 'POST', headers: {'X-Preview': '1'},
            body: JSON.stringify({code: 'A123', digest: 'another'})})).status"""
    )
    assert answer == 409
    assert b"\r\n" in script.read_bytes()


NAMES = {"a b#c?.json": "a%20b%23c%3F.json", "javascript:alert(1).json": "javascript%3Aalert(1).json"}


def test_a_file_s_name_is_encoded_in_the_url(play: Play) -> None:
    page = play(query="area=lcard")
    for name, written in NAMES.items():
        href = page.page.evaluate(
            """async (path) => { const { placeLink } = await import('/_host/ui/place-link.js');
                return placeLink({ path, line: 3, column: 7 }).getAttribute('href'); }""",
            name,
        )
        assert href.endswith(f"/{written}:3:7")
        assert href.startswith("vscode://file/")
