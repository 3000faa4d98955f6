"""The routes of the widget's requests: to the fake API, and to servers that the preview does not reach."""

import asyncio
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scaffold.preview.api import routes
from scaffold.preview.api.call import Call, Refused
from scaffold.preview.server.preview import Preview
from scaffold.preview.server.replies import answered, refused
from scaffold.preview.server.request_log import RequestLog

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

_CONTINUE = re.compile(r"/api/v4/(?:bots|salesbot|marketingbot)/\d+/continue/(\d{1,9})")


class ApiRoutes:
    """One method per route."""

    def __init__(self, preview: Preview, log: RequestLog) -> None:
        self._preview = preview
        self._log = log

    def routes(self) -> list[Route]:
        """Return the routes; the last one takes every path."""
        return [
            Route("/_stage/not-sent", self.not_sent, methods=_METHODS),
            Route("/{path:path}", self.api, methods=_METHODS),
        ]

    async def not_sent(self, request: Request) -> Response:
        """Answer in place of a server on another machine."""
        url = request.query_params.get("url", "")[:400]
        return refused(503, f"{url} was not requested: the preview reaches only this machine; use --online")

    async def api(self, request: Request) -> Response:
        """Answer as the fake account does."""
        path = request.url.path
        if not path.startswith(routes.PREFIXES):
            self._log.add(request.method, path, 404, "not a path of the preview")
            return refused(404, f"{path} is not in the preview")
        form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        base = str(request.base_url).rstrip("/")
        call = Call(request.method, path, request.url.query, await request.body(), form, base)
        if latency := self._preview.state.scenario.latency:
            await asyncio.sleep(latency / 1000)
        reply = routes.answer(self._preview.memory, call)
        if match := _CONTINUE.fullmatch(path.rstrip("/")):
            self._preview.hub.publish("continue", {"step": int(match[1]), "body": _plain(call)})
        self._log.add(request.method, path, reply.status, reply.note)
        if self._preview.server.back_end.address and "sec-fetch-site" not in request.headers:
            asked = f"the server asked {request.method} {path} → {reply.status}"
            self._preview.server.timeline.add("asked", asked, {"asked": _plain(call), "answer": reply.body})
        return answered(reply)


def _plain(call: Call) -> object:
    try:
        return call.data()
    except Refused:
        return None
