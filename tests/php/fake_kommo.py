"""An account's OAuth server and REST API on loopback, written from the vendor's pages and not from our code.

Tokens: <https://developers.kommo.com/docs/oauth-20> (a refresh token works once, and the previous one works
until it is used). The tests script the answers of the API.
"""

import base64
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.waiting import PATIENCE_S

CLIENT_ID = "11111111-2222-3333-4444-555555555555"
CLIENT_SECRET = "client-secret-0123456789abcdefghijklmnop"
REDIRECT_URI = "https://hooks.acme.example/oauth.php"
ACCOUNT = 30000001
LIFETIME_S = 86400


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any
    """Parsed JSON; None without a body."""
    at: float
    """`time.monotonic()`."""

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")


@dataclass(frozen=True)
class Reply:
    """An answer of the server; if `lost`, it handles the request and then closes the connection."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False
    raw: bytes | None = None
    """The body to send in place of JSON."""


def access_token(account: int, number: int) -> str:
    """Return a JWT like the platform's: signed with a key that nobody else has."""
    claims = {"account_id": account, "api_domain": "api-b.kommo.com", "jti": number, "scopes": ["crm"]}
    parts = [{"typ": "JWT", "alg": "RS256"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


class OAuth:
    """The grants of one account."""

    def __init__(self, account: int = ACCOUNT) -> None:
        self.account = account
        self.client = (CLIENT_ID, CLIENT_SECRET)
        """The id and the secret of the integration that was installed."""
        self.codes = {"def50200-the-code-of-an-installation"}
        self.granted = 0
        self.requests: list[Any] = []
        self.lose = 0
        """The number of answers that will be lost on the wire."""
        self.opaque = False
        """Whether access tokens are opaque: without claims."""
        self._access: set[str] = set()
        self._refresh: list[str] = []
        """The current refresh token, then the previous one while it still works."""
        self._lock = threading.Lock()

    def issue(self) -> dict[str, Any]:
        """Grant a pair of tokens, as an installation does, and return it."""
        with self._lock:
            return self._issue([])

    def expire(self) -> None:
        """Accept no access token any more."""
        with self._lock:
            self._access.clear()

    def revoke(self) -> None:
        """Accept no token any more."""
        with self._lock:
            self._access.clear()
            self._refresh.clear()

    def accepts(self, token: str) -> bool:
        with self._lock:
            return token in self._access

    def answer(self, body: Any) -> Reply:
        with self._lock:
            self.requests.append(body)
            names = ("client_id", "client_secret", "redirect_uri")
            expected = dict(zip(names, (*self.client, REDIRECT_URI), strict=True))
            if not isinstance(body, dict) or any(body.get(name) != value for name, value in expected.items()):
                return Reply(401, {"title": "Unauthorized", "hint": "invalid client"})
            kept = self._kept(body)
            if kept is None:
                return Reply(400, {"title": "Bad Request", "hint": "the grant is not good"})
            tokens = self._issue(kept)
            if self.lose:
                self.lose -= 1
                return Reply(lost=True)
            return Reply(200, tokens)

    def _kept(self, body: Mapping[str, Any]) -> list[str] | None:
        """Use up a grant; return the refresh tokens that still work, or None if the grant is not valid."""
        if body.get("grant_type") == "authorization_code" and body.get("code") in self.codes:
            self.codes.remove(body["code"])
            return []
        if body.get("grant_type") == "refresh_token" and body.get("refresh_token") in self._refresh:
            return [body["refresh_token"]]
        return None

    def _issue(self, kept: list[str]) -> dict[str, Any]:
        self.granted += 1
        access = f"opaque-token-{self.granted}" if self.opaque else access_token(self.account, self.granted)
        refresh = f"refresh-token-{self.account}-{self.granted}"
        self._access = {access}
        self._refresh = [refresh, *kept]
        return {
            "token_type": "Bearer", "expires_in": LIFETIME_S, "server_time": int(time.time()),
            "access_token": access, "refresh_token": refresh,
        }  # fmt: skip


class _Server(ThreadingHTTPServer):
    request_queue_size = 256


class _Handler(BaseHTTPRequestHandler):
    """Passes each request to a `FakeKommo` and sends its answer."""

    protocol_version = "HTTP/1.1"

    def __init__(self, kommo: "FakeKommo", *args: Any) -> None:
        self._kommo = kommo
        super().__init__(*args)

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        address = urlsplit(self.path)
        request = Seen(
            self.command,
            address.path,
            parse_qs(address.query),
            {name.lower(): value for name, value in self.headers.items()},
            json.loads(body) if body else None,
            time.monotonic(),
        )
        self._send(self._kommo.answer(request))

    do_GET = do_POST = do_PATCH = do_DELETE = handle_any  # noqa: N815 - the names that the base class calls

    def _send(self, answer: Reply) -> None:
        self.close_connection = True
        if answer.lost:
            return
        body = answer.raw if answer.raw is not None else b""
        if answer.raw is None and answer.body is not None:
            body = json.dumps(answer.body).encode()
        headers = {
            "Content-Type": "application/hal+json",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        self.send_response(answer.status)
        for name, value in {**headers, **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


class FakeKommo:
    """The server; `script` sets its answers to `METHOD /path`."""

    def __init__(self, oauth: OAuth | None = None) -> None:
        self.oauth = oauth or OAuth()
        self.seen: list[Seen] = []
        self.scripts: dict[str, deque[Reply | Callable[[Seen], Reply]]] = defaultdict(deque)
        self._lock = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), partial(_Handler, self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "FakeKommo":
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def script(self, route: str, *answers: Reply | Callable[[Seen], Reply]) -> None:
        """Set the answers to `METHOD /path`: one after the other, the last one for ever."""
        self.scripts[route] = deque(answers)

    def answer(self, request: Seen) -> Reply:
        with self._lock:
            self.seen.append(request)
            self._lock.notify_all()
        if request.path == "/oauth2/access_token":
            return self.oauth.answer(request.body)
        if not self.oauth.accepts(request.token):
            return Reply(401, {"title": "Unauthorized", "status": 401})
        with self._lock:
            script = self.scripts[f"{request.method} {request.path}"]
            answer = (
                script.popleft() if len(script) > 1 else script[0] if script else Reply(404, {"status": 404})
            )
        return answer if isinstance(answer, Reply) else answer(request)

    def wait_for(self, route: str) -> None:
        """Wait for a request of `METHOD /path`."""
        with self._lock:
            came = self._lock.wait_for(
                lambda: any(f"{seen.method} {seen.path}" == route for seen in self.seen), PATIENCE_S
            )
        assert came, f"no request of {route}"

    def requests(self, route: str) -> list[Seen]:
        """Return the requests of `METHOD /path`."""
        with self._lock:
            return [seen for seen in self.seen if f"{seen.method} {seen.path}" == route]
