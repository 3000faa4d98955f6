"""The routes of the page's fixes: one returns the diff of a rule's fixes, the other writes them."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from scaffold.errors import ScaffoldError
from scaffold.preview.server.fixing import Fixing
from scaffold.preview.server.replies import as_json, posted, refused

_CODE = re.compile(r"[A-Z]\d{3}")


class FixRoutes:
    """One method per route; the guard admits only the preview's own page."""

    def __init__(self, fixing: Fixing) -> None:
        self._fixing = fixing

    def routes(self) -> list[Route]:
        """Return the routes below `/_preview/`."""
        return [
            Route("/_preview/fix/diff", self.show, methods=["POST"]),
            Route("/_preview/fix/write", self.write, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Return the diff of what would be written."""
        code = str((await posted(request)).get("code"))
        if not _CODE.fullmatch(code):
            return refused(400, "`code` must be the code of a rule")
        try:
            shown = await run_in_threadpool(self._fixing.show, code)
        except ScaffoldError as error:
            return refused(409, _line(error))
        return as_json(shown._asdict())

    async def write(self, request: Request) -> Response:
        """Write what the diff showed and the user confirmed."""
        body = await posted(request)
        code, digest = str(body.get("code")), str(body.get("digest"))
        if not _CODE.fullmatch(code):
            return refused(400, "`code` must be the code of a rule")
        try:
            shown = await run_in_threadpool(self._fixing.write, code, digest)
        except ScaffoldError as error:
            return refused(409, _line(error))
        return as_json({"changes": shown.changes})


def _line(error: ScaffoldError) -> str:
    return "; ".join(filter(None, (error.message, *error.details, error.hint)))
