"""The rules about undeclared names: a table of edits of the clean widget, each with the findings."""

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.script import read_script
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from tests.check.edits import edited
from tests.check.expect import found

Row = tuple[str, str, str, list[tuple[str, str, str]]]
"""Code, name, edits, and path, place and message of each finding."""


def inside(*lines: str) -> str:
    """Return the edit that adds lines to the end of the constructor."""
    return "\n".join(["script.js inside", *(f"    {line}" for line in lines)])


def rendering(line: str) -> str:
    """Return the edit that adds a line to the beginning of `render`."""
    return f"script.js replace\n    - render: function () {{\n    + render: function () {{ {line}"


def before(*lines: str) -> str:
    return "\n".join(["script.js before", *(f"    {line}" for line in lines)])


MODULE = "script.js replace\n    - ['jquery']\n    + ['jquery', './lib/score']\nlib/score.js\n    "

SURE: list[tuple[str, str, str]] = [
    ("constructor", inside("self.a = gone;"), "28:10"),
    ("load", before("var a = gone;"), "1:9"),
    ("render", rendering("gone.b();"), "6:29"),
    ("argument", rendering("$(gone);"), "6:31"),
    ("shorthand", rendering("$({ gone });"), "6:33"),
    ("condition", rendering("if (gone) { $(); }"), "6:33"),
    ("left-of-or", rendering("var a = gone || 1;"), "6:37"),
    ("increment", rendering("gone += 1;"), "6:29"),
    ("called-at-once", rendering("(function () { gone(); })();"), "6:44"),
    ("called-by-call", rendering("(function () { gone(); }).call(this);"), "6:44"),
    (
        "in-a-function-that-render-calls",
        rendering("draw();") + "\n" + inside("function draw() { gone(); }"),
        "28:19",
    ),
    (
        "in-a-method-that-render-calls",
        rendering("self.draw();") + "\n" + inside("self.draw = function () { gone(); };"),
        "28:27",
    ),
    (
        "in-a-variable-that-render-calls",
        rendering("draw();") + "\n" + inside("var draw = () => { gone(); };"),
        "28:20",
    ),
    ("in-finally", rendering("try { $(); } finally { gone(); }"), "6:52"),
    ("strict-assignment", before("(function () { 'use strict'; gone = 1; })();"), "1:30"),
    ("template", rendering("var a = `${gone}`;"), "6:40"),
    ("default-value", rendering("var { a = gone } = self;"), "6:39"),
    (
        "declared-in-another-function",
        rendering("gone();") + "\n" + inside("self.a = function () { var gone = 1; return gone; };"),
        "6:29",
    ),
    (
        "declared-in-another-block",
        rendering("gone();") + "\n" + inside("{ let gone = 1; self.b = gone; }"),
        "6:29",
    ),
    ("name-of-an-expression", inside("self.a = function gone() {};", "gone();"), "29:1"),
]
"""Each uses `gone` in code that certainly runs."""

UNSURE: list[tuple[str, str, str]] = [
    ("later", inside("self.a = function () { return gone; };"), "28:31"),
    ("other-callback", inside("this.callbacks.settings = function () { gone(); };"), "28:41"),
    ("condition", rendering("if (self.a) { gone(); }"), "6:43"),
    ("ternary", rendering("var a = self.a ? gone : 1;"), "6:46"),
    ("right-of-and", rendering("self.a && gone();"), "6:39"),
    ("loop", rendering("for (var i = 0; i < self.n; i += 1) { gone(); }"), "6:67"),
    ("case", rendering("switch (self.a) { case 1: gone(); }"), "6:55"),
    ("tried", rendering("try { gone(); } catch (e) { $(e); }"), "6:35"),
    ("caught", rendering("try { $(); } catch (e) { gone(); }"), "6:54"),
    ("after-a-return", rendering("if (self.a) { return true; } gone();"), "6:58"),
    ("handler", rendering("$(document).on('click', function () { gone(); });"), "6:67"),
    ("promise", rendering("self.load().then(() => gone);"), "6:52"),
    ("async", rendering("(async function () { gone(); })();"), "6:50"),
    ("handed-on", rendering("[1].forEach(function () { gone(); });"), "6:55"),
    (
        "remote-code",
        rendering("gone();") + "\nscript.js replace\n    - ['jquery']\n"
        "    + ['jquery', 'https://cdn.acme-help.test/a.js']",
        "6:29",
    ),
    ("added-script", rendering("gone();") + "\n" + inside("$.getScript('/a.js');"), "6:29"),
]
"""Each uses `gone` in code that may never run, or that needs code of another host."""

NONE: list[tuple[str, str]] = [
    (
        "browser",
        rendering("localStorage.clear(); new URL(location.href); setTimeout(alert, 1, NaN, undefined);"),
    ),
    (
        "crm",
        rendering(
            "APP.data; AMOCRM.data; $(); jQuery(); _.each([]); Backbone.View; Twig.twig({}); moment();"
        ),
    ),
    ("typeof", rendering("if (typeof gone !== 'undefined') { gone(); }")),
    ("hoisted-function", rendering("gone();") + "\n" + inside("function gone() {}")),
    ("hoisted-var", rendering("gone();") + "\n" + inside("if (self.a) { var gone = 1; }")),
    ("function-in-a-block", rendering("gone();") + "\n" + inside("if (self.a) { function gone() {} }")),
    (
        "parameter",
        inside("self.a = function (gone, [b, { c: d = 1 }], ...rest) { return [gone, b, d, rest]; };"),
    ),
    ("arrow", inside("self.a = gone => gone + 1;")),
    ("destructured", inside("var { a: gone, ...others } = self; self.b = [gone, others];")),
    ("caught", inside("try { $(); } catch (gone) { $(gone); }", "try { $(); } catch { $(); }")),
    ("for-of", inside("for (const gone of []) { $(gone); } for (var i in {}) { $(i); } $(i);")),
    ("class", inside("class Gone { static x = 1; m() { return Gone.x; } } self.a = new Gone();")),
    ("class-expression", inside("self.a = class Gone { m() { return Gone; } };")),
    (
        "await-in-parentheses",
        inside("self.a = async function () { return await (await fetch('/a')).json(); };"),
    ),
    ("label", inside("gone: for (;;) { break gone; }")),
    ("property", inside("self.gone = { gone: 1 }; self['gone'] = self.gone.gone;")),
    ("method", inside("self.a = { gone() { return 1; }, get late() { return 2; } };")),
    ("arguments", inside("self.a = function () { return arguments.length; };")),
    ("assigned", inside("gone = 1;", "self.a = gone;")),
    ("put-on-window", inside("window.gone = 1;", "self.a = gone;")),
    ("put-on-window-by-name", inside("window['gone'] = 1;", "self.a = gone;")),
    ("text", inside("self.a = 'gone';", "// gone();")),
    ("expression-of-its-own-name", inside("self.a = function gone() { return gone; };")),
    (
        "umd",
        before(
            "(function (root, f) { if (typeof define === 'function') { define(f); } else if (typeof module "
            "=== 'object') { module.exports = f(); } else { root.a = f(); } }(this, function () {}));"
        ),
    ),
    (
        "umd-that-asks-for-one",
        before(
            "(function (f) { if (typeof exports === 'object') { module.exports = f(); } "
            "else { define(f); } }(function () {}));"
        ),
    ),
    ("typescript", before("var __extends = (this && this.__extends) || (function () { return 1; })();")),
    (
        "webpack",
        before(
            "(function (modules) { function __webpack_require__(i) { return modules[i]; } "
            "return __webpack_require__(0); })([function (module, exports) { module.exports = 1; }]);"
        ),
    ),
    (
        "minified",
        before(
            "!function(e,t){var n,r=e[0];function o(e){return n=t(e),r&&o(n)}o(1)}([],function(e){return e});"
        ),
    ),
    (
        "nested-in-a-module",
        MODULE + "define([], function () { var a = 1; return { b: function () { return a; } }; });",
    ),
    ("shared-by-a-module", inside("self.a = gone;") + "\n" + MODULE + "window.gone = 1; define([], {});"),
    (
        "shared-by-a-broken-module",
        inside("self.a = gone;") + "\n" + MODULE + "window.gone = 1; define([], {a: 1,, b: 2});",
    ),
    (
        "shared-by-a-library",
        inside("self.a = Chart;") + "\nlib/chart.min.js\n    (function (r) { r.Chart = 1; })(this);",
    ),
    ("module-that-nobody-asks-for", "build.js\n    module.exports = require('webpack')(process.env);"),
    ("with", before("with (window.a) { gone(); }")),
    ("broken", inside("self.a = gone; if (")),
    ("no-define", "script.js replace\n    - define(\n    + ldefine("),
]


@pytest.mark.parametrize(("edits", "place"), [row[1:] for row in SURE], ids=[row[0] for row in SURE])
def test_an_undeclared_name_is_an_error_if_the_code_certainly_runs(edits: str, place: str) -> None:
    assert found("S140", edits) == [("script.js", place, "`gone` is not declared anywhere")]
    assert found("S141", edits) == []


@pytest.mark.parametrize(("edits", "place"), [row[1:] for row in UNSURE], ids=[row[0] for row in UNSURE])
def test_an_undeclared_name_is_a_warning_if_the_code_may_run(edits: str, place: str) -> None:
    assert found("S141", edits) == [("script.js", place, "`gone` is not declared anywhere")]
    assert found("S140", edits) == []


@pytest.mark.parametrize("edits", [row[1] for row in NONE], ids=[row[0] for row in NONE])
def test_a_declared_name_is_not_reported(edits: str) -> None:
    assert found("S140", edits) == []
    assert found("S141", edits) == []


ROWS: list[Row] = [
    ("S140", "define-misspelt", "script.js replace\n    - define(\n    + ldefine(", []),
    ("S140", "beside-define-misspelt",
     f"script.js replace\n    - define(\n    + ldefine(\n{rendering('gone();')}",
     [("script.js", "6:29", "`gone` is not declared anywhere")]),
    ("S140", "reported-once", rendering("gone(); gone();"),
     [("script.js", "6:29", "`gone` is not declared anywhere, used 2 times")]),
    ("S140", "sure-place-first", inside("self.a = function () { return gone; };", "self.b = gone;"),
     [("script.js", "29:10", "`gone` is not declared anywhere, used 2 times")]),
    ("S140", "module", MODULE + "define([], function () { return gone; });",
     [("lib/score.js", "1:33", "`gone` is not declared anywhere")]),
    ("S140", "beside-a-broken-module",
     inside("self.a = gone;") + "\n" + MODULE + "define([], {a: 1,, b: 2});",
     [("script.js", "28:10", "`gone` is not declared anywhere")]),
    ("S140", "local-of-a-module",
     inside("self.a = gone;") + "\n" + MODULE + "define([], function () { var gone = 1; return gone; });",
     [("script.js", "28:10", "`gone` is not declared anywhere")]),
    ("S140", "in-a-broken-script", inside("self.a = gone;", "var b = {c: 1,, d: 2};"), []),
    ("S140", "module-of-a-module", MODULE + "define(['./deep'], function (d) { return d; });\nlib/deep.js\n"
     "    define([], function () { return gone; });",
     [("lib/deep.js", "1:33", "`gone` is not declared anywhere")]),
    ("S143", "unknown", "script.js replace\n    - 'jquery'\n    + 'lodash'",
     [("script.js", "1:9", "the CRM has no module `lodash`")]),
    ("S143", "configured", "script.js replace\n    - 'jquery'\n    + 'lodash'\n"
     + before("require.config({ paths: { lodash: 'https://acme-help.test/lodash' } });"), []),
    ("S143", "named",
     "script.js replace\n    - 'jquery'\n    + 'score'\n" + before("define('score', [], {});"), []),
    ("S143", "with-a-path", "script.js replace\n    - 'jquery'\n    + 'lib/components/base/modal'", []),
    ("S142", "assigned", inside("gone = 1; gone = 2;", "for (i in {}) { $(i); }"),
     [("script.js", "28:1", "`gone` is assigned but not declared anywhere"),
      ("script.js", "29:6", "`i` is assigned but not declared anywhere")]),
    ("S142", "pattern", inside("[gone, self.b] = [1, 2];"),
     [("script.js", "28:2", "`gone` is assigned but not declared anywhere")]),
    ("S142", "declared", inside("var gone; gone = 1;"), []),
    ("S142", "of-the-browser", inside("location = '/leads';"), []),
    ("S109", "module", MODULE + "define([], {a: 1,, b: 2});",
     [("lib/score.js", "1:18", "unexpected token ','")]),
    ("S109", "named",
     inside("require([self.params.path + '/lib/late.js'], $);") + "\nlib/late.js\n    var = 1;",
     [("lib/late.js", "1:5", "unexpected token '='")]),
    ("S109", "not-asked-for", "lib/late.js\n    import a from 'b'; var = 1;", []),
    ("S106", "module-of-a-module", MODULE + "define(['./deep', '../top'], {});",
     [("lib/score.js", "1:9", "`./deep` is not in the archive"),
      ("lib/score.js", "1:19", "`../top` is not in the archive")]),
    ("S106", "relative-to-the-module",
     MODULE + "define(['../top', 'text!../a.html'], {});\ntop.js\n    define({});\na.html\n    <p></p>", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_names(code: str, edits: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(code, edits, "public" if code == "S142" else "private") == expected


def test_the_hint_names_a_similar_declared_name() -> None:
    edits = rendering("panle.html();") + "\n" + inside("var panel = $();")
    [finding] = lint(Widget(edited(edits)), options=CheckOptions(select=("S140",)))
    assert finding.hint == "did you mean `panel`?"


def test_the_number_of_unknown_names_is_bounded() -> None:
    lines = "".join(
        f"function f{i}(a{i}) {{ var b{i} = a{i} + c{i}; return f{i}(b{i}); }}\n" for i in range(3_000)
    )
    names = read_script(lines.encode()).names
    assert {unknown.place.text for unknown in names.unknown} <= {f"c{i}" for i in range(3_000)}
    assert len(names.unknown) == 100
