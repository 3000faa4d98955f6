"""The back end: which parts of `templates/backend/` the answers choose, and the names their templates use."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from scaffold.generate.answers.blocks import SECRET, Handler
from scaffold.generate.answers.record import Answers
from scaffold.kommo import rest, samples
from scaffold.kommo.area import Endpoint
from scaffold.kommo.areas import AREAS

_PUBLIC = "backend/public/"

_KEYED = ("integration", "accounts", "tokens")
"""Parts for signed requests and OAuth: the integration's secret, and accounts with secrets of their own."""

_OWN: dict[str, Endpoint] = {
    "card": Endpoint("card", "the script's `ask(method, action, data)`", is_signed=True),
    "webhook": Endpoint("webhook", "the account's webhooks", settings=("KOMMO_HOOK_SECRET",)),
    "oauth": Endpoint(
        "oauth", "the redirect URI, which exchanges an account's code for tokens",
        settings=("KOMMO_CLIENT_ID", "KOMMO_CLIENT_SECRET", "KOMMO_REDIRECT_URI", "KOMMO_KEY"),
    ),
    "hook": Endpoint("hook", "notifications that an account has uninstalled the widget"),
}  # fmt: skip
"""Endpoints that no area calls."""

_ENDPOINTS = _OWN | {area.endpoint.name: area.endpoint for area in AREAS if area.endpoint}
_SIGNED = {
    *(area.code for area in AREAS if area.endpoint and area.endpoint.is_signed),
    *(name for name, endpoint in _OWN.items() if endpoint.is_signed),
    "oauth",
}
"""Folders whose requests need the integration's secret."""


def parts(answers: Answers) -> tuple[str, ...]:
    """Return the folders of `templates/backend/` that the answers choose, each before those that need it."""
    hosted = answers.digital_pipeline is not None and answers.digital_pipeline.backend == "widget_php"
    chosen = [
        area.code
        for area in AREAS
        if area.endpoint and answers.has(area.code) and not (hosted and area.code == "digital_pipeline")
    ]
    if answers.backend:
        chosen.append("card")
        chosen += ["webhook"] if answers.backend.webhooks else []
    if answers.backend and answers.backend.oauth:
        chosen.insert(0, "oauth")
    keyed = not _SIGNED.isdisjoint(chosen)
    own = ("core", "api", *(_KEYED if keyed else ()), *dict.fromkeys(chosen)) if chosen else ()
    return (*own, "widget_php") if hosted else own


def names(answers: Answers, paths: list[str], addresses: list[str]) -> dict[str, Any]:
    """Return the names that the back end's templates use.

    `paths` are all output files of the project; `addresses` are called on the user's server, `backend.url`
    first.
    """
    endpoints = [
        path.removeprefix(_PUBLIC).removesuffix(".php")
        for path in paths
        if path.startswith(_PUBLIC) and path.endswith(".php")
    ]
    documents = samples.documents(_widget(answers))
    _ensure_complete(parts(answers), paths, documents)
    return {
        "backend_parts": parts(answers),
        "rest": rest,
        "endpoints": endpoints,
        "endpoint_titles": {name: endpoint.title for name, endpoint in _ENDPOINTS.items()},
        "needed_settings": list(
            dict.fromkeys(name for endpoint in endpoints for name in _ENDPOINTS[endpoint].settings)
        ),
        "samples": documents,
        "bot_exits": {handler.code: _exits(handler) for handler in _handlers(answers)},
        "server": _server(answers, addresses),
        "secret_fields": [field.code for field in answers.settings if field.type == SECRET],
    }


def _ensure_complete(chosen: Iterable[str], paths: Iterable[str], documents: Mapping[str, Any]) -> None:
    """Raise ValueError if the templates lack a file for an area's endpoint, or the samples its request."""
    for area in AREAS:
        if area.endpoint is None or area.code not in chosen:
            continue
        name = area.endpoint.name
        needed = (f"public/{name}.php", f"handlers/{name}.php", f"samples/{name}.json")
        if missing := {f"backend/{path}" for path in needed}.difference(paths):
            raise ValueError(f"templates/backend/{area.code} does not have {', '.join(sorted(missing))}")
        if name not in documents:
            raise ValueError(f"kommo/samples.py has no request for the endpoint {name}")


class Server(NamedTuple):
    """The address of the back end, in parts, for the configurations of web servers."""

    address: str
    """Of the folder that serves the endpoints, without a final slash."""
    host: str
    port: int
    path: str
    """Starts with a slash; empty at the host's root."""

    @property
    def pattern(self) -> str:
        """The path as a regular expression."""
        return re.escape(self.path).replace("\\-", "-")


def _server(answers: Answers, addresses: list[str]) -> Server:
    """Return the server of the first address: `backend.url`, or else an endpoint's folder."""
    base = addresses[0] if addresses else samples.SERVER
    if addresses and not answers.backend:
        page = urlsplit(base)
        base = urlunsplit((page.scheme, page.netloc, page.path.rpartition("/")[0], "", ""))
    parts = urlsplit(base.rstrip("/"))
    return Server(parts.geturl(), parts.hostname or "", parts.port or 443, parts.path)


def _widget(answers: Answers) -> samples.Widget:
    """Return the facts about this widget that the sample requests use."""
    pipeline, handlers = answers.digital_pipeline, _handlers(answers)
    block = (
        {"block": handlers[0].code, **{field.code: "5" for field in handlers[0].fields}} if handlers else {}
    )
    return samples.Widget(
        answers.platform,
        "/".join(answers.backend.url.split("/")[:3]) if answers.backend else samples.SERVER,
        {field.code: field.type for field in pipeline.fields} if pipeline else {},
        block,
    )


def _handlers(answers: Answers) -> tuple[Handler, ...]:
    return answers.salesbot_designer.handlers if answers.salesbot_designer else ()


def _exits(handler: Handler) -> tuple[str, str]:
    """Return the exit of a block if its answer was found, and the exit if it was not."""
    exits = [exit_.code for exit_ in handler.exits]
    # the same choice as blockSteps in the script, if the answer does not name an exit
    otherwise = "failed" if "failed" in exits else exits[-1]
    return next((code for code in exits if code != otherwise), otherwise), otherwise
