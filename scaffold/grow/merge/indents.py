"""Moves code from one file's indentation to another's."""

import re
from functools import lru_cache

from scaffold.grow.merge.pieces import Source

_MARGIN = re.compile(rb"^[ \t]+(?=[^\s*])", re.MULTILINE)
_DEFAULT = "  "


@lru_cache(maxsize=16)
def unit(data: bytes) -> str:
    """Return the white space of one level of indentation."""
    margins = {found[0] for found in _MARGIN.finditer(data)}
    if any(margin.startswith(b"\t") for margin in margins):
        return "\t"
    return min((margin.decode() for margin in margins), key=len, default=_DEFAULT)


def moved(source: Source, start: int, end: int, indent: str, target: Source) -> str:
    """Return a range of `source`, indented for a line of `target` that starts with `indent`."""
    text = source.text(start, end)
    base, step, new_step = source.indent(start), unit(source.data), unit(target.data)
    if not source.is_indented or "\n" not in text or (base == indent and step == new_step):
        return text
    first, *others = text.split("\n")
    shown, inside = [first], first.count("`") % 2 == 1
    for number, line in enumerate(others, start=1):
        is_blank = not line.strip() and number < len(others)  # the last line's indent is that of what follows
        shown.append(line if inside else "" if is_blank else _line(line, base, step, indent, new_step))
        inside ^= line.count("`") % 2 == 1
    return "\n".join(shown)


def _line(line: str, base: str, step: str, indent: str, new_step: str) -> str:
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    if not margin.startswith(base):
        return line
    deeper = margin.removeprefix(base)
    levels = (
        len(deeper) // len(step) if deeper.replace(step, "").strip("\t") == deeper.replace(step, "") else 0
    )
    return indent + new_step * levels + deeper[levels * len(step) :] + line[len(margin) :]
