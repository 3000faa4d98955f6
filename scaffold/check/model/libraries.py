"""Separates bundled third-party code from code that the widget's author wrote."""

import re
from posixpath import basename

from tree_sitter import Node

from scaffold.check.model.syntax_tree import Ranges, Source, ancestors

_HEAD_BYTES = 3_000
"""The licence comment of a library is within this many bytes."""
_LONG_LINE = 1_000
"""A line with more bytes counts as minified."""
_BUNDLE_BYTES = 100_000
"""A larger script with the licence of a library counts as a bundle as a whole."""

_NAMES = re.compile(
    r"(?:jquery|underscore|lodash|moment|twig|backbone|require|react|react-dom|vue|axios|chart|bootstrap|"
    r"popper|handlebars|mustache|select2|inputmask|swiper|flatpickr|dayjs|luxon|xlsx|socket\.io|sweetalert2?|"
    r"polyfill|core-js|babel|jszip|filesaver|html2canvas|jspdf|pdfmake|toastr|dompurify|es6-promise)"
    r"(?:[.-](?:full|bundle|slim|core|all|umd|runtime|global|prod|production|with-locales|ui|[\d.]+))*(?:[.-]min)?\.js",
    re.IGNORECASE,
)
_MINIFIED = re.compile(r"[.-]min\.js$", re.IGNORECASE)
_FOLDERS = re.compile(r"(?:^|/)(?:node_modules|bower_components|vendors?|third[-_]party)/", re.IGNORECASE)
_LICENCE = re.compile(
    rb"@license\b|@preserve\b|/\*!|//!|\(c\)\s*\d{4}|\bcopyright\b.{0,80}\d{4}|"
    rb"\b(?:licensed|released|available|distributed)\s+under\b|\bMIT License\b|\blicen[sc]e:\s*\w",
    re.IGNORECASE,
)
_BANNER = re.compile(r"/\*!|//!|@license\b|@preserve\b|\bMIT License\b|\breleased under the\b", re.IGNORECASE)
_MODULE_KEY = re.compile(rb"""["'][^"'\n]{0,300}node_modules/[^"'\n]{1,300}["']""")


def is_library(path: str, data: bytes) -> bool:
    """Return whether a script of the archive is a library, by its name, folder or licence comment."""
    if path == "script.js":
        return False
    name = basename(path)
    if _NAMES.fullmatch(name) or _MINIFIED.search(name) or _FOLDERS.search(path):
        return True
    return _LICENCE.search(data, 0, _HEAD_BYTES) is not None


def bundled(source: Source) -> Ranges:
    """Return the ranges of a script that are library code: bundled, minified, or after a licence comment."""
    banners = [node for node in source.all("comment") if _BANNER.search(source.of(node)[:_HEAD_BYTES])]
    if banners and len(source.text) > _BUNDLE_BYTES:
        return Ranges([source.tree.root_node])
    # The first comment of a script is the author's own.
    later = [banner for banner in banners if banner.prev_sibling or banner.parent != source.tree.root_node]
    nodes = [following for banner in later if (following := _following(banner))]
    for match in _MODULE_KEY.finditer(source.text):
        node = source.node_at(match.start(), match.end())
        nodes += [outer for outer in ancestors(node) if outer.type == "pair"][:1]
    return Ranges(nodes, _long_lines(source.text))


def _following(comment: Node) -> Node | None:
    """Return the node after a comment and any comments that follow it."""
    node = comment.next_named_sibling
    while node and node.type == "comment":
        node = node.next_named_sibling
    return node


def _long_lines(text: bytes) -> list[tuple[int, int]]:
    """Return start and end of every line that is too long to be written by hand."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in text.split(b"\n"):
        end = start + len(line)
        if len(line) > _LONG_LINE:
            found.append((start, end))
        start = end + 1
    return found
