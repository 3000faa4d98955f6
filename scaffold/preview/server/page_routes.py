"""The routes of files: the preview's page, the CRM's libraries, and the widget."""

import mimetypes
import re
from pathlib import PurePosixPath
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from scaffold.preview.server import libs
from scaffold.preview.server.area_entries import HOST
from scaffold.preview.server.preview import Preview
from scaffold.preview.server.replies import refused
from scaffold.preview.server.request_log import RequestLog

_WIDGET_PATH = re.compile(r"[^/]+(?:/[^/]+)?/widget/(.+)", re.DOTALL)

_TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".twig": "text/plain",
    ".html": "text/html", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".woff": "font/woff",
    ".woff2": "font/woff2", ".ttf": "font/ttf", ".txt": "text/plain", ".mp3": "audio/mpeg",
}  # fmt: skip
"""Suffix -> media type; the system's own table differs from machine to machine."""

_HOST_FRESH_S = 60
"""How long a browser may cache the page's own files: it is reloaded often while a widget is being written."""


class _HostFiles(StaticFiles):
    """The page's own files, cached: a reload requests sixty of them, and only a new version changes them."""

    def file_response(self, *args: Any, **more: Any) -> Response:
        response = super().file_response(*args, **more)
        if response.media_type != "text/html":
            response.headers["Cache-Control"] = f"max-age={_HOST_FRESH_S}"
        return response


class PageRoutes:
    """One method per route."""

    def __init__(self, preview: Preview, log: RequestLog) -> None:
        self._preview = preview
        self._log = log

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        for suffix, type_ in _TYPES.items():
            mimetypes.add_type(type_, suffix)
        return [
            Route("/", self.index),
            Mount("/_host", _HostFiles(directory=HOST)),
            Route("/_libs/{name}.js", self.library),
            Route("/upl/{path:path}", self.widget_file),
        ]

    async def index(self, _request: Request) -> Response:
        """Return the page, which learns the widget's origin from it."""
        stage = "".join(f'<meta name="stage" content="{origin}">' for origin in self._preview.stage)
        page = (HOST / "index.html").read_text(encoding="utf-8").replace("</head>", f"{stage}\n</head>")
        return Response(page, media_type="text/html")

    async def library(self, request: Request) -> Response:
        """Return a library of the CRM, whose version never changes."""
        file = libs.FILES.get(request.path_params["name"])
        if file is None:
            return refused(404, "no library has that name")
        forever = {"Cache-Control": "public, max-age=31536000, immutable"}
        return FileResponse(self._preview.libraries / file, media_type="text/javascript", headers=forever)

    async def widget_file(self, request: Request) -> Response:
        """Return a file of the widget."""
        match = _WIDGET_PATH.fullmatch(request.path_params["path"])
        data = self._preview.source.archive.tree.get(match[1]) if match else None
        if match is None or data is None:
            self._log.add(request.method, request.url.path, 404, "no such file in the widget")
            return refused(404, "no such file in the widget")
        return Response(
            data, media_type=_TYPES.get(PurePosixPath(match[1]).suffix.lower(), "application/octet-stream")
        )
