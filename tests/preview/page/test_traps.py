"""Code that works here and not in the CRM, or the other way round: each trap is in the report."""

from typing import Any

import pytest

from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS

FIELD = {"login": {"name": "Login", "type": "text"}}
PANEL = "<div class=box><button class=go>Go</button></div>"
SETTINGS = {"locations": ["settings"], "settings": FIELD}
LEFT = "after destroy"


def _in(callback: str, code: str, rest: str = CALLBACKS) -> str:
    """Return callbacks, one of which runs `code` and then returns true."""
    value = "nothing" if callback == "destroy" else "yes"
    return rest.replace(f"{callback}: {value}", f"{callback}: function ($body) {{ {code}; return true; }}")


def _draws(html: str, bind: str) -> str:
    return _in("bind_actions", bind, _in("render", f"self.render_template({{body: '{html}'}})"))


TRAPS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    # name: (callbacks, area, what the report says somewhere, manifest)
    "no render": ("init: yes, bind_actions: yes, onSave: yes", "lcard", "callbacks.render missing", {}),
    "the Save button is wiped": (
        _in("settings", "$body.find('.widget_settings_block').html('<p>mine</p>')"), "settings",
        "the Save button of the window is missing or hidden: nothing happens", SETTINGS,
    ),
    "a handler that stays": (
        _in("init", "$(document).on('click.mine', '.x', nothing)"), "lcard",
        f"event handlers are left {LEFT}: click.mine of .x on document", {},
    ),
    "a native handler that stays": (
        _in("init", "window.addEventListener('scroll', nothing)"), "lcard",
        f"event handlers are left {LEFT}: scroll on window, from script.js:", {},
    ),
    "a timer that goes on": (
        _in("init", "setInterval(nothing, 700)"), "lcard",
        f"timers are still running {LEFT}: setInterval(…, 700) at script.js:", {},
    ),
    "an element beside the page": (
        _in("render", "$('body').append('<div id=\"mine\">x</div>')"), "lcard",
        f"elements are left {LEFT}: div#mine", {},
    ),
    "a style sheet that stays": (
        _in("render", "$('head').append('<style class=\"mine\">a {}</style>')"), "lcard",
        f"style sheets are left {LEFT}: style.mine", {},
    ),
    "a global": (_in("init", "window.acme = {}"), "lcard", f"global names are left {LEFT}: acme", {}),
    "a member of APP": (_in("init", "APP.acme = 1"), "lcard", f"global names are left {LEFT}: APP.acme", {}),
    "a window that stays open": (
        _in("init", "new dep0({init: function ($b) { $b.trigger('modal:loaded').html('x'); }})"), "ai_agent",
        f"windows are left open {LEFT}: div.modal.modal-list", {"deps": "'lib/components/base/modal'"},
    ),
    "more with each visit": (
        _in("init", "$('body').append('<i class=mine></i>')"), "lcard",
        "each visit leaves more nodes behind: 10 more after 10 visits, i.mine", {},
    ),
    "the body is emptied": (
        _in("render", "if ($('#acme').length === 0) $('body').html('<div id=acme></div>')"), "ai_agent",
        "the widget empties body, which belongs to the CRM: other parts of the page stop working (at script",
        {},
    ),
    "the page's holder is emptied": (
        _in("render", "$('#list_page_holder').empty()"), "llist",
        "the widget empties div#list_page_holder.list-page-holder, which belongs to the CRM", {},
    ),
    "a container before it is drawn": (
        _in("render", "$('#work-area-probe').html('mine')"), "advanced_settings",
        "looks for work-area-probe in render: the CRM may draw it later", {"advanced": {"title": "More"}},
    ),
    "another widget's code": (
        f"{CALLBACKS}, advancedSettings: function () {{ $('#work-area-acme').html('mine'); }}",
        "advanced_settings", "looks for work-area-acme: the platform gives the widget another code", {},
    ),
    "settings for this page only": (
        _in("init", "self.set_settings({a: 1})"), "lcard",
        "set_settings keeps values on this page only: onSave or a server must save what should last", {},
    ),
    "a bot's bare handlers": (
        f"""{CALLBACKS}, salesbotDesignerSettings: function () {{
            return {{exits: [{{code: 'a', title: 'A'}}]}}; }}, onSalesbotDesignerSave: function () {{
            return JSON.stringify([{{execute_handlers: []}}]); }}""",
        "salesbot_designer", "onSalesbotDesignerSave(score) returned step 0 is execute_handlers: it is saved",
        {"salesbot_designer": {"score": {"name": "Score"}}},
    ),
    "steps that are no text": (
        f"{CALLBACKS}, onSalesbotDesignerSave: function () {{ return [{{question: []}}]; }}",
        "salesbot_designer", "onSalesbotDesignerSave(score) returned not a string of JSON",
        {"salesbot_designer": {"score": {"name": "Score"}}},
    ),
    "no promise of products": (
        f"{CALLBACKS}, loadPreloadedData: function () {{ return [{{id: 1}}]; }}", "card_sdk",
        "loadPreloadedData must return a promise of a list of products: no promise, product 0",
        {},
    ),
    "Done that nothing enables": (
        f"""{CALLBACKS}, dpSettings: function () {{ $('[name=message]').prop('disabled', true); }}""",
        "digital_pipeline", "the trigger's Done button stays disabled: no field of the trigger has changed",
        {"dp": {"settings": {"message": {"name": "Message", "type": "text"}}, "action_multiple": False}},
    ),
    "a list without its callback": (
        CALLBACKS, "llist", "callbacks.leads.selected is missing: nothing is called", {},
    ),
    "a text that is not there": (
        _in("init", "self.i18n('settings.gone')"), "lcard",
        'the text "settings.gone" is not in i18n/en.json', {},
    ),
    "a file that is not there": (
        _in("init", "self.render({href: '/gone.twig', base_path: self.params.path, load: nothing})"), "lcard",
        "GET /upl/probe/1.0.0/widget/gone.twig: answered 404: a file of the widget", {},
    ),
    "a style sheet that is not there": (
        _in("render", "$('head').append('<link rel=stylesheet href=\"' + self.params.path + '/gone.css\">')"),
        "lcard", "/upl/probe/1.0.0/widget/gone.css is not in the widget", {},
    ),
    "an error that is shown": (
        _in("init", "APP.notifications.show_message_error({text: 'no rules'})"), "lcard",
        "the widget shows an error: no rules", {},
    ),
    "an undocumented module": (
        CALLBACKS, "lcard", "module colorbox is not documented: a stub is used instead",
        {"deps": "'colorbox'"},
    ),
    "a plugin of the CRM's": (
        _in("init", "$('body').dnd({})"), "lcard", "$.fn.dnd is internal to the CRM: a stub does nothing", {},
    ),
    "a link of its own that throws": (
        _draws("<b class=link>Go</b>", "$('.link').on('click', function () { null.x; })"), "lcard",
        "TypeError: Cannot read properties of null (reading 'x')", {},
    ),
    "a delegated handler that throws": (
        _draws("<p class=box><b class=link>Go</b></p>",
               "$('.box').on('click', '.link', function () { null.x; })"), "lcard",
        "TypeError: Cannot read properties of null (reading 'x')", {},
    ),
    "a button that throws": (
        _draws(PANEL, "$('.go').on('click', function () { null.x; })"), "lcard",
        "TypeError: Cannot read properties of null (reading 'x')", {},
    ),
}  # fmt: skip


def said(report: dict[str, Any]) -> list[str]:
    kinds = ("errors", "async_errors", "warnings", "notes")
    return [row["message"] for kind in kinds for row in report[kind]]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_reported(play: Play, trap: str) -> None:
    callbacks, area, message, made = TRAPS[trap]
    report = play(callbacks, **{"locations": [area], **made}).run(area)
    assert any(message in line for line in said(report)), said(report)


SOUND: dict[str, tuple[str, str, dict[str, Any]]] = {
    "handlers that are taken off": (
        _in("destroy", "$(document).off('.mine')", _in("init", "$(document).on('click.mine', nothing)")),
        "lcard", {},
    ),
    "handlers of the platform's namespace": (
        _in("init", "$(document).on('click' + self.ns, nothing)"), "lcard", {},
    ),
    "a timer that is stopped": (
        _in("destroy", "clearInterval(self.timer)", _in("init", "self.timer = setInterval(nothing, 700)")),
        "lcard", {},
    ),
    "a timer that has ended": (_in("init", "setTimeout(nothing, 1)"), "lcard", {}),
    "elements of its own": (
        _draws(PANEL, "$('.box').append('<p></p>').find('p').remove(); $('.box').empty().html('x')"),
        "lcard", {},
    ),
    "its own page": (
        f"{CALLBACKS}, advancedSettings: function () {{ $('#work-area-probe').empty().html('mine'); }}",
        "advanced_settings", {},
    ),
    "its own window": (
        _in("settings", "$body.find('.widget_settings_block').append('<p>mine</p>')"), "settings", SETTINGS,
    ),
    "a list for the phone action alone": (_in("init", "self.add_action('phone', nothing)"), "llist", {}),
    "a hint in the tile of the pipeline": (
        f"""{CALLBACKS}, dpSettings: function () {{
            $('.digital-pipeline__short-task').append('<p>mine</p>'); }}""",
        "digital_pipeline", {"dp": {"settings": {}}},
    ),
    "a hint in the form of the pipeline": (
        f"""{CALLBACKS}, dpSettings: function () {{
            $('[data-action=send_widget_hook]').prepend('<p>mine</p>'); }}""",
        "digital_pipeline", {"dp": {"settings": {}}},
    ),
    "optional callbacks": (CALLBACKS, "lead_sources", {}),
}  # fmt: skip
"""Counter-examples, which get no warning."""


@pytest.mark.parametrize("case", SOUND)
def test_a_correct_widget_gets_no_warning(play: Play, case: str) -> None:
    callbacks, area, made = SOUND[case]
    report = play(callbacks, **{"locations": [area], **made}).run(area)
    assert said(report) == []


def test_the_widget_s_style_sheet_may_stay_once(play: Play, studio: Any) -> None:
    add = "$('head').append('<link rel=stylesheet href=\"' + self.params.path + '/style.css\">')"
    once = f"if (!$('link[href$=\"/style.css\"]').length) {{ {add}; }}"
    for code, is_trouble in ((once, False), (add, True)):
        played = play(_in("render", code), locations=["lcard-1"])
        (studio[0] / "style.css").write_text(".acme {}", encoding="utf-8")
        played.open("run=1")
        report = played.run("lcard")
        assert [note["code"] for note in report["notes"]] == ["style-kept"]
        assert bool([row for row in report["warnings"] if row["code"] == "grows"]) == is_trouble


ACCOUNT = ["https://example.kommo.com/api/v4/account", "https://' + location.host + '/api/v4/account"]


@pytest.mark.parametrize("url", ACCOUNT)
@pytest.mark.parametrize(
    "how", ["$.get('URL')", "fetch('URL').then(function (answer) { return answer.json(); })"]
)
def test_the_account_s_own_host_is_answered(play: Play, url: str, how: str) -> None:
    played = play(locations=["lcard-1"])
    played.show("lcard")
    assert played.inside(f"Promise.resolve({how.replace('URL', url)}).then(found => found.id)") == 30000001


CONSEQUENCES = {
    "crm_post": """self.crm_post('https://hooks.acme.example/a', {},
        function (d) { d.items.push(1); }, 'json')""",
    "ajax": "$.ajax('https://hooks.acme.example/a').always(function (d) { d.items.push(1); })",
    "fetch": """fetch('https://hooks.acme.example/a').then(function (answer) { return answer.json(); })
        .then(function (d) { d.items.push(1); })""",
}


@pytest.mark.parametrize("how", CONSEQUENCES)
def test_errors_that_follow_from_an_unsent_request_are_marked(play: Play, how: str) -> None:
    report = play(_in("init", CONSEQUENCES[how]), locations=["ai_agent"]).run("ai_agent")
    [later] = [e for e in report["async_errors"] if "was blocked" not in e["message"]]
    assert later["message"].startswith("TypeError: Cannot read properties of undefined (reading 'push')")
    assert "https://hooks.acme.example/a" in later["message"]
    assert later["message"].endswith(": not sent)")
    assert later["source"] == "host"


def test_other_errors_beside_an_unsent_request_are_the_widget_s(play: Play) -> None:
    bind = "fetch('https://hooks.acme.example/a'); $('.go').on('click', function () { null.x; })"
    report = play(_draws(PANEL, bind), locations=["lcard-1"]).run("lcard")
    assert {e["source"] for e in report["async_errors"] if "TypeError" in e["message"]} == {"widget"}


ABSENT = {
    "of the card": "APP.data.current_card.acme_form.model.get('x')",
    "of the CRM": "APP.acme_bus.on('x')",
    "a constant": "APP.constant('acme_rights').deals.view",
    "a method": "APP.data.current_card.acme_refresh()",
}


@pytest.mark.parametrize("what", ABSENT)
def test_errors_that_follow_from_a_missing_member_are_marked(play: Play, what: str) -> None:
    report = play(_in("init", ABSENT[what]), locations=["lcard-1"]).run("lcard")
    assert {error["source"] for error in report["errors"]} == {"host"}
    assert all(error["message"].endswith(": not in the preview)") for error in report["errors"])
    assert report["unknown_members"] != []


OWN = {
    "a slip of the pen": "APP.notificatons.show_message({})",
    "an error of another kind": "APP.acme_bus; throw new Error('mine')",
    "something else that is missing": "self.acme.on('x')",
    "a task later": "APP.acme_bus; setTimeout(function () { null.x; }, 5)",
}


@pytest.mark.parametrize("what", OWN)
def test_other_errors_beside_a_missing_member_are_the_widget_s(play: Play, what: str) -> None:
    report = play(_in("init", OWN[what]), locations=["lcard-1"]).run("lcard")
    assert {error["source"] for error in (*report["errors"], *report["async_errors"])} == {"widget"}


def test_an_error_has_the_location_where_it_was_thrown(play: Play) -> None:
    report = play(_in("init", "null.x"), locations=["ai_agent"]).run("ai_agent")
    [error] = report["errors"]
    assert (error["callback"], error["at"].rpartition(":")[0]) == ("init", "script.js:7")


WAYS_OUT = {
    "a connection": "typeof RTCPeerConnection",
    "a connection of a frame": "typeof $('<iframe>').appendTo('body')[0].contentWindow.RTCPeerConnection",
    "a connection of a page in a frame": """new Promise(function (done) {
        $('<iframe srcdoc="<p>x</p>">').on('load', function () {
            done(typeof this.contentWindow.RTCPeerConnection); }).appendTo('body'); })""",
    "a transport": "typeof WebTransport",
    "the page": """(function () {
        try { return typeof parent.kommoPreview; } catch (error) { return 'undefined'; }
    })()""",
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_other_machines_cannot_be_reached(play: Play, way: str) -> None:
    played = play(locations=["lcard-1"])
    played.show("lcard")
    assert played.inside(WAYS_OUT[way]) == "undefined"


def test_a_new_window_is_blocked(play: Play) -> None:
    code = "var w = window.open('https://acme.example/in?token=s3cret'); w.focus(); w.location.href = '/x'"
    played = play(_in("init", code), locations=["ai_agent"])
    report = played.run("ai_agent")
    assert report["errors"] == report["async_errors"] == []
    assert [note["message"] for note in report["notes"]] == [
        "window.open(https://acme.example/in) was blocked: no window is opened"
    ]
    assert len(played.page.context.pages) == 1


def test_the_widget_cannot_send_as_the_page(play: Play) -> None:
    played = play(locations=["lcard-1"])
    played.show("lcard")
    body = "{method: 'POST', headers: {'X-Preview': '1'}, body: '{}'}"
    for origin in ("location.origin", f"'{played.origin}'"):
        asked = f"fetch({origin} + '/_preview/send', {body}).then(answer => answer.status, () => 0)"
        assert played.inside(asked) in (0, 403)
