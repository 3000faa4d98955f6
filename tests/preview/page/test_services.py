"""Services of the host: modal windows, notifications, requests, tokens, sources and actions."""

import json
import time

import jwt
import pytest
from playwright.sync_api import Route

from scaffold.preview.api.signed_token import DEMO_SECRET
from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, Played

SELF = "APP.widgets.list.probe"


@pytest.fixture
def card(play: Play) -> Played:
    played = play(deps="'lib/components/base/modal'", body="window.Modal = dep0;")
    played.show("lcard")
    return played


OPEN = """
    window.modal = new Modal({class_name: 'mine', OPTIONS init: function ($body) {
        $body.trigger('modal:loaded').html('<p>hello</p><button class="modal-body__close"></button>' +
            '<button class="js-modal-accept">ok</button><button class="button-cancel">no</button>')
            .trigger('modal:centrify');
        $body.find('.js-modal-accept').on('click', function () { window.accepted = true; });
    }})
"""


def _open(card: Played, options: str = "") -> None:
    card.inside(f"{{ {OPEN.replace('OPTIONS', options)} }}")


CLOSES = {
    "escape": lambda card: card.page.keyboard.press("Escape"),
    "button": lambda card: card.stage.locator(".mine .modal-body__close").click(),
    "cancel": lambda card: card.stage.locator(".mine .button-cancel").click(),
    "overlay": lambda card: card.stage.locator(".mine .modal-scroller").click(position={"x": 5, "y": 5}),
    "destroy": lambda card: card.inside("window.modal.destroy()"),
}


@pytest.mark.parametrize("way", CLOSES)
def test_a_modal_closes(card: Played, way: str) -> None:
    _open(card)
    assert card.stage.locator(".modal.modal-list.mine .modal-body p").inner_text() == "hello"
    card.stage.locator(".mine p").click()
    CLOSES[way](card)
    card.stage.locator(".mine").wait_for(state="detached")


STAYS = {
    "escape": ("disable_escape_keydown: true,", "escape"),
    "overlay": ("disable_overlay_click: true,", "overlay"),
    "cancel": ("disable_cancel_click: true,", "cancel"),
    "veto": ("destroy: function () { return false; },", "destroy"),
}


@pytest.mark.parametrize("case", STAYS)
def test_a_modal_stays(card: Played, case: str) -> None:
    options, way = STAYS[case]
    _open(card, options)
    card.stage.locator(".mine p").click()
    CLOSES[way](card)
    assert card.stage.locator(".mine").count() == 1


def test_enter_accepts(card: Played) -> None:
    _open(card)
    card.stage.locator(".mine p").click()
    card.page.keyboard.press("Enter")
    assert card.inside("window.accepted") is True


def test_a_modal_shows_an_error(card: Played) -> None:
    card.inside(
        "{ new Modal({class_name: 'mine'}).showError('broken', function () { window.again = true; }) }"
    )
    assert card.stage.locator(".mine .modal-body__error").inner_text() == "broken"
    card.stage.locator(".mine").get_by_text("Try again").click()
    assert card.inside("window.again") is True


def test_notifications_are_toasts(card: Played) -> None:
    card.inside("APP.notifications.show_message_error({header: 'Oh', text: '<b>no</b>'})")
    assert card.stage.locator(".host-toast_error").inner_text().split("\n")[:2] == ["Oh", "<b>no</b>"]
    assert (
        card.inside(
            "new Promise(done => APP.notifications.add_error({text: 'x'}, {done: () => done('told')}))"
        )
        == "told"
    )


NOTHING = {
    "a message": "APP.notifications.show_message(null)",
    "a notification": "APP.notifications.show_notification(null)",
    "an error": "APP.notifications.add_error(null, null)",
    "a template": f"{SELF}.render(null)",
    "a value that throws": f"{SELF}.add_action({{get type() {{ throw new Error(); }}}}, null)",
}
"""Mistake of a widget -> a call."""


@pytest.mark.parametrize("what", NOTHING)
def test_the_host_copes_with(card: Played, what: str) -> None:
    throws = f"(() => {{ try {{ {NOTHING[what]}; }} catch (error) {{ return String(error.stack); }} }})()"
    assert card.inside(throws) is None


def test_crm_post_gets_the_reply_of_the_answers(card: Played) -> None:
    url = "https://hooks.acme.example/a?k=hush"
    ask = f"new Promise(done => {SELF}.crm_post('{url}', {{id: 1}}, done, 'json'))"
    assert card.inside(ask) == {
        "preview": "not sent: enter a reply in the tab User & settings, or use --online"
    }
    card.page.locator(".tabs__item[data-tab=answers]").click()
    reply = card.page.get_by_label(url)
    reply.fill('{"ok": true}')
    reply.blur()
    assert card.inside(ask) == {"ok": True}
    assert "self.crm_post(https://hooks.acme.example/a)" in card.log("asked")
    assert "hush" not in "\n".join(card.log())


def test_crm_posts_are_answered_in_turn(card: Played) -> None:
    card.inside(f"""{{ window.order = []; ['a', 'b'].forEach(function (name) {{
        {SELF}.crm_post(name, {{}}, function () {{ window.order.push(name); }}); }}); }}""")
    card.wait("() => window.order.length === 2")
    assert card.inside("window.order") == ["a", "b"]


def test_authorized_ajax_carries_a_token_that_verifies(card: Played) -> None:
    headers = card.inside(f"""new Promise(done => {{
        $(document).ajaxSend((event, request, options) => done(options.headers));
        {SELF}.$authorizedAjax({{url: '/api/v4/account', headers: {{Mine: '1'}}}});
    }})""")
    token = headers["X-Auth-Token"]
    assert headers["Mine"] == "1"
    claims = jwt.decode(token, DEMO_SECRET, algorithms=["HS256"], options={"verify_aud": False})
    assert claims["user_id"] == 501
    assert token not in "\n".join(card.log())


def test_an_action_is_offered_at_the_phone(play: Play) -> None:
    added = "self.add_action('phone', function (data) { window.dialled = data.value; }); return true;"
    played = play(CALLBACKS.replace("init: yes", f"init: function () {{ {added} }}"))
    played.show("lcard")
    played.stage.locator(".control-phone__formatted").first.click()
    played.stage.get_by_role("button", name="Probe", exact=True).first.click()
    assert played.inside("window.dialled").startswith("+")


def test_a_source_gets_the_message(play: Play) -> None:
    added = (
        "self.add_source('sms', function (m) { window.sent = m; return Promise.resolve(); }); return true;"
    )
    played = play(CALLBACKS.replace("init: yes", f"init: function () {{ {added} }}"))
    played.show("lcard")
    played.stage.locator(".feed-compose-switcher__text").click()
    played.stage.locator(".feed-compose-switcher__list button").click()
    sent = played.inside("window.sent")
    assert sorted(sent) == ["contact_id", "message", "phone"]
    assert json.dumps(sent["contact_id"]) == "2001"


def test_a_request_to_another_machine_is_logged_without_its_query(card: Played) -> None:
    card.inside("fetch('https://hooks.acme.example/a?k=hush').catch(() => {})")
    card.inside("new Promise(done => $.ajax('https://hooks.acme.example/a?k=hush').fail(() => done()))")
    assert card.log("warned", "failed") == [
        "https://hooks.acme.example/a was blocked: the preview reaches only this machine"
    ]


def test_a_failed_request_is_a_later_error_of_the_widget(play: Play) -> None:
    ask = "$.ajax('/api/v4/nowhere'); return true;"
    report = play(
        CALLBACKS.replace("init: yes", f"init: function () {{ {ask} }}"), locations=["ai_agent"]
    ).run("ai_agent")
    assert report["errors"] == []
    assert [(e["message"], e["source"]) for e in report["async_errors"]] == [
        ("GET /api/v4/nowhere: answered 404", "widget")
    ]


WRITES = {
    "note": ("leads/1001/notes", "[{note_type: 'common', params: {text: 'Scored 7'}}]", "Scored 7"),
    "task": (
        "tasks",
        "[{text: 'Call again', complete_till: 1900000000, entity_id: 1001, entity_type: 'leads'}]",
        "Task: Call again",
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_what_the_widget_writes_is_in_the_feed(play: Play, what: str) -> None:
    path, body, shown = WRITES[what]
    played = play()
    played.show("lcard")
    played.stage.get_by_text("Task: Call back").wait_for()
    played.inside(f"$.post('/api/v4/{path}', JSON.stringify({body}))")
    played.stage.locator(".notes-wrapper").get_by_text(shown).wait_for()


BOT = f"""{CALLBACKS}, salesbotDesignerSettings: function () {{
        return {{exits: [{{code: 'good', title: 'Good'}}, {{code: 'bad', title: 'Bad'}}]}};
    }},
    onSalesbotDesignerSave: function () {{
        return JSON.stringify([
            {{question: [{{handler: 'widget_request', params: {{url: 'https://a.example/', data: {{}}}}}}]}},
            {{question: [
                {{handler: 'conditions', params: {{logic: 'and', conditions: [
                    {{term1: '{{{{json.status}}}}', term2: 'good', operation: '='}}],
                    result: [{{handler: 'exits', params: {{value: 'good'}}}}]}}}},
                {{handler: 'exits', params: {{value: 'bad'}}}}]}}
        ]);
    }}"""

CONTINUES = {
    "by conditions": ({"data": {"status": "good"}}, "Good"),
    "by what is left": ({"data": {"status": "no"}}, "Bad"),
    "named": ({"data": {}, "execute_handlers": [{"handler": "exits", "params": {"value": "good"}}]}, "Good"),
}


@pytest.mark.parametrize("way", CONTINUES)
def test_the_exit_that_a_bot_takes_is_marked(play: Play, way: str) -> None:
    body, title = CONTINUES[way]
    played = play(
        BOT, query="area=salesbot_designer", locations=["salesbot_designer"],
        salesbot_designer={"score": {"name": "Score"}},
    )  # fmt: skip
    played.stage.get_by_role("button", name="Save bot").click()
    played.stage.get_by_label("Steps as JSON").wait_for()
    played.page.request.post(f"{played.origin}/api/v4/salesbot/1/continue/7", data=body)
    taken = played.stage.locator(".salesbot-block__exit[aria-current]")
    taken.wait_for()
    assert taken.all_inner_texts() == [title]


def test_each_call_of_a_bot_has_its_own_way_back(play: Play) -> None:
    played = play(
        BOT, query="area=salesbot_designer", locations=["salesbot_designer"],
        salesbot_designer={"score": {"name": "Score"}},
    )  # fmt: skip
    played.page.on("dialog", lambda dialog: dialog.dismiss())
    bodies = []
    for _ in range(2):
        played.stage.get_by_role("button", name="Send a sample request").click()
        played.stage.get_by_text("not sent: neither the manifest nor the user has named").wait_for()
        bodies.append(played.stage.get_by_label("Request body").inner_text().rpartition("continue%2F")[2])
        played.inside("document.querySelector('.crm-result').replaceChildren()")
    assert len(set(bodies)) == 2


def test_a_run_waits_for_images(play: Play) -> None:
    draw = "$('body').append('<img src=\"/api/v4/slow.png\" onerror=\"window.came = true\">')"
    init = f"init: function () {{ {draw}; return true; }}"
    played = play(CALLBACKS.replace("init: yes", init), locations=["ai_agent"])

    def refuse(route: Route) -> None:
        time.sleep(0.3)
        route.abort()

    played.page.route("**/slow.png", refuse)
    played.run("ai_agent")
    assert played.inside("window.came") is True
    played.page.unroute("**/slow.png")


def test_a_run_is_not_slowed_by_the_proxy_s_limit(play: Play) -> None:
    post = "self.crm_post('/a' + n, {}, function () { window.got = (window.got || 0) + 1; });"
    init = f"init: function () {{ for (var n = 0; n < 20; n += 1) {{ {post} }} return true; }}"
    played = play(CALLBACKS.replace("init: yes", init), locations=["ai_agent"])
    played.run("ai_agent")
    assert played.inside("window.got") == 12 * 20
    assert played.inside("performance.now()") < (12 * 20 - 1) * 1000
