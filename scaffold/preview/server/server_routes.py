"""The routes for the widget's own server: list the sample requests, send one, start PHP."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scaffold.errors import ScaffoldError
from scaffold.preview.sending import variants
from scaffold.preview.sending.widget_server import SampleRequest, WidgetServer
from scaffold.preview.server.replies import as_json, posted, refused


class ServerRoutes:
    """One method per route."""

    def __init__(self, server: WidgetServer, stage: list[str]) -> None:
        """`stage` gets the origin of the widget when the server listens."""
        self._server = server
        self._stage = stage

    def routes(self) -> list[Route]:
        """Return the routes below `/_preview/`."""
        return [
            Route("/_preview/server.json", self.describe),
            Route("/_preview/send", self.send, methods=["POST"]),
            Route("/_preview/php", self.start, methods=["POST"]),
            Route("/_preview/mobile-url", self.mobile_url),
        ]

    async def describe(self, _request: Request) -> Response:
        """Return the sample requests, and whether PHP is running."""
        return as_json(await run_in_threadpool(self._server.describe))

    async def send(self, request: Request) -> Response:
        """Send one request."""
        body = await posted(request)
        fields = body.get("fields")
        texts = {name: str(body.get(name) or "") for name in ("kind", "variant", "url", "sample")}
        wanted = SampleRequest(
            texts["kind"], texts["variant"] or variants.VALID, texts["url"],
            fields if isinstance(fields, dict) else {}, texts["sample"],
        )  # fmt: skip
        try:
            return as_json(await run_in_threadpool(self._server.send, wanted))
        except ScaffoldError as error:
            return refused(400, " ".join(filter(None, (error.message, error.hint))))

    async def start(self, request: Request) -> Response:
        """Start PHP with the project's own code; the page sends this after the user's consent."""
        if (await posted(request)).get("start") is not True:
            return refused(400, "`start` must be true")
        try:
            await run_in_threadpool(self._server.start, str(request.base_url), self._stage[0])
        except ScaffoldError as error:
            return refused(409, " ".join([error.message, *error.details]))
        await run_in_threadpool(self._server.install)
        return await self.describe(request)

    async def mobile_url(self, request: Request) -> Response:
        """Return the URL that the mobile app opens for a card."""
        query = request.query_params
        card = (query.get("entity_type", "leads"), query.get("entity_id", ""))
        return as_json(await run_in_threadpool(self._server.mobile_url, *card))
