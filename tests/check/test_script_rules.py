"""The rules about the script: a table of edits of the clean widget, each with the findings of its rule."""

import json

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.outline import MAX_PARSED_BYTES
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules.registry import Context
from scaffold.kommo.area import Area
from scaffold.kommo.areas import AREAS
from scaffold.kommo.callbacks import ALWAYS, CALLBACKS, MISTAKEN, OPTIONAL, REQUIRED
from tests.check.edits import edited
from tests.check.expect import found

Row = tuple[str, str, str, list[tuple[str, str]]]
"""Code, name, edits, and place and message of each finding in script.js."""


def inside(*lines: str) -> str:
    """Return the edit that adds lines to the end of the constructor."""
    return "\n".join(["script.js inside", *(f"    {line}" for line in lines)])


def before(*lines: str) -> str:
    """Return the edit that adds lines to the beginning of the script."""
    return "\n".join(["script.js before", *(f"    {line}" for line in lines)])


def instead(old: str, new: str) -> str:
    return f"script.js replace\n    - {old}\n    + {new}"


def locations(*entries: str) -> str:
    return f"manifest.json {json.dumps({'locations': ['lcard-1', 'settings', *entries]})}"


def whole(*lines: str) -> str:
    return "\n".join(["script.js", *(f"    {line}" for line in lines)])


NO_INIT = [("6:7", "the callback `init` is missing")]

DENSE = "a();" * 300

MODULE: list[Row] = [
    ("S101", "no-script", "script.js absent", [("0:0", "script.js is missing (needed by `lcard`)")]),
    ("S101", "other-letters", "script.js absent\nScript.js copy i18n/en.json",
     [("0:0", "script.js is missing (needed by `lcard`)")]),
    ("S101", "settings-only", 'script.js absent\nmanifest.json {"locations": ["settings", "sms"]}', []),
    ("S102", "two-commas", whole("var a = {b: 1,, c: 2};"), [("1:15", "unexpected token ','")]),
    ("S102", "unclosed", whole("define([], function () {"), [("2:1", "unexpected end of input")]),
    ("S102", "tabs", whole("if (a) {", "\tvar a = {b: 1,, c: 2};", "}"), [("2:16", "unexpected token ','")]),
    ("S102", "modern", inside("self.a = self.b?.c ?? 1n;"), []),
    ("S103", "module", whole("define(['./app'], function (App) { return App; });"),
     [("0:0", "the script cannot be analysed: the callbacks may be set in `./app`")]),
    ("S103", "readable", "", []),
    ("S103", "broken", whole("define("), []),
    ("S104", "misspelt", instead("define(", "ldefine("), [("1:1", "the script never calls `define`")]),
    ("S104", "beside-a-syntax-error",
     f"{instead('define(', 'ldefine(')}\n{before('var a = {a: 1 b: 2};')}",
     [("1:1", "the script never calls `define`")]),
    ("S104", "commented-out", whole("// define([], function () {});", "var a = 1;"),
     [("1:1", "the script never calls `define`")]),
    ("S104", "in-a-bundle", whole("(function (d) { d([], function () {}); })(window.define);"), []),
    ("S105", "nothing", whole("define([], function () { var a = 1; });"),
     [("1:1", "the function passed to `define` does not return a constructor")]),
    ("S105", "object", whole("define([], function () { return {render: 1}; });"),
     [("1:1", "the function passed to `define` does not return a constructor")]),
    ("S105", "commonjs", whole("define(function (require, exports, module) { module.exports = W; });"), []),
    ("S105", "unknown", whole("define([], function () { return make(); });"), []),
    ("S105", "class", whole("define([], () => class { callbacks = {} });"), []),
    ("S106", "absent", instead("['jquery']", "['jquery', './lib/a.js']"),
     [("1:19", "`./lib/a.js` is not in the archive")]),
    ("S106", "there", instead("['jquery']", "['jquery', './a']") + "\na.js\n    define([], {});", []),
    ("S106", "version", instead("['jquery']", "['./a.js?v=2']") + "\na.js\n    define([], {});", []),
    ("S106", "no-cache", instead("['jquery']", "['./a.js?' + Date.now()]"),
     [("1:9", "`./a.js` is not in the archive")]),
    ("S106", "computed", instead("['jquery']", "['./' + name + '.js']"), []),
    ("S106", "above", instead("['jquery']", "['../../common']"), []),
    ("S106", "text", instead("['jquery']", "['text!./a.html']"),
     [("1:9", "`text!./a.html` is not in the archive")]),
    ("S106", "json", instead("['jquery']", "['json!./a.json?v=1']"),
     [("1:9", "`json!./a.json?v=1` is not in the archive")]),
    ("S106", "text-there", instead("['jquery']", "['text!./a.html']") + "\na.html\n    <p></p>", []),
    ("S106", "other-plugin", instead("['jquery']", "['css!./a']"), []),
    ("S106", "system", instead("['jquery']", "['lib/components/base/modal']"), []),
    ("S106", "bundle", whole("define('b', [], {});", "define(['./b'], function (B) { return B; });"), []),
    ("S107", "remote", instead("'jquery'", "'https://cdn.acme-help.test/a.js'"),
     [("1:9", "`https://cdn.acme-help.test/a.js` comes from another host")]),
    ("S107", "any-scheme", instead("'jquery'", "'//cdn.acme-help.test/a.js'"),
     [("1:9", "`//cdn.acme-help.test/a.js` comes from another host")]),
    ("S107", "localhost", instead("'jquery'", "'http://localhost:3000/a.js'"),
     [("1:9", "`http://localhost:3000/a.js` is on a local machine")]),
    ("S107", "private network", instead("'jquery'", "'http://192.168.0.7:3000/a.js'"),
     [("1:9", "`http://192.168.0.7:3000/a.js` is on a local machine")]),
    ("S107", "no-cache", instead("'jquery'", "'https://localhost:3000/a.js?v=' + Math.random()"),
     [("1:9", "`https://localhost:3000/a.js?v=` is on a local machine")]),
    ("S107", "default", instead("'jquery'", "`${localStorage.url || 'https://localhost:3000/a.js'}`"),
     [("1:9", "`https://localhost:3000/a.js` is on a local machine")]),
    ("S107", "computed-host", instead("'jquery'", "'https://' + host + '/a.js'"), []),
    ("S107", "allowed", instead("'jquery'", "'https://code.jquery.com/jquery.js'"), []),
]  # fmt: skip

CALLBACK: list[Row] = [
    ("S110", "none", whole("define([], function () { return function () {}; });"),
     [("1:1", "no callbacks are set")]),
    ("S110", "hidden", whole("define(['./a'], function (A) { return A; });"), []),
    ("S111", "absent", instead("init: function", "start: function"),
     [("6:7", "the callback `init` is missing")]),
    ("S111", "beside-a-syntax-error",
     f"{instead('bind_actions: function', 'start: function')}\n{before('var a = {a: 1 b: 2};')}",
     [("7:7", "the callback `bind_actions` is missing")]),
    ("S111", "elsewhere-and-a-syntax-error",
     whole("define(['https://code.jquery.com/a.js'], function (fill) {",
           "  return function () { fill(this); var a = {b: 1 c: 2}; };", "});"), []),
    ("S111", "perhaps-behind-a-syntax-error", instead("init: function", "init function"), []),
    ("S111", "misspelt", instead("bind_actions:", "bindActions:"),
     [("17:7", "the callback `bind_actions` is missing")]),
    ("S111", "no-function", inside("this.callbacks.render = true;"),
     [("28:1", "the callback `render` is not a function")]),
    *[("S111", f"beside-{name}", f"{instead('init: function', 'start: function')}\n"
       f"script.js replace\n    - ['jquery']\n    + ['jquery', '{module}']\n{files}", expected)
      for name, module, files, expected in [
          ("a-remote-module", "https://cdn.acme.test/w.js", "", NO_INIT),
          ("an-own-module", "./lib/a", "lib/a.js\n    define([], { init: 1 });", NO_INIT),
          ("one-that-sets-it", "./lib/a",
           "lib/a.js\n    define([], function () { return function (w) { w.callbacks.init = w.b; }; });", []),
      ]],
    ("S111", "beside-a-module-that-may-be-all-of-it",
     "script.js\n    define(['./a'], function (a) { return a; });", []),
    ("S111", "not-readable", instead("init: function", "...more, start: function"), []),
    ("S112", "absent", instead("onSave:", "onStore:"), [("6:7", "the callback `onSave` is missing")]),
    ("S112", "no-window", instead("onSave:", "onStore:")
     + '\nmanifest.json {"locations": ["lcard-1"], "widget": {"installation": false}}', []),
    ("S112", "named-in-another-file", instead("onSave:", "onStore:") + "\na.md\n    callbacks.onSave",
     [("6:7", "the callback `onSave` is missing")]),
    ("S112", "set-by-a-module", instead("onSave:", "onStore:") + "\na.js\n    w.callbacks.onSave = f;", []),
    ("S113", "list", locations("tlist"),
     [("6:7", "the callback `todo.selected` is missing (called by `tlist`)")]),
    ("S113", "old-name", locations("tlist") + "\n" + inside("this.callbacks.tasks = {selected: f};"), []),
    ("S113", "misspelt", locations("llist-0") + "\n" + inside("this.callbacks.lead = {selected: f};"),
     [("28:24", "the callback `leads.selected` is missing (called by `llist`)")]),
    ("S113", "several", locations("salesbot_designer"),
     [("6:7", "the callback `onSalesbotDesignerSave` is missing (called by `salesbot_designer`)")]),
    ("S113", "several-of-one-area", locations("card_sdk"),
     [("6:7", "the callbacks `loadPreloadedData`, `loadElements`, `linkCard`, `searchDataInCard` are "
       "missing (called by `card_sdk`)")]),
    ("S113", "optional", locations("digital_pipeline", "lead_sources"), []),
    ("S113", "optional-misspelt", locations("digital_pipeline") + "\n"
     + inside("this.callbacks.dpsettings = function () {};"),
     [("28:1", "the callback `dpSettings` is missing (called by `digital_pipeline`)")]),
    ("S113", "for-phone-numbers", locations("llist-0", "clist-0") + "\n"
     + inside("self.add_action('phone', function () {});"), []),
    ("S113", "for-phone-numbers-in-a-module", locations("llist-0") + "\n"
     "a.js\n    define({ run: function (w) { w.add_action('phone', f); } });", []),
    ("S113", "hidden-group", locations("llist-1") + "\n" + inside("this.callbacks.leads = make();"), []),
    ("S113", "set-by-a-module", locations("llist-0")
     + "\na.js\n    define({ add: function (w) { w.callbacks.leads = { selected: f }; } });", []),
    ("S114", "tasks", locations("tlist-1") + "\n" + inside("this.callbacks.tasks = {selected: f};"),
     [("28:25", "the CRM never calls `tasks.selected`")]),
    ("S114", "left-over", inside("this.callbacks.tasks = {selected: f};"), []),
    ("S114", "of-every-widget", instead("init:", "initCallback:"),
     [("14:7", "the CRM never calls `initCallback`")]),
    ("S115", "left-over", inside("this.callbacks.tasks = {selected: f};"),
     [("28:25", "`tasks.selected` is never called")]),
    ("S115", "not-left-over",
     locations("tlist-1") + "\n" + inside("this.callbacks.tasks = {selected: f};"), []),
    ("S115", "helper", inside("this.callbacks.draw = function () {};"),
     [("28:1", "`draw` is not a documented callback")]),
    ("S115", "data", inside("this.callbacks.cache = {};"), []),
    ("S115", "reported-already", instead("onSave:", "onsave:"), []),
    ("S116", "false", inside("this.callbacks.onSave = function () { return false; };"),
     [("28:1", "`onSave` never returns true")]),
    ("S116", "nothing", inside("this.callbacks.render = function () {};"),
     [("28:1", "`render` returns nothing")]),
    ("S116", "promise", inside("this.callbacks.render = async () => {};"), []),
    ("S116", "one-path", inside("this.callbacks.init = () => { if (a) return false; return true; };"), []),
    ("S116", "destroy", inside("this.callbacks.destroy = function () { return false; };"), []),
]  # fmt: skip

CONDUCT: list[Row] = [
    ("S120", "eval", inside("eval(self.a);"), [("28:1", "`eval` executes a string as code")]),
    ("S120", "function", inside("new Function('a');"), [("28:1", "`Function` executes a string as code")]),
    ("S120", "timer", inside("setTimeout('a()', 1);"), [("28:1", "`setTimeout` executes a string as code")]),
    ("S120", "timer-of-a-function", inside("setTimeout(a, 1); self.setTimeout('a', 1);"), []),
    ("S120", "method", inside("self.eval(self.a);"), []),
    ("S121", "confirm", inside("if (confirm('?')) {}"),
     [("28:5", "`confirm` opens a browser dialog")]),
    ("S121", "own", inside("modal.alert('x');"), []),
    ("S122", "async-false", inside("$.ajax({url: u, async: false});"),
     [("28:17", "a synchronous request freezes the page")]),
    ("S122", "open", inside("request.open('get', u, false);"),
     [("28:9", "a synchronous request freezes the page")]),
    ("S122", "open-of-something-else",
     inside("box.open('a', u, false); r.open('GET', u, true); r.open('GET', u, true, false);"), []),
    ("S122", "async-true", inside("$.ajax({url: u, async: true});"), []),
    ("S123", "element", inside("document.createElement('script');"),
     [("28:10", "`createElement` adds a script to the page")]),
    ("S123", "link", inside("document.createElement('link');"), []),
    ("S124", "log", inside("console.log(1);", "console.dir(2);"),
     [("28:9", "`console.log` writes to the console, and 1 more like it")]),
    ("S124", "caught", inside("try { a(); } catch (e) { console.error(e); }"), []),
    ("S124", "in-a-minified-line", inside(f"var lib = function () {{ {DENSE} console.log(1); }};"), []),
    ("S124", "in-a-bundled-module",
     before("var m = {'./node_modules/dayjs/index.js': function () { console.warn(1); }};"), []),
    ("S124", "beside-a-bundled-module",
     before("var m = {'./node_modules/dayjs.js': 1, './src/a.js': function () { console.log(1); }};"),
     [("1:76", "`console.log` writes to the console")]),
    ("S124", "under-a-licence",
     before("/* the widget */", "/*! dayjs */", "(function () { console.log(1); })();"), []),
    ("S124", "own-header",
     before("/*! Acme leads */", "(function () { console.log(1); })();"),
     [("2:24", "`console.log` writes to the console")]),
    ("S123", "text-in-a-minified-line", inside(f"var lib = function () {{ {DENSE} b('<script>'); }};"), []),
    ("S125", "debugger", inside("debugger;"), [("28:1", "`debugger` statement found")]),
    ("S126", "open", inside("$('[name=\"a\"');"),
     [("28:1", "the selector `[name=\"a\"` has an unbalanced bracket")]),
    ("S126", "quoted", inside("$('[name=\"a[]\"]');"), []),
    ("S126", "half", inside("$('[name=\"' + a + '\"]');"), []),
    ("S127", "lead", inside("if (APP.getBaseEntity() == 'lead') {}"),
     [("28:9", "`APP.getBaseEntity()` is never `lead`")]),
    ("S127", "leads", inside("if (APP.getBaseEntity() == 'leads') {}"), []),
    ("S127", "todo", inside("if (APP.getBaseEntity() == 'todo') {}"), []),
    ("S128", "unbound", locations("catalogs"),
     [("23:7", "`setSdkCatalogId` is never called, so the list of `catalogs` is not bound")]),
    ("S128", "bound", locations("catalogs") + "\n" + inside("self.setSdkCatalogId(1);"), []),
    ("S128", "in-a-module", locations("catalogs") + "\na.js\n    w.setSdkCatalogId(1);", []),
    ("S131", "old-name", inside("AMOCRM.a();", "AMOCRM.b();"),
     [("28:1", "`AMOCRM.a` uses the deprecated name, and 1 more like it")]),
]  # fmt: skip

ROWS = MODULE + CALLBACK + CONDUCT


@pytest.mark.parametrize(
    ("code", "edits", "places"), [(r[0], *r[2:]) for r in ROWS], ids=[f"{r[0]}-{r[1]}" for r in ROWS]
)
def test_findings_about_the_script(code: str, edits: str, places: list[tuple[str, str]]) -> None:
    assert found(code, edits) == [("script.js", place, message) for place, message in places]


LOADED = instead("['jquery']", "['jquery', './lib/a']") + "\nlib/a.js\n    define([], function () { "
MODULES: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    ("S120", "eval(a); });", [("lib/a.js", "1:26", "`eval` executes a string as code")]),
    ("S121", "alert(1); });", [("lib/a.js", "1:26", "`alert` opens a browser dialog")]),
    ("S124", "console.log(1); }); console.log(2);\n" + inside("console.log(3);"),
     [("lib/a.js", "1:34", "`console.log` writes to the console, and 1 more like it"),
      ("script.js", "28:9", "`console.log` writes to the console")]),
    ("S125", "debugger; });", [("lib/a.js", "1:26", "`debugger` statement found")]),
    ("S131", "AMOCRM.a(); });", [("lib/a.js", "1:26", "`AMOCRM.a` uses the deprecated name")]),
    ("S121", "});\nlib/b.js\n    alert('not loaded');", []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "findings"), MODULES)
def test_findings_about_the_modules_that_the_script_loads(
    code: str, line: str, findings: list[tuple[str, str, str]]
) -> None:
    assert found(code, LOADED + line) == findings


@pytest.mark.parametrize("name", ["dayjs.min.js", "vendor/a.js", "jquery.js"])
def test_a_library_may_do_what_the_widget_must_not(name: str) -> None:
    loads = instead("['jquery']", f"['jquery', './{name}']")
    line = "eval(a); alert(1); console.log(1); debugger; AMOCRM.a(); $('[b'); for (;;) { fetch(u); } "
    line += "try { a(); } catch (e) { console.error(e); }"
    files = f"{loads}\n{name}\n    define([], function () {{ {line} }});"
    every = [found(f"S12{number}", files, "public") for number in range(10)]
    assert [*every, found("S130", files, "public"), found("S131", files)] == [[]] * 12


PUBLIC: list[Row] = [
    ("S124", "caught", inside("try { a(); } catch (e) { console.error(e); }"),
     [("28:34", "`console.error` writes to the console")]),
    ("S124", "trace", inside("try { a(); } catch (e) { console.trace(e); }"), []),
    ("S124", "debug", inside("try { a(); } catch (e) { console.debug(e); }"),
     [("28:34", "`console.debug` writes to the console")]),
    ("S108", "reviewed", instead("'jquery'", "'https://cdnjs.cloudflare.com/a.js', '//unpkg.com/b.js'"),
     [("1:9", "libraries from `cdnjs.cloudflare.com` need a separate review"),
      ("1:46", "libraries from `unpkg.com` need a separate review")]),
    ("S108", "google", instead("'jquery'", "'https://ajax.googleapis.com/a.js'"), []),
    ("S108", "other", instead("'jquery'", "'https://cdn.acme-help.test/a.js'"), []),
    ("S108", "longer-host", instead("'jquery'", "'https://unpkg.com.acme-help.test/a.js'"), []),
    ("S129", "write", inside("APP.data.acme = 1;"), [("28:1", "`APP.data.acme` belongs to the CRM")]),
    ("S130", "loop", inside("for (;;) { fetch(u); }"), [("28:12", "`fetch` is called in a loop")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "places"), [(r[0], *r[2:]) for r in PUBLIC], ids=[f"{r[0]}-{r[1]}" for r in PUBLIC]
)
def test_findings_about_the_script_of_a_public_widget(
    code: str, edits: str, places: list[tuple[str, str]]
) -> None:
    assert found(code, edits, "public") == [("script.js", place, message) for place, message in places]


BUNDLED = [
    ("minified", inside(f"var lib = function () {{ {DENSE} new Function('a'); }};")),
    ("module", before("var m = {'./node_modules/dayjs/index.js': function () { eval('a'); }};")),
]


@pytest.mark.parametrize("edits", [row[1] for row in BUNDLED], ids=[row[0] for row in BUNDLED])
def test_a_string_executed_by_a_bundled_library_is_a_matter_of_the_build(edits: str) -> None:
    (own,) = lint(Widget(edited(inside("eval(self.a);"))), options=CheckOptions(select=("S120",)))
    (bundled,) = lint(Widget(edited(edits)), options=CheckOptions(select=("S120",)))
    assert own.hint == "call a function, or parse data with JSON.parse"
    assert bundled.hint.startswith("change the build ")


def test_amocrm_allows_debug_output_in_a_catch_but_no_other_host() -> None:
    assert found("S124", PUBLIC[2][2], "public", "amocrm") == []
    assert (
        len(found("S107", instead("'jquery'", "'https://code.jquery.com/jquery.js'"), platform="amocrm")) == 1
    )


def test_areas_of_amocrm_require_their_callbacks_on_amocrm_only() -> None:
    edits = locations("tlist", "tline", "tcalendar") + "\n" + inside("this.callbacks.todo = {selected: f};")
    message = "the callback `calendarSync` is missing (called by `tline`)"
    assert found("S113", edits, platform="amocrm") == [("script.js", "6:7", message)]
    assert found("S113", edits) == []


def test_a_script_too_large_to_parse_is_the_only_finding() -> None:
    archive = edited("")
    files = archive.tree | {"script.js": b" " * (MAX_PARSED_BYTES + 1)}
    findings = lint(Widget(archive._replace(tree=files)), Context(), CheckOptions(select=("S",)))
    assert [(f.code, f.message) for f in findings] == [
        ("S103", "the script cannot be analysed: larger than 5 MB")
    ]


ELSEWHERE = [
    ("module", whole("define(['./app.js'], function (App) { return App; });") + "\napp.js\n    define({});"),
    (
        "call",
        whole("define([], function () { return function () { this.callbacks = window.make(this); }; });"),
    ),
    (
        "bundle",
        whole(
            "define([], function () { var __webpack_require__ = window.w; return __webpack_require__(7); });"
        ),
    ),
]


@pytest.mark.parametrize("edits", [row[1] for row in ELSEWHERE], ids=[row[0] for row in ELSEWHERE])
def test_nothing_is_missing_from_a_script_that_is_elsewhere(edits: str) -> None:
    every = "\n".join([locations("llist-0", "clist-0", "tlist-0", "catalogs", "lead_sources"), edits])
    findings = lint(Widget(edited(every)), Context(), CheckOptions(select=("S",)))
    assert [finding.code for finding in findings] == ["S103"]


@pytest.mark.parametrize("area", [a for a in AREAS if a.callbacks], ids=lambda area: area.code)
def test_callbacks_of_every_area_are_required(area: Area) -> None:
    due = [name for name in area.callbacks if name not in OPTIONAL]
    messages = [message for _, _, message in found("S113", locations(area.code))]
    assert len(messages) == bool(due)
    assert all(f"`{name}`" in messages[0] for name in due)


def test_documented_callbacks_are_never_reported_as_unknown() -> None:
    names = [callback.name for callback in CALLBACKS if "." not in callback.name]
    assert found("S115", inside(*(f"this.callbacks.{name} = function () {{}};" for name in names))) == []


def test_the_tables_of_callbacks_agree() -> None:
    documented = {callback.name for callback in CALLBACKS}
    assert set(REQUIRED) <= set(ALWAYS) <= documented
    assert {name for area in AREAS for name in area.callbacks} <= documented
    assert documented.isdisjoint(MISTAKEN)
    assert set(MISTAKEN.values()) - {""} <= documented
