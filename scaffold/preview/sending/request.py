"""Turns a sample into the request that is sent: with new times and ids, and signed."""

import copy
import hashlib
import hmac
import itertools
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import uuid4

from scaffold.kommo.rest import TOKEN_LIFETIME_S
from scaffold.kommo.samples import Document
from scaffold.preview.api import brackets, signed_token

HIDDEN = "***"
"""Shown in place of a secret."""

_TIMES = ("time", "date_create", "created_at", "updated_at", "last_modified")
"""Fields with the time of an event, which become the time of sending."""

_CONTINUE = re.compile(r"(/continue/)\d+\Z")


class _Moments:
    """Gives each event its own second: two events of the same second would be taken for copies."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def next(self, now: int) -> int:
        with self._lock:
            self._last = max(now, self._last + 1)
            return self._last


_moments = _Moments()
_steps = itertools.count(1)
"""A bot waits at another address each time it comes to a block."""


@dataclass(slots=True)
class Draft:
    """A request before it is signed, for a variant to change."""

    document: Document
    """A private copy of the sample."""
    now: int
    """Unix time in seconds."""
    settings: Mapping[str, str]
    """Values of the settings that the document names; unknown ones are missing."""
    url: str
    age_s: int = 0
    """Age of its token, seconds."""
    keys: dict[str, str] = field(default_factory=dict)
    """Setting -> another key to sign with."""
    unsigned: bool = False
    """Whether the token has the algorithm `none` and no signature."""

    def setting(self, name: str) -> str:
        """Return the value of a setting; empty if it is unknown."""
        return self.keys.get(name, self.settings.get(name, ""))


class Outgoing(NamedTuple):
    """A request as it is sent."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes = b""
    decoded: Mapping[str, Any] = MappingProxyType({})
    """Its `query`, `form` and `token` for people, with secrets hidden."""


def draft(
    document: Document, url: str, settings: Mapping[str, str], now: int, code: Callable[[], str]
) -> Draft:
    """Return a draft to send to `url` now, as a new event; `code` makes an OAuth code."""
    fresh = copy.deepcopy(document)
    _set_times(fresh.get("form"), cache(lambda: _moments.next(now)))
    form, query = fresh.get("form", {}), fresh.get("query", {})
    if isinstance(form.get("return_url"), str):
        form["return_url"] = _CONTINUE.sub(rf"\g<1>{next(_steps)}", form["return_url"])
    if "code" in query and "referer" in query:
        query["code"] = code()
    return Draft(fresh, now, settings, url)


def _set_times(value: Any, moment: Callable[[], int]) -> None:
    if isinstance(value, list):
        for item in value:
            _set_times(item, moment)
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _TIMES and not isinstance(item, dict | list):
                value[key] = str(moment())
            else:
                _set_times(item, moment)


def build(draft: Draft) -> Outgoing:
    """Sign a draft and return it in the form in which it is sent."""
    document = draft.document
    fields = (document.get("form") or {}).items()
    form = dict(pair for name, value in fields for pair in brackets.flatten(str(name), value))
    query = {name: str(value) for name, value in (document.get("query") or {}).items()}
    headers = {name: str(value) for name, value in (document.get("header") or {}).items()}
    shown: dict[str, Any] = {}
    hidden = set()
    for parameter, setting in (document.get("settings") or {}).items():
        query[parameter] = draft.setting(str(setting)) or query.get(parameter, "")
    if secret := document.get("secret"):
        hidden.add(secret["parameter"])
        if value := draft.setting(secret["setting"]):
            query[secret["parameter"]] = value
    if signature := document.get("signature"):
        query[signature["name"]] = _signature(signature, query, draft)
    if token := document.get("token"):
        jwt, shown["token"] = _token(token, draft)
        {"form": form, "query": query, "header": headers}[token["in"]][token["name"]] = jwt
        hidden.add(token["name"])
    url, query = _with_query(draft.url, query, forced=set(draft.keys) and hidden)
    body = urlencode(list(form.items())).encode() if document["method"] != "GET" else b""
    if body:
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    shown |= {"query": _masked(query, hidden)} if query else {}
    shown |= {"form": brackets.parse(list(_masked(form, hidden).items()))} if form else {}
    return Outgoing(document["method"], url, headers, body, shown)


def _masked(fields: Mapping[str, str], hidden: set[str]) -> dict[str, str]:
    return {name: HIDDEN if name in hidden else value for name, value in fields.items()}


def _signature(signature: Mapping[str, Any], query: Mapping[str, str], draft: Draft) -> str:
    over = "|".join(query.get(str(name), "") for name in signature["over"])
    key = draft.setting(signature["setting"])
    return hmac.new(key.encode(), over.encode(), hashlib.sha256).hexdigest()


def _token(token: Mapping[str, Any], draft: Draft) -> tuple[str, dict[str, Any]]:
    """Return the signed token, and its header and claims."""
    made = draft.now - draft.age_s
    times = {"iat": made, "nbf": made, "exp": made + TOKEN_LIFETIME_S}
    claims = {"jti": str(uuid4()), **times, **token["claims"]}
    if draft.unsigned:
        return signed_token.unsigned(claims), {"header": {"typ": "JWT", "alg": "none"}, "claims": claims}
    jwt = signed_token.sign(claims, draft.setting(token["setting"]), token["algorithm"])
    return jwt, {"header": {"typ": "JWT", "alg": token["algorithm"]}, "claims": claims}


def _with_query(url: str, given: Mapping[str, str], forced: set[str]) -> tuple[str, dict[str, str]]:
    """Return the URL with parameters added, and its query; existing ones are kept, unless `forced`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, dict(given)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query |= {name: value for name, value in given.items() if name not in query or name in forced}
    return urlunsplit(parts._replace(query=urlencode(list(query.items())))), query
