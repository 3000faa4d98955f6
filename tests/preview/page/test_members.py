"""The members that the host provides: unknown ones are logged once and never throw."""

from typing import Any

import pytest

from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, WIDGETS

SELF = "APP.widgets.list.probe"


def _in_render(code: str) -> str:
    return CALLBACKS.replace("render: yes", f"render: function () {{ {code}; return true; }}")


UNKNOWN = {
    "APP.nothing": "APP.nothing",
    "AMOCRM.nothing": "APP.nothing",
    "APP.data.nothing": "APP.data.nothing",
    "APP.widgets.nothing": "APP.widgets.nothing",
    "self.nothing": "self.nothing",
}
"""What a widget reads -> the reported member."""


@pytest.mark.parametrize("read", UNKNOWN)
def test_an_unknown_member_is_logged_and_does_not_throw(play: Play, read: str) -> None:
    played = play(_in_render(f"{read}; {read}"), locations=["ai_agent"])
    report = played.run("ai_agent")
    assert report["errors"] == []
    assert report["unknown_members"] == [UNKNOWN[read]]
    assert played.log("warned") == [f"{UNKNOWN[read]} is not in the preview"]


def test_members_that_the_widget_sets_are_not_reported(play: Play) -> None:
    played = play(_in_render("self.timer = self.timer || 1"), locations=["ai_agent"])
    assert played.run("ai_agent")["unknown_members"] == []


def test_members_exist_in_the_constructor(play: Play) -> None:
    body = """
        window.seen = [
            self.system().area, self.get_settings().login, self.i18n('widget.name'), self.langs.widget.name,
            self.get_version(), self.get_install_status(), self.params === self.get_settings(), self.ns
        ];
    """
    played = play(body=body, settings={"login": {"name": "Login", "type": "text"}})
    played.show("lcard")
    assert played.inside("window.seen") == [
        "lcard", "12345", "Probe", "Probe", "1.0.0", "installed", True, ".widget:probe",
    ]  # fmt: skip


def test_settings_are_live(play: Play) -> None:
    played = play(body="window.kept = self.get_settings();")
    played.show("lcard")
    assert played.inside(f"({SELF}.set_settings({{extra: 1}}), window.kept.extra)") == 1


KNOWN: dict[str, tuple[str, Any]] = {
    "system": (f"Object.keys({SELF}.system()).slice(0, 6)", [
        "area", "amouser", "amouser_id", "amohash", "subdomain", "domain",
    ]),
    "same system": (f"APP.widgets.system.area === {SELF}.system().area", True),
    "user": ("APP.constant('user').id", 501),
    "managers": ("Object.values(APP.constant('managers')).map(user => user.is_admin)", ["Y", "N"]),
    "groups": ("Object.keys(APP.constant('groups')).every(key => key.startsWith('group_'))", True),
    "set constant": ("(APP.constant('mine', 5), APP.constant('mine'))", 5),
    "twin": ("AMOCRM.constant('user').id === APP.constant('user').id", True),
    "card": ("[APP.isCard(), APP.data.current_card.id, APP.getBaseEntity(), APP.getWidgetsArea()]", [
        True, 1001, "leads", "leads_card",
    ]),
    "model": ("APP.data.current_card.model.attributes['lead[NAME]']", "Lead one"),
    "linked": ("APP.data.current_card.linked_forms.form_models.length > 0", True),
    "selector as in the vendor's sample": ("$('link[href=\"/a.css\"').length", 0),
    "name field": ("$('input[name=\"lead[NAME]\"]').val()", "Lead one"),
    "address": ("location.pathname", "/leads/detail/1001"),
    "element types": ("APP.element_types.leads", 2),
    "pipeline": (f"{SELF}.get_pipeline_id().catch(() => 'none')", "none"),
    "contacts": (f"{SELF}.get_current_card_contacts_data().then(all => all[0].phones.length)", 1),
    "socket": (f"typeof {SELF}.listenSocketChannel('a', [], () => {{}})", "function"),
    "dates": ("require('moment')(0).utc().format(APP.system.format.date.full)", "01.01.1970 00:00"),
    "status": ("Object.keys(APP.sdk.showUserStatus(['online']))", ["501", "502"]),
}  # fmt: skip
"""Member -> an expression in a lead's card, and its value."""


@pytest.mark.parametrize("member", KNOWN)
def test_member(play: Play, member: str) -> None:
    expression, value = KNOWN[member]
    played = play()
    played.show("lcard")
    assert played.inside(expression) == value


def test_a_new_card_has_id_zero(play: Play) -> None:
    played = play(query="run=1&card=new")
    played.show("lcard")
    assert played.inside("[APP.data.current_card.id, APP.data.current_card.new_card]") == [0, True]
    assert played.inside("location.pathname") == "/leads/add/"


MODULES = {
    "es6promise": "typeof dep0.Promise === 'function' && dep0.resolve() instanceof Promise",
    "backbone": "typeof dep0.Model.extend === 'function'",
    "underscore": "dep0.VERSION === '1.9.1'",
    "moment": "dep0.version === '2.24.0'",
    "twigjs": "typeof dep0 === 'function' && dep0.twig({data: '{{ 1 }}'}).render() === '1'",
    "json!/upl/probe/1.0.0/widget/i18n/en.json": "dep0.widget.name === 'Probe'",
    "text!/upl/probe/1.0.0/widget/i18n/en.json": "dep0.indexOf('Probe') > 0 && dep0.length > 10",
    "twig": "dep0.twig({data: '{{ 1 }}'}).render() === '1'",
    "chartjs": "typeof new dep0.Line() === 'function'",
}
"""Module -> a condition on its value."""


@pytest.mark.parametrize("module", MODULES)
def test_module(play: Play, module: str) -> None:
    played = play(body=f"window.ok = {MODULES[module]};", deps=f"'{module}'")
    played.show("lcard")
    assert played.inside("window.ok") is True


@pytest.mark.parametrize("name", ["plain", "jquery.mask", "named.js"])
def test_a_module_of_the_widget_s_own(play: Play, studio: Any, name: str) -> None:
    played = play(body="window.ok = dep0;", deps=f"'./lib/{name}'")
    (studio[0] / "lib").mkdir()
    (studio[0] / "lib" / f"{name.removesuffix('.js')}.js").write_text("define([], () => 7);")
    played.open("run=1")
    played.show("lcard")
    assert played.inside("window.ok") == 7


LOADS = {
    "remote": ("'https://cdn.acme.example/lib.js'", None, (
        "https://cdn.acme.example/lib.js was not loaded: the preview reaches only this machine; use --online"
    )),
    "missing": ("'./gone.js'", None, "could not load /upl/probe/1.0.0/widget/gone.js"),
    "syntax": ("", "define([], function () {\n  return function () { var = 1; };\n});\n", (
        "script.js:2:28: SyntaxError: Unexpected token '='"
    )),
    "no define": ("", "ldefine = 1;\n", (
        "script.js never calls define(), names its module there, or its module returns nothing: "
        "the module must return a constructor"
    )),
    "throws": ("", "null.x;\n", (
        "script.js:1:6: TypeError: Cannot read properties of null (reading 'x')"
    )),
    "arrow": ("", "define(() => () => ({}));\n", (
        "script.js defines an arrow function or an async one: the module must return a constructor"
    )),
    "object": ("", "define({a: 1});\n", (
        "script.js defines a value of type object: the module must return a constructor"
    )),
}  # fmt: skip
"""Fault -> a dependency, or the whole script, and the one message."""


@pytest.mark.parametrize("fault", LOADS)
def test_a_script_that_cannot_be_loaded(play: Play, studio: Any, fault: str) -> None:
    deps, script, message = LOADS[fault]
    played = play(deps=deps)
    if script:
        (studio[0] / "script.js").write_text(script, encoding="utf-8")
    report = played.run("lcard")
    assert report["loaded"] is False
    assert report["errors"] == [{"message": message, "source": "host" if fault == "remote" else "widget"}]
    assert report["called"] == []


SHAPES = {
    "class": "class Widget { constructor() { this.area = this.system().area; this.callbacks = CALLBACKS; } }",
    "subclass": """class Widget extends (class Base { get code() { return this.params.widget_code; } }) {
        constructor() { super(); this.area = this.code && this.system().area;
            this.callbacks = CALLBACKS; } }""",
    "returns another object": """function Widget() {
        var other = { area: this.system().area, callbacks: CALLBACKS }; return other; }""",
    "callbacks on the prototype": """(function () { function Widget() { this.area = this.system().area; }
        Widget.prototype.callbacks = CALLBACKS; return Widget; })()""",
    "bound": "(function () { this.area = 'lcard'; this.callbacks = CALLBACKS; }).bind(null)",
}
"""Ways to define a constructor, found in public widgets."""


@pytest.mark.parametrize("shape", SHAPES)
def test_a_constructor(play: Play, studio: Any, shape: str) -> None:
    played = play(locations=["lcard-1"])
    yes = "function () { return true; }"
    script = f"define([], function () {{ return {SHAPES[shape]}; }});"
    callbacks = f"{{ render: {yes}, init: {yes}, bind_actions: {yes} }}"
    (studio[0] / "script.js").write_text(script.replace("CALLBACKS", callbacks), encoding="utf-8")
    report = played.run("lcard")
    assert [call["callback"] for call in report["called"]] == ["render", "init", "bind_actions"] * 2
    assert report["errors"] == report["unknown_members"] == []
    played.show("lcard")
    assert played.inside(f"[{SELF}.area, {SELF}.get_version()]") == ["lcard", "1.0.0"]


def test_a_widget_that_borrows_from_the_crm(play: Play) -> None:
    played = play(WIDGETS / "borrowed")
    for area in ("settings", "lcard", "ccard"):
        report = played.run(area)
        assert report["errors"] == report["async_errors"] == report["unknown_members"] == []
    played.show("lcard")
    assert played.stage.locator(".card-widgets__widget__caption.borrowed").count() == 1
    assert played.stage.locator(".borrowed-panel #borrowed-button").inner_text() == "Go"
    played.show("settings")
    options = played.stage.locator(".widget_settings_block .control--select--list--item")
    options.first.wait_for(state="attached")
    assert options.first.text_content() == "Reference (Leads)"
