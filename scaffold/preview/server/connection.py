"""A connection that has to make its request in time."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_TIMEOUT_S = 10.0
"""How long a client may take from the first byte of a request to the end of its headers."""


class Connection(H11Protocol):
    """Closes on a client that sends half a request and then nothing.

    uvicorn itself limits only the silence between two requests: a few hundred halves would use up the
    connections that the server has.
    """

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Start the clock with a request's first byte, stop it with the last of its headers."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if not self._waits():
            self._stop()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_TIMEOUT_S, self._close)

    def _waits(self) -> bool:
        # uvicorn types it as always there, but it is None until the first request
        return self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]

    def _close(self) -> None:
        self._deadline = None
        if self._waits():
            self.transport.close()

    def _stop(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None
