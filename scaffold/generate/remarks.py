"""Remarks of `new` on answers that are allowed but probably not intended."""

from collections.abc import Iterator

from scaffold.generate.answers.record import Answers
from scaffold.kommo import marketplace
from scaffold.text import quoted

_LONG_LINE_CHARS = 255
"""Our choice: no list shows that much on one line."""


def remarks(answers: Answers) -> Iterator[str]:
    """Yield a remark on each text that lists show on one line and that does not fit there."""
    most = {"name": marketplace.NAME_MAX_CHARS, "short_description": marketplace.SHORT_DESCRIPTION_MAX_CHARS}
    for key, public in most.items():
        texts = getattr(answers, key)
        for locale, text in texts.items():
            where = key if len(set(texts.values())) == 1 else f"{key}.{locale}"
            first, broken, _ = text.strip().partition("\n")
            if broken:
                yield f"`{where}` has a line break after {quoted(first)}: lists show one line"
            if len(text) > _LONG_LINE_CHARS:
                yield (
                    f"`{where}` has {len(text)} characters: lists show one line,"
                    f" and the marketplace accepts {public}"
                )
            if where == key:
                break
