"""Fixes violations of JSON in a text."""

from collections.abc import Iterator

from scaffold.documents.edit import Edit, EditError, applied, refuse_other_values
from scaffold.documents.jsondoc import Document, parse


def repaired(text: str, document: Document) -> str:
    """Return `text` with every violation of JSON fixed that has a repair.

    Raises EditError if it has a syntax error without one.
    """
    broken = [
        error for error in document.errors if error.kind in ("syntax", "depth", "escape", "surrogate", "nan")
    ]
    if not document.complete or not all(error.repair for error in broken):
        raise EditError("only a person can decide what was meant")
    edits = [Edit(*error.repair) for error in document.errors if error.repair]
    result = applied(text, _joined(edits))
    after = parse(result)
    left = sum(error.repair is None for error in document.errors)
    if len(after.errors) != left:
        raise EditError("a repair would cause another error")
    refuse_other_values(after.plain(), document.plain())
    return result


def _joined(edits: list[Edit]) -> Iterator[Edit]:
    """Yield the edits; of those that replace the same token, only the last, which includes the others."""
    return iter({(edit.start, edit.end) if edit.end > edit.start else (edit.start, edit.end, number): edit
                 for number, edit in enumerate(edits)}.values())  # fmt: skip
