"""`preview --run`: the areas of a widget, driven in a real browser, and the report."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from scaffold import cli
from scaffold.errors import ScaffoldError
from scaffold.preview.run import browser, headless, run_report
from scaffold.preview.run.headless import Request
from scaffold.preview.run.run_report import Fault, Report
from scaffold.preview.server.app import preview_of
from scaffold.preview.server.libs import libraries
from scaffold.preview.server.widget_source import Source
from tests.preview import widgets

KEYS = ["area", "fidelity", "called", "errors", "async_errors", "unknown_members", "screenshot"]


def run(folder: Path, **request: Any) -> Report:
    return headless.run(preview_of(Source(folder), libraries(print), lambda _line: None), Request(**request))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a widget that does nothing wrong, with pictures."""
    folder = tmp_path_factory.mktemp("sound")
    widgets.write(folder / "acme", widgets.manifest("lcard-1", "settings", "../dcard-1"))
    return run(folder / "acme", screenshots=folder / "pictures")


def test_every_declared_area_is_run_in_order(sound: Report) -> None:
    assert (sound.loaded, sound.failed) == (True, False)
    assert [area.area for area in sound.areas] == ["lcard", "settings", "../dcard"]
    assert [area.fidelity for area in sound.areas] == ["truthful", "truthful", "unknown"]
    for area in sound.areas:
        assert [call["callback"] for call in area.called][:3] == ["render", "init", "bind_actions"]
        assert {call["returned"] for call in area.called} <= {True, None}
        assert (area.errors, area.async_errors, area.unknown_members) == ([], [], [])
    assert "settings" in [call["callback"] for call in sound.areas[1].called]


def test_the_document_is_as_designed(sound: Report) -> None:
    document = json.loads(run_report.as_json(sound))
    assert list(document) == ["loaded", "areas"]
    assert [list(area) for area in document["areas"]] == [KEYS] * 3
    assert {tuple(call) for area in document["areas"] for call in area["called"]} == {
        ("callback", "returned")
    }


def test_pictures_are_written_into_their_folder(sound: Report) -> None:
    assert [Path(area.screenshot or "").name for area in sound.areas] == [
        "lcard.png",
        "settings.png",
        "___dcard.png",
    ]
    assert len({Path(area.screenshot or "").parent for area in sound.areas}) == 1
    for area in sound.areas:
        assert area.screenshot
        data = Path(area.screenshot).read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", data[16:24]) == headless.VIEWPORT


def test_the_text_for_people(sound: Report) -> None:
    lines = run_report.as_text(sound).splitlines()
    assert lines[0].split()[:4] == ["lcard", "ok", "truthful", "render,"]
    assert lines[-1] == "3 areas, 0 with errors"


def test_an_exception_in_a_callback_is_the_widgets(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("lcard-1", "settings"), init="throw new Error('boom')")
    report = run(folder, areas=("lcard-1",))
    (area,) = report.areas
    assert report.failed
    assert report.loaded
    assert area.area == "lcard"
    assert Fault("boom", "widget") in area.errors
    assert "  error (widget): boom" in run_report.as_text(report).splitlines()


def test_a_later_error_does_not_fail_the_run(folder: Path) -> None:
    later = "setTimeout(function () { throw new Error('late'); }, 10)"
    widgets.write(folder, widgets.manifest("lcard-1"), init=later)
    report = run(folder)
    assert not report.failed
    assert report.areas[0].errors == []
    assert any("late" in fault.message and fault.source == "widget" for fault in report.areas[0].async_errors)


def test_an_endless_loop_is_stopped_and_the_next_area_runs(folder: Path) -> None:
    loop = "if (self.system().area === 'lcard') { for (;;) {} }"
    widgets.write(folder, widgets.manifest("lcard-1", "settings"), init=loop)
    report = run(folder, seconds=8)
    assert report.failed
    first, second = report.areas
    assert first.errors == [Fault("the widget did not come to an end within 8 s", "widget")]
    assert (second.errors, second.loaded) == ([], True)


def test_nothing_but_this_machine_is_reached(folder: Path) -> None:
    calls = (
        "$.get('https://hooks.acme.example/a?k=s3cret'); fetch('http://192.0.2.1/b').catch(function () {});"
        "new Image().src = 'https://192.0.2.2/c.png'"
    )
    widgets.write(folder, widgets.manifest("lcard-1"), render=calls)
    (area,) = run(folder).areas
    told = {fault.message for fault in area.async_errors if "not let through" in fault.message}
    assert told == {
        "https://hooks.acme.example/a was not let through: only this machine is reached",
        "http://192.0.2.1/b was not let through: only this machine is reached",
        "https://192.0.2.2/c.png was not let through: only this machine is reached",
    }


@pytest.mark.parametrize("script", [None, "define([], function () {", "define([], 5);"])
def test_a_script_that_does_not_load(folder: Path, script: str | None) -> None:
    widgets.write(folder, widgets.manifest("lcard-1"))
    if script is None:
        (folder / "script.js").unlink()
    else:
        (folder / "script.js").write_text(script, encoding="utf-8")
    report = run(folder)
    assert (report.loaded, report.failed) == (False, True)
    assert report.areas[0].errors


def test_an_unreadable_manifest_needs_no_browser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.ENVIRONMENT, "/nowhere")
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    (folder / "manifest.json").unlink()
    report = run(folder)
    assert (report.loaded, report.areas) == (False, ())
    assert run_report.as_text(report).splitlines()[0] == "there is no manifest.json"


def test_an_area_that_is_not_declared_is_refused(folder: Path) -> None:
    with pytest.raises(ScaffoldError) as caught:
        run(folder, areas=("lcard-1", "llist", "x"))
    assert caught.value.message == "the widget does not declare `llist`, `x`"
    assert caught.value.hint == "its areas: lcard, settings, digital_pipeline"


def test_without_a_browser_the_way_on_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(browser.ENVIRONMENT, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_PLACES", {})
    with pytest.raises(ScaffoldError) as caught:
        browser.find_browser()
    assert caught.value.message == "`preview --run` found no Chromium or Chrome"
    assert browser.ENVIRONMENT in caught.value.hint


def test_a_browser_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.ENVIRONMENT, "/nowhere/chromium")
    with pytest.raises(ScaffoldError) as caught:
        browser.find_browser()
    assert caught.value.message == f"{browser.ENVIRONMENT} is no program: /nowhere/chromium"


def test_without_playwright_the_way_on_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "playwright.sync_api", None)
    with pytest.raises(ScaffoldError) as caught, browser.playing():
        pass
    assert caught.value.message == "`preview --run` needs playwright, which is not installed"


def test_the_command_reports_and_exits_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    widgets.write(folder, widgets.manifest("settings"), init="null.x")
    assert cli.run(["preview", str(folder), "--run", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    (area,) = document["areas"]
    assert area["errors"][0]["source"] == "widget"
    assert list(area["errors"][0]) == ["message", "source"]
