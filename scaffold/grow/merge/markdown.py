"""Reads Markdown into its sections, their paragraphs, and the rows of tables and lists."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from scaffold.grow.merge.folding import folded_words
from scaffold.grow.merge.pieces import Item, List, Part, Source

_HEADING = re.compile(rb"#{1,6}\s")
_FENCE = re.compile(rb"\s*(```+|~~~+)")
_ROW = re.compile(rb"\s*\|")
_POINT = re.compile(rb"([-*+]|\d+[.)])\s")

Line = tuple[int, int]
"""Start and end of a line, without its line break."""


def read(text: str) -> Source:
    """Return the sections of a document."""
    data = text.encode()
    sections = [*_sections(data, [*_lines(data)])]
    return Source(data, List("document", 0, len(data), sections), folded_words, is_indented=False)


def _lines(data: bytes) -> Iterator[Line]:
    at = 0
    for line in data.split(b"\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _sections(data: bytes, lines: list[Line]) -> Iterator[Item]:
    head: Line | None = None
    held: list[Line] = []
    fence = b""
    for line in lines:
        text = data[slice(*line)]
        if marks := _FENCE.match(text):
            fence = b"" if fence and marks[1].startswith(fence) else fence or marks[1]
        if not fence and _HEADING.match(text):
            yield from _section(data, head, held)
            head, held = line, []
        else:
            held.append(line)
    yield from _section(data, head, held)


def _section(data: bytes, head: Line | None, lines: list[Line]) -> Iterator[Item]:
    blocks = [*_blocks(data, lines)]
    if head is None and not blocks:
        return
    start, top = (head[0], head[1]) if head else (blocks[0].start, blocks[0].start)
    end = blocks[-1].stop if blocks else top
    held = List("section", top, end, blocks)
    parts = [Part(start, top), Part(top, end, held), Part(end, end)]
    key = f"section {folded_words(data[start:top].decode())}"
    yield Item(key, start, start, end, end, lambda: parts)


def _blocks(data: bytes, lines: list[Line]) -> Iterator[Item]:
    """Yield the blocks between blank lines; a fenced block is one, even with blank lines."""
    run: list[Line] = []
    fence = b""
    for line in lines:
        text = data[slice(*line)]
        if marks := _FENCE.match(text):
            fence = b"" if fence and marks[1].startswith(fence) else fence or marks[1]
        if text.strip() or fence:
            run.append(line)
        elif run:
            yield _block(data, run)
            run = []
    if run:
        yield _block(data, run)


def _block(data: bytes, lines: Sequence[Line]) -> Item:
    start, end = lines[0][0], lines[-1][1]
    first = data[slice(*lines[0])]
    if all(_ROW.match(data[slice(*line)]) for line in lines):
        rows = [_row(data, line) for line in lines]
        return _listed(f"table {folded_words(first.decode())}", start, end, rows)
    if _POINT.match(first):
        return _listed("points", start, end, [*_points(data, lines)])
    return _plain(data, "text", start, end)


def _listed(key: str, start: int, end: int, items: list[Item]) -> Item:
    parts = [Part(start, start), Part(start, end, List("rows", start, end, items)), Part(end, end)]
    return Item(key, start, start, end, end, lambda: parts)


def _row(data: bytes, line: Line) -> Item:
    first = data[slice(*line)].split(b"|")[1] if data[slice(*line)].count(b"|") else b""
    start, end = line
    return Item(f"row {folded_words(first.decode())}", start, start, end, end, lambda: [Part(start, end)])


def _points(data: bytes, lines: Sequence[Line]) -> Iterator[Item]:
    start = lines[0][0]
    for above, line in pairwise(lines):
        if _POINT.match(data[slice(*line)]):
            yield _plain(data, "point", start, above[1])
            start = line[0]
    yield _plain(data, "point", start, lines[-1][1])


def _plain(data: bytes, kind: str, start: int, end: int) -> Item:
    key = f"{kind} {folded_words(data[start:end].decode())}"
    return Item(key, start, start, end, end, lambda: [Part(start, end)])
