"""`--set KEY=VALUE`: an answer on the command line, which overrides the file."""

from collections.abc import Iterable, Iterator

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Given, node_of
from scaffold.generate.answers.faults import Fault, Source
from scaffold.generate.answers.question import Kind
from scaffold.generate.answers.registry import BY_KEY, QUESTIONS
from scaffold.text import did_you_mean, quoted


def apply(overrides: Iterable[str], given: dict[str, Given], faults: list[Fault]) -> None:
    """Put each of `overrides` into `given`; one that does not fit is a fault.

    A key may reach into the answer: `name.es=Hola`, `settings.greeting.label=Hello`. The kind at the key
    decides how the value is read: text stays as given.
    """
    for override in overrides:
        key, equals, text = override.partition("=")
        source = Source(f"--set {key}" if key else f"--set ={text}")
        if not key or not equals:
            message = f"needs a {'value' if key else 'key'}: `--set KEY=VALUE`"
        else:
            message = _put(key, text, source, given)
        if message:
            faults.append(Fault(source, 0, 0, message))


def _put(key: str, text: str, source: Source, given: dict[str, Given]) -> str:
    """Put one answer into `given`; return what is wrong with it, or an empty string."""
    question = next((BY_KEY[prefix] for prefix in _prefixes(key) if prefix in BY_KEY), None)
    if question is None:
        return f"unknown key{_members_of(key) or did_you_mean(key, BY_KEY)}"
    steps = key.split(".")[question.key.count(".") + 1 :]
    kind: Kind | None = question.kind
    for step in steps:
        kind = kind.member(step) if kind else None
    if kind is None:
        return "unknown key"
    try:
        node = node_of(kind.parse(text))
    except ValueError as error:
        return str(error)
    before = given.get(question.key)
    given[question.key] = Given(_replaced(before.node if before else None, steps, node), source)
    return ""


def _prefixes(key: str) -> Iterator[str]:
    steps = key.split(".")
    return (".".join(steps[:count]) for count in range(1, len(steps) + 1))


def _members_of(block: str) -> str:
    keys = [question.key for question in QUESTIONS if question.block == block]
    return f": use {' or '.join(map(quoted, keys))}" if keys else ""


def _replaced(node: Node | None, steps: list[str], value: Node) -> Node:
    """Return `node` with `value` at `steps`; anything on the way that is not a map becomes one.

    The other members lose their positions in the file: the whole answer now counts as from the command line.
    """
    if not steps:
        return value
    members = {key: node_of(member.plain()) for key, member in node.items()} if node else {}
    members[steps[0]] = _replaced(members.get(steps[0]), steps[1:], value)
    return Node(members, 0, 0)
