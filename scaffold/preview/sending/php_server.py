"""Runs the project's back end with PHP's built-in web server, on a free port of this machine."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.preview.sending import php_log
from scaffold.preview.sending.php_log import Line

ADDRESS = "127.0.0.1"
START_TIMEOUT_S = 60
"""Generous, for a busy machine."""
ATTEMPTS = 3
"""Number of ports to try: another program may take one between the probe and the start."""

_NOT_PASSED_ON = ("KOMMO_", "PHP_CLI_SERVER_WORKERS")
"""The user's settings, and what would let PHP handle requests in parallel and mix their log lines."""

_NOT_LISTENING = "failed to listen"
"""What PHP prints if the port is taken; the reason behind it is in the words of the system."""


class PhpServer:
    """`php -S` with the project's `backend/public`; it ends with this process, even if that is killed."""

    def __init__(self, backend: Path, on_line: Callable[[Line], None]) -> None:
        """`backend` is the folder `backend/`; `on_line` gets each line of the log, in another thread."""
        self._backend = backend
        self._on_line = on_line
        self._process: subprocess.Popen[bytes] | None = None
        self._follower = threading.current_thread()
        self._known = threading.Condition()
        self._done = 0
        self._open = 0
        self._started = False
        self._tail: list[str] = []
        self._storage = ""
        self._events = php_log.EventsLog("")
        self.address = ""
        """Such as http://127.0.0.1:8123; empty while the server is not running."""
        self.problem = ""
        """Why the server ended by itself; empty if it did not."""

    def start(self, settings: Mapping[str, str]) -> None:
        """Start the server with these settings, and none from the environment.

        Raises ScaffoldError if PHP is not installed, or does not start.
        """
        program = shutil.which("php")
        if program is None:
            raise ScaffoldError(
                "`php` is needed to start the back end, and is not on PATH",
                "install PHP 8.1 or newer, and put it on PATH",
            )
        self.problem = ""
        for fault in self._lint(program):
            self._on_line(Line("problem", fault))
        for attempt in range(ATTEMPTS):
            with socket.create_server((ADDRESS, 0)) as probe:
                port = probe.getsockname()[1]
            if self._launch(program, port, settings):
                self.address = f"http://{ADDRESS}:{port}"
                return
            is_taken = any(_NOT_LISTENING in line.lower() for line in self._tail)
            if not is_taken or attempt == ATTEMPTS - 1:
                break
        raise ScaffoldError("PHP's web server does not start", "", tuple(self._tail[-3:]))

    def _lint(self, program: str) -> list[str]:
        """Return the syntax errors in the handlers, one line each."""
        found = []
        for file in sorted((self._backend / "handlers").glob("*.php")):
            command = [program, "-d", "display_errors=1", "-d", "log_errors=0", "-l", str(file)]
            done = subprocess.run(  # noqa: S603 - the program and the file are the user's own
                command, capture_output=True, encoding="utf-8", errors="replace", check=False
            )
            fault = php_log.syntax_error(done.stdout + done.stderr, self._backend) if done.returncode else ""
            found += [fault] if fault else []
        return found

    def _launch(self, program: str, port: int, settings: Mapping[str, str]) -> bool:
        self._storage = tempfile.mkdtemp(prefix="kommo-widget-preview-")
        storage = os.path.join(self._storage, "storage")
        self._events, self._started, self._tail = php_log.EventsLog(storage), False, []
        self._open = 0
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_PASSED_ON)}
        keeper = str(Path(__file__).with_name("keeper.py"))
        self._process = subprocess.Popen(  # noqa: S603 - the user asked for PHP
            [
                sys.executable, "-I", "-S", keeper, self._storage,
                program, "-d", "enable_post_data_reading=0", "-d", "display_errors=0", "-d", "log_errors=1",
                "-d", "error_log=", "-d", "opcache.enable=0", "-d", "html_errors=0",
                "-S", f"{ADDRESS}:{port}", "-t", str(self._backend / "public"),
            ],
            env={**inherited, **settings, "KOMMO_STORAGE": storage},
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            # Ctrl-C in the terminal is for the preview, which then stops PHP
            start_new_session=True, creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )  # fmt: skip
        self._follower = threading.Thread(target=self._follow, args=(self._process,), daemon=True)
        self._follower.start()
        with self._known:
            self._known.wait_for(lambda: self._started or self._has_ended(), START_TIMEOUT_S)
        if self._started:
            return True
        self._end()
        return False

    def _has_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        if process.stderr:
            with process.stderr as log:
                for raw in log:
                    self._take(php_log.read(raw))
        code = process.wait()
        with self._known:
            is_ours = self._process is process
            if is_ours and process.stdin:
                process.stdin.close()
            if is_ours and self._started:
                self.problem = f"PHP's web server has ended, with code {code}"
                self.address = ""
            self._known.notify_all()
        if is_ours and self.problem:
            self._on_line(Line("problem", self.problem))

    def _take(self, text: str) -> None:
        sign = php_log.sign_of(text)
        if sign is php_log.Sign.DONE:
            for line in self._events.new():
                self._on_line(line)
        with self._known:
            self._started = self._started or sign is php_log.Sign.STARTED
            self._done += sign is php_log.Sign.DONE
            self._open += (sign is php_log.Sign.ACCEPTED) - (sign is php_log.Sign.DONE)
            self._known.notify_all()
        if sign is php_log.Sign.OUTPUT:
            lines = php_log.lines(text, self._backend)
            self._tail = [*self._tail, lines[-1].text][-20:]
            # lines before the start are reported only if it fails
            for line in lines if self._started else ():
                self._on_line(line)

    @property
    def done(self) -> int:
        """The number of finished requests, including the work after the answer."""
        with self._known:
            return self._done

    def wait(self, done: int, timeout: float = START_TIMEOUT_S) -> bool:
        """Wait until `done` requests are finished; return False if the server ends or takes too long."""
        with self._known:
            return self._known.wait_for(lambda: self._done >= done or self._has_ended(), timeout)

    def settle(self, timeout: float = START_TIMEOUT_S) -> bool:
        """Wait until no connection is open; return False if the server takes too long."""
        with self._known:
            return self._known.wait_for(lambda: self._open <= 0 or self._has_ended(), timeout)

    def stop(self) -> None:
        """Stop the server and remove its storage."""
        self.address = ""
        self._end()

    def _end(self) -> None:
        with self._known:
            process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin:
                process.stdin.close()
        try:
            process.wait(START_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
        if self._follower is not threading.current_thread():
            self._follower.join()
        shutil.rmtree(self._storage, ignore_errors=True)
