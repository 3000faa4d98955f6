"""The routes of the preview's state: read it, listen to changes, and switch user, code or latency."""

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from scaffold.kommo.rest import TOKEN_HEADER
from scaffold.preview.api import signed_token as token
from scaffold.preview.server.preview import Preview
from scaffold.preview.server.replies import as_json, posted
from scaffold.preview.server.scenario import LATENCY_MAX_MS, USERS, code_fault


class StateRoutes:
    """One method per route."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview

    def routes(self) -> list[Route]:
        """Return the routes below `/_preview/`."""
        return [
            Route("/_preview/state.json", self.state),
            Route("/_preview/events", self.events),
            Route("/_preview/token", self.token, methods=["POST"]),
            Route("/_preview/addresses", self.allow, methods=["POST"]),
            Route("/_preview/scenario", self.change, methods=["POST"]),
        ]

    async def state(self, _request: Request) -> Response:
        """Return everything that the page shows before the widget runs."""
        document = self._preview.state.describe(self._preview.memory)
        stage, start = ((known or [""])[0] for known in (self._preview.stage, self._preview.start))
        widget_server = self._preview.server
        server = {"address": widget_server.back_end.address, "replaced": widget_server.replaced}
        folder = self._preview.source.place
        editor = {"template": self._preview.editor if folder else "", "folder": folder}
        return as_json(document | {"stage": stage, "start": start, "server": server, "editor": editor})

    async def events(self, _request: Request) -> Response:
        """Send events until the page is closed."""
        stream = self._preview.hub.stream(lambda: {"revision": self._preview.source.revision})
        return StreamingResponse(stream, media_type="text/event-stream")

    async def token(self, request: Request) -> Response:
        """Return a one-time token, as the CRM issues it to a widget."""
        memory = self._preview.memory
        data = (await posted(request)).get("data")
        user = memory.account["current_user_id"]
        addressee = self._preview.server.audience()
        claims = token.one_time(memory.clock(), data if isinstance(data, dict) else None, user, addressee)
        return as_json({"header": TOKEN_HEADER, "token": token.sign(claims), "claims": claims})

    async def allow(self, request: Request) -> Response:
        """Allow an address that the user confirmed on the preview's page."""
        url = (await posted(request)).get("url")
        return as_json({"added": self._preview.addresses.add(str(url or ""))})

    async def change(self, request: Request) -> Response:
        """Switch to another user of the account, another widget code or another latency of the API."""
        body = await posted(request)
        scenario, state = self._preview.state.scenario, self._preview.state
        user, code = str(body.get("user")), str(body.get("code"))
        if user in USERS:
            scenario.user = user
            self._preview.memory.sign_in(admin=scenario.user == "admin")
        latency = body.get("latency")
        if isinstance(latency, int) and 0 <= latency <= LATENCY_MAX_MS:
            scenario.latency = latency
        if "code" in body and not code_fault(code):
            state.code = scenario.code = code
        return as_json({"user": scenario.user, "latency": scenario.latency, "code": state.code})
