"""Every fault of answers is one line with its place, and all faults are reported at once."""

import pytest

from scaffold.generate.answers.faults import AnswersError
from scaffold.kommo.areas import BY_CODE
from tests.generate.answers.asking import answers_of, faults_of, in_file

# Rows: id, the invalid text, the only line of its report.

ONE_FAULT = [
    ("unknown-key", "nme: Acme\n",
     "3:1: unknown key `nme`, did you mean `name`?"),
    ("unknown-key-far", "zzz: 1\n",
     "3:1: unknown key `zzz`"),
    ("unknown-key-in-block", "support: {emial: a@b.example}\n",
     "3:11: unknown key `support.emial`, did you mean `email`?"),
    ("block-no-map", "support: help\n",
     "3:10: `support` must be a map: {link: ..., email: ...}"),
    ("block-without-area", "catalogs: {list_id: 5}\n",
     "3:1: `catalogs` needs the area `catalogs` in `areas`"),
    ("settings-without-area", "settings: {key: {}}\n",
     "3:1: `settings` needs the area `settings` in `areas`"),
    ("version-number", "version: 1.0\n",
     '3:10: `version` is a number: quote it, and give three parts, such as "1.0.0"'),
    ("version-two-parts", 'version: "1.0"\n',
     "3:10: `version` must be three numbers with dots, such as 1.0.0, not `1.0`"),
    ("version-other-digits", "version: \u0661.\u0660.\u0660\n",
     "3:10: `version` must be three numbers with dots, such as 1.0.0, not `\u0661.\u0660.\u0660`"),
    ("name-number", "name: 2024\n",
     "3:7: `name` must be text: quote `2024`"),
    ("name-flag", "name: true\n",
     "3:7: `name` must be text: quote `true`"),
    ("name-null", "name:\n",
     "3:6: `name` must be text, but is empty"),
    ("name-empty", 'name: ""\n',
     "3:7: `name` must not be empty"),
    ("name-blank", 'name: " \\n "\n',
     "3:7: `name` must not be empty"),
    ("name-list", "name: [a]\n",
     "3:7: `name` must be text"),
    ("name-control", 'name: "a\\x1b[2J"\n',
     "3:7: `name` must not contain a control character: U+001B"),
    ("name-return", 'name: "a\\r"\n',
     "3:7: `name` must not contain a control character: U+000D"),
    ("name-locale-missing", "locales: [en, es, pt]\nname: {en: A}\n",
     "4:7: `name` has no text for `es`, `pt`: give it in the answers file, or with --set name.es=TEXT"),
    ("name-locale-unknown", "name: {en: A, eng: B}\n",
     "3:15: `name` has an unknown locale `eng`, did you mean `en`?"),
    ("name-locale-not-chosen", "name: {en: A, es: B}\n",
     "3:15: `name` has a text for `es`, which is not in `locales`"),
    ("locale-unknown", "locales: [en, eng]\n",
     "3:15: `locales` names an unknown locale `eng`, did you mean `en`?"),
    ("locale-capitals", "locales: [EN]\n",
     "3:11: `locales` names an unknown locale `EN`, did you mean `en`?"),
    ("locale-name", "locales: [Spanish]\n",
     "3:11: `locales` names an unknown locale `Spanish`, did you mean `es`?"),
    ("locales-map", "locales: {en: 1}\n",
     "3:10: `locales` must be a list of locales, such as [en, es]"),
    ("locale-ru-on-kommo", "locales: [ru]\n",
     "3:11: `locales` names `ru`, which platform `kommo` does not have"),
    ("locale-twice", "locales: [en, en]\n",
     "3:15: `locales` names `en` twice"),
    ("locales-text", "locales: en\n",
     "3:10: `locales` must be a list, such as [en]"),
    ("locales-texts", "locales: en, es\n",
     "3:10: `locales` must be a list, such as [en, es]"),
    ("locales-text-unknown", "locales: EN\n",
     "3:10: `locales` must be a list of locales, such as [en, es]"),
    ("locales-empty", "locales: []\n",
     "3:10: `locales` must name at least one locale"),
    ("platform", "platform: amo\n",
     "3:11: `platform` cannot be `amo`, did you mean `amocrm`?"),
    ("platform-near", "platform: komo\n",
     "3:11: `platform` cannot be `komo`, did you mean `kommo`?"),
    ("flag-text", "init_once: yes\n",
     "3:12: `init_once` must be true or false, not the text `yes`"),
    ("flag-number", "public: 1\n",
     "3:9: `public` must be true or false, not `1`"),
    ("email", "support: {email: help}\n",
     "3:18: `support.email` must be an e-mail address, such as help@acme.example, not `help`"),
    ("link", "support: {link: javascript:alert(1)}\n",
     "3:17: `support.link` must be an address that starts with https:// or http://, not"
     " `javascript:alert(1)`"),
    ("link-no-host", "support: {link: 'https:///x'}\n",
     "3:17: `support.link` must have a host name after `://`, not `https:///x`"),
    ("link-blank", "support: {link: 'https://a.example/b c'}\n",
     "3:17: `support.link` must not contain ` `: write it percent-encoded"),
    ("link-password", "support: {link: 'https://u:p@a.example'}\n",
     "3:17: `support.link` must not contain a user name or password: everyone who installs the"
     " widget can read it"),
    ("link-port", "support: {link: 'https://a.example:70000'}\n",
     "3:17: `support.link` must have a port from 1 to 65535, not `70000`"),
    ("slides", "tour: {slides: 6}\n",
     "3:16: `tour.slides` must be from 1 to 5, not `6`"),
    ("slides-flag", "tour: {slides: true}\n",
     "3:16: `tour.slides` must be a whole number, not `true`"),
    ("logo", "logo: nowhere.png\n",
     "3:7: `logo` is not an existing file: `nowhere.png`"),
    ("backend-http", "backend: {url: http://acme.example}\n",
     "3:16: `backend.url` must be an address that starts with https://, not `http://acme.example`"),
    ("backend-query", 'backend: {url: "https://acme.example/?a"}\n',
     "3:16: `backend.url` must end with its path, without `?`"),
    ("backend-fragment", 'backend: {url: "https://acme.example/#a"}\n',
     "3:16: `backend.url` must end with its path, without `#`"),
    ("backend-text", "backend: self_hosted\n",
     "3:10: `backend` must be a map: {url: ..., oauth: ..., webhooks: ...}"),
    ("oauth-alone", "backend: {oauth: true}\n",
     "3:11: `backend.oauth` needs `backend.url`"),
    ("webhooks-alone", "backend: {webhooks: [add_lead]}\n",
     "3:11: `backend.webhooks` needs `backend.url`"),
    ("event", "backend: {url: https://acme.example, webhooks: [add_laed]}\n",
     "3:49: `backend.webhooks` names an unknown event `add_laed`, did you mean `add_lead`?"),
    ("event-nothing-like-it", "backend: {url: https://acme.example, webhooks: [x]}\n",
     "3:49: `backend.webhooks` names an unknown event `x`: `kommo-widget help answers` lists them"),
    ("event-twice", "backend: {url: https://acme.example, webhooks: [add_lead, add_lead]}\n",
     "3:59: `backend.webhooks` names `add_lead` twice"),
    ("event-elsewhere", "backend: {url: https://acme.example, webhooks: [add_customer]}\n",
     "3:49: `backend.webhooks` names `add_customer`, which platform `kommo` does not have"),
    ("event-text", "backend: {url: https://acme.example, webhooks: add_lead}\n",
     "3:48: `backend.webhooks` must be a list, such as [add_lead]"),
    ("api", "api: 1\n",
     "3:6: `api` must be true or false, not `1`"),
    ("logo-escaped", 'logo: "C:\\temp.png"\n',
     "3:7: `logo` is not an existing file: `C: emp.png`; in double quotes, `\\` starts an escape"),
    ("logo-null-byte", 'logo: "a\\0"\n',
     "3:7: `logo` is not an existing file: `a\\x00`"),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "fault"), [pytest.param(*row[1:], id=row[0]) for row in ONE_FAULT])
def test_one_fault_is_one_line(answers: str, fault: str) -> None:
    assert faults_of(in_file(answers)) == [fault]


OF_AREAS = [
    ("unknown", "lcrd-1",
     "1:9: `areas` names an unknown area `lcrd-1`, did you mean `lcard`?"),
    ("camel", "advancedSettings",
     "1:9: `areas` names an unknown area `advancedSettings`, did you mean `advanced_settings`?"),
    ("both", "lcard-1, lcard-0",
     "1:18: `areas` names both `lcard-1` and `lcard-0`: keep one"),
    ("bare-is-one", "lcard, lcard-0",
     "1:16: `areas` names both `lcard` and `lcard-0`: keep one"),
    ("twice", "lcard-1, lcard",
     "1:18: `areas` names `lcard` twice"),
    ("no-suffix", "everywhere-0",
     "1:9: `areas` names `everywhere-0`, but `everywhere` takes no suffix: write `everywhere`"),
    ("suffix", "lcard-2",
     "1:9: `areas` names `lcard-2`, but the suffix of an area is `-1` or `-0`"),
    ("number", "lcard, 5",
     "1:16: `areas` must contain only areas, not `5`"),
    ("card-sdk", "settings, card_sdk",
     "1:19: `areas` names `card_sdk`, which needs `lcard`, `ccard` or `comcard` too"),
    ("widget-page", "widget_page",
     "1:9: `areas` names `widget_page`, which only a public integration may have: add `public: true`"),
    ("catalogs", "catalogs, settings",
     "1:9: `catalogs.list_id` is missing, but area `catalogs` needs it: give it in the"
     " answers file, or with --set catalogs.list_id=1234; answer `later` if you do not know it yet"),
    ("sms", "lcard, sms",
     "1:16: `sms.endpoint` is missing, but area `sms` needs it: give it in the answers file,"
     " or with --set sms.endpoint=https://hooks.acme.example/sms.php;"
     " answer `later` if you do not know it yet"),
]  # fmt: skip


@pytest.mark.parametrize(("areas", "fault"), [pytest.param(*row[1:], id=row[0]) for row in OF_AREAS])
def test_one_fault_of_areas_is_one_line(areas: str, fault: str) -> None:
    assert faults_of(f"areas: [{areas}]\ncode: acme\n") == [fault]


# Rows: id, the chosen area, the content of its block, the only line of its report.


IN_BLOCKS = [
    ("http", "digital_pipeline", "webhook_url: http://127.0.0.1/x",
     "3:16: `digital_pipeline.webhook_url` must be an address that starts with https://, not"
     " `http://127.0.0.1/x`"),
    ("unused", "digital_pipeline", "backend: widget_php\n  webhook_url: https://acme.example",
     "4:3: `digital_pipeline.webhook_url` is only used if `digital_pipeline.backend` is `self_hosted`"),
    ("backend", "digital_pipeline", "webhook_url: https://acme.example\n  backend: php",
     "4:12: `digital_pipeline.backend` cannot be `php`: use `self_hosted` or `widget_php`"),
    ("missing", "digital_pipeline", "action_multiple: true",
     "2:1: `digital_pipeline.webhook_url` is missing, but area `digital_pipeline` needs it:"
     " give it in the answers file, or with --set"
     " digital_pipeline.webhook_url=https://hooks.acme.example/digital_pipeline.php;"
     " answer `later` if you do not know it yet"),
    ("list-id-text", "catalogs", 'list_id: "7"',
     "3:12: `catalogs.list_id` must be a whole number, not the text `7`"),
    ("list-id-zero", "catalogs", "list_id: 0",
     "3:12: `catalogs.list_id` must be from 1 to 9007199254740991, not `0`"),
    ("list-id-huge", "catalogs", "list_id: 99999999999999999999",
     "3:12: `catalogs.list_id` must be from 1 to 9007199254740991, not `99999999999999999999`"),
    ("list-id-float", "catalogs", "list_id: 1.0",
     "3:12: `catalogs.list_id` must be a whole number, not `1.0`"),
    ("colour", "mobile_card", "frame_url: https://acme.example\n  color: red",
     "4:10: `mobile_card.color` must be a colour as #rrggbb, such as #204ecf, not `red`"),
    ("field-type", "settings", "a: {type: txt}",
     "3:13: `settings.a.type` cannot be `txt`, did you mean `text`?"),
    ("field-type-dp", "settings", "a: {type: number}",
     "3:13: `settings.a.type` cannot be `number`: use `text`, `pass`, `users`, `users_lp`, `custom` or"
     " `secret`"),
    ("field-code", "settings", "api key: {type: text}",
     "3:3: `settings` has a field `api key`: a code must be Latin letters, digits and _,"
     " starting with a letter, at most 100 characters"),
    ("field-key", "settings", "a: {labl: A}",
     "3:7: `settings.a` has an unknown key `labl`, did you mean `label`?"),
    ("field-text", "settings", "a: text",
     "3:6: `settings.a` must be a map: {type: ..., label: ..., required: ...}"),
    ("field-flag", "settings", 'a: {required: "true"}',
     "3:17: `settings.a.required` must be true or false, not the text `true`"),
    ("custom-twice", "settings", "a: {type: custom}\n  b: {type: custom}",
     "4:13: `settings.b.type` is `custom`, like that of `a`: at most one field may be"),
    ("secret-without-back-end", "settings", "a: {type: text}\n  b: {type: secret}",
     "4:13: `settings.b.type` is `secret`, which needs `backend.url`: the back end stores it"),
    ("exit-code", "salesbot_designer", "handlers: {a: {exits: {1: One}}}",
     "3:26: `salesbot_designer.handlers.a.exits` has an exit `1`: a code must be Latin letters, digits and _,"
     " starting with a letter, at most 100 characters"),
    ("no-exits", "salesbot_designer", "handlers: {a: {exits: {}}}",
     "3:25: `salesbot_designer.handlers.a.exits` must have at least one exit"),
    ("exit-number", "salesbot_designer", "handlers: {a: {exits: {done: 1}}}",
     "3:32: `salesbot_designer.handlers.a.exits.done` must be text: quote `1`"),
    ("exit-locale", "salesbot_designer", "handlers: {a: {exits: {done: {xx: Fini, en: Done}}}}",
     "3:33: `salesbot_designer.handlers.a.exits.done` has an unknown locale `xx`"),
    ("no-handlers", "salesbot_designer", "handlers: {}",
     "3:13: `salesbot_designer.handlers` must have at least one handler"),
    ("handler-logo", "salesbot_designer", "handlers: {logo: {}}",
     "3:14: `salesbot_designer.handlers` must not have a handler `logo`: the platform uses"
     " it for the block's picture"),
    ("handler-field", "salesbot_designer", "handlers: {a: {fields: {b: {type: pass}}}}",
     "3:37: `salesbot_designer.handlers.a.fields.b.type` cannot be `pass`: use `text`, `numeric` or `url`"),
]  # fmt: skip


@pytest.mark.parametrize(("area", "block", "fault"), [pytest.param(*row[1:], id=row[0]) for row in IN_BLOCKS])
def test_one_fault_in_a_block_is_one_line(area: str, block: str, fault: str) -> None:
    areas = ", ".join([area, *BY_CODE[area].needs_one_of[:1]])
    assert faults_of(f"areas: [{areas}]\n{area}:\n  {block}\ncode: acme\n") == [fault]


def test_an_installation_window_with_only_secrets_is_refused() -> None:
    text = (
        "code: acme\nareas: [settings]\nbackend: {url: https://acme.example}\nsettings: {a: {type: secret}}\n"
    )
    assert faults_of(text) == [
        "4:1: `settings` must have a field that is not a `secret`: the CRM rejects a window without fields"
    ]


def test_catalogs_need_the_installation_window() -> None:
    assert faults_of("code: acme\nareas: [catalogs]\ncatalogs: {list_id: 1}\n") == [
        "2:9: `areas` names `catalogs`, which needs `settings` too"
    ]


def test_every_fault_is_reported_at_once() -> None:
    text = """\
version: 1.0
areas: [lcard-1, lcrd, digital_pipeline]
setings: {}
digital_pipeline:
  webhook_url: http://hooks.acme.example/
  fields: {message: {type: txt, label: 1, requird: true}}
sms: {endpoint: "https://acme.example"}
"""
    assert faults_of(text) == [
        "1:1: `code` is missing: give it in the answers file, or with --set code=acme_leads",
        '1:10: `version` is a number: quote it, and give three parts, such as "1.0.0"',
        "2:18: `areas` names an unknown area `lcrd`, did you mean `lcard`?",
        "3:1: unknown key `setings`, did you mean `settings`?",
        "5:16: `digital_pipeline.webhook_url` must be an address that starts with https://,"
        " not `http://hooks.acme.example/`",
        "6:28: `digital_pipeline.fields.message.type` cannot be `txt`, did you mean `text`?",
        "6:40: `digital_pipeline.fields.message.label` must be text: quote `1`",
        "6:43: `digital_pipeline.fields.message` has an unknown key `requird`, did you mean `required`?",
        "7:1: `sms` needs the area `sms` in `areas`",
    ]


def test_the_block_of_a_misspelt_area_is_not_another_fault() -> None:
    assert faults_of("code: a\nareas: [setings]\nsettings: {key: {}}\n") == [
        "2:9: `areas` names an unknown area `setings`, did you mean `settings`?"
    ]


REPEATED = [
    ("name", "areas: [lcard, advanced_settings]\nname: 2024\n", ["3:7: `name` must be text: quote `2024`"]),
    ("locale", "areas: [lcard, advanced_settings]\nname: {en: A, xx: B}\n",
     ["3:15: `name` has an unknown locale `xx`"]),
    ("later", "areas: [digital_pipeline, sms]\nbackend: {url: x}\n",
     ["3:16: `backend.url` must be an address that starts with https://, not `x`"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "faults"), [row[1:] for row in REPEATED], ids=[r[0] for r in REPEATED])
def test_a_default_does_not_repeat_the_fault_of_the_answer_it_derives_from(
    text: str, faults: list[str]
) -> None:
    assert faults_of(f"code: acme\n{text}") == faults


def test_a_fault_has_an_excerpt_with_a_caret() -> None:
    with pytest.raises(AnswersError) as caught:
        answers_of("code: acme\nareas: [settings, lcrd-1]\n")

    assert caught.value.excerpts == (
        "<stdin>:2:19: `areas` names an unknown area `lcrd-1`, did you mean `lcard`?\n"
        "areas: [settings, lcrd-1]\n"
        "                  ^",
    )


def test_the_caret_points_at_the_place_in_a_long_line() -> None:
    with pytest.raises(AnswersError) as caught:
        answers_of('{"name": "' + "x" * 5000 + '", "code": 1, "areas": ["lcard"]}')

    _, line, caret = caught.value.excerpts[0].split("\n")
    assert len(line) <= 100
    assert line[caret.index("^")] == "1"
