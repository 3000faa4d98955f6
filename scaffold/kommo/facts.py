"""Every fact with its value and its sources, for programs that need them or watch the pages for changes."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from typing import Any, NamedTuple

from scaffold.kommo.sources import PAGES, Source

MODULES: tuple[str, ...] = (
    "areas", "callbacks", "manifest", "limits", "marketplace", "rest", "page", "amocrm", "webhooks",
    "page_globals", "salesbot",
)  # fmt: skip
"""The modules with facts; each lists the pages of its facts in `SOURCES`."""


class Fact(NamedTuple):
    """One fact, or one table of them."""

    name: str
    """Module and constant, such as `limits.IMAGES`."""
    value: Any
    """As in JSON: a row is an object, a pattern its text."""
    sources: tuple[Source, ...]


def facts() -> Iterator[Fact]:
    """Yield every fact of every module, in the order of its `SOURCES`.

    Raises LookupError for a page that `sources.py` does not list.
    """
    for name in MODULES:
        module = import_module(f"scaffold.kommo.{name}")
        for constant, urls in module.SOURCES.items():
            if unlisted := [url for url in urls if url not in PAGES]:
                raise LookupError(f"{name}.{constant}: kommo/sources.py does not list {', '.join(unlisted)}")
            pages = tuple(PAGES[url] for url in urls)
            yield Fact(f"{name}.{constant}", plain(getattr(module, constant)), pages)


def plain(value: Any) -> Any:
    """Return a fact's value in types that JSON has."""
    if isinstance(value, re.Pattern):
        return value.pattern
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "_asdict"):
        return {key: plain(part) for key, part in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [plain(part) for part in value] if isinstance(value, tuple) else value
