"""The checks that every request must pass: where it comes from, its token, the size of its body.

Starlette's `TrustedHostMiddleware` checks the Host header. The guard also sets the headers of every answer.
"""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scaffold.preview.keys import Keys
from scaffold.preview.server.access import Access

BODY_MAX_BYTES = 1024 * 1024
"""Limit of a request's body; no widget has a reason to send more."""

_STAGE = "/_host/stage.html"

HOSTS = ["127.0.0.1", "localhost"]
"""Host names that are accepted."""

PREVIEW_HEADER = "x-preview"
"""The preview's page sends it with every POST to `/_preview/`; a form on another page cannot."""

_COMMON: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_OWN = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
"""Policy of the preview's page: nothing inline, nothing from elsewhere except the stage in its frame."""

_LOCAL = "http://127.0.0.1:* http://localhost:* https://127.0.0.1:* https://localhost:*"
_LOCAL_SOCKETS = "ws://127.0.0.1:* ws://localhost:*"


def stage_policy(online: bool, page: str = "'self'") -> str:
    """Return the content security policy of the page that the widget runs in.

    Widgets and the CRM's libraries write inline styles and handlers, and compile templates. They may reach
    servers on this machine, and others only with `online`. `page` is the origin that may frame the page.
    """
    reach = f"{_LOCAL} https:" if online else _LOCAL
    sockets = f"{_LOCAL_SOCKETS} wss:" if online else _LOCAL_SOCKETS
    return (
        f"default-src 'self' {reach}; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: {reach}; "
        f"style-src 'self' 'unsafe-inline' {reach}; img-src 'self' data: blob: {reach}; "
        f"font-src 'self' data: {reach}; media-src 'self' data: blob: {reach}; worker-src 'self' blob:; "
        f"connect-src 'self' data: blob: {reach} {sockets}; frame-src 'self' blob: data: {reach}; "
        f"object-src 'none'; base-uri 'self'; form-action 'self' {reach}; frame-ancestors {page}"
    )


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int, stage_port: int, online: bool = False) -> None:
        """Accept requests to 127.0.0.1 and localhost with a token, on each port only from pages of that port.

        The widget runs on `stage_port`, another origin than the page's, from which `/_preview/` is refused.
        """
        self._app = TrustedHostMiddleware(app, HOSTS, www_redirect=False)
        self._access = Access(keys, port)
        self._stage_port = stage_port
        page, stage = (" ".join(f"http://{host}:{number}" for host in HOSTS) for number in (port, stage_port))
        self._stage_policy = stage_policy(online, page)
        self._page_policy = f"{_OWN}frame-src {stage}; frame-ancestors 'self'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on with its body read; either way add headers to the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        port = scope["server"][1]
        headers, query = Headers(scope=scope), scope["query_string"].decode("latin-1")
        refusal = self.refusal(scope["method"], scope["path"], headers, port)
        refusal = refusal or self._access.answer(scope["path"], query, headers, port == self._stage_port)
        body = await _read(receive) if refusal is None else b""
        if body is None:
            refusal = _refuse(413, f"the body is larger than {BODY_MAX_BYTES} bytes")
        hardened = self._harden(scope["path"], send)
        if refusal:
            if refusal.status_code >= 400:
                # the rest of its body is not read: the connection cannot serve another request
                refusal.headers["Connection"] = "close"
            await refusal(scope, receive, hardened)
        else:
            await self._app(scope, _replay(body or b"", receive), hardened)

    def refusal(self, method: str, path: str, headers: Headers, port: int) -> Response | None:
        """Return the answer if the request is refused for its headers or its port, else None."""
        if not set(headers.getlist("origin")) <= {f"http://{host}:{port}" for host in HOSTS}:
            return _refuse(403, "requests from another origin are refused")
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if site in ("cross-site", "same-site") and (mode != "navigate" or method != "GET"):
            return _refuse(403, "requests from another site are refused")
        if port == self._stage_port and (path == "/" or path.startswith("/_preview/")):
            return _refuse(
                403, "only the preview's own page may request this, and this is the widget's origin"
            )
        if port != self._stage_port and path == _STAGE:
            return _refuse(403, "the widget runs on another origin")
        if path.startswith("/_preview/") and method not in ("GET", "HEAD") and PREVIEW_HEADER not in headers:
            return _refuse(403, "the header X-Preview is missing")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 9 or int(length) > BODY_MAX_BYTES:
            return _refuse(413, f"the body is larger than {BODY_MAX_BYTES} bytes")
        return None

    def _harden(self, path: str, send: Send) -> Send:
        framed = {} if path == _STAGE else {"X-Frame-Options": "SAMEORIGIN"}
        policy = self._stage_policy if path == _STAGE else self._page_policy
        extra: Mapping[str, str] = _COMMON | framed | {"Content-Security-Policy": policy}

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                for name, value in extra.items():
                    headers[name] = value
            await send(message)

        return hardened


def _refuse(status: int, reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", status)


async def _read(receive: Receive) -> bytes | None:
    """Return the whole body, or None if it is larger than BODY_MAX_BYTES."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > BODY_MAX_BYTES:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once and then waits until the client disconnects."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
