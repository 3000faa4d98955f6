"""Answers as given -> draft: YAML, TOML, JSON, standard input, `--set`; every value keeps its position."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scaffold.documents.node import Node
from scaffold.documents.parse_error import DocumentError
from scaffold.errors import ScaffoldError
from scaffold.files.bounded import opened
from scaffold.generate.answers.draft import Draft, Given
from scaffold.generate.answers.faults import PROMPT, AnswersError, Fault, Source
from scaffold.generate.answers.registry import BLOCKS, BY_KEY, QUESTIONS, SHORTHANDS
from scaffold.generate.answers.resolve import with_starters
from scaffold.text import did_you_mean, quoted, reason

MAX_BYTES = 1_000_000
"""The largest answers file; ten texts of 10,000 characters in six locales make about as much."""

_NOT_TEXT = frozenset(map(chr, range(32))) - set("\t\n\r")


class Document(NamedTuple):
    """An answers file as read."""

    source: Source
    root: Node
    faults: tuple[Fault, ...] = ()
    """Faults in the format that did not stop the parser."""


def read_source(path: str, stdin: BinaryIO, *, may_be_empty: bool = False) -> Document:
    """Return the answers file at `path`, or `stdin` if `path` is `-`.

    `.toml` is read as TOML, `.json` as JSON, everything else as YAML. Raises AnswersError for faults inside
    the file, ScaffoldError if it cannot be read.
    """
    name, folder = ("<stdin>", Path()) if path == "-" else (path, Path(path).parent)
    data = _read(path, stdin)
    if len(data) > MAX_BYTES:
        raise ScaffoldError(
            f"{name}: larger than {MAX_BYTES // 1_000_000} MB, too large for an answers file",
            "give a YAML, JSON or TOML file with answers",
        )
    source = Source(name, _decode(data, name), folder)
    return _parse(source, Path(path).suffix.lower(), may_be_empty=may_be_empty)


def _read(path: str, stdin: BinaryIO) -> bytes:
    """Return the first bytes of the file: at most one more than allowed."""
    try:
        if path == "-":
            return stdin.read(MAX_BYTES + 1)
        with opened(Path(path), pipes=True) as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = reason(error)
        raise ScaffoldError(f"cannot read {quoted(path)}: {why}", "give an answers file") from error


def _decode(data: bytes, name: str) -> str:
    """Return the text without a byte order mark; raises AnswersError if the bytes are not text."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        raise _one_fault(Source(name), before, f"not UTF-8 text: byte 0x{data[error.start]:02x}") from error
    for index, char in enumerate(text) if not _NOT_TEXT.isdisjoint(text) else ():
        if char in _NOT_TEXT:
            raise _one_fault(
                Source(name), text[:index], f"not a text file: control character U+{ord(char):04X}"
            )
    return text


def _one_fault(source: Source, before: str, message: str) -> AnswersError:
    return AnswersError([Fault(source, before.count("\n") + 1, len(before) - before.rfind("\n"), message)])


def _parse(source: Source, suffix: str, *, may_be_empty: bool) -> Document:
    read = {".json": _json, ".toml": _toml}.get(suffix, _yaml)
    try:
        root, faults = read(source)
    except DocumentError as error:
        raise AnswersError([Fault(source, error.line, error.column, error.message)]) from error
    if may_be_empty and (root is None or root.value is None):
        return Document(source, Node({}, 1, 1), faults)
    if root is None or root.value is None:
        raise AnswersError([Fault(source, 1, 1, "empty: an answers file must answer at least `areas`")])
    if not isinstance(root.value, dict):
        raise AnswersError([Fault(source, root.line, root.column, "must be a map from keys to answers")])
    return Document(source, root, faults)


def _yaml(source: Source) -> tuple[Node | None, tuple[Fault, ...]]:
    if source.text.lstrip().startswith("{"):
        from scaffold.documents import jsondoc

        document = jsondoc.parse(source.text)
        if not document.errors:  # YAML does not have JSON's escapes of emoji
            return document.root, ()
    from scaffold.documents import yamldoc

    return yamldoc.parse(source.text), ()


def _toml(source: Source) -> tuple[Node | None, tuple[Fault, ...]]:
    from scaffold.documents import tomldoc

    return tomldoc.parse(source.text), ()


def _json(source: Source) -> tuple[Node | None, tuple[Fault, ...]]:
    from scaffold.documents import jsondoc

    document = jsondoc.parse(source.text)
    faults = tuple(Fault(source, error.line, error.column, error.message) for error in document.errors)
    if not document.complete:
        raise AnswersError(faults)
    return document.root, faults


def draft_of(
    document: Document | None = None,
    overrides: Sequence[str] = (),
    *,
    defaults: bool = False,
    folder_name: str = "",
) -> Draft:
    """Return the draft of a file, overridden by `--set KEY=VALUE`; it includes the faults found on the way.

    `defaults` fills in the answers of `--defaults`; `folder_name` is the destination's name.
    """
    given: dict[str, Given] = {}
    faults: list[Fault] = list(document.faults) if document else []
    if document is not None:
        _flatten(document, given, faults)
    if overrides:
        from scaffold.generate.answers.overrides import apply

        apply(overrides, given, faults)
    draft = Draft(given, folder_name, tuple(faults), document.source if document else PROMPT)
    return with_starters(draft) if defaults else draft


def _flatten(document: Document, given: dict[str, Given], faults: list[Fault]) -> None:
    """Put each answer under its question's key; unknown keys and broken blocks are faults."""
    source = document.source
    for name, node in document.root.items():
        if name in BY_KEY:
            given[name] = Given(node, source)
        elif name in SHORTHANDS and not isinstance(node.value, dict):
            given[SHORTHANDS[name]] = Given(node, source)
        elif name in BLOCKS:
            _flatten_block(name, node, source, given, faults)
        else:
            hint = did_you_mean(name, dict.fromkeys(question.block for question in QUESTIONS))
            faults.append(Fault(source, node.key_line, node.key_column, f"unknown key {quoted(name)}{hint}"))


def _flatten_block(
    name: str, block: Node, source: Source, given: dict[str, Given], faults: list[Fault]
) -> None:
    keys = [question.name for question in QUESTIONS if question.block == name]
    if not isinstance(block.value, dict):
        message = f"`{name}` must be a map: {{{', '.join(f'{key}: ...' for key in keys)}}}"
        faults.append(Fault(source, block.line, block.column, message))
        return
    for key, node in block.value.items():
        if key in keys:
            given[f"{name}.{key}"] = Given(node, source, block)
        else:
            message = f"unknown key {quoted(f'{name}.{key}')}{did_you_mean(key, keys)}"
            faults.append(Fault(source, node.key_line, node.key_column, message))
