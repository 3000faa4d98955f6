"""A generated back end behind PHP's own web server, and requests to it."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.ports import reserved_port
from tests.waiting import PATIENCE_S

SECRET = "test-secret-0123456789"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str


@dataclass
class PhpServer:
    """`php -S` on a free port, with `project/root` as its web root."""

    project: Path
    php: tuple[str, ...] = ("php",)
    environment: Mapping[str, str] = field(default_factory=lambda: {"KOMMO_WEBHOOK_SECRET": SECRET})
    root: str = "backend/public"

    def __enter__(self) -> "PhpServer":
        self._held = contextlib.ExitStack()
        self.port = self._held.enter_context(reserved_port())
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KOMMO_")}
        root = str(self.project / self.root)
        self._process = subprocess.Popen(
            [*self.php, "-S", f"127.0.0.1:{self.port}", "-t", root],
            env={**inherited, **self.environment},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that its workers end with it
        )
        self._lines: list[str] = []
        self._ended = False
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read_log)
        self._reader.start()
        try:
            self.wait_for_log(") started")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()
        self._held.close()

    def _read_log(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            with self._more:
                self._lines.append(line)
                self._more.notify_all()
        with self._more:
            self._ended = True
            self._more.notify_all()

    @property
    def log(self) -> str:
        with self._more:
            return "".join(self._lines)

    def wait_for_log(self, text: str, times: int = 1) -> None:
        """Wait until that many lines of PHP's error log contain `text`."""
        with self._more:
            self._more.wait_for(lambda: self._ended or self._count(text) >= times, PATIENCE_S)
        assert self._count(text) >= times, f"{text!r} is not {times} times in:\n{self.log}"

    def _count(self, text: str) -> int:
        return sum(text in line for line in self._lines)

    def request(
        self,
        body: str | bytes | Iterable[bytes] = b"",
        *,
        method: str = "POST",
        query: str = f"?k={SECRET}",
        headers: Mapping[str, str] | None = None,
        page: str = "digital_pipeline.php",
    ) -> Answer:
        """Send one request; an iterable body is sent in chunks, without a length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        chunked = not isinstance(body, bytes | str)
        given = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        if chunked:
            given["Transfer-Encoding"] = "chunked"
        try:
            connection.request(method, f"/{page}{query}", body, given, encode_chunked=chunked)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read().decode())
        finally:
            connection.close()

    def form(self, fields: list[tuple[str, str]]) -> Answer:
        return self.request(urlencode(fields))

    def settle(self) -> None:
        """Wait until the requests so far are done, with the work after the answer (one process serves)."""
        self.request(method="GET")

    @property
    def storage(self) -> Path:
        return self.project / "backend/storage"

    def events(self) -> list[dict[str, object]]:
        """Return the lines of events.log."""
        self.settle()
        log = self.storage / "events.log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
