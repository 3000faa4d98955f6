"""Adds texts that a locale file lacks: copied from another locale, and marked for the translator."""

from typing import Any

from scaffold.check.findings import Finding
from scaffold.check.fix.change import Fix, Subject, edit
from scaffold.check.model.widget import Widget
from scaffold.documents.edit.changes import Add, Set
from scaffold.documents.jsondoc import Document
from scaffold.documents.node import Node, Path


def with_text(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that adds a missing text or group of texts; None if no other locale has it."""
    path = finding.value
    document = subject.widget.document(finding.path)
    if document.find(*path) or not document.complete or not _is_free(document, path):
        return None
    locale, node = _source(subject.widget, finding.path, path)
    if node is None:
        return None
    what = f"add `{'.'.join(map(str, path))}`, copied from {locale} and marked [{locale}]"
    return edit(finding.path, what, Add(path, _marked(node.plain(), locale)))


def with_content(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that fills in an empty text; None if no other locale has it."""
    path = finding.value
    is_there = subject.widget.document(finding.path).find(*path) is not None
    locale, node = _source(subject.widget, finding.path, path)
    if not is_there or node is None or not isinstance(node.value, str):
        return None
    what = f"fill in `{'.'.join(map(str, path))}`, copied from {locale} and marked [{locale}]"
    return edit(finding.path, what, Set(path, _marked(node.value, locale)))


def _is_free(document: Document, path: Path) -> bool:
    """Return whether everything above `path` is an object or missing."""
    above = [document.find(*path[:count]) for count in range(len(path))]
    return all(node is None or isinstance(node.value, dict) for node in above)


def _source(widget: Widget, target: str, path: Path) -> tuple[str, Node | None]:
    """Return the first declared locale that has the text, and the text; None if there is none."""
    for locale in widget.locales:
        texts = widget.texts.get(locale)
        node = texts.document.find(*path) if texts and texts.path != target else None
        if node and not _is_empty(node):
            return locale, node
    return "", None


def _is_empty(node: Node) -> bool:
    return not node.value or (isinstance(node.value, str) and not node.value.strip())


def _marked(value: Any, locale: str) -> Any:
    """Return the texts with the locale they are from in front of each: `[en] Save`."""
    if isinstance(value, dict):
        return {key: _marked(member, locale) for key, member in value.items()}
    if isinstance(value, str):
        mark = f"[{locale}] "
        return value if value.startswith(mark) else mark + value
    return value
