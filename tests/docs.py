"""Writes the generated parts of README.md, or with --check says whether they have drifted."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from click.testing import CliRunner

from scaffold.check.rules import all_rules
from scaffold.check.rules.explanation import explain
from scaffold.check.rules.registry import Rule
from scaffold.cli import COMMANDS, Exit, group
from scaffold.commands.areas import needs
from scaffold.generate.answers.reference import reference
from scaffold.generate.overlay.context import FACTS
from scaffold.kommo.areas import AREAS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
HELP = ROOT / "scaffold" / "help.txt"


def areas() -> Iterator[str]:
    yield "| area | what it gives | callbacks | also needs |"
    yield "| --- | --- | --- | --- |"
    for area in AREAS:
        suffix = "`, `-0` or `-1`" if area.suffix else "`"
        called = ", ".join(f"`{name}`" for name in area.callbacks)
        yield f"| [`{area.code}{suffix}]({area.url}) | {area.gives} | {called} | {needs(area)} |"


def commands() -> Iterator[str]:
    for name in COMMANDS:
        result = CliRunner().invoke(group, [name, "--help"], prog_name="kommo-widget", terminal_width=100)
        assert result.exit_code == 0, result.output
        yield f"### `kommo-widget {name}`"
        yield ""
        yield "```text"
        yield result.output.rstrip()
        yield "```"
        yield ""


def exit_codes() -> Iterator[str]:
    meaning = {
        Exit.DONE: "done, or clean",
        Exit.WIDGET: "the widget is at fault: `check`, `pack` or `preview --run` found an error",
        Exit.REQUEST: "the request cannot be done: a bad flag, bad answers, a destination that exists",
        Exit.BUG: "a bug of kommo-widget",
        Exit.INTERRUPTED: "interrupted; nothing was written",
    }
    yield "| code | meaning |"
    yield "| --- | --- |"
    for code in Exit:
        yield f"| {code.value} | {meaning[code]} |"


def answers() -> Iterator[str]:
    yield "| key | type | default | needed when | meaning |"
    yield "| --- | --- | --- | --- | --- |"
    for row in reference():
        default = f"`{row.default}`" if row.default else ""
        yield f"| `{row.key}` | {row.type} | {default} | {row.needed} | {row.meaning} |"


def rules() -> Iterator[str]:
    yield "| code | rule | severity |"
    yield "| --- | --- | --- |"
    for rule in all_rules():
        yield f"| {rule.code} | {explain(rule).headline} | {severities(rule)} |"


def severities(rule: Rule) -> str:
    """Return a rule's severity, by profile where they differ."""
    by_profile = {profile: severity.value for profile, severity in rule.severities.items()}
    if len(by_profile) > 1 and len(set(by_profile.values())) == 1:
        return next(iter(by_profile.values()))
    return ", ".join(f"{severity} in {profile}" for profile, severity in by_profile.items())


def house_context() -> Iterator[str]:
    yield "| `cookiecutter.` | meaning |"
    yield "| --- | --- |"
    for fact in FACTS:
        yield f"| `{fact.name}` | {fact.meaning} |"


BLOCKS: dict[str, Callable[[], Iterator[str]]] = {
    "areas": areas,
    "rules": rules,
    "commands": commands,
    "exit codes": exit_codes,
    "answers": answers,
    "house context": house_context,
}


def generated(text: str) -> str:
    """Return README's text with every block between its markers written anew."""
    for name, lines in BLOCKS.items():
        block = f"<!-- begin: {name} -->\n" + "\n".join(lines()).rstrip() + f"\n<!-- end: {name} -->"
        pattern = rf"<!-- begin: {name} -->.*?<!-- end: {name} -->"
        text, count = re.subn(pattern, lambda _, block=block: block, text, flags=re.DOTALL)
        assert count == 1, name
    return text


def help_text() -> str:
    """Return what `kommo-widget --help` prints: see `scaffold/__main__.py`."""
    return CliRunner().invoke(group, ["--help"], prog_name="kommo-widget", terminal_width=80).output


def main() -> int:
    wanted = {README: generated(README.read_text(encoding="utf-8")), HELP: help_text()}
    drifted = [p for p, text in wanted.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    for path in drifted:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} has drifted: run `python tests/docs.py`", file=sys.stderr)
        else:
            path.write_text(wanted[path], encoding="utf-8")
    return 1 if drifted and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
