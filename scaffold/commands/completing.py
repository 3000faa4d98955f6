"""What shells complete on a command line: areas, locales, answers, rules, topics, presets and files."""

from collections.abc import Callable, Iterable, Iterator

import click
from click.shell_completion import CompletionItem

Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _offer(values: Callable[[], Iterable[tuple[str, str]]], *, several: bool = False) -> Offer:
    """Return a completer for `values`, pairs of word and meaning; `several` allows a comma-separated list."""

    def complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
        before, comma, last = typed.rpartition(",") if several else ("", "", typed)
        start = before + comma
        return [
            CompletionItem(start + word, help=meaning)
            for word, meaning in values()
            if word.lower().startswith(last.lower())
        ]

    return complete


def _areas() -> Iterator[tuple[str, str]]:
    from scaffold.kommo.areas import AREAS

    yield from ((area.code, area.gives) for area in AREAS)


def _locales() -> Iterator[tuple[str, str]]:
    from scaffold.kommo.limits import LOCALE_NAMES

    yield from LOCALE_NAMES.items()


def _keys() -> Iterator[tuple[str, str]]:
    from scaffold.generate.answers.registry import QUESTIONS

    yield from ((f"{question.key}=", question.why) for question in QUESTIONS)


def _rules() -> Iterator[tuple[str, str]]:
    from scaffold.check.rules import all_rules
    from scaffold.check.rules.explanation import explain

    yield from ((rule.code, explain(rule).headline) for rule in all_rules())


def _topics() -> Iterator[tuple[str, str]]:
    from scaffold.reference.pages import names

    yield from names().items()


def _presets() -> Iterator[tuple[str, str]]:
    from scaffold.generate.presets import names

    yield from names().items()


def _files(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    return [CompletionItem(typed, type="file")]


AREAS = _offer(_areas)
AREA_LIST = _offer(_areas, several=True)
LOCALES = _offer(_locales)
KEYS = _offer(_keys)
RULE = _offer(_rules)
RULES = _offer(_rules, several=True)
TOPICS = _offer(_topics)
PRESET = _offer(_presets)
FILES: Offer = _files
