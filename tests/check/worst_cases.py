"""The worst inputs for the rules, of any size: the time of a check should grow in proportion to them."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from tests.check.edits import edited

BASE: Tree = edited("* with tour").tree


def _file(path: str, text: str) -> Archive:
    return Archive(BASE | {path: text.encode()})


def _script(lines: str) -> Archive:
    return _file(
        "script.js", BASE.text("script.js").replace("    return this;", f"{lines}\n    return this;")
    )


def _json(path: str, place: tuple[str, ...], value: Any) -> Archive:
    document = json.loads(BASE[path])
    target = document
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    return _file(path, json.dumps(document, ensure_ascii=False))


def _manifest(*place: str) -> Callable[[Any], Archive]:
    return lambda value: _json("manifest.json", place, value)


def _text(text: str) -> Archive:
    return _json("i18n/en.json", ("widget", "description"), text)


def _each(form: str, count: int, between: str = "") -> str:
    return between.join(form.replace("%", str(number)) for number in range(count))


_STYLES = {
    "classes": ".a%{}", "roots": ":root{--a%:1}", "one-rule": ".a%,", "brackets": "[", "parentheses": "(",
    "braces": "{", "quotes": '"', "comments": "/*", "at-rules": "@media a{", "backslashes": ".\\",
}  # fmt: skip
_LINES = {
    "brackets": "[", "calls": "f%(x%);", "same": "t=f(t);", "variables": "var a%=b%;",
    "functions": "f(function(){", "callbacks": "this.callbacks.a%=function(){};",
    "keys": "self.i18n('a.b%');", "console": "console.log(1);", "addresses": "x='http://a%.test';",
    "comments": "/* AMOCRM */",
    "selectors": "$('.a[%');", "loops": "for(;;){$.ajax({});}", "undeclared": "undeclared%();",
    "kept-texts": "var t%=self.i18n('a');", "conditions": "if(a%){b()}else ",
    "scripts-in-texts": "x='[<script';", "old-names": "AMOCRM.a%;",
}  # fmt: skip
_INSIDE = {
    "langs": ("x=self", ".langs.a", ";"), "sum": ("x=0", "+a", ";"), "chain": ("x=a", ".b", ";"),
    "template": ("x=`", "${a}", "`;"), "async": ("f({", "async:false,", "});"),
    "object": ("x={", "a%:1,", "};"), "nested": ("f(", "{a:", "{async:false}"),
    "secret": ("// ", 'secret="', ""), "token": ("// ", "eyJaaaaaaaaaaa.", ""),
    "dependencies": ("define([", "'./m%',", "], function () {});"),
}  # fmt: skip
_DEEP = 4
"""Factor for inputs that are searched to a certain depth only: beyond it, other code does the work."""
_TEXTS = (
    "a", "a-", "a.", "\u2039", "<", "<a ", "@", "a@", "http://", "amo ", "kommo", "&amp", ".ru", "a.ru ",
    "\\",
)  # fmt: skip
_FIELD = {"name": "settings.api_key", "type": "text", "required": "false"}


def _numbered(count: int, value: Any) -> dict[str, Any]:
    return {f"k{number}": value for number in range(count)}


def _style_of(form: str, count: int) -> Archive:
    return _file("style.css", _each(form, count))


def _script_of(parts: tuple[str, str, str], count: int) -> Archive:
    return _script(parts[0] + _each(parts[1], count) + parts[2])


def _text_of(text: str, count: int) -> Archive:
    return _text(text * count)


def _deep(case: Callable[[int], Archive], count: int) -> Archive:
    return case(_DEEP * count)


CASES: dict[str, Callable[[int], Archive]] = {
    **{f"style-{name}": partial(_style_of, form) for name, form in _STYLES.items()},
    **{f"script-{name}": partial(_script_of, ("", form, "")) for name, form in _LINES.items()},
    **{f"script-{name}": partial(_script_of, parts) for name, parts in _INSIDE.items()},
    **{f"text-{text}": partial(_text_of, text) for text in _TEXTS},
    "texts": lambda n: _json("i18n/en.json", ("panel",), _numbered(n, "a")),
    "texts-in-groups": lambda n: _json("i18n/en.json", ("panel",), _numbered(n, {"a": "b"})),
    "texts-flat": lambda n: _json("i18n/en.json", ("a." * n,), "b"),
    "locations": lambda n: _manifest("locations")([f"lcar{number}" for number in range(n)]),
    "locales": lambda n: _manifest("widget", "locale")([f"l{number}" for number in range(n)]),
    "keys": lambda n: _manifest("widget")(_numbered(n, 1)),
    "fields": lambda n: _manifest("settings")(_numbered(n, _FIELD)),
    "field-keys": lambda n: _manifest("settings", "api_key")(_numbered(n, 1)),
    "handlers": lambda n: _manifest("salesbot_designer")(_numbered(n, {"name": "a.b"})),
    "items": lambda n: _manifest("left_menu")(_numbered(n, {"title": "a.b"})),
    "slides": lambda n: _manifest("tour", "tour_images", "en")([f"/images/{at}.png" for at in range(n)]),
    "version": lambda n: _manifest("widget", "version")("1" * n),
    "comments": lambda n: _file("manifest.json", "/**/" * n + BASE.text("manifest.json")),
    "commas": lambda n: _file("manifest.json", "[" + "," * n),
    "doubled": lambda n: _file("manifest.json", "{" + '"a":1,' * n),
    "templates": lambda n: _file("templates/a.twig", "{{ langs.a.b }}{% if a %}" * n),
    "files": lambda n: Archive(BASE | {f"lib/m{number}.js": b"1" for number in range(n // 8)}),
}  # fmt: skip
"""Name -> function that returns a widget whose size is about in proportion to its argument."""

for _name in ("conditions", "sum", "chain", "nested", "functions"):
    CASES[f"script-{_name}"] = partial(_deep, CASES[f"script-{_name}"])
