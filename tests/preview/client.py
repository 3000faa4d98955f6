"""How tests reach a preview: a client that sends requests unchanged, and addresses with a token."""

import http.client
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request

from scaffold.preview.server.access import link
from scaffold.preview.server.preview import Preview
from tests.waiting import PATIENCE_S


@dataclass(frozen=True, slots=True)
class Answer:
    """The response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Client:
    """Sends requests to one preview; paths are not normalised."""

    preview: Preview
    port: int
    lines: list[str] = field(default_factory=list)
    """What the preview printed on the terminal."""

    @property
    def authorized(self) -> dict[str, str]:
        """The header with the token, for requests that go another way."""
        return {"Authorization": f"Bearer {self.preview.keys.token}"}

    def ask(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        sent = self.authorized | {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        try:
            connection.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
            for name, value in sent.items():
                connection.putheader(name, value)
            if data is not None:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            reply = connection.getresponse()
            named = {name.lower(): value for name, value in reply.getheaders()}
            return Answer(reply.status, named, reply.read())
        finally:
            connection.close()

    def post(self, path: str, body: Any) -> Answer:
        return self.ask(path, "POST", body, X_Preview="1")


def port_of(url: str) -> int:
    """Return the port of an address."""
    return urlsplit(url).port or 0


def page_of(preview: Preview, url: str, query: str = "") -> str:
    """Return the address that opens a preview's page in a browser."""
    return link(url, preview.keys.token, query)


def asking(printed: str, path: str, data: bytes | None = None) -> Request:
    """Return a request to the preview whose address a command has printed."""
    page = urlsplit(printed)
    headers = {"Authorization": f"Bearer {parse_qs(page.query)['token'][0]}", "X-Preview": "1"}
    return Request(f"http://{page.netloc}{path}", data, headers)
