"""What the templates of the back end need: which parts there are, and the names that they use."""

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from scaffold.generate.answers.blocks import SECRET, Handler
from scaffold.generate.answers.record import Answers
from scaffold.kommo import rest, samples
from scaffold.kommo.area import Endpoint
from scaffold.kommo.areas import AREAS

_PUBLIC = "backend/public/"

_KEYED = ("integration", "accounts", "tokens")
"""What signed requests and OAuth need: the integration's secret, and accounts that have one of their own."""

_OWN: dict[str, Endpoint] = {
    "card": Endpoint("card", "the script's `ask(method, action, data)`", is_signed=True),
    "webhook": Endpoint("webhook", "the account's webhooks", settings=("KOMMO_HOOK_SECRET",)),
    "oauth": Endpoint(
        "oauth", "the redirect URI: an account grants access to its API",
        settings=("KOMMO_CLIENT_ID", "KOMMO_CLIENT_SECRET", "KOMMO_REDIRECT_URI", "KOMMO_KEY"),
    ),
    "hook": Endpoint("hook", "an account has uninstalled the widget"),
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
    """Return the folders of `templates/backend/` that the answers choose, each before what is built on it."""
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

    `paths` are all outputs of the project, `addresses` what is called on the user's server, `backend.url`
    first.
    """
    endpoints = [
        path.removeprefix(_PUBLIC).removesuffix(".php")
        for path in paths
        if path.startswith(_PUBLIC) and path.endswith(".php")
    ]
    return {
        "backend_parts": parts(answers),
        "rest": rest,
        "endpoints": endpoints,
        "endpoint_titles": {name: endpoint.title for name, endpoint in _ENDPOINTS.items()},
        "needed_settings": list(
            dict.fromkeys(name for endpoint in endpoints for name in _ENDPOINTS[endpoint].settings)
        ),
        "samples": samples.documents(_widget(answers)),
        "bot_exits": {handler.code: _exits(handler) for handler in _handlers(answers)},
        "server": _server(answers, addresses),
        "secret_fields": [field.code for field in answers.settings if field.type == SECRET],
    }


class Server(NamedTuple):
    """Where the back end is to be reached, as the blocks for the web servers say it."""

    address: str
    """Of the folder that serves the endpoints, without a slash at its end."""
    host: str
    port: int
    path: str
    """Begins with a slash; empty at the host's root."""

    @property
    def pattern(self) -> str:
        """The path as a regular expression."""
        return re.escape(self.path).replace("\\-", "-")


def _server(answers: Answers, addresses: list[str]) -> Server:
    """Return what the first of the server's addresses says: `backend.url`, else an endpoint's."""
    base = addresses[0] if addresses else samples.SERVER
    if addresses and not answers.backend:
        page = urlsplit(base)
        base = urlunsplit((page.scheme, page.netloc, page.path.rpartition("/")[0], "", ""))
    parts = urlsplit(base.rstrip("/"))
    return Server(parts.geturl(), parts.hostname or "", parts.port or 443, parts.path)


def _widget(answers: Answers) -> samples.Widget:
    """What the samples of requests say of this widget."""
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
    """The exit of a block for when its answer was found, and the one for when it was not."""
    exits = [exit_.code for exit_ in handler.exits]
    # as the script's blockSteps takes it where the answer names no exit
    otherwise = "failed" if "failed" in exits else exits[-1]
    return next((code for code in exits if code != otherwise), otherwise), otherwise
