"""Finds the first syntax error of a script.

The parser of the outline is made for editors: it goes on after an error, may place it lines away, and now
and then refuses what JavaScript allows. So wherever it complains and Node.js is there, Node.js decides.
"""

import re

from tree_sitter import Node

from scaffold.check.model.syntax_tree import Source
from scaffold.documents.parse_error import ParseError

_NODE_SECONDS = 10
_NODE_ERROR = r"\[stdin\]:(\d+)\n.*\n([ \t]*+)(\^?).*\n\nSyntaxError: (.*)"


MAX_UNCLOSED = 5_000
"""Brackets that may be open at a script's end, before it is asked whether it is one: each costs the parser
more than the one before. In texts of a script they may well be unequal, by some."""


def hopeless(data: bytes) -> ParseError | None:
    """Return the error of a text that opens thousands of brackets more than it closes; else None.

    Place and words are those of Node.js where it is there; the parser is not asked.
    """
    opened = sum(map(data.count, (b"(", b"[", b"{"))) - sum(map(data.count, (b")", b"]", b"}")))
    if abs(opened) <= MAX_UNCLOSED:
        return None
    import shutil

    node = shutil.which("node")
    verdict = _ask_node(node, data) if node else None
    if verdict is not None:
        return next(iter(verdict), None)
    return ParseError(
        1, 1, f"{abs(opened)} brackets are {'opened and not closed' if opened > 0 else 'not opened'}"
    )


def first_error(source: Source) -> ParseError | None:
    """Return the first syntax error, or None where the script is whole."""
    nodes = source.all("error")
    if not nodes and not source.tree.root_node.has_error:
        return None
    # Only here: most scripts have no error.
    import shutil

    if node := shutil.which("node"):
        verdict = _ask_node(node, source.text)
        if verdict is not None:
            return next(iter(verdict), None)
    if not nodes:
        return _at(source, source.tree.root_node, "unexpected text")
    first = min(nodes, key=lambda node: node.start_byte)
    if first.is_missing:
        return _at(source, first, f"`{first.type}` is missing")
    return _at(source, first, f"unexpected `{source.of(first).split(chr(10))[0][:30]}`")


def _at(source: Source, node: Node, message: str) -> ParseError:
    place = source.place(node)
    return ParseError(place.line, place.column, message)


def _ask_node(node: str, text: bytes) -> list[ParseError] | None:
    """Return the error that Node.js finds, if it finds one; None where it cannot be asked."""
    import os
    import subprocess

    safe = {name: value for name, value in os.environ.items() if not name.startswith("NODE_")}
    try:
        done = subprocess.run(  # noqa: S603 - parses only, runs nothing of the script
            [node, "--check", "-"],
            input=text,
            capture_output=True,
            timeout=_NODE_SECONDS,
            env=safe,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode == 0:
        return []
    if found := re.search(_NODE_ERROR, done.stderr.decode(errors="replace")):
        column = len(found[2]) + 1 if found[3] else 1
        return [ParseError(int(found[1]), column, found[4][0].lower() + found[4][1:])]
    return None
