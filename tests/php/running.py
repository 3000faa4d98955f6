"""Runs PHP statements in a generated back end, and raw servers for them to talk to."""

import json
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

PRELUDE = """
require $argv[1] . '/lib/bootstrap.php';
set_error_handler(static function (int $level, string $message) {
    return (error_reporting() & $level) === 0 ? false : throw new ErrorException($message);
});
$given = json_decode($argv[2], true, 512, JSON_THROW_ON_ERROR);
$result = (static function (array $given): mixed { %s })($given);
echo json_encode($result, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
"""

WITH_CURL = ("php",)


@cache
def without_curl() -> tuple[str, ...]:
    """Return the command of a PHP with only its built-in extensions and SQLite: no curl, no mbstring."""
    bare = subprocess.run(["php", "-n", "-m"], capture_output=True, text=True, check=True).stdout.lower()
    needed = [name for name in ("pdo", "pdo_sqlite") if name not in bare.split()]
    return ("php", "-n", *(word for name in needed for word in ("-d", f"extension={name}")))


def php(
    backend: Path,
    statements: str,
    given: object = None,
    command: Sequence[str] = WITH_CURL,
    **environment: str,
) -> Any:
    """Run statements with `given` as `$given`; return their value, passed as JSON. Fails on any warning."""
    done = subprocess.run(
        [*command, "-r", PRELUDE % statements, "--", str(backend), json.dumps(given or {})],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


class RawServer:
    """Passes each connection to `speak`, over TLS if a certificate is given; keeps the requests."""

    def __init__(
        self, speak: Callable[[socket.socket, bytes], None], certificate: Path | None = None
    ) -> None:
        self._speak = speak
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.requests: list[bytes] = []
        self._context: ssl.SSLContext | None = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)

    def __enter__(self) -> "RawServer":
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection:
            try:
                stream = (
                    self._context.wrap_socket(connection, server_side=True) if self._context else connection
                )
                request = _read_request(stream)
                if request:
                    self.requests.append(request)
                    self._speak(stream, request)
            except OSError:
                return


def _read_request(stream: socket.socket) -> bytes:
    """Read a request with its body, which may come later: closing the connection before would reset it."""
    request = b""
    while not _is_complete(request):
        received = stream.recv(65536)
        if not received:
            break
        request += received
    return request


def _is_complete(request: bytes) -> bool:
    head, blank, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"^content-length: *(\d+)", head, re.IGNORECASE | re.MULTILINE)
    return bool(blank) and len(body) >= (int(length[1]) if length else 0)


def answering(answer: bytes) -> Callable[[socket.socket, bytes], None]:
    """Return a function that sends the same bytes on every connection."""
    return lambda connection, _: connection.sendall(answer)
