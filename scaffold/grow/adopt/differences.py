"""Compares the manifest generated from answers with the widget's own, by meaning."""

from collections.abc import Iterator
from typing import Any

from scaffold.grow.adopt.texts import Texts
from scaffold.kommo.location import parse_location

Path = tuple[str | int, ...]


def differences(yours: Any, made: Any, texts: Texts, made_texts: Texts, path: Path = ()) -> Iterator[Path]:
    """Yield the paths in `yours` that `made` does not have, or has with another value.

    Two keys of texts are equal if their texts are; two locations if they are the same area and suffix.
    """
    if isinstance(yours, dict) and isinstance(made, dict):
        for key, value in yours.items():
            if key in made:
                yield from differences(value, made[key], texts, made_texts, (*path, key))
            elif value not in ({}, [], "", None):
                yield (*path, key)
    elif path == ("locations",) and isinstance(yours, list):
        for place, word in enumerate(yours):
            location = parse_location(word) if isinstance(word, str) else None
            if location is None or str(location) not in made:
                yield (*path, place)
    elif isinstance(yours, list) and isinstance(made, list) and len(yours) == len(made):
        for place, (one, two) in enumerate(zip(yours, made, strict=True)):
            yield from differences(one, two, texts, made_texts, (*path, place))
    elif yours != made and not (isinstance(yours, str) and texts.text(yours) == made_texts.text(made)):
        yield path
