"""The web application: the preview's page, the widget's files, libraries, fake API and sample requests."""

import asyncio
import contextlib
import mimetypes
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from scaffold.errors import ScaffoldError
from scaffold.kommo.rest import TOKEN_HEADER
from scaffold.preview.api import routes
from scaffold.preview.api import signed_token as token
from scaffold.preview.api.call import Call, Refused
from scaffold.preview.api.load import load
from scaffold.preview.api.memory import Memory
from scaffold.preview.keys import Keys
from scaffold.preview.sending.addresses import Addresses
from scaffold.preview.sending.widget_server import WidgetServer
from scaffold.preview.server import libs
from scaffold.preview.server.editor import EDITORS, USUAL
from scaffold.preview.server.fix_routes import FixRoutes
from scaffold.preview.server.fixing import Fixing
from scaffold.preview.server.replies import answered, as_json, posted, refused
from scaffold.preview.server.scenario import LATENCY_MAX_MS, USERS, Scenario, code_fault
from scaffold.preview.server.server_routes import ServerRoutes
from scaffold.preview.server.state import HOST, State, first_error
from scaffold.preview.server.watch import Hub, changes
from scaffold.preview.widget_source import Source

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

_WIDGET_PATH = re.compile(r"[^/]+(?:/[^/]+)?/widget/(.+)", re.DOTALL)

_CONTINUE = re.compile(r"/api/v4/(?:bots|salesbot|marketingbot)/\d+/continue/(\d{1,9})")

_TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".twig": "text/plain",
    ".html": "text/html", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".woff": "font/woff",
    ".woff2": "font/woff2", ".ttf": "font/ttf", ".txt": "text/plain", ".mp3": "audio/mpeg",
}  # fmt: skip
"""Suffix -> media type; the system's own table differs from machine to machine."""

_HOST_FRESH_S = 60
"""How long a browser may cache the page's own files: it is reloaded often while a widget is being written."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One preview: what its handlers share."""

    source: Source
    state: State
    memory: Memory
    hub: Hub
    libraries: Path
    """The `node_modules` that holds the libraries."""
    say: Callable[[str], None]
    """Prints one line on the terminal."""
    addresses: Addresses
    """Which addresses sample requests may go to."""
    server: WidgetServer
    """The widget's own server."""
    keys: Keys
    """The secrets that give access to it."""
    stage: list[str] = field(default_factory=list)
    """The origin that the widget runs on; set when the server listens."""
    options: tuple[str, ...] = ()
    """Command-line options other than folder and port, to start the same preview again."""
    start: list[str] = field(default_factory=list)
    """The command that starts it again on the same port; set when the server listens."""
    editor: str = EDITORS[USUAL]
    """URL template that opens a file, with `{file}`, `{line}` and `{column}`; empty for no links."""


def preview_of(
    source: Source, libraries: Path, say: Callable[[str], None], scenario: Scenario | None = None
) -> Preview:
    """Return a preview of a widget, with a fake account that holds the seed data and the scenario's rows.

    Raises ScaffoldError if the account refuses rows of the scenario.
    """
    scenario = scenario or Scenario()
    state = State(source, scenario)
    keys = Keys()
    memory = Memory(lambda: int(time.time()), state.api_model, scenario.contacts, keys)
    refused = load(memory, scenario.account)
    if refused:
        raise ScaffoldError("the account refuses rows of the preview's data", "", tuple(refused))
    memory.sign_in(admin=scenario.user == "admin")
    addresses = Addresses(source, scenario.addresses)
    server = WidgetServer(source, state.platform, addresses, memory.clock, say, keys)
    return Preview(source, state, memory, Hub(), libraries, say, addresses, server, keys)


class _HostFiles(StaticFiles):
    """The page's own files, cached: a reload requests sixty of them, and only a new version changes them."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        if response.media_type != "text/html":
            response.headers["Cache-Control"] = f"max-age={_HOST_FRESH_S}"
        return response


def application(preview: Preview) -> Starlette:
    """Return the application, which watches the widget's folder while it runs."""
    for suffix in (".js", ".css"):
        mimetypes.add_type(_TYPES[suffix], suffix)
    handlers = _Handlers(preview)
    return Starlette(
        routes=[
            Route("/", handlers.index),
            Mount("/_host", _HostFiles(directory=HOST)),
            Route("/_libs/{name}.js", handlers.library),
            Route("/_preview/state.json", handlers.state),
            Route("/_preview/events", handlers.events),
            *ServerRoutes(preview.server, preview.stage).routes(),
            *FixRoutes(Fixing(preview.source.path)).routes(),
            Route("/_preview/token", handlers.token, methods=["POST"]),
            Route("/_preview/addresses", handlers.allow, methods=["POST"]),
            Route("/_preview/scenario", handlers.change, methods=["POST"]),
            Route("/_stage/not-sent", handlers.not_sent, methods=METHODS),
            Route("/upl/{path:path}", handlers.widget_file),
            Route("/{path:path}", handlers.api, methods=METHODS),
        ],
        lifespan=lambda _app: _watching(preview),
    )


@asynccontextmanager
async def _watching(preview: Preview) -> AsyncIterator[None]:
    folder = preview.source.folder
    task = asyncio.create_task(_publish_changes(preview, folder)) if folder else None
    loop = asyncio.get_running_loop()

    def publish(event: dict[str, Any]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has been closed
            loop.call_soon_threadsafe(preview.hub.publish, "server", event)

    preview.server.timeline.publish = publish
    yield
    if task:
        task.cancel()
        await asyncio.wait([task])


async def _publish_changes(preview: Preview, folder: Path) -> None:
    async for files in changes(folder):
        error = first_error(preview.source.widget, files)
        preview.hub.publish("change", {"files": files, "error": error})


class _Handlers:
    """One method per route."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._printed: set[tuple[str, str]] = set()
        """Method and path of requests that the terminal has shown: a run repeats them with each visit."""

    async def index(self, _request: Request) -> Response:
        stage = "".join(f'<meta name="stage" content="{origin}">' for origin in self._preview.stage)
        page = (HOST / "index.html").read_text(encoding="utf-8").replace("</head>", f"{stage}\n</head>")
        return Response(page, media_type="text/html")

    async def not_sent(self, request: Request) -> Response:
        """Answer in place of a server on another machine."""
        url = request.query_params.get("url", "")[:400]
        return refused(503, f"{url} was not requested: the preview reaches only this machine; use --online")

    async def library(self, request: Request) -> Response:
        file = libs.FILES.get(request.path_params["name"])
        if file is None:
            return refused(404, "no library has that name")
        forever = {"Cache-Control": "public, max-age=31536000, immutable"}
        return FileResponse(self._preview.libraries / file, media_type="text/javascript", headers=forever)

    async def widget_file(self, request: Request) -> Response:
        match = _WIDGET_PATH.fullmatch(request.path_params["path"])
        data = self._preview.source.archive.tree.get(match[1]) if match else None
        if match is None or data is None:
            self._log(request.method, request.url.path, 404, "no such file in the widget")
            return refused(404, "no such file in the widget")
        return Response(
            data, media_type=_TYPES.get(PurePosixPath(match[1]).suffix.lower(), "application/octet-stream")
        )

    async def state(self, _request: Request) -> Response:
        document = self._preview.state.describe(self._preview.memory)
        stage, start = ((known or [""])[0] for known in (self._preview.stage, self._preview.start))
        widget_server = self._preview.server
        server = {"address": widget_server.back_end.address, "replaced": widget_server.replaced}
        folder = self._preview.source.place
        editor = {"template": self._preview.editor if folder else "", "folder": folder}
        return as_json(document | {"stage": stage, "start": start, "server": server, "editor": editor})

    async def events(self, _request: Request) -> Response:
        return StreamingResponse(self._preview.hub.stream(), media_type="text/event-stream")

    async def token(self, request: Request) -> Response:
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

    async def api(self, request: Request) -> Response:
        path = request.url.path
        if not path.startswith(routes.PREFIXES):
            self._log(request.method, path, 404, "not a path of the preview")
            return refused(404, f"{path} is not in the preview")
        form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        base = str(request.base_url).rstrip("/")
        call = Call(request.method, path, request.url.query, await request.body(), form, base)
        if latency := self._preview.state.scenario.latency:
            await asyncio.sleep(latency / 1000)
        reply = routes.answer(self._preview.memory, call)
        if match := _CONTINUE.fullmatch(path.rstrip("/")):
            self._preview.hub.publish("continue", {"step": int(match[1]), "body": _plain(call)})
        self._log(request.method, path, reply.status, reply.note)
        if self._preview.server.back_end.address and "sec-fetch-site" not in request.headers:
            asked = f"the server asked {request.method} {path} → {reply.status}"
            self._preview.server.timeline.add("asked", asked, {"asked": _plain(call), "answer": reply.body})
        return answered(reply)

    def _log(self, method: str, path: str, status: int, note: str) -> None:
        """Log a request on the page, and a failed one on the terminal; not its query, which may be secret."""
        self._preview.hub.publish("api", {"method": method, "path": path, "status": status, "note": note})
        if status >= 400 and (method, path) not in self._printed:
            self._printed.add((method, path))
            self._preview.say(f"{status} {method} {path!a}")


def _plain(call: Call) -> object:
    try:
        return call.data()
    except Refused:
        return None
