"""The rules about the CRM's page and Salesbot steps: a table of edits, each with the findings."""

import pytest

from tests.check.expect import found

Row = tuple[str, str, str, list[tuple[str, str]]]
"""Code, name, edits, and place and message of each finding in script.js."""


def inside(*lines: str) -> str:
    """Return the edit that adds lines to the end of the constructor."""
    return "\n".join(["script.js inside", *(f"    {line}" for line in lines)])


def rendering(line: str) -> str:
    """Return the edit that adds a line to the beginning of `render`."""
    return f"script.js replace\n    - render: function () {{\n    + render: function () {{ {line}"


def saving(*lines: str) -> str:
    """Return the edit that adds `onSalesbotDesignerSave`, from line 29 on."""
    return inside("this.callbacks.onSalesbotDesignerSave = function () {", *lines, "};")


EXITS = "this.callbacks.salesbotDesignerSettings = function () { return { exits: [{ code: 'done' }] }; };"
GONE = "the container `'#work-area-' + self.params.widget_code` does not exist yet in `render`"

ROWS: list[Row] = [
    ("S132", "html",
     inside("$('body').html('a');"), [("28:11", "`$('body').html` replaces what the CRM drew")]),
    ("S132", "variable", inside("var $body = $('body');", "$body.empty();"),
     [("29:7", "`$('body').empty` replaces what the CRM drew")]),
    ("S132", "object", inside("$(document.body).replaceWith('a');"),
     [("28:18", "`$('document.body').replaceWith` replaces what the CRM drew")]),
    ("S132", "plain", inside("document.body.innerHTML = 'a';", "document.body.innerHTML += 'a';"),
     [("28:1", "`document.body.innerHTML` replaces what the CRM drew")]),
    ("S132", "write",
     inside("document.write('a');"), [("28:1", "`document.write` replaces what the CRM drew")]),
    ("S132", "reading", inside("self.a = $('body').html(); self.b = $('body').text();"), []),
    ("S132", "adding", inside("$('body').append('a').addClass('acme');"), []),
    ("S132", "below", inside("$('body .acme-panel').html('a'); $('.acme', 'body').empty();"), []),
    ("S132", "own", inside("self.panel.innerHTML = 'a'; $('.acme-panel').remove();"), []),
    ("S133", "window", inside("window.$ = $;", "window.jQuery = $;"),
     [("28:1", "`window.$` replaces or removes the CRM's jQuery"),
      ("29:1", "`window.jQuery` replaces or removes the CRM's jQuery")]),
    ("S133", "no-conflict", inside("self.a = jQuery.noConflict(true);"),
     [("28:10", "`jQuery.noConflict` replaces or removes the CRM's jQuery")]),
    ("S133", "member", inside("window.$acme = 1; window.jQuery.fn.acme = 1; self.$ = $;"), []),
    ("S133", "own-file", "script.js replace\n    - 'jquery'\n    + './lib/jquery-3.6.0.min.js'\n"
     "lib/jquery-3.6.0.min.js\n    1;", [("1:9", "`./lib/jquery-3.6.0.min.js` is a second jQuery")]),
    ("S133", "host",
     "script.js replace\n    - 'jquery'\n    + 'https://code.jquery.com/jquery-3.6.0.slim.min.js'",
     [("1:9", "`https://code.jquery.com/jquery-3.6.0.slim.min.js` is a second jQuery")]),
    ("S133", "plugin", "script.js replace\n    - 'jquery'\n    + './lib/jquery.mask.min.js'\n"
     "lib/jquery.mask.min.js\n    1;", []),
    ("S134", "localhost", inside("self.crm_post('http://localhost:3000/a', {}, $);"),
     [("28:15", "`http://localhost:3000/a` is a local address, which the CRM's server cannot reach")]),
    ("S134", "constant", inside("var BASE = 'https://192.168.0.7';", "self.crm_post(BASE + '/a', {});"),
     [("29:15", "`https://192.168.0.7` is a local address, which the CRM's server cannot reach")]),
    ("S134", "server", inside("self.crm_post('https://localhost.acme-help.test/a', {});"), []),
    ("S134", "other-request", inside("$.ajax('http://localhost:3000/a');"), []),
    ("S135", "advanced", rendering("$('#work-area-' + self.params.widget_code).empty();"), [("6:29", GONE)]),
    ("S135", "old", rendering("$('#list_page_holder').html('a');"),
     [("6:29", "the container `'#list_page_holder'` does not exist yet in `render`")]),
    ("S135", "plain", rendering("document.getElementById('work-area-' + self.params.widget_code);"),
     [("6:29", "the container `'work-area-' + self.params.widget_code` does not exist yet in `render`")]),
    ("S135", "later",
     rendering("self.open = function () { return $('#work-area-' + self.params.widget_code); };"),
     []),
    ("S135", "own-callback",
     inside("this.callbacks.initMenuPage = () => $('#work-area-' + self.params.widget_code);"), []),
    ("S136", "page", inside("self.a = '#work-area-acme_leads';"),
     [("28:11", "`#work-area-acme_leads` contains a hard-coded widget code")]),
    ("S136", "address", inside("$.get('/api/v4/widgets/acme');"),
     [("28:8", "`/api/v4/widgets/acme` contains a hard-coded widget code")]),
    ("S136", "others",
     inside("self.a = ['.card-widgets__widget-acme b', '#acme_custom_content', '/upl/acme/1/a.css'];"),
     [("28:12", "`card-widgets__widget-acme` contains a hard-coded widget code"),
      ("28:44", "`#acme_custom_content` contains a hard-coded widget code"),
      ("28:68", "`/upl/acme/` contains a hard-coded widget code")]),
    ("S136", "run-time",
     inside("self.a = '#work-area-' + self.params.widget_code + ' .card-widgets__widget__body';"), []),
    ("S136", "template", inside("self.a = `#work-area-${self.params.widget_code}`;"), []),
    ("S136", "own-class", inside("self.a = '.acme_leads-panel'; self.b = '/api/v4/widgets';"), []),
    ("S136", "comment", inside("// #work-area-acme"), []),
    ("S116", "empty-on-save", inside("this.callbacks.onSave = function () {};"),
     [("28:1", "`onSave` returns nothing")]),
    ("S116", "null", inside("this.callbacks.onSave = function () { return null; };"),
     [("28:1", "`onSave` never returns true")]),
    ("S138", "zero", "* with catalogs\nscript.js replace\n    - setSdkCatalogId(7)\n    + setSdkCatalogId(0)",
     [("28:26", "`setSdkCatalogId` is called with 0")]),
    ("S138", "constant", "* with catalogs\nscript.js replace\n    - this.setSdkCatalogId(7)\n"
     "    + var LIST = 0; this.setSdkCatalogId(LIST)",
     [("28:40", "`setSdkCatalogId` is called with 0")]),
    ("S138", "not-declared", inside("self.setSdkCatalogId(0);"), []),
    ("S139", "token", inside("self.save = function (params) { params.fields.apiKey = 1; };"),
     [("28:33", "`params.fields.apiKey` is sent to every user's browser")]),
    ("S139", "other", inside("self.fields.note = 1; self.token = 2;"), []),
    ("S160", "handlers-alone", saving("return JSON.stringify([{ handler: 'stop', params: {} }]);"),
     [("29:24", "a step begins with `handler`, which the bot does not run")]),
    ("S160", "variable", saving("var steps = [{ execute_handlers: [] }];", "return JSON.stringify(steps);"),
     [("29:14", "a step begins with `execute_handlers`, which the bot does not run")]),
    ("S160", "one-object", saving("return JSON.stringify({ execute_handlers: [] });"),
     [("29:23", "a step begins with `execute_handlers`, which the bot does not run")]),
    ("S160", "step", saving("return JSON.stringify([{ question: [] }, { answer: [], question: [] }]);"), []),
    ("S160", "elsewhere", inside("self.send({ execute_handlers: [] });"), []),
    ("S161", "unknown", saving("return JSON.stringify([{ question: [{ handler: 'tell', params: {} }] }]);"),
     [("29:48", "`tell` is not a documented handler")]),
    ("S161", "other-object", saving("self.on({ handler: 'tell' });", "return JSON.stringify([]);"), []),
    ("S161", "no-salesbot", inside("self.a = { handler: 'tell', params: {} };"), []),
    ("S162", "unknown",
     saving("return JSON.stringify([{ question: [{ handler: 'exits', params: { value: 'late' } }] }]);")
     + "\n" + inside(EXITS), [("29:74", "`late` is not one of the block's exits")]),
    ("S162", "not-literal",
     saving("return JSON.stringify([{ question: [{ handler: 'exits', params: { value: 'late' } }] }]);")
     + "\n" + inside("this.callbacks.salesbotDesignerSettings = () => ({ exits: self.make() });"), []),
    ("S164", "in-place", saving(
        "return JSON.stringify([{ question: [{ handler: 'widget_request', params: { url: ' ' } }] }]);"),
     [("29:81", "`widget_request` has no URL to call")]),
    ("S164", "given-later", saving(
        "return JSON.stringify([{ question: [{ handler: 'widget_request', params: { url: self.url } }] }]);"),
     []),
    ("S164", "to-fill-in", saving(
        "const given = { url: HOOK }, HOOK = '';",
        "return JSON.stringify([{ question: [{ handler: 'widget_request', params: given }] }]);"),
     []),
    ("S164", "other-handler", saving(
        "return JSON.stringify([{ question: [{ handler: 'show', params: { url: '' } }] }]);"), []),
    ("S163", "beyond",
     saving("var steps = [{ question: [{ handler: 'goto', params: { type: 'question', step: 2 } }] }, {}];",
                              "return JSON.stringify(steps);"),
     [("29:80", "there is no step 2: the last one is 1")]),
    ("S163", "built",
     saving("var steps = [{ question: [{ handler: 'goto', params: { type: 'question', step: 2 } }] }];",
                             "steps.push({ question: [] });", "return JSON.stringify(steps);"), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_the_page_and_salesbot_steps(
    code: str, edits: str, expected: list[tuple[str, str]]
) -> None:
    assert found(code, edits) == [("script.js", place, message) for place, message in expected]
