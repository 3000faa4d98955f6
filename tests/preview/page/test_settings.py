"""The installation window: its fields, what Save and Disable call, and what is stored."""

import pytest

from tests.preview.page.conftest import Play
from tests.preview.page.playing import CALLBACKS, Played

SAVE = ".js-widget-save"

FIELDS = {
    "login": {"name": "Login", "type": "text", "required": True},
    "word": {"name": "Password", "type": "pass", "required": False},
    "lines": {"name": "Lines", "type": "users", "required": False},
    "keys": {"name": "Keys", "type": "users_lp", "required": False},
    "rules": {"name": "Rules", "type": "custom", "required": False},
}

DRAWN = {
    "login": "input[type=text][name=login]",
    "word": "input[type=password][name=word]",
    "lines": "input[name='lines[501]'], input[name='lines[502]']",
    "keys": "input[name='keys[501][login]'], input[name='keys[501][password]']",
    "rules": "div#probe_custom_content, input[type=hidden]#probe_custom[name=rules]",
}
"""Field -> two elements of it, or one."""


def _saving(answer: str) -> str:
    return CALLBACKS.replace("onSave: yes", f"onSave: function (params) {{ {answer} }}")


def _edit(played: Played) -> None:
    played.show("settings")
    played.stage.locator("input[name=login]").fill("ann")


@pytest.mark.parametrize("code", DRAWN)
def test_a_field_is_drawn(play: Play, code: str) -> None:
    played = play(settings=FIELDS)
    played.show("settings")
    assert played.stage.locator(f"#widget_settings__fields_wrapper :is({DRAWN[code]})").count() == 1 + DRAWN[
        code
    ].count(",")


def test_without_installation_no_field_is_drawn(play: Play) -> None:
    played = play(settings={"login": FIELDS["login"]}, installation=False)
    played.show("settings")
    assert played.stage.locator(".widget_settings_block__item_field").count() == 0


def test_save_waits_for_a_change(play: Play) -> None:
    played = play(settings=FIELDS)
    played.show("settings")
    save = played.stage.locator(SAVE)
    assert "button-input-disabled" in (save.get_attribute("class") or "")
    played.stage.locator("input[name=login]").fill("ann")
    assert "button-input-disabled" not in (save.get_attribute("class") or "")


def test_a_change_that_the_widget_triggers_enables_save(play: Play) -> None:
    played = play(settings=FIELDS)
    played.show("settings")
    played.inside("$('#probe_custom').val('{}').trigger('change')")
    assert "button-input-disabled" not in (played.stage.locator(SAVE).get_attribute("class") or "")


SAVES = {
    "true": ("return true;", True, []),
    "promise": ("return Promise.resolve(true);", True, []),
    "false": ("return false;", False, []),
    "nothing": ("", False, ["not saved: onSave returned undefined, not true"]),
    "promise of false": ("return Promise.resolve(false);", False, []),
    "rejected": ("return Promise.reject('no');", False, []),
    "rejected with an error": ("return Promise.reject(new Error('no'));", False, []),
    "rejected by a mistake": (
        "return Promise.resolve().then(function () { return self.nothing.at; });", False,
        ["onSave was rejected: TypeError: Cannot read properties of undefined (reading 'at')"],
    ),
    "throws": ("throw new Error('no');", False, ["onSave threw: no"]),
}  # fmt: skip
"""What `onSave` does -> whether the values are stored, and the problems in the log; a refusal is none."""

REFUSED = {"false": "onSave returned false", "rejected": 'onSave was rejected: "no"'}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_save_is_a_note(play: Play, case: str) -> None:
    played = play(_saving(SAVES[case][0]), settings={"login": FIELDS["login"]})
    report = played.run("settings")
    assert report["errors"] == report["async_errors"] == []
    assert {"code": "save-refused", "message": f"not saved: {REFUSED[case]}"} in report["notes"]


@pytest.mark.parametrize("case", SAVES)
def test_save(play: Play, case: str) -> None:
    answer, stored, trouble = SAVES[case]
    played = play(_saving(answer), settings={"login": FIELDS["login"]})
    _edit(played)
    played.stage.locator(SAVE).click()
    played.stage.locator(".widget-settings__modal").wait_for(state="detached" if stored else "attached")
    assert played.inside("APP.widgets.list.probe.get_settings().login") == ("ann" if stored else "12345")
    unknown = "self.nothing is not in the preview"
    assert [line for line in played.log("warned", "failed") if line != unknown] == trouble


def test_fields_that_on_save_changes_are_stored(play: Play) -> None:
    played = play(_saving("params.fields.rules = JSON.stringify({a: 1}); return true;"), settings=FIELDS)
    _edit(played)
    played.stage.locator(SAVE).click()
    played.stage.locator(".widget-settings__modal").wait_for(state="detached")
    assert played.inside("APP.widgets.list.probe.params.rules") == '{"a":1}'
    assert played.inside("APP.widgets.list.probe.params.login") == "ann"


def test_an_empty_required_field_is_not_saved(play: Play) -> None:
    played = play(settings={"login": FIELDS["login"]})
    _edit(played)
    played.stage.locator("input[name=login]").fill("")
    played.stage.locator(SAVE).click()
    assert played.log("warned") == ["not saved: required fields are empty (login)"]
    assert "onSave" not in " ".join(played.log("called"))


KEEPS = {
    "removed": "removeAttr('data-onsave-destroy-modal')",
    "false": "attr('data-onsave-destroy-modal', 'false')",
}


@pytest.mark.parametrize("how", KEEPS)
def test_the_widget_can_keep_the_window_open(play: Play, how: str) -> None:
    settings = f"settings: function ($body) {{ $body.find('.js-widget-save').{KEEPS[how]}; }}"
    played = play(CALLBACKS.replace("settings: yes", settings), settings={"login": FIELDS["login"]})
    _edit(played)
    played.stage.locator(f"{SAVE}:not(.button-input-disabled)").click()
    played.stage.locator(f"{SAVE}.button-input-disabled").wait_for()
    assert played.inside("APP.widgets.list.probe.get_settings().login") == "ann"


def test_a_run_waits_until_the_window_is_complete(play: Play) -> None:
    fills = """render: yes, init: yes, bind_actions: yes, destroy: nothing,
        settings: function () { self.full = false; $.get('/api/v4/account', () => { self.full = true; }); },
        onSave: function () { if (!self.full) throw new Error('too soon'); return true; }"""
    report = play(fills).run("settings")
    assert [call["callback"] for call in report["called"]].count("onSave") == 2
    assert report["errors"] == []


def test_disable_saves_with_n_and_destroys(play: Play) -> None:
    played = play(_saving("return true;"), settings={"login": FIELDS["login"]})
    played.show("settings")
    played.inside("$(document).on('widget:removed', function (event, code) { window.removed = code; })")
    played.stage.locator(".js-widget-uninstall").click()
    played.stage.locator(".widget-settings__modal").wait_for(state="detached")
    calls = played.log("called")
    assert calls[-1] == "destroy()"
    assert calls[-2].startswith('onSave({active: "N", fields: {login: "12345"}')
    assert played.inside("window.removed") == "probe"


def test_install_saves_and_starts_the_widget_again(play: Play) -> None:
    played = play(f"{_saving('return true;')}, onInstall: nothing", settings={"login": FIELDS["login"]})
    played.show("settings")
    played.stage.locator(".js-widget-uninstall").click()
    played.stage.locator(".widget-settings__modal").wait_for(state="detached")
    played.stage.locator(".crm-tile").click()
    played.stage.locator("input[name=login]").fill("ann")
    played.stage.locator(".js-widget-install").click()
    played.stage.locator(".widget-settings__modal").wait_for(state="detached")
    played.inside("new Promise(function (resolve) { setTimeout(resolve) })")
    names = [line.partition("(")[0] for line in played.log("called")]
    assert names[-5:] == ["onSave", "onInstall", "render", "init", "bind_actions"]


def test_passwords_are_not_in_the_log(play: Play) -> None:
    played = play(_saving("return true;"), settings=FIELDS)
    _edit(played)
    played.stage.locator("input[name=word]").fill("hunter2")
    played.stage.locator(SAVE).click()
    played.stage.locator(".widget-settings__modal").wait_for(state="detached")
    said = "\n".join(played.log())
    assert "word: •••" in said
    assert "hunter2" not in said
