"""Remarks of `new` on answers that are allowed but probably not intended."""

from collections.abc import Iterator

from scaffold.generate.answers.record import Answers
from scaffold.kommo import marketplace
from scaffold.kommo.page import has_only_common_words
from scaffold.text import quoted

_LONG_LINE_CHARS = 255
"""Our choice: no list shows that much on one line."""


def remarks(answers: Answers) -> Iterator[str]:
    """Yield remarks on a code of common words, and on each text that does not fit on its line in lists."""
    if has_only_common_words(answers.code):
        yield (
            f"`code` {quoted(answers.code)} has only common words, and all CSS classes begin with it: they"
            f" may match elements of the CRM; a name of your own is safe, such as acme_{answers.code}"
        )
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
