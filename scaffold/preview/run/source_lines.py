"""Finds the lines of a widget's code that a report shows."""

from collections.abc import Iterable, Mapping

from scaffold.text import printable

LINE_CHARS = 120
"""How much of a long line is shown, around the location."""


def source_lines(tree: Mapping[str, bytes], places: Iterable[str]) -> dict[str, str]:
    """Return the line of code at each of `places`, such as `script.js:12:5`; a long line is cut."""
    found = {}
    for place in places:
        path, _, numbers = place.partition(":")
        line, _, column = numbers.partition(":")
        lines = tree.get(path, b"").decode("utf-8", "replace").splitlines()
        if line.isdecimal() and column.isdecimal() and 0 < int(line) <= len(lines):
            text = lines[int(line) - 1]
            start = max(0, int(column) - 1 - LINE_CHARS // 2) if len(text) > LINE_CHARS else 0
            found[place] = printable(text[start : start + LINE_CHARS].strip(), LINE_CHARS)
    return found
