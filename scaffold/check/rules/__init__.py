"""The rules, by family. A module belongs to the family that its first word names; none is registered."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from scaffold.check.rules.registry import Rule

FAMILIES = {
    "A": "archive",
    "C": "style",
    "E": "endpoint",
    "G": "images",
    "I": "texts",
    "L": "locations",
    "M": "manifest",
    "P": "public",
    "S": "script",
}
"""First letter of a code -> first word of the names of the family's modules."""


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    return tuple(rule for letter in FAMILIES for rule in family(letter))


@cache
def family(letter: str) -> tuple[Rule, ...]:
    """Return the rules whose code begins with `letter`, by code, importing only their modules."""
    first_word = FAMILIES[letter]
    names = [name for name in _module_names() if name.split("_")[0] == first_word]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(rules, key=lambda rule: rule.code))


def matching(prefix: str) -> tuple[Rule, ...]:
    """Return the rules whose code begins with `prefix`: a whole code, a part of one, or a family's letter."""
    rules = family(prefix[0]) if prefix[:1] in FAMILIES else ()
    return tuple(rule for rule in rules if rule.code.startswith(prefix))


def is_known(prefix: str) -> bool:
    """Return whether any rule's code begins with `prefix`."""
    return prefix in FAMILIES or bool(matching(prefix))


def named(code: str) -> Rule:
    """Return the rule with this code. Raises KeyError if there is none."""
    return _by_code(code[0])[code]


@cache
def _by_code(letter: str) -> dict[str, Rule]:
    return {rule.code: rule for rule in family(letter)}


@cache
def _module_names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(__path__)))
