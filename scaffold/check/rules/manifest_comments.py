"""M129: comments written as keys of the manifest."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.wording import and_more
from scaffold.documents.node import Node
from scaffold.text import printable


@rule("M129", "comment-key", Severity.WARNING, requires=("M101",))
def comment_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Comment stored as a key in the manifest.

    What:
        A key such as `_comment` or `//`, anywhere in the manifest. Reported once, at the first one.
    Why:
        JSON has no comments; among fields and menu items, such a key counts as one more of them.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "version": "1.0.0",
            },
            "_comment": "shown to the administrator"
    Good:
        manifest.json
            "version": "1.0.1",
            }
    """
    places = list(_comments(widget.manifest.find(), ()))
    if places:
        key = printable(str(places[0][-1]))
        message = f"`{key}` is a comment written as a key{and_more(len(places))}"
        yield in_manifest(widget.manifest, message, "move it to a file that is not packed", *places[0])


def is_comment(key: str) -> bool:
    """Return whether a key of the manifest is a comment."""
    return (
        re.fullmatch(r"//.*|#.*|[_$]*comments?[_\d]*|_+(?:note|todo|doc|help)s?", key, re.IGNORECASE)
        is not None
    )


def _comments(node: Node | None, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each comment; a key with an object, such as a field `comment`, is not one."""
    if node is None:
        return
    if isinstance(node.value, list):
        for index, entry in enumerate(node.value):
            yield from _comments(entry, (*path, index))
    for key, member in node.items():
        is_field = isinstance(member.value, dict)
        if is_comment(key) and not is_field:
            yield (*path, key)
        else:
            yield from _comments(member, (*path, key))
