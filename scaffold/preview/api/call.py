"""One request to the fake API and its answer, independent of any web framework."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from scaffold.preview.api import brackets

Item = dict[str, Any]
"""An entity as the API shows it, without `_links`."""


@dataclass(frozen=True)
class Call:
    """A request to the fake API."""

    method: str
    path: str
    query: str = ""
    """As in the URL, without the question mark."""
    body: bytes = b""
    form: bool = False
    """Whether the content type is that of a form."""
    base: str = ""
    """Scheme and host of the server, so that links lead here and not to the real CRM."""
    params: Mapping[str, str] = field(default_factory=dict)
    """Named groups of the route's pattern."""

    @cached_property
    def args(self) -> dict[str, Any]:
        """The query, with names with brackets parsed; cached, because every row of a list reads it."""
        return brackets.parse(parse_qsl(self.query, keep_blank_values=True))

    @property
    def id(self) -> int:
        """The id in the path."""
        return int(self.params["id"])

    def wants(self, part: str) -> bool:
        """Return whether `with=` includes `part`."""
        asked = self.args.get("with", "")
        names = brackets.values(asked) if isinstance(asked, dict) else str(asked).split(",")
        return part in [str(name).strip() for name in names]

    def data(self) -> Any:
        """Return the body: JSON, whatever its content type, else a form. Raises Refused for anything else.

        By default jQuery sends a string as a form, and the CRM reads the JSON in it.
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            if not self.form:
                raise Refused(400, "the body is not JSON") from None
        return brackets.parse(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def object(self) -> Item:
        """Return the body, which must be an object. Raises Refused for anything else."""
        data = self.data()
        if not isinstance(data, dict):
            raise Refused(400, "the body must be an object")
        return data


class Reply(NamedTuple):
    """An answer of the fake API."""

    body: Any = None
    """Plain data for JSON; None for an empty body."""
    status: int = 200
    note: str = ""
    """What the real CRM would do differently; shown in the log."""


Handler = Callable[..., Reply]
"""Takes the account's memory and the Call."""


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """Ends a request with a problem document (RFC 9457)."""

    def __init__(self, status: int, detail: str, errors: tuple[Item, ...] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors

    def reply(self) -> Reply:
        """Return the problem document, with `validation-errors` if there are any."""
        body = problem(self.status, self.detail)
        if self.errors:
            body = {"validation-errors": list(self.errors), **body}
        return Reply(body, self.status)


_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
}


def problem(status: int, detail: str) -> Item:
    """Return a problem document with the members that all of the API have."""
    return {"title": _TITLES.get(status, "Error"), "type": "about:blank", "status": status, "detail": detail}
