"""Every widget through 200 page changes, with late answers and a second upload of the project on the page."""

from pathlib import Path

import pytest

from scaffold.files.tree import Tree
from tests import hosting
from tests.cases import BY_NAME, Case

CHANGES = 200


@pytest.mark.long
def test_every_widget_keeps_to_itself(cases: tuple[Case, ...], projects: dict[str, Path]) -> None:
    """Nothing throws, nothing else on the page changes, and no handler or window is left."""
    jobs = [hosting.job(case.answers, projects[case.name]) for case in cases]
    reports = dict(zip((case.name for case in cases), hosting.run(jobs, "life.js"), strict=True))
    assert {name: report["faults"] for name, report in reports.items() if report["faults"]} == {}
    assert {report["changes"] for report in reports.values()} == {CHANGES}


MISTAKES = {
    "late-answers": ("lead_sources", "if (visit === visits) {", "if (visit >= 0) {", "after the end showed"),
    "windows": ("catalogs", "onLeave(function", "(function () {})(function", "a window is left"),
    "handlers": ("init-once", "$(document).off('.' + instanceName());", "", "handlers are left"),
    "style": ("lcard-1", "$style.remove();", "", "a style sheet is left"),
    "emptied": (
        "advanced_settings", "$page.appendTo($area.length ? $area : $('#list_page_holder'))",
        "$page.appendTo($('#list_page_holder').empty())", "something else of the page changed",
    ),
    "other-widget": (
        "lcard-1", "$('.' + NS + '-panel.' + instanceName())", "$('.' + NS + '-panel')", "was drawn into",
    ),
    "throws": ("lcard-1", "card ? card.id : 0", "card.nothing.id", "TypeError"),
}  # fmt: skip
"""A case, a piece of its script, its replacement, and the fault that this must cause."""


@pytest.mark.parametrize(
    ("name", "right", "wrong", "fault"),
    [pytest.param(*mistake, id=key) for key, mistake in MISTAKES.items()],
)
def test_a_mistake_is_detected(name: str, right: str, wrong: str, fault: str, tmp_path: Path) -> None:
    tree = BY_NAME[name].tree
    script = tree.text("widget/script.js")
    assert right in script
    files = {**tree, "widget/script.js": script.replace(right, wrong).encode()}
    [report] = hosting.run(
        [hosting.job(BY_NAME[name].answers, hosting.write(Tree(files), tmp_path))], "life.js"
    )
    assert any(fault in found for found in report["faults"]), report
