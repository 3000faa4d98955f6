"""Serves a preview on 127.0.0.1, until Ctrl-C or for the duration of a `with` block."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn

from scaffold.errors import ScaffoldError
from scaffold.preview.server.access import ADDRESS
from scaffold.preview.server.app import application
from scaffold.preview.server.guard import Guard
from scaffold.preview.server.preview import Preview
from scaffold.text import reason, shell_command

CLIENTS_MAX = 512
"""Connections at a time; any more get 503."""

HEADERS_MAX_BYTES = 16 * 1024

BACKLOG = 512


class _Server(uvicorn.Server):
    """Ends the event streams before it shuts down, which would wait for them."""

    def __init__(self, preview: Preview, page: socket.socket, stage: socket.socket, online: bool) -> None:
        preview.stage[:] = [url_of(stage).rstrip("/")]
        preview.start[:] = [_start_command(preview, page.getsockname()[1])]
        ports = page.getsockname()[1], stage.getsockname()[1]
        guard = Guard(application(preview), preview.keys, *ports, online)
        super().__init__(
            uvicorn.Config(
                guard, http="h11", ws="none", lifespan="on",
                log_config=None, log_level="critical", access_log=False, server_header=False,
                proxy_headers=False, timeout_keep_alive=5, timeout_graceful_shutdown=2,
                limit_concurrency=CLIENTS_MAX, h11_max_incomplete_event_size=HEADERS_MAX_BYTES,
                backlog=BACKLOG,
            )
        )  # fmt: skip
        self._hub = preview.hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.close()
        await super().shutdown(sockets)


def _start_command(preview: Preview, port: int) -> str:
    """Return the command that starts this preview again on the same port."""
    folder = str(preview.source.path)
    words = [*([] if folder == "." else [folder]), "--port", str(port), *preview.options]
    return shell_command(["kommo-widget", "preview", *words])


def bind(port: int) -> socket.socket:
    """Return a listening socket, on a free port for 0. Raises ScaffoldError if the port cannot be used."""
    # asyncio turns off Nagle's delay, 40 ms a request, only if the protocol is given
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # otherwise Windows lets others share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ScaffoldError(
            f"port {port} cannot be used: {reason(error)}",
            "choose another with --port, or leave it out for a free one",
        ) from error
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the address of the page, without a token."""
    return f"http://{ADDRESS}:{listener.getsockname()[1]}/"


def serve(preview: Preview, listener: socket.socket, online: bool = False, php: bool = False) -> None:
    """Serve until Ctrl-C, which is not an error.

    With `php` the project's back end is also started. Raises ScaffoldError if it cannot be.
    """
    with listener, bind(0) as stage, contextlib.closing(preview.server.back_end):
        server = _Server(preview, listener, stage, online)
        if php:
            preview.server.start(url_of(listener), preview.stage[0])
            # in a thread: its requests to the fake API are answered once this process serves
            threading.Thread(target=preview.server.install, daemon=True).start()
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener, stage])


@contextlib.contextmanager
def serving(preview: Preview, online: bool = False, port: int = 0) -> Iterator[str]:
    """Serve on `port` (0: a free one) in another thread, and yield the page's address, without a token."""
    listener, stage = bind(port), bind(0)
    server = _Server(preview, listener, stage, online)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener, stage]}, daemon=True)
    thread.start()
    try:
        yield url_of(listener)
    finally:
        preview.server.back_end.close()
        server.should_exit = True
        thread.join()
        listener.close()
        stage.close()
