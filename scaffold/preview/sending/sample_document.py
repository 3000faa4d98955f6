"""Reads a sample of the project, which the user may have edited, and reports every fault in it."""

import json
from collections.abc import Iterator
from typing import Any

from scaffold.kommo import samples

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ALGORITHMS = ("HS256", "HS512")
_PLACES = ("form", "query", "header")


def parse(text: str) -> samples.Document:
    """Return a sample's document. Raises ValueError with every fault in it."""
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    faults = list(_faults(document)) if isinstance(document, dict) else ["must be an object"]
    if faults:
        raise ValueError("; ".join(faults))
    return document  # type: ignore[no-any-return]


def _faults(document: dict[str, Any]) -> Iterator[str]:
    if document.get("method") not in METHODS:
        yield f"`method` must be one of {', '.join(METHODS)}"
    address = document.get("address")
    if not isinstance(address, str) or not address.startswith("/") or "?" in address:
        yield "`address` must be a path such as /sms.php"
    for part in (*_PLACES, "settings"):
        if not isinstance(document.get(part, {}), dict):
            yield f"`{part}` must be an object"
    for part, texts in (("secret", ("setting", "parameter")), ("signature", ("setting", "name"))):
        yield from _texts(document, part, texts)
    yield from _texts(document, "token", ("algorithm", "setting", "in", "name"))
    token = document.get("token")
    if isinstance(token, dict):
        if not isinstance(token.get("claims"), dict):
            yield "`token.claims` must be an object"
        if token.get("algorithm") not in ALGORITHMS:
            yield f"`token.algorithm` must be one of {', '.join(ALGORITHMS)}"
        if token.get("in") not in _PLACES:
            yield f"`token.in` must be one of {', '.join(_PLACES)}"
    signature = document.get("signature")
    if isinstance(signature, dict) and not isinstance(signature.get("over"), list):
        yield "`signature.over` must be a list of parameters"


def _texts(document: dict[str, Any], part: str, names: tuple[str, ...]) -> Iterator[str]:
    value = document.get(part)
    if value is not None and not isinstance(value, dict):
        yield f"`{part}` must be an object"
    elif value is not None:
        for name in names:
            if not isinstance(value.get(name), str):
                yield f"`{part}.{name}` must be a string"
