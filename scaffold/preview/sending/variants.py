"""The ways in which a request is sent, right and wrong, and the answer expected to each."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from scaffold.kommo.samples import Document
from scaffold.preview.sending.request import Draft

VALID, DUPLICATE = "valid", "duplicate"

_STRANGER = "evil.example"
_OTHER_KEY = "not-the-key-of-this-integration"
_OTHER_ALGORITHM = {"HS256": "HS512", "HS512": "HS256"}
_HOURS_S = 2 * 3600


class Expected(NamedTuple):
    """The correct answer."""

    statuses: tuple[int, ...]
    words: str
    """What is expected, for people; no full stop."""

    def met_by(self, status: int | None) -> bool:
        """Return whether a status is correct."""
        return status in self.statuses


class Variant(NamedTuple):
    """One way to send a request."""

    name: str
    title: str
    expected: Expected
    change: Callable[[Draft], None] = lambda _draft: None
    copies: int = 1
    """How often the same bytes are sent."""


def _refused(*statuses: int) -> Expected:
    return Expected(statuses, f"the endpoint should refuse it with {statuses[0]}")


_DONE = Expected((200, 201, 202, 204), "the endpoint should answer 200")
_UNAUTHORIZED = _refused(401, 403)
_FORBIDDEN = _refused(403, 401)
_MALFORMED = _refused(400, 401, 403, 422)


def of(document: Document) -> list[Variant]:
    """Return the variants of a request, the valid one first."""
    return list(_of(document))


def _of(document: Document) -> Iterator[Variant]:
    yield Variant(VALID, "as the platform sends it", _DONE)
    once = "200 for the copy as well, and no second effect"
    reused = "200 again: a page uses its token for 25 minutes"
    is_page = "token" in document and document["method"] == "GET"
    yield Variant(DUPLICATE, "sent twice", Expected(_DONE.statuses, reused if is_page else once), copies=2)
    if "token" in document:
        yield from _TOKENS
        if "return_url" in document.get("form", {}):
            yield Variant("other_return_url", "return_url on another host", _MALFORMED, _return_elsewhere)
    if "secret" in document:
        yield Variant("wrong_secret", "wrong secret", _FORBIDDEN, _key_of("secret"))
        yield Variant("other_account", "from another account", _KNOWN_ONLY, _other_account)
    if "signature" in document:
        yield Variant("wrong_signature", "wrong signature", _FORBIDDEN, _key_of("signature"))
    if "referer" in document.get("query", {}):
        yield Variant("other_host", "referer of another host", _MALFORMED, _referer_elsewhere)
        yield Variant("denied", "access denied by the user", _DONE, _denied)
    if document["method"] == "POST":
        yield Variant("wrong_method", "GET instead of POST", _refused(405, 404), _method)


def _key_of(part: str) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        draft.keys[draft.document[part]["setting"]] = _OTHER_KEY

    return change


def _expire(draft: Draft) -> None:
    draft.age_s = _HOURS_S


def _swap_algorithm(draft: Draft) -> None:
    token = draft.document["token"]
    token["algorithm"] = _OTHER_ALGORITHM[token["algorithm"]]


def _unsign(draft: Draft) -> None:
    draft.unsigned = True


def _issue_elsewhere(draft: Draft) -> None:
    claims = draft.document["token"]["claims"]
    claims["iss"] = f"{claims.get('iss', 'https://example.kommo.com')}.{_STRANGER}"


def _leave_out(draft: Draft) -> None:
    del draft.document["token"]


def _return_elsewhere(draft: Draft) -> None:
    form = draft.document["form"]
    path = str(form["return_url"]).partition("://")[2].partition("/")[2]
    form["return_url"] = f"https://{_STRANGER}/{path}"


def _referer_elsewhere(draft: Draft) -> None:
    draft.document["query"]["referer"] += f".{_STRANGER}"


def _denied(draft: Draft) -> None:
    draft.document["query"] = {"error": "access_denied"}


def _method(draft: Draft) -> None:
    draft.document["method"] = "GET"


def _other_account(draft: Draft) -> None:
    form = draft.document.get("form", {})
    if "account_id" in form:
        form["account_id"] = "30000099"
    if isinstance(form.get("account"), dict):
        form["account"]["id"] = "30000099"


_KNOWN_ONLY = Expected((403, 401, 200), "the endpoint should refuse it with 403 if it has a list of accounts")

_TOKENS = (
    Variant("expired", "expired token", _UNAUTHORIZED, _expire),
    Variant("wrong_signature", "wrong signature", _UNAUTHORIZED, _key_of("token")),
    Variant("other_algorithm", "another algorithm", _UNAUTHORIZED, _swap_algorithm),
    Variant("unsigned", "not signed", _UNAUTHORIZED, _unsign),
    Variant("other_host", "issued by another host", _UNAUTHORIZED, _issue_elsewhere),
    Variant("no_token", "no token", _UNAUTHORIZED, _leave_out),
)
