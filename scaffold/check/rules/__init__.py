"""The rules, one module a family (or a part of one); a new module is found by being here."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from scaffold.check.rules.registry import Rule

_NO_FAMILY = frozenset({"registry", "explanation"})


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name not in _NO_FAMILY)
    modules = [import_module(f"{__name__}.{name}") for name in names]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(rules, key=lambda rule: rule.code))
