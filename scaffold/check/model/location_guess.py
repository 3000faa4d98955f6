"""Guesses which location was meant by an invalid entry of `locations`."""

import re

from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import BY_CODE, PAGE_CODES

_LONGEST = 40
"""Characters of an entry that are compared; the longest area has 19."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SUFFIX = re.compile(r"(?P<code>.*?)(?:[-_ ]?(?P<digit>[01]))?", re.DOTALL)
_CLOSE = 0.75
"""Similarity ratio (difflib) of a misspelling; `dashboard-widgets` should not become `widget_page`."""


def without_suffix(text: str) -> str:
    """Return the area, if the entry is one that takes no suffix but has one; else an empty string."""
    code, _, digit = text.partition("-")
    takes_none = code in OWN_BY_CODE or (code in BY_CODE and not BY_CODE[code].suffix)
    return code if takes_none and digit.isdecimal() else ""


def guess_location(text: str) -> str:
    """Return the location that an invalid entry most likely means; empty if there is none."""
    if text in OWN_BY_CODE:
        return ""
    if code := without_suffix(text):
        return code
    return normalized(text) or _similar(text)


def normalized(text: str) -> str:
    """Return the location, if only case, spaces, dashes or the suffix are wrong; else an empty string."""
    code, digit = _parts(text)
    return _location(code, digit) if code in BY_CODE or code in OWN_BY_CODE else ""


def _similar(text: str) -> str:
    from difflib import get_close_matches  # only needed if a location is wrong

    code, digit = _parts(text)
    code = PAGE_CODES.get(code, code)
    similar = get_close_matches(code, [*BY_CODE, *OWN_BY_CODE], 1, _CLOSE)
    return _location(similar[0], digit) if similar else ""


def _parts(text: str) -> tuple[str, str]:
    snake = _CAMEL.sub("_", text[:_LONGEST].strip()).lower()
    parts = _SUFFIX.fullmatch(snake)
    if not parts:
        return "", ""
    return re.sub(r"[-\s_]+", "_", parts["code"]).strip("_"), parts["digit"] or ""


def _location(code: str, digit: str) -> str:
    area = BY_CODE.get(code)
    return f"{code}-{digit or 1}" if area and area.suffix else code
