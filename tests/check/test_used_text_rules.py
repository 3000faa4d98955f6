"""The rules about texts and templates that a script uses: a table of edits, each with the findings."""

import pytest

from scaffold.check.model.twig import read_twig
from tests.check.expect import found

Row = tuple[str, str, str, list[tuple[str, str, str]]]
"""Code, name, edits, and path, place and message of each finding."""


def inside(*lines: str) -> str:
    """Return the edit that adds lines to the end of the constructor."""
    return "\n".join(["script.js inside", *(f"    {line}" for line in lines)])


TEXTS = "function texts(group) { return self.i18n(group) || {}; }"
DRAW = "var draw = function (name, data) { self.render({ href: '/templates/' + name + '.twig' }, data); };"
CARD = 'i18n/en.json {"card": {"hello": "a"}}\ni18n/es.json {"card": {"hello": "b"}}\n'
OTHER = CARD.replace("hello", "bye")
PANEL = "templates/panel.twig\n    <p>{{ text.hello|e }}</p>\n"
GROUP = "no locale has the group `card`, and so not `card.hello`"

ROWS: list[Row] = [
    ("I140", "member-of-a-group", inside("self.a = self.i18n('widget').nmae;"),
     [("script.js", "28:15", "no locale has the text `widget.nmae`")]),
    ("I140", "member-with-a-default", inside("self.a = (self.i18n('widget') || {}).nmae;"),
     [("script.js", "28:16", "no locale has the text `widget.nmae`")]),
    ("I140", "helper", inside(TEXTS, "self.a = texts('card').hello;"), [("script.js", "29:10", GROUP)]),
    ("I140", "helper-of-a-helper",
     inside(TEXTS, "var hello = (group) => texts(group).hello;", "self.a = hello('card');"),
     [("script.js", "30:10", "no locale has the text `card`")]),
    ("I140", "helper-that-shows",
     inside("self.tell = function (key) { alert(self.i18n(key)); };", "self.tell('card.hello');"),
     [("script.js", "29:6", GROUP)]),
    ("I140", "helper-with-a-prefix",
     inside("var label = function (key) { return self.i18n('widget.' + key); };", "self.a = label('nmae');"),
     [("script.js", "29:10", "no locale has the text `widget.nmae`")]),
    ("I140", "variable", inside(TEXTS, "var text = texts('widget');", "self.a = text.nmae;"),
     [("script.js", "30:10", "no locale has the text `widget.nmae`")]),
    ("I140", "variable-of-another-function",
     inside(TEXTS, "var text = texts('widget');", "self.a = function (text) { return text.nmae; };"), []),
    ("I140", "method-of-a-text", inside("self.a = self.i18n('widget').name.replace('a', 'b').length;"), []),
    ("I140", "computed-member", inside(TEXTS, "self.a = texts('widget')[self.system().area];"), []),
    ("I140", "computed-group", inside(TEXTS, "self.a = texts(self.system().area).hello;"), []),
    ("I140", "computed-text-of-a-group", inside("self.a = self.i18n('widget.' + self.system().area);"), []),
    ("I140", "computed-text-of-no-group", inside("self.a = self.i18n('card.' + self.system().area);"),
     [("script.js", "28:15", "no locale has the group `card`")]),
    ("I140", "computed-text-of-no-inner-group", inside("self.a = self.i18n(`widget.card.${self.area}.b`);"),
     [("script.js", "28:15", "no locale has the group `widget.card`")]),
    ("I140", "computed-key", inside("var keys = { lcard: 'card.hello' };",
                                    "self.a = self.i18n(keys[self.system().area]);"), []),
    ("I140", "computed-from-the-start", inside("self.a = self.i18n(self.area + '.card.hello');"), []),
    ("I140", "langs", inside("self.a = self.langs.widget.nmae;"),
     [("script.js", "28:10", "no locale has the text `widget.nmae`")]),
    ("I140", "langs-there",
     inside("self.a = self.langs.widget.name.length + self.langs.widget.name.trim();"), []),
    ("I140", "langs-with-a-default", inside("self.a = self.langs.card.hello || 'Hello';"), []),
    ("I140", "langs-asked-first",
     inside("if (self.langs.card) { self.a = 1; }", "self.b = self.langs.card ? 1 : 2;",
            "self.c = !self.langs.card;"), []),
    ("I140", "langs-where-it-is-the-answer", inside("self.a = self.ready ? self.langs.card.hello : '';"),
     [("script.js", "28:23", "no locale has the group `card`, and so not `card.hello`")]),
    ("I140", "langs-behind-a-condition", inside("self.a = self.ready && self.langs.card.hello;"),
     [("script.js", "28:24", "no locale has the group `card`, and so not `card.hello`")]),
    ("I140", "langs-as-a-condition", inside("self.a = self.langs.card && 1;"), []),
    ("I140", "langs-set", inside("self.langs.card = {};", "self.a = self.langs.card.hello;"), []),
    ("I140", "langs-merged", inside("$.extend(self.langs, { card: {} });", "self.a = self.langs.card.hello;"),
     []),
    ("I140", "with-a-default-of-its-own", inside(TEXTS, "self.a = (texts('widget').items || {}).b;"), []),
    ("I140", "there", CARD + inside(TEXTS, "self.a = texts('card').hello;"), []),
    ("I140", "group-reported-once", inside(TEXTS, "self.a = texts('card').hello + texts('card').bye;"),
     [("script.js", "29:10", GROUP)]),
    ("I140", "template", PANEL + OTHER + inside(TEXTS, DRAW, "draw('panel', { text: texts('card') });"),
     [("templates/panel.twig", "1:4", "no locale has the text `card.hello`")]),
    ("I140", "template-by-a-variable",
     PANEL + OTHER
     + inside(TEXTS, DRAW, "var data = { text: texts('card') };", "draw('panel', data);"),
     [("templates/panel.twig", "1:4", "no locale has the text `card.hello`")]),
    ("I140", "template-whole",
     PANEL + CARD + inside(TEXTS, DRAW, "draw('panel', { text: texts('card') });"), []),
    ("I140", "template-with-other-data", PANEL + inside(DRAW, "draw('panel', { text: { hello: 1 } });"), []),
    ("I140", "module", "script.js replace\n    - ['jquery']\n    + ['jquery', './a']\na.js\n"
     "    define([], function () { return function (self) { return self.i18n('card.hello'); }; });",
     [("a.js", "1:63", GROUP)]),
    ("S150", "address",
     inside("self.render({ href: '/templates/panel.twig', base_path: self.params.path });"),
     [("script.js", "28:21", "the template `templates/panel.twig` is not in the archive")]),
    ("S150", "with-its-base",
     inside("self.a = self.params.path + '/templates/panel.twig?v=' + self.get_version();"),
     [("script.js", "28:10", "the template `templates/panel.twig` is not in the archive")]),
    ("S150", "helper", PANEL + inside(DRAW, "draw('panle', {});"),
     [("script.js", "29:1", "the template `templates/panle.twig` is not in the archive")]),
    ("S150", "helper-in-a-promise", inside(
        "self.load = function (name) { return new Promise(function (done) {",
        "  self.render({ href: `/templates/${name}.twig`, load: done }); }); };", "self.load('panel');"),
     [("script.js", "30:6", "the template `templates/panel.twig` is not in the archive")]),
    ("S150", "helper-there", PANEL + inside(DRAW, "draw('panel', {});"), []),
    ("S150", "reported-once", inside(DRAW, "draw('panel'); draw('panel');"),
     [("script.js", "29:1", "the template `templates/panel.twig` is not in the archive")]),
    ("S150", "of-the-crm", inside("self.render({ ref: '/tmpl/controls/button.twig' }, {});"), []),
    ("S150", "of-another-host", inside("self.a = 'https://acme-help.test/a.twig';"), []),
    ("S150", "default", inside("self.render({ href: self.a || '/templates/panel.twig' });"),
     [("script.js", "28:31", "the template `templates/panel.twig` is not in the archive")]),
    ("S150", "computed", inside("self.render({ href: self.a + '.twig' });"), []),
    ("S151", "output", "a.twig\n    <p>{{ y }</p>", [("a.twig", "1:4", "`{{` is not closed by `}}`")]),
    ("S151", "block", "a.twig\n    {% if a %}\n    <p></p>",
     [("a.twig", "1:1", "`{% if %}` is not closed by `{% endif %}`")]),
    ("S151", "end", "a.twig\n    {% endfor %}", [("a.twig", "1:1", "`{% endfor %}` closes nothing")]),
    ("S151", "crossed", "a.twig\n    {% if a %}{% for b in c %}{% endif %}{% endfor %}",
     [("a.twig", "1:27", "`{% endif %}` closes nothing")]),
    ("S151", "else-outside", "a.twig\n    {% else %}",
     [("a.twig", "1:1", "`{% else %}` is outside of if and for")]),
    ("S151", "comment", "a.twig\n    {# {{ a } #}", []),
    ("S151", "raw", "a.twig\n    {% raw %}{{ a }{% endraw %}", []),
    ("S151", "string", "a.twig\n    {{ '}}' ~ \"{{\" }}{% set a = '%}' %}", []),
    ("S151", "set-block", "a.twig\n    {% set a %}b{% endset %}{% set c = 1 %}", []),
    ("S151", "braces-of-an-object", "a.twig\n    {{ {'a': {'b': 1}}|json_encode }}", []),
    ("S151", "whole", "a.twig\n    {%- for a in b -%}{{- a.b|e -}}{% else %}c{% endfor %}", []),
    ("S152", "bare", "a.twig\n    {{ a.b }}{{ c|upper }}",
     [("a.twig", "1:1", "`{{ a.b }}` is not escaped, and 1 more like it")]),
    ("S152", "escaped", "a.twig\n    {{ a|e }}{{ a|escape }}{{ a|raw }}{{ a|length }}{{ loop.index }}", []),
    ("S152", "no-value", "a.twig\n    {{ 'a' }}{{ f(a) }}{{ true }}", []),
    ("S153", "not-linked", "style.css\n    .acme-a {}\nscript.js replace\n    - /style.css\n    + /panel",
     [("style.css", "0:0", "nothing links the style sheet")]),
    ("S153", "linked", "style.css\n    .acme-a {}", []),
    ("S153", "none", "script.js replace\n    - /style.css\n    + /panel", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_texts_and_templates_in_use(
    code: str, edits: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(code, edits) == expected


def test_a_large_template_is_read_whole() -> None:
    text = "{% if a %}{{ b.c|e }}{% endif %}\n" * 20_000 + "{{ 'open" * 2_000
    assert len(read_twig(text.encode()).expressions) >= 40_000
