"""Runs the areas of a widget in a headless browser and returns a report."""

from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from scaffold.errors import ScaffoldError
from scaffold.preview.run import coverage, screenshots, server_round
from scaffold.preview.run.browser import find_browser, playing
from scaffold.preview.run.results import AreaRun, Report
from scaffold.preview.run.runner import Request, Runner
from scaffold.preview.run.source_lines import source_lines
from scaffold.preview.server.access import link
from scaffold.preview.server.preview import Preview
from scaffold.preview.server.server import serving


def run(preview: Preview, request: Request) -> Report:
    """Run the areas one after another, each in a fresh frame.

    Raises ScaffoldError if the widget does not declare one of the areas, or there is no browser.
    """
    document = preview.state.describe(preview.memory)
    problems = tuple(document["widget"]["problems"])
    if not document["widget"]["readable"]:
        return Report(loaded=False, areas=(), problems=problems)
    planned = _planned({row["area"]: row for row in document["areas"]}, request)
    if folder := request.screenshots:
        screenshots.make_room(
            folder, (screenshots.place_of(folder, area.area, area.locale) for area in planned)
        )
    program = find_browser()
    with (
        playing() as driver,
        serving(preview, request.online, request.port) as url,
        closing(Runner(driver, program, _page(url, preview, request), preview.stage[0], request)) as runner,
    ):
        if request.php:
            preview.server.start(url, preview.stage[0])
            preview.server.install()
        # without areas the script is still loaded, to report why it fails to load
        runs = [runner.run(area) for area in planned or [AreaRun("", "")]]
        sent = server_round.run(preview.server) if request.php else None
    report = _report(preview, runs)._replace(problems=problems, server=sent)
    return report._replace(coverage=_coverage(preview, report, runner)) if request.coverage else report


def _planned(declared: Mapping[str, Mapping[str, Any]], request: Request) -> list[AreaRun]:
    """Return the areas to run, in each language. Raises ScaffoldError for one that is not declared."""
    by_name = {row["location"]: code for code, row in declared.items()} | {code: code for code in declared}
    unknown = [name for name in request.areas if name not in by_name]
    if unknown:
        raise ScaffoldError(
            f"the widget does not declare {', '.join(f'`{name}`' for name in unknown)}",
            f"its areas: {', '.join(declared) or 'none'}",
        )
    codes = {by_name[name] for name in request.areas} or set(declared)
    return [
        AreaRun(code, row["fidelity"], locale=locale)
        for locale in request.locales or ("",)
        for code, row in declared.items()
        if code in codes
    ]


def _report(preview: Preview, runs: list[AreaRun]) -> Report:
    """Return the report on the areas that ran, with the lines of source that their errors point to."""
    shown = tuple(done for done in runs if done.area or not done.loaded)
    faults = [fault for done in shown for fault in (*done.errors, *done.async_errors)]
    lines = source_lines(preview.source.widget.tree, {fault.at for fault in faults})
    return Report(all(done.loaded for done in runs), shown, lines=lines)


def _coverage(preview: Preview, report: Report, runner: Runner) -> coverage.Coverage:
    """Return which callbacks and lines of script.js the areas of `report` ran."""
    called = {call["callback"] for area in report.areas for call in area.called}
    defined = {name for area in report.areas for name in area.callbacks}
    return coverage.measure(preview.source.widget, runner.ranges, called, defined)


def _page(url: str, preview: Preview, request: Request) -> str:
    """Return the address of the page that runs areas instead of showing them."""
    query = {"run": "1"} | ({"online": "1"} if request.online else {})
    return link(url, preview.keys.token, urlencode(query))
