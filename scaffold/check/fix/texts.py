"""Mends a file of texts that lacks one: copied from another locale, marked, everything else left as it is."""

from typing import Any

from scaffold.check.findings import Finding
from scaffold.check.fix.insertion import inserted
from scaffold.check.model.model import Widget
from scaffold.documents.jsondoc import Document, parse
from scaffold.documents.node import Node


def with_text(widget: Widget, finding: Finding) -> tuple[bytes, str] | None:
    """Return the file with the text, or group of texts, that it lacks; None where no locale has it."""
    path = tuple(step.replace("~1", "/").replace("~0", "~") for step in finding.pointer.split("/")[1:])
    document = widget.document(finding.path)
    is_whole = document.complete and not any(fault.kind == "syntax" for fault in document.faults)
    if document.find(*path) or not is_whole or not _is_free(document, path):
        return None
    locale, node = _source(widget, finding.path, path)
    if node is None:
        return None
    value = _marked(node.plain(), locale)
    text = widget.tree[finding.path].decode()
    made = inserted(text, document, path, value)
    if parse(made).find(*path) is None:
        return None
    return made.encode(), f"added `{'.'.join(path)}`, copied from {locale} and marked [{locale}]"


def _is_free(document: Document, path: tuple[str, ...]) -> bool:
    """Tell whether nothing but objects stands on the way to `path`."""
    above = [document.find(*path[:count]) for count in range(len(path))]
    return all(node is None or isinstance(node.value, dict) for node in above)


def _source(widget: Widget, target: str, path: tuple[str, ...]) -> tuple[str, Node | None]:
    """Return the first declared locale that has the text, and the text."""
    for locale in widget.manifest.locales:
        texts = widget.texts.get(locale)
        node = texts.document.find(*path) if texts and texts.path != target else None
        if node and not _is_empty(node):
            return locale, node
    return "", None


def _is_empty(node: Node) -> bool:
    return not node.value or (isinstance(node.value, str) and not node.value.strip())


def _marked(value: Any, locale: str) -> Any:
    """Return the texts with the locale they are in before each, for whoever translates them."""
    if isinstance(value, dict):
        return {key: _marked(member, locale) for key, member in value.items()}
    if isinstance(value, str):
        mark = f"[{locale}] "
        return value if value.startswith(mark) else mark + value
    return value
