"""A client that sends to a preview exactly what it is told."""

import http.client
import json
from dataclasses import dataclass, field
from typing import Any

from scaffold.preview.server.app import Preview


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Client:
    """Speaks to one preview; paths go out as they are written."""

    preview: Preview
    port: int
    lines: list[str] = field(default_factory=list)
    """What the preview said on the terminal."""

    def ask(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
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
    """Return the port of the page's address."""
    return int(url.rstrip("/").rpartition(":")[2])
