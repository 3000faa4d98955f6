"""Ports for servers that have to be given one."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reserved_port() -> Iterator[int]:
    """Yield a free port of this machine, which nobody else gets; servers may listen on it, one after another.

    The port is bound, but nothing listens on it. Connections are refused, the system gives it to no other
    program, and a server that sets SO_REUSEADDR, as all of ours do, can listen on it. If it were chosen and
    released, another program could take it before the server does.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        yield port
