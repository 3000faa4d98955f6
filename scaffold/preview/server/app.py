"""The web application of one preview, which watches the widget's folder while it runs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from scaffold.preview.server.api_routes import ApiRoutes
from scaffold.preview.server.fix_routes import FixRoutes
from scaffold.preview.server.fixing import Fixing
from scaffold.preview.server.page_routes import PageRoutes
from scaffold.preview.server.preview import Preview
from scaffold.preview.server.problems import first_error
from scaffold.preview.server.request_log import RequestLog
from scaffold.preview.server.server_routes import ServerRoutes
from scaffold.preview.server.state_routes import StateRoutes
from scaffold.preview.server.watch import changes


def application(preview: Preview) -> Starlette:
    """Return the application."""
    log = RequestLog(preview.hub, preview.say)
    return Starlette(
        routes=[
            *PageRoutes(preview, log).routes(),
            *StateRoutes(preview).routes(),
            *ServerRoutes(preview.server, preview.stage).routes(),
            *FixRoutes(Fixing(preview.source.path)).routes(),
            *ApiRoutes(preview, log).routes(),
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
        revision = preview.source.revision
        preview.hub.publish("change", {"files": files, "error": error, "revision": revision})
