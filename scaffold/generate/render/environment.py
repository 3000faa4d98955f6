"""The Jinja2 environment of the built-in templates: loader, cache, filters."""

import json
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import jinja2
from jinja2 import BaseLoader, Environment, StrictUndefined, Template

from scaffold import __version__
from scaffold.files.cache import cache_dir
from scaffold.generate.render.compiled import Compiled, kept_in
from scaffold.generate.render.overlays import Overlays

_EXPRESSION = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)


def compiled_templates() -> Compiled:
    """Return the compiled templates that are kept in the user's cache folder, where there is one."""
    folder = cache_dir("templates")
    versions = f"{__version__}-jinja{jinja2.__version__}-py{sys.version_info.major}.{sys.version_info.minor}"
    return kept_in(folder and folder / versions, __file__)


def environment(overlays: Overlays, compiled: Compiled) -> Environment:
    """Return the environment in which the overlays' templates are rendered."""
    jinja = Environment(
        loader=_Loader(overlays, compiled),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is JSON, JavaScript, PHP and Markdown: the filters below escape
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=False,  # folding constants takes longer than it ever saves here
    )
    jinja.filters.update(json=_json, pretty=_pretty, js=_js, php=_php, md=_md, line=_line)
    return jinja


class _Loader(BaseLoader):
    """Loads templates of the overlays; a JSON fragment becomes a template that writes JSON."""

    def __init__(self, overlays: Overlays, compiled: Compiled) -> None:
        self._overlays = overlays
        self._compiled = compiled

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002
    ) -> Template:
        code = self._compiled.code(
            name, self._overlays.place(name), lambda: environment.compile(self._source(name), name, name)
        )
        return environment.template_class.from_code(environment, code, globals or {})

    def _source(self, name: str) -> str:
        text = self._overlays.read(name).decode()
        return fragment_source(json.loads(text)) if name.endswith(".json") else text


def fragment_source(value: Any) -> str:
    """Return the template that writes a parsed JSON fragment with each of its strings rendered.

    A string that is one expression and nothing else (`{{ answers.locales }}`) stands for its value, of any
    JSON type; any other string stays a string, whatever its parts hold.
    """
    if isinstance(value, dict):
        members = (f"{_string(key)}: {fragment_source(member)}" for key, member in value.items())
        return "{ " + ", ".join(members) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(fragment_source, value)) + "]"
    return _string(value) if isinstance(value, str) else json.dumps(value)


def _string(text: str) -> str:
    if "{{" not in text:
        return (
            "{% raw %}" + json.dumps(text, ensure_ascii=False) + "{% endraw %}"
            if "{" in text
            else json.dumps(text)
        )
    whole = _EXPRESSION.fullmatch(text)
    if whole:
        return "{{ (" + whole[1] + ") | json }}"
    return "{% filter json %}" + text + "{% endfilter %}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _pretty(value: Any) -> str:
    """JSON over several lines, for files that people edit."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _js(value: Any) -> str:
    """A JavaScript literal that is safe inside a script element, too."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _php(value: str | int | bool) -> str:
    """A PHP literal; single quotes, where nothing but the quote and the backslash means anything."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _line(text: str) -> str:
    """The text on one line, for places where a line break would end a comment or a heading."""
    return " ".join(text.split())


def _md(text: str) -> str:
    """The text as Markdown shows it: on one line, nothing in it taken for markup."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~$&-])", r"\\\1", _line(text))
