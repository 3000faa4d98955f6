"""What names and values mean in a `cookiecutter.json`: cookiecutter's conventions, without cookiecutter."""

from typing import Any

PROMPTS = "__prompts__"
"""Variable -> what to ask instead of its name; for a choice, a map with a title for each option."""

PROMPT = "__prompt__"
"""In such a map: the question itself."""

HOOKS = ("pre_prompt", "pre_gen_project", "post_gen_project")
"""The names of hooks, without suffix, in the order they run."""

SETTINGS = {
    "_extensions": list,
    "_copy_without_render": list,
    "_jinja2_env_vars": dict,
    "_new_lines": str,
}
"""Private variables that cookiecutter itself reads, and their type."""

HARMLESS_EXTENSIONS = frozenset({"jinja2.ext.do", "jinja2.ext.i18n", "jinja2.ext.loopcontrols"})
"""Parts of Jinja2 itself; any other extension is code that the template brings or asks for."""


def is_raw(name: str) -> bool:
    """Return whether a variable is neither asked nor rendered: `_name`."""
    return name.startswith("_") and not name.startswith("__")


def is_asked(name: str) -> bool:
    """Return whether a variable is one that people answer."""
    return not name.startswith("_")


def is_derived(raw: Any) -> bool:
    """Return whether a default is made of other variables, so that nobody need answer it."""
    if isinstance(raw, dict):
        return any(is_derived(member) for pair in raw.items() for member in pair)
    return isinstance(raw, str) and ("{{" in raw or "{%" in raw)


def fits(raw: Any, fact: Any) -> bool:
    """Return whether a fact of the widget can be the value of a variable with the default `raw`."""
    if isinstance(raw, list):
        return fact in raw
    if isinstance(raw, bool | dict):
        return isinstance(fact, type(raw))
    return isinstance(fact, str)


def texts(options: list[Any]) -> list[str]:
    """Return the options of a choice as people answer them."""
    import json

    return [option if isinstance(option, str) else json.dumps(option) for option in options]
