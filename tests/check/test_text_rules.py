"""The rules about texts: a table of edits of the clean widget, each with the findings of its rule."""

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from tests.check.edits import edited
from tests.check.expect import found

EN, ES, PT = "i18n/en.json", "i18n/es.json", "i18n/pt.json"
WITH_PT = 'manifest.json {"widget": {"locale": ["en", "es", "pt"]}}\ni18n/pt.json copy i18n/es.json\n'
AGENT = 'manifest.json {"locations": ["lcard-1", "settings", "ai_agent"]}\n'
AGENT_KEY = "widget.ai_agent_description"

Row = tuple[str, str, str, list[tuple[str, str, str]]]

FILES: list[Row] = [
    ("I101", "missing", "i18n/es.json absent",
     [(ES, "0:0", "`es` is declared, but `i18n/es.json` is missing")]),
    ("I101", "all-missing", "i18n/en.json absent\ni18n/es.json absent",
     [(EN, "0:0", "`en` is declared, but `i18n/en.json` is missing"),
      (ES, "0:0", "`es` is declared, but `i18n/es.json` is missing")]),
    ("I101", "russian", 'manifest.json {"widget": {"locale": ["en", "es", "ru"]}}',
     [("i18n/ru.json", "0:0", "`ru` is declared, but `i18n/ru.json` is missing")]),
    ("I101", "no-locale", 'manifest.json {"widget": {"locale": ["en", "es", "es_ES"]}}', []),
    ("I101", "sub-folder", "i18n/es/es.json copy i18n/es.json\ni18n/es.json absent", []),
    ("I101", "unreadable", "i18n/es.json absent\ni18n/es.json encrypted", []),
    ("I102", "sub-folder", "i18n/all/es.json copy i18n/es.json\ni18n/es.json absent",
     [("i18n/all/es.json", "0:0", "the texts for `es` are not loaded from here")]),
    ("I102", "folder-of-the-locale", "i18n/es/config.json copy i18n/es.json\ni18n/es.json absent",
     [("i18n/es/config.json", "0:0", "the texts for `es` are not loaded from here")]),
    ("I102", "capitals", "i18n/ES.json copy i18n/es.json\ni18n/es.json absent",
     [("i18n/ES.json", "0:0", "the texts for `es` are not loaded from here")]),
    ("I102", "read-as-well", "i18n/all/es.json copy i18n/es.json", []),
    ("I103", "undeclared", "i18n/pt.json copy i18n/es.json",
     [(PT, "0:0", "the locale `pt` is not declared")]),
    ("I103", "no-list", 'manifest.json {"widget": {"locale": "en"}}', []),
    ("I103", "region-declared", 'manifest.json {"widget": {"locale": ["en", "es_ES"]}}', []),
    ("I103", "renamed", "i18n/es_ES.json copy i18n/es.json\ni18n/es.json absent", []),
    ("I103", "region-and-another", 'manifest.json {"widget": {"locale": ["en", "es_ES"]}}\n'
     "i18n/pt.json copy i18n/es.json", [(PT, "0:0", "the locale `pt` is not declared")]),
    ("I104", "comma", "i18n/es.json\n    {\"a\": 1\n    \"b\": 2}",
     [(ES, "2:1", 'expected `,` or `}`, found `"b"`')]),
    ("I104", "empty", 'i18n/es.json ""', [(ES, "1:1", "the file is empty")]),
    ("I104", "undeclared", 'i18n/pt.json "{"',
     [(PT, "1:2", "expected a key in double quotes, found the end of the file")]),
    ("I104", "tab-in-text", 'i18n/es.json "{\\"a\\": \\"\\t\\"}"', [(ES, "1:8", "a raw character 0x09")]),
    ("I104", "not-utf8", "i18n/es.json with latin-1", []),
    ("I104", "byte-order-mark", "i18n/es.json with bom", []),
    ("I104", "deeper", 'i18n/old/es.json "{"', []),
    ("I105", "line", "i18n/es.json before\n    // a", [(ES, "1:1", "comments are not allowed in JSON")]),
    ("I105", "in-text", 'i18n/es.json {"widget": {"name": "// a"}}', []),
    ("I106", "object", 'i18n/es.json replace\n    - API"\n    + API",',
     [(ES, "8:30", "trailing comma before `}`")]),
    ("I107", "twice", 'i18n/es.json replace\n    - "api_key"\n    + "api_key": "a", "api_key"',
     [(ES, "8:21", "duplicate key `api_key`, first used in line 8")]),
    ("I107", "other-groups", 'i18n/es.json {"widget": {"api_key": "a"}}', []),
    ("I108", "list", "i18n/es.json\n    []", [(ES, "1:1", "the file is not an object")]),
    ("I108", "null", "i18n/es.json\n    null", [(ES, "1:1", "the file is not an object")]),
]  # fmt: skip

KEYS: list[Row] = [
    ("I120", "missing", 'i18n/es.json {"settings": {"api_key": null}}',
     [(ES, "/settings/api_key", "the text `settings.api_key` is missing")]),
    ("I120", "group", 'i18n/es.json {"settings": null}',
     [(ES, "/settings/api_key", "the text `settings.api_key` is missing")]),
    ("I120", "group-of-many", 'i18n/es.json {"widget": null}',
     [(ES, "/widget", "the group `widget` is missing, with 3 texts")]),
    ("I120", "nowhere", 'manifest.json {"widget": {"name": "widget.title"}}',
     [("manifest.json", "/widget/name", "no locale has the text `widget.title`")]),
    ("I120", "field-nowhere", 'manifest.json {"settings": {"api_key": {"name": "a.b"}}}', []),
    ("I120", "idle-block", 'manifest.json {"advanced": {"title": "widget.name"}}\n'
     'i18n/en.json {"a": {"b": "c"}}\nmanifest.json {"advanced": {"title": "a.b"}}', []),
    ("I125", "nowhere", 'manifest.json {"settings": {"api_key": {"name": "settings.apikey"}}}',
     [("manifest.json", "/settings/api_key/name", "no locale has the text `settings.apikey`")]),
    ("I125", "beside-a-file-without-texts", 'i18n/es.json\n    []\n'
     'manifest.json {"settings": {"api_key": {"name": "settings.apikey"}}}',
     [("manifest.json", "/settings/api_key/name", "no locale has the text `settings.apikey`")]),
    ("I125", "name-nowhere", 'manifest.json {"widget": {"name": "widget.title"}}', []),
    ("I125", "one-locale", 'manifest.json {"widget": {"locale": ["en"]}}\n'
     'i18n/en.json {"settings": null}',
     [("manifest.json", "/settings/api_key/name", "no locale has the text `settings.api_key`")]),
    ("I125", "idle-block", 'manifest.json {"advanced": {"title": "a.b"}}', []),
    ("I125", "idle-block-with-the-key-of-a-field", 'manifest.json {"advanced": {"title": "a.b"}, '
     '"settings": {"api_key": {"name": "a.b"}}}',
     [("manifest.json", "/settings/api_key/name", "no locale has the text `a.b`")]),
    ("I125", "other-file-unreadable", 'i18n/es.json "{"\ni18n/en.json {"settings": null}', []),
    ("I125", "one-has-it", 'i18n/es.json {"settings": null}', []),
    ("I125", "in-an-undeclared-file", 'manifest.json {"widget": {"locale": ["en"]}, '
     '"settings": {"api_key": {"name": "a.b"}}}\ni18n/es.json {"a": {"b": "c"}}',
     [("manifest.json", "/settings/api_key/name", "no locale has the text `a.b`")]),
    ("I120", "key-of-a-group", 'manifest.json {"widget": {"name": "settings"}}',
     [(EN, "/settings", "`settings` is not a string"), (ES, "/settings", "`settings` is not a string")]),
    ("I120", "number", 'i18n/es.json {"widget": {"name": 1}}',
     [(ES, "/widget/name", "`widget.name` is not a string")]),
    ("I120", "asked-twice", 'manifest.json {"widget": {"description": "widget.name"}}\n'
     'i18n/es.json {"widget": {"name": null}}', [(ES, "/widget/name", "the text `widget.name` is missing")]),
    ("I120", "flat-key", 'i18n/es.json {"widget": {"name": null}, "widget.name": "Acme"}', []),
    ("I120", "undeclared-file", 'manifest.json {"widget": {"locale": ["en"]}}\n'
     'i18n/es.json {"settings": null}', []),
    ("I120", "no-list-of-locales", 'manifest.json {"widget": {"locale": "en"}}\n'
     'i18n/es.json {"widget": {"name": null}}', [(ES, "/widget/name", "the text `widget.name` is missing")]),
    ("I120", "unreadable", 'i18n/es.json "{"', []),
    ("I120", "no-object", "i18n/es.json\n    []", []),
    ("I120", "comment", 'i18n/es.json {"widget": {"name": null}}\ni18n/es.json before\n    // a',
     [(ES, "/widget/name", "the text `widget.name` is missing")]),
    ("I120", "literal", 'manifest.json {"widget": {"name": "Acme leads"}}', []),
    ("I121", "empty", 'i18n/es.json {"widget": {"name": ""}}',
     [(ES, "/widget/name", "the text `widget.name` is empty")]),
    ("I121", "blank", 'i18n/es.json {"widget": {"name": " "}}',
     [(ES, "/widget/name", "the text `widget.name` is empty")]),
    ("I121", "not-asked-for", 'i18n/es.json {"panel": ""}', []),
    ("I121", "filled-elsewhere", 'i18n/en.json {"panel": "Score"}\ni18n/es.json {"panel": " "}',
     [("i18n/es.json", "/panel", "the text `panel` is empty")]),
    ("I121", "empty-everywhere", 'i18n/en.json {"panel": ""}\ni18n/es.json {"panel": ""}', []),
    ("I122", "blanks", 'manifest.json {"widget": {"name": "Acme leads"}}',
     [("manifest.json", "/widget/name", "`Acme leads` is a literal text, not a key")]),
    ("I122", "one-word", 'manifest.json {"settings": {"api_key": {"name": "Key"}}}',
     [("manifest.json", "/settings/api_key/name", "`Key` is a literal text, not a key")]),
    ("I122", "one-word-key", 'manifest.json {"widget": {"name": "title"}}\ni18n/en.json {"title": "a"}', []),
    ("I122", "missing-key", 'manifest.json {"widget": {"name": "widget.title"}}', []),
    ("I122", "blank", 'manifest.json {"widget": {"name": " "}}', []),
    ("I123", "missing", AGENT, [(EN, "/widget/ai_agent_description", f"the text `{AGENT_KEY}` is missing"),
                                (ES, "/widget/ai_agent_description", f"the text `{AGENT_KEY}` is missing")]),
    ("I123", "empty", AGENT + 'i18n/en.json {"widget": {"ai_agent_description": "a"}}\n'
     'i18n/es.json {"widget": {"ai_agent_description": ""}}',
     [(ES, "/widget/ai_agent_description", f"the text `{AGENT_KEY}` is empty")]),
    ("I123", "blank", AGENT + 'i18n/en.json {"widget": {"ai_agent_description": "a"}}\n'
     'i18n/es.json {"widget": {"ai_agent_description": "  "}}',
     [(ES, "/widget/ai_agent_description", f"the text `{AGENT_KEY}` is empty")]),
    ("I123", "number", AGENT + 'i18n/en.json {"widget": {"ai_agent_description": "a"}}\n'
     'i18n/es.json {"widget": {"ai_agent_description": 7}}',
     [(ES, "/widget/ai_agent_description", f"the text `{AGENT_KEY}` is not a string")]),
    ("I123", "not-declared", "", []),
    ("I124", "101", AGENT + f'i18n/en.json {{"widget": {{"ai_agent_description": "{"a" * 101}"}}}}',
     [(EN, "/widget/ai_agent_description", f"`{AGENT_KEY}` is 101 characters long, only 100 are shown")]),
    ("I124", "100", AGENT + f'i18n/en.json {{"widget": {{"ai_agent_description": "{"a" * 100}"}}}}', []),
]  # fmt: skip

STRUCTURE: list[Row] = [
    ("I130", "missing-in-the-second", 'i18n/en.json {"panel": "a"}',
     [(ES, "/panel", "`panel` is missing, but `i18n/en.json` has it")]),
    ("I130", "only-in-the-second", 'i18n/es.json {"panel": "a"}',
     [(ES, "/panel", "no other locale has `panel`")]),
    ("I130", "asked-for-by-the-script",
     'i18n/es.json {"panel": {"title": "a"}}\nscript.js inside\n    self.title = self.i18n("panel").title;',
     [(EN, "/panel", "`panel` is missing, but `i18n/es.json` has it")]),
    ("I130", "group-reported-once", 'i18n/en.json {"panel": {"a": "a", "b": {"c": "c"}}}',
     [(ES, "/panel", "`panel` is missing, but `i18n/en.json` has it")]),
    ("I130", "part-of-a-group", 'i18n/en.json {"panel": {"a": "a", "b": "b"}}\n'
     'i18n/es.json {"panel": {"a": "a"}}',
     [(ES, "/panel/b", "`panel.b` is missing, but `i18n/en.json` has it")]),
    ("I130", "text-and-group", 'i18n/en.json {"panel": {"a": "a"}}\ni18n/es.json {"panel": "a"}',
     [(ES, "/panel", "`panel` is a text here, but not in `i18n/en.json`")]),
    ("I130", "one-of-three-lacks", WITH_PT + 'i18n/es.json {"panel": "a"}\ni18n/pt.json {"panel": "a"}',
     [(EN, "/panel", "`panel` is missing, but `i18n/es.json` has it")]),
    ("I130", "one-of-three-has", WITH_PT + 'i18n/en.json {"panel": "a"}',
     [(EN, "/panel", "no other locale has `panel`")]),
    ("I130", "asked-for-by-the-manifest", 'i18n/es.json {"widget": null}', []),
    ("I130", "asked-for-by-an-area", AGENT + 'i18n/es.json {"widget": {"ai_agent_description": "a"}}', []),
    ("I130", "order", "i18n/es.json\n"
     '    {"settings": {"api_key": "a"},\n'
     '     "widget": {"description": "a", "name": "a", "short_description": "a"}}', []),
    ("I130", "undeclared-file", "i18n/pt.json\n    {}", []),
    ("I130", "unreadable", 'i18n/es.json "{"', []),
    ("I140", "unknown", 'script.js inside\n    self.a = self.i18n("panel.title");',
     [("script.js", "28:15", "no locale has the group `panel`, and so not `panel.title`")]),
    ("I140", "reported-once", 'script.js inside\n    self.a = self.i18n("a"); self.b = self.i18n("a");',
     [("script.js", "28:15", "no locale has the text `a`")]),
    ("I140", "value-not-used",
     "script.js inside\n    var lang = self.i18n('userLang'); self.i18n('a.b');", []),
    ("I140", "value-used", "script.js inside\n    var lang = self.i18n('userLang'); self.a = lang;",
     [("script.js", "28:17", "no locale has the text `userLang`")]),
    ("I140", "group", 'script.js inside\n    self.a = self.i18n("widget").name;', []),
    ("I140", "in-one-locale", 'i18n/es.json {"panel": "a"}\n'
     'script.js inside\n    self.a = self.i18n("panel");', []),
    ("I140", "built", 'script.js inside\n    self.a = self.i18n("widget." + self.a);', []),
    ("I140", "other-object", 'script.js inside\n    self.a = $.i18n("panel.title");', []),
    ("I140", "set-by-the-script", 'script.js inside\n'
     '    self.set_lang({}); self.a = self.i18n("panel.title");', []),
    ("I140", "own-member-of-langs", 'script.js inside\n'
     '    self.langs.panel = "a"; self.a = self.langs.panel;', []),
    ("I140", "broken-script", 'script.js inside\n    self.a = self.i18n("panel.title"); if (', []),
    ("I140", "no-script", "script.js absent", []),
    ("I140", "no-texts", 'i18n/en.json "{"\ni18n/es.json "{"', []),
]  # fmt: skip

ROWS = [*FILES, *KEYS, *STRUCTURE]


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_texts(code: str, edits: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(code, edits) == expected


HINTS = [
    ("I101", "i18n/es.json absent", "add it, or remove `es` from `widget.locale`"),
    ("I101", "i18n/es-MX.json copy i18n/es.json\ni18n/es.json absent",
     "move `i18n/es-MX.json` to `i18n/es.json`"),
    ("I101", "lang/es.json copy i18n/es.json\ni18n/es.json absent", "move `lang/es.json` to `i18n/es.json`"),
    ("I122", 'manifest.json {"widget": {"name": "Acme leads"}}',
     "move the text to i18n, and use the key `widget.name` here"),
    ("I122", 'manifest.json {"settings": {"api_key": {"name": "Key"}}}',
     "move the text to i18n, and use the key `settings.api_key` here"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "edits", "hint"), HINTS, ids=[f"{row[0]}-{row[2]}" for row in HINTS])
def test_a_hint_names_the_edit(code: str, edits: str, hint: str) -> None:
    findings = lint(Widget(edited(edits)), options=CheckOptions(select=(code,)))
    assert [finding.hint for finding in findings] == [hint]
