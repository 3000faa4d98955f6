"""The fake API's routing table, and the function that answers a call."""

import re

from scaffold.preview.api import activities, entities, legacy, lists, oauth, reference
from scaffold.preview.api.call import Call, Handler, Refused, Reply
from scaffold.preview.api.memory import Memory

PREFIXES = ("/api/", "/oauth2/", "/private/api/", "/ajax/", "/widgets/")
"""Paths to which the CRM responds with data, not with a page."""

_ROUTES: tuple[tuple[str, re.Pattern[str], Handler], ...] = tuple(
    (method, re.compile(pattern + "/?"), handler)
    for method, pattern, handler in (
        *reference.ROUTES, *lists.ROUTES, *activities.ROUTES, *entities.ROUTES, *oauth.ROUTES, *legacy.ROUTES,
    )
)  # fmt: skip


def answer(memory: Memory, call: Call) -> Reply:
    """Return the reply; a problem document for an unknown path, a wrong method or an invalid body."""
    methods = set()
    for method, pattern, handler in _ROUTES:
        match = pattern.fullmatch(call.path)
        if match is None:
            continue
        if method in (call.method, "*"):
            return _run(handler, memory, call, match)
        methods.add(method)
    if methods:
        return Refused(
            405, f"{call.path} does not accept {call.method}, only {', '.join(sorted(methods))}"
        ).reply()
    return Refused(404, f"{call.path} is not in the preview").reply()


def _run(handler: Handler, memory: Memory, call: Call, match: re.Match[str]) -> Reply:
    params = {name: text for name, text in match.groupdict().items() if text is not None}
    known = Call(call.method, call.path, call.query, call.body, call.form, call.base, params)
    try:
        return handler(memory, known)
    except Refused as refused:
        return refused.reply()
