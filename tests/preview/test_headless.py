"""`preview --run`: the areas of a widget, driven in a real browser, and the report."""

import json
import re
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from scaffold import cli
from scaffold.errors import ScaffoldError
from scaffold.preview.run import browser, headless, run_report, runner
from scaffold.preview.run.limits import Limits
from scaffold.preview.run.results import Fault, Report
from scaffold.preview.run.runner import VIEWPORT, Request
from scaffold.preview.run.source_lines import source_lines
from scaffold.preview.server.libs import libraries
from scaffold.preview.server.preview import preview_of
from scaffold.preview.widget_source import Source
from tests.ports import reserved_port
from tests.preview import widgets
from tests.preview.browsers import Browsers

ROOT = Path(__file__).parent.parent.parent

KEYS = [
    "area",
    "fidelity",
    "called",
    "warnings",
    "notes",
    "errors",
    "async_errors",
    "unknown_members",
    "screenshot",
]


@pytest.fixture(autouse=True, scope="module")
def one_browser(shared: Browsers) -> Iterator[None]:
    """All runs share a browser, except those in a process of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headless, "playing", shared.playing)
        patch.setattr(runner, "launch", shared.launch)
        yield


def run(folder: Path, **request: Any) -> Report:
    return headless.run(preview_of(Source(folder), libraries(print), lambda _line: None), Request(**request))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a correct widget, with screenshots."""
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


def test_the_shape_of_the_json_report(sound: Report) -> None:
    document = json.loads(run_report.as_json(sound))
    assert list(document) == ["loaded", "areas"]
    assert [list(area) for area in document["areas"]] == [KEYS] * 3
    assert {tuple(call) for area in document["areas"] for call in area["called"]} == {
        ("callback", "returned")
    }


def test_screenshots_are_written_to_their_folder(sound: Report) -> None:
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
        assert struct.unpack(">II", data[16:24]) == VIEWPORT


def test_the_text_report(sound: Report) -> None:
    lines = run_report.as_text(sound).splitlines()
    assert lines[0].split()[:4] == ["lcard", "ok", "truthful", "render,"]
    assert lines[-1] == "3 areas, 0 with errors"


def test_the_text_says_why_nothing_was_called(folder: Path) -> None:
    widgets.write(
        folder, widgets.manifest("sms", "settings", sms={"endpoint": "https://acme.example/sms.php?k=x"})
    )
    lines = run_report.as_text(run(folder, areas=("sms",))).splitlines()
    assert lines[0].split(maxsplit=3)[3] == "no callbacks in this area"
    assert lines[1].startswith(
        "  note: this area has no callback: the platform posts to https://acme.example/sms.php"
    )
    assert "k=x" not in lines[1]


def test_an_exception_in_a_callback_is_the_widgets(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("lcard-1", "settings"), init="throw new Error('boom')")
    report = run(folder, areas=("lcard-1",))
    (area,) = report.areas
    assert report.failed
    assert report.loaded
    assert area.area == "lcard"
    assert ("boom", "widget", "init") in [(e.message, e.source, e.callback) for e in area.errors]
    assert any(
        line.startswith("  error (widget): init, script.js:") and line.endswith(": boom")
        for line in run_report.as_text(report).splitlines()
    )


def test_code_on_another_server_is_not_the_widgets_fault(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("lcard-1"))
    (folder / "script.js").write_text("define(['https://cdn.acme.example/app.js?k=s3cret'], a => a);")
    report = run(folder)
    [fault] = report.areas[0].errors
    assert (report.loaded, report.failed, fault.source) == (False, True, "host")
    assert fault.message == (
        "https://cdn.acme.example/app.js was not loaded: the preview reaches only this machine; use --online"
    )


def test_code_on_this_machine_is_loaded(folder: Path, tmp_path: Path) -> None:
    widgets.write(folder, widgets.manifest("lcard-1"))
    (tmp_path / "app.js").write_text((folder / "script.js").read_text())
    files = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with HTTPServer(("127.0.0.1", 0), files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/app.js"
        (folder / "script.js").write_text(f"define(['{url}'], function (own) {{ return own; }});")
        report = run(folder)
        server.shutdown()
    assert (report.loaded, report.areas[0].errors) == (True, [])


def test_an_error_in_a_module_has_its_location(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("lcard-1"))
    (folder / "script.js").write_text("define(['./app.js'], function () {});")
    (folder / "app.js").write_text("define([], function () {\n  null.x;\n});")
    [fault] = run(folder).areas[0].errors
    assert (fault.source, fault.message.startswith("app.js:2:8: TypeError")) == ("widget", True)


def test_a_url_is_not_a_module_id(folder: Path) -> None:
    """A placeholder of a template that was not filled in: RequireJS requests it, and it does not exist."""
    widgets.write(folder, widgets.manifest("lcard-1"))
    (folder / "script.js").write_text("define(['{{BASE_PATH}}/widget.js?v=1'], own => own);")
    report = run(folder)
    assert (report.loaded, report.areas[0].errors[0].source) == (False, "widget")


def test_the_text_shows_the_line_of_code(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("ai_agent"), init="null.x")
    lines = run_report.as_text(run(folder)).splitlines()
    at = next(number for number, line in enumerate(lines) if "TypeError" in line)
    assert lines[at + 1] == "    init: function () { null.x; return true; },"


PLACES = {
    "a.js:2:3": "b(1);", "a.js:9:1": None, "gone.js:1:1": None, "a.js": None, "": None,
    "long.js:1:3001": "x" * 60 + "!" + "x" * 59, "odd.js:1:1": "\\x1b[31mred",
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_line_of_code_is_short_and_plain(place: str) -> None:
    tree = {
        "a.js": b"a();\n  b(1);\n", "odd.js": b"\x1b[31mred",
        "long.js": b"x" * 3000 + b"!" + b"x" * 3000,
    }  # fmt: skip
    assert source_lines(tree, [place]).get(place) == PLACES[place]


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
    report = run(folder, limits=Limits(area_work=3, area_clock=3600))
    assert report.failed
    first, second = report.areas
    assert first.errors == [Fault("the widget did not finish within 3 s of CPU time", "widget")]
    assert (second.errors, second.loaded) == ([], True)


def test_only_this_machine_is_reached(folder: Path) -> None:
    calls = (
        "$.get('https://hooks.acme.example/a?k=s3cret'); fetch('http://192.0.2.1/b').catch(function () {});"
        "new Image().src = 'https://192.0.2.2/c.png'"
    )
    widgets.write(folder, widgets.manifest("lcard-1"), render=calls)
    (area,) = run(folder).areas
    blocked = {fault.message for fault in area.async_errors if "was blocked" in fault.message}
    assert blocked == {
        "https://hooks.acme.example/a was blocked: the preview reaches only this machine",
        "http://192.0.2.1/b was blocked: the preview reaches only this machine",
        "https://192.0.2.2/c.png was blocked: the preview reaches only this machine",
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


def test_without_a_browser_a_hint_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(browser.ENVIRONMENT, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_PLACES", {})
    with pytest.raises(ScaffoldError) as caught:
        browser.find_browser()
    assert caught.value.message == "`preview --run` found no Chromium or Chrome"
    assert browser.ENVIRONMENT in caught.value.hint


def test_an_invalid_browser_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.ENVIRONMENT, "/nowhere/chromium")
    with pytest.raises(ScaffoldError) as caught:
        browser.find_browser()
    assert caught.value.message == f"{browser.ENVIRONMENT} is not a program: /nowhere/chromium"


def test_without_playwright_a_hint_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "playwright.sync_api", None)
    with pytest.raises(ScaffoldError) as caught, browser.playing():
        pass
    assert caught.value.message == "`preview --run` needs playwright, which is not installed"


def test_the_command_reports_and_exits_1(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("settings"), init="null.x")
    # a process with a browser of its own: all others here share one
    command = [sys.executable, "-m", "scaffold", "preview", str(folder), "--run", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    (area,) = document["areas"]
    assert area["errors"][0]["source"] == "widget"
    assert list(area["errors"][0]) == ["message", "source", "at", "callback"]


def widget_with(folder: Path, code: str, **blocks: Any) -> Path:
    return widgets.write(folder, widgets.manifest("lcard-1", **blocks), init=code)


def exit_code(folder: Path, *arguments: str) -> int:
    return cli.run(["preview", str(folder), "--run", *arguments])


STRICT = {
    "an uncaught error": "setTimeout(function () { null.x; })",
    "a rejection": "Promise.reject(new Error('no'))",
    "a missing file": "self.render({href: '/gone.twig', base_path: self.params.path, load: function () {}})",
    "a wrong path": "$.get('/api/v4/leds')",
    "an error message": "APP.notifications.show_message_error({text: 'no rules'})",
    "a missing text": "self.i18n('settings.gone')",
}


@pytest.mark.parametrize("fault", STRICT)
def test_a_strict_run_fails_on(folder: Path, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    widget_with(folder, STRICT[fault])
    assert exit_code(folder, "--strict", "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["strict"]
    assert document["areas"][0]["errors"] == []


def test_a_run_that_is_not_strict_only_reports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    widget_with(folder, STRICT["an uncaught error"])
    assert exit_code(folder) == 0
    assert re.search(r"  later \(widget\): script.js:\d+:\d+: TypeError", capsys.readouterr().out)


def test_cors_is_reported_as_such(folder: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with reserved_port() as dead:
            ports = (server.server_port, dead)
            widget_with(folder, "".join(f"$.get('http://127.0.0.1:{port}/a');" for port in ports))
            (area,) = run(folder).areas
    finally:
        server.shutdown()
        server.server_close()
    codes = {fault.message: fault.code for fault in area.async_errors}
    assert codes == {
        f"GET http://127.0.0.1:{ports[0]}/a: refused by CORS": "cors",
        f"GET http://127.0.0.1:{dead}/a: no answer": "request",
    }


def test_a_widget_without_render_fails(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("lcard-1"))
    script = (folder / "script.js").read_text(encoding="utf-8")
    (folder / "script.js").write_text(script.replace("render:", "rendre:"), encoding="utf-8")
    report = run(folder)
    assert report.failed
    assert report.areas[0].called == []
    assert report.areas[0].errors == [
        Fault("the widget does not run: callbacks.render missing", "widget", "missing")
    ]


def test_coverage_lists_what_ran_and_what_did_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    widgets.write(folder, widgets.manifest("lcard-1"))
    script = (folder / "script.js").read_text(encoding="utf-8")
    dead = "function unused() {\n      return 'é' + 1;\n    }\n    this.callbacks"
    (folder / "script.js").write_text(script.replace("this.callbacks", dead), encoding="utf-8")
    lines = (folder / "script.js").read_text(encoding="utf-8").split("\n")
    never = [n for n, line in enumerate(lines, 1) if "'é'" in line or "unused" in line]
    assert exit_code(folder, "--coverage", "--json") == 0
    coverage = json.loads(capsys.readouterr().out)["coverage"]
    assert coverage["callbacks"]["called"] == ["render", "init", "bind_actions", "destroy"]
    assert coverage["callbacks"]["not_called"] == ["settings", "onSave", "dpSettings"]
    [file] = coverage["lines"]["files"]
    assert (file["path"], file["missed"]) == ("script.js", never)
    assert coverage["lines"]["percent"] == round(100 * file["covered"] / file["total"], 1)
    assert exit_code(folder, "--min-coverage", "100") == 1
    assert (
        f"lines ran ({coverage['lines']['percent']} %), not {never[0]}-{never[1]}" in capsys.readouterr().out
    )
    assert exit_code(folder, "--min-coverage", str(coverage["lines"]["percent"] - 1)) == 0


def test_every_language_is_run(folder: Path, tmp_path: Path) -> None:
    widget_with(folder, "if (self.i18n('widget.name') === 'Sonda') null.x")
    texts = (folder / "i18n/en.json").read_text(encoding="utf-8")
    (folder / "i18n/es.json").write_text(texts.replace("Acme leads", "Sonda"), encoding="utf-8")
    report = run(folder, locales=("en", "es"), screenshots=tmp_path / "pictures")
    assert [(area.area, area.locale, bool(area.errors)) for area in report.areas] == [
        ("lcard", "en", False), ("lcard", "es", True),
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == ["lcard-en.png", "lcard-es.png"]


def test_one_limit_for_the_whole_run(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("lcard-1", "ccard-1", "comcard-1"), init="for (;;) {}")
    report = run(folder, limits=Limits(area_work=30, area_clock=3600, run_work=2, run_clock=3600))
    assert [area.errors[0].message for area in report.areas] == [
        "stopped: all areas together used more than 2 s of CPU time",
        *["not run: all areas together used more than 2 s of CPU time"] * 2,
    ]


def test_disabling_can_be_skipped(folder: Path) -> None:
    widgets.write(folder, widgets.manifest("settings"))
    calls = [
        [call["callback"] for call in run(folder, disable=disable).areas[0].called]
        for disable in (True, False)
    ]
    assert calls[0].count("onSave") == 2
    assert calls[1].count("onSave") == 1


def test_the_port_is_the_page_s(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    widget_with(folder, "")
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert exit_code(folder, "--port", str(taken.getsockname()[1])) == 2
    assert "cannot be used: address already in use" in capsys.readouterr().err


ACME = """\
define(['jquery'], function ($) {
  return function () {
    var self = this;
    var rules = function () { return self.i18n('settings.api_key'); };
    var load = function () { return $.get('/api/v4/leads/1001'); };
    this.callbacks = {
      render: function () {
        self.render({ href: '/panel.twig', base_path: self.params.path, load: function (template) {
          self.render_template({ body: template.render({ rules: rules() }) });
          $('.acme__go').on('click', function () {
            load().done(function (lead) { $('.acme').text(lead.name); });
          });
        } });
        return true;
      },
      init: function () { return true; },
      bind_actions: function () { return true; },
      onSave: function () { return true; },
      destroy: function () {}
    };
    return this;
  };
});
"""

MUTANTS = {
    "a function and its text are gone": (
        "var rules = function () { return self.i18n('settings.api_key'); };",
        "",
    ),
    "a handler throws": ("load().done", "null.done"),
    "the path of the API is wrong": ("/api/v4/leads/1001", "/api/v4/lead/1001"),
    "the template is gone": ("/panel.twig", "/panels.twig"),
    "nothing": ("", ""),
}
"""Mutation -> text in the script, and its replacement."""


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_mutant_fails(folder: Path, mutant: str) -> None:
    widgets.write(folder, widgets.manifest("lcard-1"))
    before, after = MUTANTS[mutant]
    (folder / "script.js").write_text(ACME.replace(before, after) if before else ACME, encoding="utf-8")
    (folder / "panel.twig").write_text("<div class=acme>{{ rules }}<button class=acme__go>Go</button></div>")
    assert exit_code(folder, "--strict") == (0 if mutant == "nothing" else 1)
