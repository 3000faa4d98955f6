"""The secrets that give access to one preview; each preview makes its own."""

import hmac
import secrets
from collections.abc import Iterable

_BYTES = 32


class Keys:
    """Compares in constant time; safe to use from several threads."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(_BYTES)
        """The secret in the printed address and the page's cookie; gives access to every route."""
        self._tickets: list[str] = []
        self._codes: list[str] = []
        self._refresh_tokens: list[str] = []
        self._access_tokens: list[str] = []

    def ticket(self) -> str:
        """Return a substitute for the token that works once, as other users see a browser's command line."""
        return _added(self._tickets)

    def admits(self, text: str) -> bool:
        """Return whether `text` is the token, or a ticket, which is used up."""
        if _is_one(text, self._tickets):
            self._tickets.remove(text)
            return True
        return self.is_token(text)

    def is_token(self, text: str) -> bool:
        """Return whether `text` is the token."""
        return _is_one(text, [self.token])

    def code(self) -> str:
        """Return a new OAuth code, which can be exchanged for tokens of the fake account."""
        return _added(self._codes)

    def is_grant(self, text: str) -> bool:
        """Return whether `text` is a code, a refresh token or the token itself."""
        return _is_one(text, [self.token, *self._codes, *self._refresh_tokens])

    def refresh_token(self) -> str:
        """Return a new refresh token of the fake account."""
        return _added(self._refresh_tokens)

    def access_token(self, text: str = "") -> str:
        """Register an access token for the fake API, `text` or a new one, and return it."""
        return _added(self._access_tokens, text)

    def may_call_api(self, text: str) -> bool:
        """Return whether `text` is an access token or the token itself."""
        return _is_one(text, [self.token, *self._access_tokens])


def _added(known: list[str], text: str = "") -> str:
    known.append(text or secrets.token_urlsafe(_BYTES))
    return known[-1]


def _is_one(text: str, known: Iterable[str]) -> bool:
    given = text.encode("utf-8", "replace")
    return any(hmac.compare_digest(given, each.encode()) for each in tuple(known))
