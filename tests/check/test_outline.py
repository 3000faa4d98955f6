"""The outline of a script: its callbacks, however they are attached, and what it uses."""

import shutil

import pytest

from scaffold.check.model.outline import MAX_PARSED_BYTES, Outline, Returns, Use
from scaffold.check.model.places import Place
from scaffold.check.model.script import read_script
from scaffold.check.model.syntax_tree import Source
from tests.check.clean import SCRIPT

TRUE = "return true;"


def outline(text: str) -> Outline:
    return read_script(text.encode())


def inside(body: str) -> Outline:
    """Return the outline of a plain widget whose constructor is `body`."""
    return outline(
        f"define(['jquery'], function ($) {{ return function () {{ var self = this; {body} }}; }});"
    )


def test_the_outline_of_a_plain_widget_is_complete() -> None:
    seen = outline(SCRIPT)
    assert (seen.readable, seen.reason, seen.errors) == (True, "", ())
    assert {name: callback.returns for name, callback in seen.callbacks.items()} == {
        "render": Returns.TRUE,
        "init": Returns.TRUE,
        "bind_actions": Returns.TRUE,
        "settings": Returns.TRUE,
        "onSave": Returns.TRUE,
        "destroy": Returns.NOTHING,
    }
    assert seen.callbacks["render"].place == Place(6, 7)
    assert seen.defines[0].dependencies == (Place(1, 9, "jquery"),)
    assert seen.defines[0].returns_constructor is True


ALL_THREE = "render: f, init: f, bind_actions: f"

ATTACHED = [
    ("literal", "this.callbacks = {render: r, leads: {selected: f}};", {"render", "leads.selected"}),
    ("self", "self.callbacks = {render() {}};", {"render"}),
    ("bracket", "self['callbacks'] = {'render': f};", {"render"}),
    ("one-by-one", "self.callbacks = {}; self.callbacks.render = f;", {"render"}),
    ("nested-one", "self.callbacks.leads.selected = f;", {"leads.selected"}),
    ("group", "self.callbacks.leads = {selected: f};", {"leads.selected"}),
    ("extend", "$.extend(self.callbacks, {render: f}, {init: g});", {"render", "init"}),
    ("deep-extend", "jQuery.extend(true, this.callbacks, {render: f});", {"render"}),
    ("assign", "Object.assign(this.callbacks, {render: f});", {"render"}),
    ("made-by-extend", "this.callbacks = _.extend({}, {render: f}, {init: g});", {"render", "init"}),
    ("define-property", "Object.defineProperty(this, 'callbacks', {value: {render: f}});", {"render"}),
    ("babel-field", "_defineProperty(this, 'callbacks', {render: f});", {"render"}),
    ("variable", "var c = {render: f}; c.init = g; this.callbacks = c;", {"render", "init"}),
    ("function", "this.callbacks = make(); function make() { return {render: f}; }", {"render"}),
    ("class-field", "class W { callbacks = {render: () => true}; }", {"render"}),
    ("getter", "class W { get callbacks() { return {render: f}; } }", {"render"}),
    ("returned", "return {callbacks: {render: f}};", {"render"}),
    ("default", "this.callbacks = this.callbacks || {render: f};", {"render"}),
    ("spread", "var base = {render: f}; this.callbacks = {...base, init: g};", {"render", "init"}),
    ("twice", "this.callbacks = {render: f}; this.callbacks = {init: g};", {"render", "init"}),
    ("maker", "const callbacks = () => ({render: f}); this.callbacks = callbacks();", {"render"}),
    (
        "instance",
        "class C { render() {} leads = {selected: f}; help() {} } this.callbacks = new C(self);",
        {"render", "leads.selected"},
    ),
    (
        "constructor",
        "class C { constructor() { this.leads = {selected: f}; } } this.callbacks = new C();",
        {"leads.selected"},
    ),
    ("library", "emitter.callbacks = {fail: f}; this.callbacks = {render: f};", {"render"}),
]


@pytest.mark.parametrize(("body", "names"), [row[1:] for row in ATTACHED], ids=[row[0] for row in ATTACHED])
def test_callbacks_are_found_however_they_are_attached(body: str, names: set[str]) -> None:
    seen = inside(body)
    assert set(seen.callbacks) == names
    assert seen.readable


RETURNS = [
    ("true", "function () { return true; }", Returns.TRUE),
    ("one-path", "function () { if (a) { return; } return true; }", Returns.TRUE),
    ("minified", "function () { return !0 }", Returns.TRUE),
    ("arrow", "() => true", Returns.TRUE),
    ("false", "function () { return false; }", Returns.FALSE),
    ("false-or-nothing", "function () { if (a) return (false); return; }", Returns.FALSE),
    ("nothing", "function () { work(function () { return true; }); }", Returns.NOTHING),
    ("promise", "function () { return load().then(f); }", Returns.UNKNOWN),
    ("async", "async function () { await load(); }", Returns.UNKNOWN),
    ("named", "named", Returns.FALSE),
    ("elsewhere", "somewhere.render", Returns.UNKNOWN),
]


@pytest.mark.parametrize(
    ("function", "returns"), [row[1:] for row in RETURNS], ids=[row[0] for row in RETURNS]
)
def test_the_return_value_of_a_callback_is_read(function: str, returns: Returns) -> None:
    seen = inside(f"function named() {{ return false; }} this.callbacks = {{render: {function}}};")
    assert seen.callbacks["render"].returns is returns
    assert seen.callbacks["render"].is_function


def test_a_callback_that_is_not_a_function_is_recognised() -> None:
    seen = inside("this.callbacks = {render: true, init: f, settings: {}};")
    assert {name: callback.is_function for name, callback in seen.callbacks.items()} == {
        "render": False,
        "init": True,
        "settings": False,
    }


HIDDEN = [
    (
        "module",
        "define(['./app.js'], function (App) { return App; });",
        "the callbacks may be set in `./app.js`",
    ),
    (
        "remote",
        "define(['https://cdn.acme.test/w.js'], function (W) { return W; });",
        "the callbacks may be set in `https://cdn.acme.test/w.js`",
    ),
    (
        "version",
        "define(['./app.js?v=' + Date.now()], function (App) { return App; });",
        "the callbacks may be set in `./app.js`",
    ),
    (
        "instance-of-a-module",
        "this.callbacks = new Callbacks(self);",
        "the callbacks come from `new Callbacks(self)`",
    ),
    (
        "instance-with-a-base",
        "class C extends B { render() {} } this.callbacks = new C();",
        "the callbacks come from `new C()`",
    ),
    ("call", "this.callbacks = build(self);", "the callbacks come from `build(self)`"),
    (
        "parameter",
        "function W(callbacks) { this.callbacks = callbacks; }",
        "the callbacks come from `callbacks`",
    ),
    ("spread", "this.callbacks = {render: f, ...base};", "the callbacks come from `base`"),
    ("computed", "this.callbacks = {[name]: f};", "the callbacks come from computed names"),
    ("computed-one", "this.callbacks[name] = f;", "the callbacks come from computed names"),
    ("group", "this.callbacks = {leads: leads(self)};", "the callbacks come from `leads`"),
    (
        "babel-getter",
        "_createClass(W, [{key: 'callbacks', get: function () { return {render: f}; }}]);",
        "`callbacks` is set by its quoted name",
    ),
    ("webpack", "var m = __webpack_require__(7);", "the modules of its bundle are elsewhere"),
    ("import", "import('./w.js').then(run);", "it loads modules at run time"),
    ("base", "class W extends Base {}", "the callbacks may come from the base class `Base`"),
    (
        "computed-modules",
        "define(names.concat('a'), function () {});",
        "its dependencies are computed",
    ),
]


@pytest.mark.parametrize(("text", "reason"), [row[1:] for row in HIDDEN], ids=[row[0] for row in HIDDEN])
def test_a_script_whose_callbacks_may_be_elsewhere_is_not_readable(text: str, reason: str) -> None:
    seen = outline(text)
    assert (seen.readable, seen.reason) == (False, reason)


@pytest.mark.parametrize(
    "text",
    [
        "define(['text!./a.html', 'jquery'], function () { return function () {}; });",
        f"define(['./a.js'], function () {{ return function () {{ this.callbacks = {{{ALL_THREE}}}; }}; }});",
        f"function Emitter(list) {{ this.callbacks = list; }} this.callbacks = {{{ALL_THREE}}};",
        "define(['./a.js', '//cdn.acme.test/b.js'], function () { this.callbacks = {settings: f}; });",
        "this.callbacks = {settings: f}; import('./w.js');",
        "",
    ],
    ids=[
        "texts-hold-no-callbacks",
        "all-required-are-in-sight",
        "library-of-a-bundle",
        "beside-modules",
        "beside-a-loaded-one",
        "empty",
    ],
)
def test_a_script_is_readable_if_no_callback_can_be_elsewhere(text: str) -> None:
    assert outline(text).readable


USES = [
    ("eval", Use.EVAL, "eval(self.a); new Function('b'); x.eval(c); ", ["eval", "Function"]),
    (
        "dialog",
        Use.DIALOG,
        "alert(1); window.confirm(2); modal.confirm(3); // alert(4)",
        ["alert", "confirm"],
    ),
    ("own-dialog", Use.DIALOG, "function confirm() {} confirm();", []),
    ("console", Use.CONSOLE, "console.log(1); var a = {console: 1};", ["log"]),
    (
        "caught",
        Use.CONSOLE_IN_CATCH,
        "try { a() } catch (e) { console.trace(e) } p.catch(function (e) { console.warn(e) });"
        "q.then(f, e => console.error(e));",
        ["trace", "warn", "error"],
    ),
    (
        "sync",
        Use.SYNC_AJAX,
        "$.ajax({async: false}); $.ajax({'async':!1}); f('async: false');",
        ["ajax", "ajax"],
    ),
    (
        "script-tag",
        Use.SCRIPT_TAG,
        "document.createElement('script'); $.getScript(u); $('body').append('<script src=a>'); // <script>",
        ["createElement", "getScript", "<script"],
    ),
    (
        "selector",
        Use.SELECTOR,
        "$('.a'); $('<p>'); b.find('[c'); $(d).on('click', '.e', f); $('.g' + h);",
        [".a", "[c", ".e"],
    ),
    (
        "text-key",
        Use.TEXT_KEY,
        "self.langs.d.e.replace('x', 'y'); self.langs.f.length; make().langs.g;",
        ["d.e", "f"],
    ),
    (
        "host-write",
        Use.HOST_WRITE,
        "APP.a = 1; window.AMOCRM.b.c = 2; APP.constant('user', {}); APP.constant('user'); x.APP = 3;",
        ["APP.a", "AMOCRM.b.c", "APP.constant"],
    ),
    (
        "entity",
        Use.ENTITY,
        "APP.getBaseEntity() === 'lead'; if (x.getBaseEntity()!='leads') {} // getBaseEntity() == 'a'",
        ["lead", "leads"],
    ),
    ("old-host", Use.OLD_HOST, "AMOCRM.constant('a'); 'AMOCRM'; // AMOCRM", ["AMOCRM.constant"]),
    ("debugger", Use.DEBUGGER, "debugger;", ["debugger"]),
    ("url", Use.URL, "get('http://a.test/b?c=d'); // http://e.test", ["http://a.test/b?c=d"]),
    (
        "loop",
        Use.REQUEST_IN_LOOP,
        "for (;;) { $.ajax({}); } a.forEach(function () { self.crm_post(u); }); $.ajax({});",
        ["ajax", "crm_post"],
    ),
]


@pytest.mark.parametrize(("use", "body", "texts"), [row[1:] for row in USES], ids=[row[0] for row in USES])
def test_uses_are_found(use: Use, body: str, texts: list[str]) -> None:
    # The line break ends a comment of the row.
    assert [place.text for place in inside(body + "\n").used(use)] == texts


def test_the_place_of_a_call_is_its_own_name() -> None:
    assert outline("$('.a')\n  .é()\n  .find('[b');").used(Use.SELECTOR)[1] == Place(3, 4, "[b")


def test_columns_count_characters() -> None:
    assert outline("var a = 'é😀'; eval(b);").used(Use.EVAL) == (Place(1, 15, "eval"),)


def test_each_method_is_listed_once() -> None:
    seen = outline("self.setSdkCatalogId(1); self.setSdkCatalogId(2);")
    assert seen.used(Use.MEMBER) == (Place(1, 6, "setSdkCatalogId"),)
    assert seen.calls("setSdkCatalogId")
    assert not seen.calls("render_template")


ERRORS = [
    ("no-end", "define([], function () {\n  return 1;\n", (3, 1)),
    ("no-comma", "var a = {\n  b: 1\n  c: 2\n};", (3, 3)),
    ("two-commas", "var a = {b: 1,, c: 2};", (1, 15)),
    ("brace-too-many", "a = {};\n}", (2, 1)),
    ("jsx", "var a = () => <div/>;", (1, 15)),
    ("open-text", "var a = 'b\n;", (1, 9)),
]


@pytest.mark.parametrize(("text", "place"), [row[1:] for row in ERRORS], ids=[row[0] for row in ERRORS])
def test_a_syntax_error_has_the_place_that_node_reports(text: str, place: tuple[int, int]) -> None:
    assert shutil.which("node")
    seen = outline(text)
    assert [(error.line, error.column) for error in seen.errors] == [place]
    assert (seen.readable, seen.reason) == (False, "a syntax error")


@pytest.mark.parametrize("text", [row[1] for row in ERRORS], ids=[row[0] for row in ERRORS])
def test_a_syntax_error_is_found_without_node(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert len(outline(text).errors) == 1


def test_a_script_that_is_too_large_is_not_parsed() -> None:
    seen = outline(" " * (MAX_PARSED_BYTES + 1))
    assert (seen.parsed, seen.readable, seen.reason) == (False, False, "larger than 5 MB")


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00",
        b"(" * 20_000,
        b"a." * 20_000,
        b"[" * 20_000 + b"]" * 20_000,
        b"\xef\xbb\xbfeval(1)",
        b"a(" * 5000,
        b"1+" * 70_000 + b"1",
        b"a" + b".b()" * 40_000,
    ],
    ids=["not-utf8", "open-parens", "chain", "nested", "bom", "calls-in-calls", "sum", "calls-in-a-row"],
)
def test_hostile_text_gives_an_outline(data: bytes) -> None:
    assert isinstance(read_script(data), Outline)


def test_a_broken_script_still_has_an_outline() -> None:
    seen = outline(
        "define([], function () { this.callbacks = {render: f}; eval(self.a); }); var b = {c: 1,, d: 2};"
    )
    assert (len(seen.errors), list(seen.callbacks), bool(seen.used(Use.EVAL))) == (1, ["render"], True)
    assert not seen.readable


def test_the_outline_keeps_the_order_of_the_script() -> None:
    numbers = range(99)
    lines = [f"console.log({n}); callbacks.f{n} = function () {{ a{n} = 1; }};" for n in numbers]
    seen = inside("\n".join(["this.callbacks = { init: f }; var callbacks = this.callbacks;", *lines]))
    assert [place.line for place in seen.used(Use.CONSOLE)] == [n + 2 for n in numbers]
    assert list(seen.callbacks) == ["init", *(f"f{n}" for n in numbers)]
    assert [place.text for place in seen.names.assigned] == [f"a{n}" for n in numbers]


def test_the_last_assignment_of_a_callback_counts() -> None:
    given = [*["false"] * 200, "true"]
    seen = inside("\n".join(f"this.callbacks.init = function () {{ return {each}; }};" for each in given))
    assert (seen.callbacks["init"].returns, seen.callbacks["init"].place.line) == (Returns.TRUE, 201)


def test_the_outer_of_two_nodes_at_one_place_comes_first() -> None:
    assert [node.end_byte for node in Source(b"f()()();").all("call")] == [7, 5, 3]
