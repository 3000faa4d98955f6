"""Finds the texts that a script reads from the widget's `langs`: `self.langs.a.b`."""

import re
from itertools import islice

from tree_sitter import Node

from scaffold.check.model.data_flow import WIDGET_NAMES
from scaffold.check.model.outline import Use
from scaffold.check.model.syntax_tree import Source, ancestors, arguments, called_name, chain, field
from scaffold.check.model.use_collector import AddUse

_MERGING = frozenset({"extend", "assign", "merge", "defaults", "set_lang"})
_ACCESS_DEPTH = 8
"""Levels from a text to what is done with it: methods called on it and parentheses around it."""
_LANGS = re.compile(rb"(\.\s*langs\s*\.\s*)([\w$]++(?:\s*+\.\s*+[\w$]++)*+)\s*+(\()?+")


class TextReadFinder:
    """Finds the accesses to `langs` in one script."""

    def __init__(self, source: Source, add: AddUse) -> None:
        self._source = source
        self._add = add
        self._widget_names = WIDGET_NAMES | {
            source.of(declarator.child_by_field_name("name"))
            for declarator in source.all("declarator")
            if (value := field(declarator, "value")) and value.type == "this"
        }

    def find(self) -> None:
        """Add the longest member access of each, without a method that is called on the text."""
        done = 0
        is_unchanged = not self._changes_langs()
        for match in self._source.matches(_LANGS):
            if match.start() < done:
                continue  # a part of the access before
            done = match.end()
            access = self._source.node_at(match.start(2)).parent
            names = chain(self._source, access)
            if access is None or "langs" not in names or names[0] not in self._widget_names:
                continue
            key = [name.decode(errors="replace") for name in re.split(rb"\s*\.\s*", match[2])]
            if match[3] or key[-1:] == ["length"]:
                key.pop()
            if key:
                self._add(Use.TEXT_KEY, access, ".".join(key))
            if key and is_unchanged and _is_read(access):
                self._add(Use.TEXT_READ, access, ".".join(key))

    def _changes_langs(self) -> bool:
        """Return whether the script changes `langs`, so that it may have texts that are in no file."""
        targets = [field(assignment, "left") for assignment in self._source.all("assignment")]
        merges = [call for call in self._source.all("call") if called_name(self._source, call) in _MERGING]
        targets += [argument for call in merges for argument in arguments(call)[:1]]
        return any("langs" in chain(self._source, target)[1:] for target in targets if target)


def _is_read(access: Node) -> bool:
    """Return whether a text is used without a test whether it exists, such as `langs.a && ...`."""
    whole, outer = access, None
    for outer in islice(ancestors(access), _ACCESS_DEPTH):  # tree-sitter finds a parent from the root down
        if outer.type not in ("member_expression", "parenthesized_expression"):
            break
        whole = outer
    if outer is None or outer == whole:
        return False
    if outer.type in ("unary_expression", "if_statement", "ternary_expression"):
        return outer.child_by_field_name("condition") not in (None, whole)
    operator = outer.child_by_field_name("operator")
    sign = operator.text if operator else None
    if sign == b"&&":
        return outer.child_by_field_name("right") == whole
    return sign not in (b"||", b"??", b"==", b"===", b"!=", b"!==")
