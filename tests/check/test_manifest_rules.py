"""The rules about the manifest: a table of edits of the clean widget, each with the findings of its rule."""

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from tests.check.edits import edited
from tests.check.expect import found

DP = "* with digital_pipeline\nmanifest.json "
BOT = "* with salesbot_designer\nmanifest.json "
MENU = "* with widget_page\nmanifest.json "
TOUR = "* with tour\nmanifest.json "
MOBILE = "* with mobile_card\nmanifest.json "

FAULTY_BLOCK = '"salesbot_designer": {"x": {"settings": {"f": {"type": "number", "manual": "Y"}}}}'
"""Has a finding of each of M160 to M163, if the area is declared."""

Row = tuple[str, str, str, list[tuple[str, str]]]

SYNTAX: list[Row] = [
    ("M101", "no-comma", "manifest.json\n    {\"a\": 1\n    \"b\": 2}",
     [("2:1", 'expected `,` or `}`, found `"b"`')]),
    ("M101", "tab-in-text", 'manifest.json "{\\"a\\": \\"b\\tc\\"}"', [("1:9", "a raw character 0x09")]),
    ("M101", "empty", 'manifest.json ""', [("1:1", "the file is empty")]),
    ("M101", "comment", "manifest.json before\n    // a", []),
    ("M102", "line", "manifest.json before\n    // a", [("1:1", "comments are not allowed in JSON")]),
    ("M102", "in-text", 'manifest.json {"widget": {"name": "// a"}}', []),
    ("M103", "list", "manifest.json replace\n    - \"settings\"\n    + \"settings\",",
     [("21:15", "trailing comma before `]`")]),
    ("M104", "widget", 'manifest.json replace\n    - "version"\n    + "name": "a", "version"',
     [("6:5", "duplicate key `name`, first used in line 3")]),
    ("M104", "other-objects", "", []),
    ("M104", "comments",
     'manifest.json replace\n    - "version"\n    + "_comment": "a", "_comment": "b", "version"', []),
    ("M105", "list", "manifest.json\n    []", [("1:1", "the manifest is not an object")]),
    ("M105", "null", "manifest.json replace\n    - \"locations\":\n    + \"tour\": null, \"locations\":",
     [("/tour", "`tour` is not an object")]),
]  # fmt: skip

WIDGET: list[Row] = [
    ("M110", "block", 'manifest.json {"widget": null}', [("/widget", "`widget` is missing")]),
    ("M110", "locations", 'manifest.json {"locations": null}', [("/locations", "`locations` is missing")]),
    *[
        ("M110", key, f'manifest.json {{"widget": {{"{key}": null}}}}',
         [(f"/widget/{key}", f"`widget.{key}` is missing")])
        for key in ("name", "description", "short_description", "interface_version", "locale", "installation")
    ],
    ("M110", "misspelt", 'manifest.json {"widget": {"nmae": "widget.name", "name": null}}',
     [("/widget/nmae", "`widget.name` is missing")]),
    ("M110", "elsewhere", 'manifest.json {"locale": ["en", "es"], "widget": {"locale": null}}',
     [("/locale", "`widget.locale` is missing")]),
    ("M110", "optional", 'manifest.json {"widget": {"version": null, "support": null}}', []),
    ("M111", "number", 'manifest.json {"widget": {"name": 1}}',
     [("/widget/name", "`widget.name` is not the key of a text")]),
    ("M111", "blank", 'manifest.json {"widget": {"description": " "}}',
     [("/widget/description", "`widget.description` is not the key of a text")]),
    ("M112", "one", 'manifest.json {"widget": {"interface_version": 1}}',
     [("/widget/interface_version", "`widget.interface_version` is not the number 2")]),
    ("M112", "text", 'manifest.json {"widget": {"interface_version": "2"}}',
     [("/widget/interface_version", "`widget.interface_version` is not the number 2")]),
    ("M112", "two", "", []),
    ("M113", "missing", 'manifest.json {"widget": {"version": null}}',
     [("/widget/version", "`widget.version` is missing")]),
    ("M113", "number", 'manifest.json {"widget": {"version": 1.0}}',
     [("/widget/version", "`widget.version` is not of the form N.N.N")]),
    ("M113", "suffix", 'manifest.json {"widget": {"version": "1.0.0-beta"}}',
     [("/widget/version", "`widget.version` is not of the form N.N.N")]),
    ("M113", "large", 'manifest.json {"widget": {"version": "10.20.300"}}', []),
    ("M114", "text", 'manifest.json {"widget": {"init_once": "Y"}}',
     [("/widget/init_once", "`widget.init_once` is not true or false")]),
    ("M114", "number", 'manifest.json {"widget": {"installation": 1}}',
     [("/widget/installation", "`widget.installation` is not true or false")]),
    ("M114", "false", 'manifest.json {"widget": {"is_showcase": false}}', []),
    ("M115", "text", 'manifest.json {"widget": {"locale": "en"}}',
     [("/widget/locale", "`widget.locale` is not a list of locales")]),
    ("M115", "empty", 'manifest.json {"widget": {"locale": []}}',
     [("/widget/locale", "`widget.locale` is not a list of locales")]),
    ("M115", "entry", 'manifest.json {"widget": {"locale": ["en", 1]}}',
     [("/widget/locale/1", "entry 2 of `widget.locale` is not a string")]),
    ("M116", "region", 'manifest.json {"widget": {"locale": ["en", "es_ES"]}}',
     [("/widget/locale/1", "`es_ES` is not a supported locale")]),
    ("M116", "case", 'manifest.json {"widget": {"locale": ["EN"]}}',
     [("/widget/locale/0", "`EN` is not a supported locale")]),
    ("M116", "russian", 'manifest.json {"widget": {"locale": ["ru"]}}', []),
    ("M117", "russian", 'manifest.json {"widget": {"locale": ["ru"]}}\ni18n/ru.json copy i18n/es.json',
     [("/widget/locale/0", "`ru` is a locale of amoCRM only")]),
    ("M117", "no-file", 'manifest.json {"widget": {"locale": ["ru"]}}', []),
    ("M118", "twice", 'manifest.json {"widget": {"locale": ["en", "es", "en"]}}',
     [("/widget/locale/2", "`en` is declared twice")]),
    ("M119", "private", 'manifest.json {"widget": {"support": null}}', []),
    ("M120", "empty", 'manifest.json {"widget": {"support": {"link": "", "email": null}}}',
     [("/widget/support", "`widget.support` has neither `link` nor `email`")]),
    ("M120", "text", 'manifest.json {"widget": {"support": "https://a.test"}}',
     [("/widget/support", "`widget.support` has neither `link` nor `email`")]),
    ("M120", "link", 'manifest.json {"widget": {"support": {"link": "a.test"}}}',
     [("/widget/support/link", "`widget.support.link` is not a URL")]),
    ("M120", "email", 'manifest.json {"widget": {"support": {"email": "help"}}}',
     [("/widget/support/email", "`widget.support.email` is not an email address")]),
    ("M120", "link-only", 'manifest.json {"widget": {"support": {"email": null}}}', []),
    ("M121", "misspelt", 'manifest.json {"widget": {"instalation": true}}',
     [("/widget/instalation", "`widget.instalation` is not documented")]),
    ("M121", "block", 'manifest.json {"widget": {"dp": {}}}',
     [("/widget/dp", "`dp` does not belong in `widget`")]),
    ("M121", "of-a-missing-key", 'manifest.json {"widget": {"nmae": "widget.name", "name": null}}', []),
    ("M122", "of-a-missing-key", 'manifest.json {"location": ["settings"], "locations": null}', []),
    ("M122", "of-a-missing-block",
     'manifest.json {"locations": ["settings", "sms"], "smss": {"endpoint": "https://a.test"}}', []),
    ("M122", "unknown", 'manifest.json {"scopes": []}', [("/scopes", "`scopes` is not documented")]),
    ("M122", "of-widget", 'manifest.json {"version": "1.0.0"}',
     [("/version", "`version` does not belong at the root")]),
    ("M122", "webhook-is-the-endpoints", 'manifest.json {"webhook_url": "https://a.test"}', []),
    ("M123", "code", 'manifest.json {"widget": {"code": "a"}}',
     [("/widget/code", "`widget.code` is only used by older widgets")]),
    ("M124", "secret", 'manifest.json {"widget": {"secret_key": "a"}}',
     [("/widget/secret_key", "`widget.secret_key` is a secret that everyone with the archive can read")]),
    ("M125", "text", 'manifest.json {"locations": "settings"}',
     [("/locations", "`locations` is not a list of areas")]),
    ("M125", "empty", 'manifest.json {"locations": []}',
     [("/locations", "`locations` is not a list of areas")]),
    ("M125", "entry", 'manifest.json {"locations": ["settings", {}]}',
     [("/locations/1", "entry 2 of `locations` is not a string")]),
    ("M126", "nothing", 'manifest.json {"locations": ["lcard-1"], "settings": null}',
     [("/widget/installation", "`widget.installation` is true, but there are no settings")]),
    ("M127", "fields", 'manifest.json {"widget": {"installation": false}}',
     [("/widget/installation",
       "`widget.installation` is false, so the fields of `settings` are never shown")]),
    ("M127", "no-fields",
     'manifest.json {"widget": {"installation": false}, "settings": {"api_key": null}}', []),
    ("M136", "misspelt", 'manifest.json {"settings": {"api_key": {"requried": true}}}',
     [("/settings/api_key/requried", "`settings.api_key.requried` is not documented")]),
    ("M136", "for-a-missing-one",
     'manifest.json {"settings": {"api_key": {"tpye": "text", "type": null}}}', []),
    ("M126", "location-only", 'manifest.json {"settings": null}', []),
]  # fmt: skip

FIELDS: list[Row] = [
    ("M130", "empty", 'manifest.json {"settings": {"api_key": null}}',
     [("/settings", "`settings` has no field")]),
    ("M130", "unused",
     'manifest.json {"settings": {"api_key": null}, "widget": {"installation": false}}\n'
     'manifest.json {"locations": ["lcard-1"]}',
     []),
    ("M130", "no-window",
     'manifest.json {"settings": {"api_key": null}, "widget": {"installation": false}}', []),
    ("M131", "text", 'manifest.json {"settings": {"api_key": "a"}}',
     [("/settings/api_key", "`settings.api_key` is not a field")]),
    ("M131", "name", 'manifest.json {"settings": {"api_key": {"name": null}}}',
     [("/settings/api_key/name", "`settings.api_key` has no `name`")]),
    ("M131", "dp-type", DP + '{"dp": {"settings": {"message": {"type": ""}}}}',
     [("/dp/settings/message/type", "`dp.settings.message` has no `type`")]),
    ("M132", "unknown", 'manifest.json {"settings": {"api_key": {"type": "select"}}}',
     [("/settings/api_key/type", "`select` is not a field type")]),
    *[
        ("M132", kind, f'manifest.json {{"settings": {{"api_key": {{"type": "{kind}"}}}}}}', [])
        for kind in ("text", "pass", "users", "users_lp", "custom")
    ],
    ("M137", "secret",
     'manifest.json {"settings": {"userPassword": {"name": "settings.api_key", "type": "text"}}}',
     [("/settings/userPassword/type", "`userPassword` is a plain text field")]),
    ("M137", "key", "", []),
    ("M137", "hidden",
     'manifest.json {"settings": {"secret": {"name": "settings.api_key", "type": "pass"}}}', []),
    ("M133", "text", 'manifest.json {"settings": {"api_key": {"required": "true"}}}',
     [("/settings/api_key/required", "`settings.api_key.required` is not true or false")]),
    ("M133", "dp", DP + '{"dp": {"settings": {"message": {"required": 1}}}}',
     [("/dp/settings/message/required", "`dp.settings.message.required` is not true or false")]),
    ("M133", "left-out", 'manifest.json {"settings": {"api_key": {"required": null}}}', []),
    ("M134", "elsewhere",
     'manifest.json {"locations": ["lcard-1"], "settings": {"api_key": {"type": "custom"}}}',
     [("/settings/api_key/type",
       "`settings.api_key` is drawn by the widget, which does not run in `settings`")]),
    ("M134", "runs-always", 'manifest.json {"locations": ["everywhere"], "widget": {"init_once": true}, '
     '"settings": {"api_key": {"type": "custom"}}}', []),
    ("M134", "everywhere",
     'manifest.json {"locations": ["everywhere"], "settings": {"api_key": {"type": "custom"}}}',
     [("/settings/api_key/type",
       "`settings.api_key` is drawn by the widget, which does not run in `settings`")]),
    ("M134", "text-field", 'manifest.json {"locations": ["lcard-1"]}', []),
    ("M129", "field", 'manifest.json {"settings": {"_comment": "a"}}',
     [("/settings/_comment", "`_comment` is a comment written as a key")]),
    ("M129", "several", 'manifest.json {"_comment1": "a", "//": "b", "widget": {"_note": "c"}}',
     [("/widget/_note", "`_note` is a comment written as a key, and 2 more like it")]),
    ("M129", "in-a-list", 'manifest.json {"left_menu": {"acme": {"submenu": [{"_comment": "a"}]}}}',
     [("/left_menu/acme/submenu/0/_comment", "`_comment` is a comment written as a key")]),
    ("M129", "a-field-of-that-name",
     'manifest.json {"settings": {"comment": {"name": "settings.api_key", "type": "text"}}}', []),
    ("M121", "comment", 'manifest.json {"widget": {"_comment": "a"}}', []),
    ("M122", "comment", 'manifest.json {"_comment": "a"}', []),
    ("M131", "comment", 'manifest.json {"settings": {"_comment": "a"}}', []),
    ("M136", "comment", 'manifest.json {"settings": {"api_key": {"_comment": "a"}}}', []),
    ("M144", "comment", DP + '{"dp": {"_comment": "a"}}', []),
    ("M135", "two",
     'manifest.json {"settings": {"api_key": {"type": "custom"}, "b": {"name": "a.b", "type": "custom"}}}',
     [("/settings/b/type", "`settings.b` is a second field of type `custom`")]),
    *[
        (code, "idle", f'manifest.json {{"{block}": {{"x": {{"y": 1}}}}}}', [])
        for code, block in [
            ("M140", "dp"), ("M142", "dp"), ("M150", "advanced"), ("M151", "sms"), ("M152", "mobile"),
            ("M153", "mobile"),
        ]
    ],
    *[(code, "idle", f"manifest.json {{{FAULTY_BLOCK}}}", []) for code in ("M160", "M161", "M162", "M163")],
    ("M151", "area-misspelt", 'manifest.json {"locations": ["lcard-1", "smss"], "sms": {"x": 1}}',
     [("/sms/endpoint", "`sms.endpoint` is missing or not a URL")]),
    ("M140", "missing", DP + '{"dp": {"action_multiple": null}}',
     [("/dp/action_multiple", "`dp.action_multiple` is missing")]),
    ("M140", "no-dp", "", []),
    ("M141", "text", DP + '{"dp": {"action_multiple": "true"}}',
     [("/dp/action_multiple", "`dp.action_multiple` is not true or false")]),
    ("M142", "missing", DP + '{"dp": {"settings": null}}', [("/dp/settings", "`dp.settings` is missing")]),
    ("M142", "list", DP + '{"dp": {"settings": []}}', [("/dp/settings", "`dp.settings` is not an object")]),
    ("M142", "empty", DP + '{"dp": {"settings": {"message": null}}}', []),
    ("M143", "textarea", DP + '{"dp": {"settings": {"message": {"type": "textarea"}}}}',
     [("/dp/settings/message/type", "`textarea` is not a documented field type of `dp.settings`")]),
    ("M144", "unknown", DP + '{"dp": {"hook": "a"}}', [("/dp/hook", "`dp.hook` is not documented")]),
]  # fmt: skip

BLOCKS: list[Row] = [
    ("M150", "missing", '* with advanced_settings\nmanifest.json {"advanced": {"title": null}}',
     [("/advanced/title", "`advanced.title` is missing or not a string")]),
    ("M151", "host-missing", '* with sms\nmanifest.json {"sms": {"endpoint": "https://"}}',
     [("/sms/endpoint", "`sms.endpoint` is missing or not a URL")]),
    ("M151", "bad-host", '* with sms\nmanifest.json {"sms": {"endpoint": "https://[a"}}',
     [("/sms/endpoint", "`sms.endpoint` is missing or not a URL")]),
    ("M151", "ipv6", '* with sms\nmanifest.json {"sms": {"endpoint": "https://[2606:4700::1]:8443/a"}}', []),
    ("M151", "not-ipv6", '* with sms\nmanifest.json {"sms": {"endpoint": "https://[acme.test]/a"}}',
     [("/sms/endpoint", "`sms.endpoint` is missing or not a URL")]),
    ("M151", "plain-http-is-the-endpoints",
     '* with sms\nmanifest.json {"sms": {"endpoint": "http://a.test"}}',
     []),
    ("M152", "number", MOBILE + '{"mobile": {"frame_url": 1}}',
     [("/mobile/frame_url", "`mobile.frame_url` is missing or not a URL")]),
    ("M153", "missing", MOBILE + '{"mobile": {"color": null}}',
     [("/mobile/color", "`mobile.color` is missing or not of the form #rrggbb")]),
    ("M153", "short", MOBILE + '{"mobile": {"color": "#abc"}}', []),
    ("M160", "none", BOT + '{"salesbot_designer": {"score": null, "logo": "/a.png"}}',
     [("/salesbot_designer", "`salesbot_designer` has no block")]),
    ("M160", "text", BOT + '{"salesbot_designer": {"score": "a"}}',
     [("/salesbot_designer/score", "`salesbot_designer.score` is not an object")]),
    ("M160", "settings", BOT + '{"salesbot_designer": {"score": {"settings": []}}}',
     [("/salesbot_designer/score/settings",
       "`salesbot_designer.score.settings` is missing or not an object")]),
    ("M160", "name", f"{BOT}{{{FAULTY_BLOCK}}}",
     [("/salesbot_designer/x/name", "`salesbot_designer.x.name` is missing or not a string")]),
    ("M160", "logo", BOT + '{"salesbot_designer": {"logo": "/widgets/a/images/b.png"}}', []),
    ("M161", "text", BOT + '{"salesbot_designer": {"score": {"settings": {"limit": 1}}}}',
     [("/salesbot_designer/score/settings/limit",
       "`salesbot_designer.score.settings.limit` is not an object")]),
    ("M161", "name", BOT + '{"salesbot_designer": {"score": {"settings": {"limit": {"name": null}}}}}',
     [("/salesbot_designer/score/settings/limit/name",
       "`salesbot_designer.score.settings.limit.name` is missing or not a string")]),
    ("M161", "blank-type", BOT + '{"salesbot_designer": {"score": {"settings": {"limit": {"type": " "}}}}}',
     [("/salesbot_designer/score/settings/limit/type",
       "`salesbot_designer.score.settings.limit.type` is missing or not a string")]),
    ("M161", "beside-others", f"{BOT}{{{FAULTY_BLOCK}}}",
     [("/salesbot_designer/x/settings/f/name",
       "`salesbot_designer.x.settings.f.name` is missing or not a string")]),
    ("M162", "blank-type", BOT + '{"salesbot_designer": {"score": {"settings": {"limit": {"type": " "}}}}}',
     []),
    ("M162", "number", BOT + '{"salesbot_designer": {"score": {"settings": {"limit": {"type": "number"}}}}}',
     [("/salesbot_designer/score/settings/limit/type",
       "`number` is not a documented field type of a block")]),
    ("M163", "text", BOT + '{"salesbot_designer": {"score": {"settings": {"limit": {"manual": "Y"}}}}}',
     [("/salesbot_designer/score/settings/limit/manual",
       "`salesbot_designer.score.settings.limit.manual` is not true or false")]),
    ("M170", "sub-item", MENU + '{"left_menu": {"acme": {"submenu": {"rules": {"title": null}}}}}',
     [("/left_menu/acme/submenu/rules/title", "`left_menu.acme.submenu.rules` has no `title`")]),
    ("M170", "system-item", MENU + '{"left_menu": {"stats": {"submenu": {"a": {"title": "menu.title"}}}}}',
     []),
    ("M171", "none", MENU + '{"left_menu": {"acme": {"icons": null}}}',
     [("/left_menu/acme", "`left_menu.acme` has no icon")]),
    ("M171", "empty-icon", MENU + '{"left_menu": {"acme": {"icons": null, "icon": ""}}}',
     [("/left_menu/acme/icon", "`left_menu.acme.icon` is not a path")]),
    ("M171", "blank-scheme", MENU + '{"left_menu": {"acme": {"icons": {"dark": " "}}}}',
     [("/left_menu/acme/icons/dark", "`left_menu.acme.icons.dark` is not a path")]),
    ("M171", "number", MENU + '{"left_menu": {"acme": {"icons": {"light": 1}}}}',
     [("/left_menu/acme/icons/light", "`left_menu.acme.icons.light` is not a path")]),
    ("M171", "no-scheme", MENU + '{"left_menu": {"acme": {"icons": {"light": null, "dark": null}}}}',
     [("/left_menu/acme/icons", "`left_menu.acme.icons` has neither `light` nor `dark`")]),
    ("M171", "not-by-scheme", MENU + '{"left_menu": {"acme": {"icons": "images/menu_light.svg"}}}',
     [("/left_menu/acme/icons", "`left_menu.acme.icons` has neither `light` nor `dark`")]),
    ("M171", "one-scheme", MENU + '{"left_menu": {"acme": {"icons": {"dark": null}}}}', []),
    ("M171", "old-key", MENU + '{"left_menu": {"acme": {"icons": null, "icon": "images/a.svg"}}}', []),
    ("M171", "system-item", MENU + '{"left_menu": {"stats": {"icon": ""}}}', []),
    ("M175", "empty", MENU + '{"left_menu": {"acme": {"icons": null, "icon": ""}}}', []),
    ("M175", "old-key", MENU + '{"left_menu": {"acme": {"icons": null, "icon": "images/a.svg"}}}',
     [("/left_menu/acme/icon", "`left_menu.acme.icon` is deprecated")]),
    ("M175", "both", MENU + '{"left_menu": {"acme": {"icon": "images/a.svg"}}}', []),
    ("M172", "unknown", MENU + '{"left_menu": {"acme": {"sort": {"after": "deals"}}}}',
     [("/left_menu/acme/sort/after", "`deals` is not an item of the system menu")]),
    ("M172", "number-sorts", MENU + '{"left_menu": {"acme": {"sort": 3}}}', []),
    ("M170", "no-item", MENU + '{"left_menu": {"acme": null}}', [("/left_menu", "`left_menu` has no item")]),
    ("M174", "hidden", MENU + '{"left_menu": {"mail": {"is_hidden": "Y"}}}',
     [("/left_menu/mail/is_hidden", "`left_menu.mail.is_hidden` is not true or false")]),
    ("M174", "sort", MENU + '{"left_menu": {"acme": {"submenu": {"rules": {"sort": "1"}}}}}',
     [("/left_menu/acme/submenu/rules/sort", "`left_menu.acme.submenu.rules.sort` is not a number")]),
    ("M174", "sort-flag", MENU + '{"left_menu": {"acme": {"submenu": {"rules": {"sort": true}}}}}',
     [("/left_menu/acme/submenu/rules/sort", "`left_menu.acme.submenu.rules.sort` is not a number")]),
    ("M174", "sort-fraction", MENU + '{"left_menu": {"acme": {"submenu": {"rules": {"sort": 1.5}}}}}',
     [("/left_menu/acme/submenu/rules/sort", "`left_menu.acme.submenu.rules.sort` is not a number")]),
    ("M174", "right", MENU + '{"left_menu": {"mail": {"is_hidden": false}}}', []),
    ("M173", "hidden", MENU + '{"left_menu": {"settings": {"is_hidden": true}}}',
     [("/left_menu/settings/is_hidden", "`left_menu.settings` cannot be hidden")]),
    ("M180", "false", TOUR + '{"tour": {"is_tour": false}}',
     [("/tour/is_tour", "`tour.is_tour` is not true")]),
    ("M180", "no-tour", "", []),
    ("M181", "missing", TOUR + '{"tour": {"tour_images": null}}',
     [("/tour/tour_images", "`tour.tour_images` is not an object by locale")]),
    ("M181", "empty", TOUR + '{"tour": {"tour_images": {"es": []}}}',
     [("/tour/tour_images/es", "`tour.tour_images.es` is not a list of paths")]),
    ("M182", "missing", TOUR + '{"tour": {"tour_images": {"es": null}}}',
     [("/tour/tour_images/es", "the tour has no images for `es`")]),
    ("M182", "undeclared", TOUR + '{"tour": {"tour_images": {"pt": ["/images/tour_en.png"]}}}',
     [("/tour/tour_images/pt", "the tour has images for `pt`, which is not declared")]),
    ("M182", "no-file-either", TOUR + '{"widget": {"locale": ["en", "es", "pt"]}}', []),
    ("M182", "file-not-declared-either", TOUR + '{"widget": {"locale": ["en"]}}', []),
    ("M183", "missing", TOUR + '{"tour": {"tour_description": null}}',
     [("/tour/tour_description", "`tour.tour_description` is missing or not a string")]),
]  # fmt: skip

ROWS = [*SYNTAX, *WIDGET, *FIELDS, *BLOCKS]


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_the_manifest(code: str, edits: str, expected: list[tuple[str, str]]) -> None:
    assert found(code, edits) == [("manifest.json", place, message) for place, message in expected]


PUBLIC: list[Row] = [
    ("M176", "png", MENU + '{"left_menu": {"acme": {"icons": {"light": "images/logo_min.png"}}}}',
     [("/left_menu/acme/icons/light", "`left_menu.acme.icons.light` is not an SVG")]),
    ("M176", "version", MENU + '{"left_menu": {"acme": {"icons": {"light": "images/a.SVG?v=2"}}}}', []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in PUBLIC],
    ids=[f"{code}-{name}" for code, name, *_ in PUBLIC],
)
def test_findings_about_the_manifest_of_public_widgets(
    code: str, edits: str, expected: list[tuple[str, str]]
) -> None:
    assert found(code, edits, "public") == [("manifest.json", place, message) for place, message in expected]


AMOCRM: list[Row] = [
    ("M128", "turkish", 'manifest.json {"widget": {"locale": ["ru", "tr"]}}',
     [("/widget/locale/1", "`tr` is not in the amoCRM documentation")]),
    ("M128", "documented", 'manifest.json {"widget": {"locale": ["ru", "en", "es", "pt"]}}', []),
    ("M128", "of-nobody", 'manifest.json {"widget": {"locale": ["es_ES"]}}', []),
    ("M117", "russian", 'manifest.json {"widget": {"locale": ["ru"]}}', []),
    ("M190", "missing", 'manifest.json {"amoforms_settings": {}}',
     [("/amoforms_settings/title", "`amoforms_settings.title` is missing or not a string")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in AMOCRM],
    ids=[f"{code}-{name}" for code, name, *_ in AMOCRM],
)
def test_findings_about_the_manifest_on_amocrm(
    code: str, edits: str, expected: list[tuple[str, str]]
) -> None:
    findings = found(code, edits, platform="amocrm")
    assert findings == [("manifest.json", place, message) for place, message in expected]


HINTS = [
    ("M110", 'manifest.json {"widget": {"instalation": true, "installation": null}}',
     "rename `instalation` to `installation`"),
    ("M110", 'manifest.json {"widget": {"locations": ["settings"]}, "locations": null}',
     "move `widget.locations` to the root"),
    ("M110", 'manifest.json {"installation": true, "widget": {"installation": null}}',
     "move `installation` into `widget`"),
    ("M110", 'manifest.json {"widget": {"name": null}}', "add `name` to `widget`"),
    ("M121", 'manifest.json {"widget": {"init_onec": true, "init_once": null}}', "did you mean `init_once`?"),
    ("M121", 'manifest.json {"widget": {"dp": {}}}', "move `dp` to the root of the manifest"),
    ("M122", 'manifest.json {"advaced": {}}', "did you mean `advanced`?"),
    ("M136", 'manifest.json {"settings": {"api_key": {"requried": true, "required": null}}}',
     "did you mean `required`?"),
    ("M136", 'manifest.json {"settings": {"api_key": {"requried": true}}}', "delete it"),
    ("M144", DP + '{"dp": {"webhok_url": "a", "webhook_url": null}}', "did you mean `webhook_url`?"),
    ("M144", DP + '{"dp": {"hook": "a"}}', "delete it"),
    ("M122", 'manifest.json {"action_multiple": true}', "move it into `dp`"),
    ("M122", 'manifest.json {"settingss": {}}', "delete it"),
    ("M140", DP + '{"dp": {"action_multiple": null, "settings": {"action_multiple": true}}}',
     "move it out of `dp.settings`"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "edits", "hint"), HINTS, ids=[f"{row[0]}-{row[2]}" for row in HINTS])
def test_a_hint_names_the_edit(code: str, edits: str, hint: str) -> None:
    findings = lint(Widget(edited(edits)), options=CheckOptions(select=(code,)))
    assert [finding.hint for finding in findings] == [hint]
