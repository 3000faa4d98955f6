"""The conventions of `cookiecutter.json` for names and values, without importing cookiecutter."""

from typing import Any

PROMPTS = "__prompts__"
"""A map from a variable to its prompt; for a choice, to a map with a title for each option."""

PROMPT = "__prompt__"
"""Key of the prompt itself in the map of a choice."""

HOOKS = ("pre_prompt", "pre_gen_project", "post_gen_project")
"""The names of hooks without suffix, in the order they run."""

SETTINGS = {
    "_extensions": list,
    "_copy_without_render": list,
    "_jinja2_env_vars": dict,
    "_new_lines": str,
}
"""Private variable that cookiecutter itself reads -> its type."""

HARMLESS_EXTENSIONS = frozenset({"jinja2.ext.do", "jinja2.ext.i18n", "jinja2.ext.loopcontrols"})
"""Extensions that are part of Jinja2; any other one is code of the template or of another package."""


def is_raw(name: str) -> bool:
    """Return whether a variable is neither asked nor rendered: `_name`, but not `__name`."""
    return name.startswith("_") and not name.startswith("__")


def is_asked(name: str) -> bool:
    """Return whether a variable is a question to the user."""
    return not name.startswith("_")


def is_derived(raw: Any) -> bool:
    """Return whether a default is derived from other variables, so that it needs no answer."""
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
    """Return the options of a choice as text: the possible answers."""
    import json

    return [option if isinstance(option, str) else json.dumps(option) for option in options]
