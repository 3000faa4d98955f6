"""Finds the first syntax error of a script.

tree-sitter is made for editors: it continues after an error, may report it lines away, and occasionally
rejects valid JavaScript. So if it finds an error and Node.js is installed, Node.js decides.
"""

import re

from tree_sitter import Node

from scaffold.check.model.syntax_tree import Source
from scaffold.documents.parse_error import ParseError

_NODE_SECONDS = 10
_NODE_ERROR = r"\[stdin\]:(\d+)\n.*\n([ \t]*+)(\^?).*\n\nSyntaxError: (.*)"


MAX_UNCLOSED = 5_000
"""Unbalanced brackets with which a script is still parsed: each open one takes the parser longer than the one
before. A few may be unbalanced in a valid script, inside strings and comments."""


def bracket_error(data: bytes) -> ParseError | None:
    """Return the error of a text with thousands of unbalanced brackets, else None.

    It is the error that Node.js reports, if installed. tree-sitter is not used.
    """
    opened = sum(map(data.count, (b"(", b"[", b"{"))) - sum(map(data.count, (b")", b"]", b"}")))
    if abs(opened) <= MAX_UNCLOSED:
        return None
    import shutil

    node = shutil.which("node")
    verdict = _check_with_node(node, data) if node else None
    if verdict is not None:
        return next(iter(verdict), None)
    state = "opened but not closed" if opened > 0 else "closed but not opened"
    return ParseError(1, 1, f"{abs(opened)} brackets are {state}")


def first_error(source: Source) -> ParseError | None:
    """Return the first syntax error, or None if there is none."""
    nodes = source.all("error")
    if not nodes and not source.tree.root_node.has_error:
        return None
    # Only here: most scripts have no error.
    import shutil

    if node := shutil.which("node"):
        verdict = _check_with_node(node, source.text)
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


def _check_with_node(node: str, text: bytes) -> list[ParseError] | None:
    """Return the error that Node.js reports, or an empty list; None if Node.js gives no answer."""
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
