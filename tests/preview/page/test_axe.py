"""The preview's own markup under axe-core: every area, light and dark, nothing serious or critical."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame

from scaffold.kommo.areas import AREAS
from scaffold.preview.server.area_entries import HOST
from tests.preview.page.playing import CALLBACKS, Played, played, probe

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"

FIND = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'], iframes: false });
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) =>
    `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`).join('; ')}`);
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """A page with a widget that is in every area and draws nothing."""
    folder = probe(
        tmp_path_factory.mktemp("axe") / "probe",
        CALLBACKS.replace("bind_actions: yes", "bind_actions: function () { throw new Error('in sight'); }"),
        locations=[area.code + "-1" * area.suffix for area in AREAS],
        settings={"login": {"name": "Login", "type": "text", "required": True}},
    )
    with played(browser, folder) as page:
        page.open("v=axe")
        yield page


def _faults(page: Played, *, stage: bool = True) -> list[str]:
    """Return the serious and critical findings in the page and its frame."""
    page.settle()
    found = _faults_in(page.page.main_frame)
    return found + page.in_frame(lambda frame, _left: _faults_in(frame)) if stage else found


def _faults_in(frame: Frame) -> list[str]:
    if not frame.evaluate("typeof window.axe === 'object'"):
        frame.evaluate(AXE.read_text(encoding="utf-8") + "\n;0")
    found: list[str] = frame.evaluate(FIND)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_area_has_a_serious_finding(page: Played, scheme: str) -> None:
    page.page.evaluate("scheme => kommoPreview.setTheme(scheme)", scheme)
    found: dict[str, list[str]] = {}
    for area in AREAS:
        page.show(area.code)
        if faults := _faults(page):
            found[area.code] = faults
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tab", ["answers", "server", "findings"])
def test_no_tab_has_a_serious_finding(page: Played, scheme: str, tab: str) -> None:
    page.page.evaluate("scheme => kommoPreview.setTheme(scheme)", scheme)
    page.page.locator(f".tabs__item[data-tab={tab}]").click()
    page.page.evaluate("document.querySelectorAll('.bar').forEach(bar => bar.hidden = false)")
    page.page.evaluate("document.querySelectorAll('details').forEach(more => more.open = true)")
    assert _faults(page, stage=False) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_of_a_narrow_screen_has_no_serious_finding(page: Played, scheme: str) -> None:
    page.page.evaluate("scheme => kommoPreview.setTheme(scheme)", scheme)
    page.page.set_viewport_size({"width": 600, "height": 800})
    page.page.get_by_label("Areas, legend and adding an area").click()
    assert _faults(page, stage=False) == []
    page.page.keyboard.press("Escape")
    page.page.set_viewport_size({"width": 1280, "height": 800})


def test_axe_finds_a_fault(page: Played) -> None:
    page.page.evaluate("document.body.append(document.createElement('button'))")
    assert any(fault.startswith("button-name") for fault in _faults(page, stage=False))
    page.page.evaluate("document.body.lastChild.remove()")


def test_the_page_s_document_has_a_language() -> None:
    assert 'lang="en"' in (HOST / "index.html").read_text(encoding="utf-8")
