"""Responses of the preview's server, and the JSON objects that are posted to it."""

import json

from starlette.requests import Request
from starlette.responses import Response

from scaffold.preview.api.call import Reply, problem


async def posted(request: Request) -> dict[str, object]:
    """Return the JSON object in the body; an empty one if it is anything else."""
    try:
        data = await request.json()
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def as_json(data: object, status: int = 200, media_type: str = "application/json") -> Response:
    """Return `data` as ASCII JSON: a lone surrogate, which a widget can store, has no other encoding."""
    return Response(json.dumps(data, separators=(",", ":")), status, media_type=media_type)


def answered(reply: Reply) -> Response:
    """Return the response for a reply of the fake API."""
    if reply.body is None:
        return Response(status_code=reply.status)
    kind = "application/problem+json" if reply.status >= 400 else "application/hal+json"
    return as_json(reply.body, reply.status, media_type=kind)


def refused(status: int, detail: str) -> Response:
    """Return a problem document as the response."""
    return answered(Reply(problem(status, detail), status))
