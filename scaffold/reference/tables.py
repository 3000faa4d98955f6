"""The tables of the reference, each generated from what it describes."""

from collections.abc import Callable, Iterator

import click

from scaffold.check.rules import all_rules
from scaffold.check.rules.explanation import explain
from scaffold.check.rules.registry import Rule
from scaffold.cli import COMMANDS, Exit, group, load
from scaffold.generate.answers.questions.rows import SETTING_TYPES
from scaffold.generate.answers.reference import reference
from scaffold.generate.overlay.context import FACTS
from scaffold.kommo import limits
from scaffold.kommo.areas import AREAS
from scaffold.kommo.webhooks import EVENTS


def areas() -> Iterator[str]:
    """Yield every area with its page, callbacks and requirements."""
    yield "| area | what it gives | callbacks | also needs |"
    yield "| --- | --- | --- | --- |"
    for area in AREAS:
        suffix = "`, `-0` or `-1`" if area.suffix else "`"
        called = ", ".join(f"`{name}`" for name in area.callbacks)
        yield f"| [`{area.code}{suffix}]({area.url}) | {area.gives} | {called} | {area.requirements} |"


def areas_in_short() -> Iterator[str]:
    """Yield every area and what it gives."""
    yield "| area | what it gives |"
    yield "| --- | --- |"
    for area in AREAS:
        yield f"| `{area.code}` | {area.gives} |"


def commands() -> Iterator[str]:
    """Yield the `--help` of every command."""
    for name in COMMANDS:
        yield f"## `kommo-widget {name}`"
        yield ""
        yield "```text"
        yield usage(name)
        yield "```"
        yield ""


def usage(name: str) -> str:
    """Return what `kommo-widget NAME --help` prints, at most 100 characters wide. Raises KeyError."""
    if name not in COMMANDS:
        raise KeyError(name)
    above = click.Context(group, info_name="kommo-widget", terminal_width=100, **group.context_settings)
    command = load(name)
    with click.Context(command, info_name=name, parent=above) as context:
        return command.get_help(context)


def exit_codes() -> Iterator[str]:
    """Yield every exit code."""
    meaning = {
        Exit.DONE: "success",
        Exit.WIDGET: "`check`, `pack` or `preview --run` found an error, or a merge has conflicts",
        Exit.REQUEST: "the request is impossible: a wrong option, invalid answers, a destination that exists",
        Exit.BUG: "a bug in kommo-widget",
        Exit.INTERRUPTED: "interrupted; nothing was written",
    }
    yield "| code | meaning |"
    yield "| --- | --- |"
    for code in Exit:
        yield f"| {code.value} | {meaning[code]} |"


def answers() -> Iterator[str]:
    """Yield every key of the answers file."""
    yield "| key | type | default | needed when | meaning |"
    yield "| --- | --- | --- | --- | --- |"
    for row in reference():
        default = f"`{row.default}`" if row.default else ""
        yield f"| `{row.key}` | {row.type} | {default} | {row.needed} | {row.meaning} |"


def field_types() -> Iterator[str]:
    """Yield the types of fields in the answers, each with its meaning."""
    yield "| field | type | what it is |"
    yield "| --- | --- | --- |"
    types = {
        "settings": SETTING_TYPES,
        "digital_pipeline.fields": limits.DP_FIELD_TYPES,
        "salesbot_designer.handlers.CODE.fields": limits.SALESBOT_FIELD_TYPES,
    }
    for key, meanings in types.items():
        for type_, meaning in meanings.items():
            yield f"| `{key}` | `{type_}` | {meaning} |"


def webhook_events() -> Iterator[str]:
    """Yield the events that `backend.webhooks` may list."""
    yield "| event | when | only on |"
    yield "| --- | --- | --- |"
    for event in EVENTS:
        only = ", ".join(limits.PRODUCTS[platform] for platform in event.platforms)
        yield f"| `{event.name}` | {event.when} | {only if event.platforms != limits.PLATFORMS else ''} |"


def rules() -> Iterator[str]:
    """Yield every rule."""
    yield "| code | rule | severity |"
    yield "| --- | --- | --- |"
    for rule in all_rules():
        yield f"| {rule.code} | {explain(rule).headline} | {_severities(rule)} |"


def _severities(rule: Rule) -> str:
    """Return a rule's severity, or one for each profile if they differ."""
    by_profile = {profile: severity.value for profile, severity in rule.severities.items()}
    if len(by_profile) > 1 and len(set(by_profile.values())) == 1:
        return next(iter(by_profile.values()))
    return ", ".join(f"{severity} in {profile}" for profile, severity in by_profile.items())


def template_context() -> Iterator[str]:
    """Yield the variables that a user's template can use."""
    yield "| `cookiecutter.` | meaning |"
    yield "| --- | --- |"
    for fact in FACTS:
        yield f"| `{fact.name}` | {fact.meaning} |"


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "areas": areas,
    "areas in short": areas_in_short,
    "rules": rules,
    "commands": commands,
    "exit codes": exit_codes,
    "answers": answers,
    "field types": field_types,
    "webhook events": webhook_events,
    "template context": template_context,
}
