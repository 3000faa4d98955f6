"""The Jinja2 environment of the built-in templates: loaders, filters."""

import json
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import jinja2
from jinja2 import BaseLoader, Environment, ModuleLoader, StrictUndefined

from scaffold.generate.answers.blocks import LATER
from scaffold.generate.render.overlays import templates_root

_EXPRESSION = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)

_FRAGMENT = re.compile(r"/widget/(manifest|i18n/\w+)\.json$")

BUILT_WITH = "built_with.txt"
"""A file beside the compiled templates of the wheel: the version of Jinja2 that compiled them."""


@cache
def environment() -> Environment:
    """Return the environment in which the built-in templates are rendered.

    An installed package ships them compiled by the Jinja2 it was built with. If another Jinja2 is installed,
    and in a checkout, they are compiled in memory.
    """
    compiled = compiled_templates()
    return _environment(ModuleLoader(compiled) if _is_current(compiled) else Templates())


def compile_into(folder: str) -> None:
    """Write every built-in template to `folder` as a Python module, with the version of Jinja2 used."""
    _environment(Templates()).compile_templates(folder, zip=None, ignore_errors=False)
    with open(os.path.join(folder, BUILT_WITH), "w", encoding="utf-8") as file:
        file.write(f"{jinja2.__version__}\n")


def compiled_templates() -> str:
    """Return the folder of an installed package's compiled templates."""
    return f"{templates_root()}_compiled"


def _is_current(compiled: str) -> bool:
    try:
        with open(os.path.join(compiled, BUILT_WITH), encoding="utf-8") as file:
            return file.read().strip() == jinja2.__version__
    except OSError:
        return False


def _environment(loader: BaseLoader) -> Environment:
    jinja = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is JSON, JavaScript, PHP and Markdown: the filters below escape
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=False,  # folding constants takes longer than it saves here
    )
    jinja.filters.update(
        or_server=_or_server,
        json=_json,
        pretty=_pretty,
        js=_js,
        php=_php,
        php_list=_php_list,
        md=_md,
        line=_line,
    )
    return jinja


class Templates(BaseLoader):
    """Loads the files of `templates/`; a JSON fragment becomes a template that writes JSON."""

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002
        template: str,
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's source. Raises FileNotFoundError."""
        path = os.path.join(templates_root(), template)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        return fragment_source(json.loads(text)) if template.endswith(".json") else text, path, lambda: True

    def list_templates(self) -> list[str]:
        """Return the templates of widgets and back ends; of the fragments, those with something to render."""
        root = templates_root()
        paths = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
        return sorted(
            path
            for path in paths
            if path.endswith(".j2") or (_FRAGMENT.search(path) and b"{{" in (root / path).read_bytes())
        )


def fragment_source(value: Any) -> str:
    """Return a template that writes a parsed JSON fragment with each of its strings rendered.

    A string that is a single expression (`{{ answers.locales }}`) becomes its value, of any JSON type; any
    other string stays a string, whatever its expressions contain.
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
    """Return JSON on several lines, for files that people edit."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _js(value: Any) -> str:
    """Return a JavaScript literal that is safe even in a script element; text is in single quotes."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    if isinstance(value, str):
        text = "'" + text[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _php(value: str | int | bool) -> str:
    """Return a PHP literal; in single quotes, only the quote and the backslash are special."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _php_list(values: Iterable[str | int | bool]) -> str:
    """Return a PHP list of literals."""
    return "[" + ", ".join(map(_php, values)) + "]"


def _or_server(address: str, page: str) -> str:
    """Return the address, or a placeholder that asks for the server if it was left for later."""
    return f"https://YOUR-SERVER/{page}" if address == LATER else address


def _line(text: str) -> str:
    """Return the text on one line, where a line break would end a comment or a heading."""
    return " ".join(text.split())


def _md(text: str) -> str:
    """Return the text escaped for Markdown: on one line, without markup."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~$&-])", r"\\\1", _line(text))
