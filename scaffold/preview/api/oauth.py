"""The fake account's OAuth server: it takes the codes and refresh tokens that this preview has issued.

Source: <https://developers.kommo.com/reference/get-token>.
"""

import base64
import json
from typing import Any
from uuid import uuid4

from scaffold.kommo.rest import ACCESS_TOKEN_LIFETIME_S
from scaffold.preview.api import seed
from scaffold.preview.api.call import Call, Refused, Reply
from scaffold.preview.api.memory import Memory

_GRANTS = {"authorization_code": "code", "refresh_token": "refresh_token"}
"""`grant_type` -> the field that holds what is exchanged."""


def grant_tokens(memory: Memory, call: Call) -> Reply:
    """Answer `POST /oauth2/access_token`."""
    body = call.object()
    kind = body.get("grant_type")
    given = _GRANTS.get(kind) if isinstance(kind, str) else None
    if given is None:
        raise Refused(400, f"grant_type must be one of {', '.join(_GRANTS)}")
    needed = (given, "client_id", "client_secret", "redirect_uri")
    missing = [name for name in needed if not isinstance(body.get(name), str) or not body[name]]
    if missing:
        raise Refused(400, f"the body must have {', '.join(missing)}")
    if not memory.keys.is_grant(body[given]):
        raise Refused(400, f"this preview has not issued that {given}; its token is taken as a code, too")
    now = memory.clock()
    tokens = {
        "token_type": "Bearer", "expires_in": ACCESS_TOKEN_LIFETIME_S, "server_time": now,
        "access_token": memory.keys.access_token(_access_token(now)),
        "refresh_token": memory.keys.refresh_token(),
    }  # fmt: skip
    return Reply(tokens, note="the CRM takes a code or a refresh token only once")


def _access_token(now: int) -> str:
    """Return a JWT as the platform's are, but for the signature: no receiver can check theirs either."""
    claims: dict[str, Any] = {
        "jti": uuid4().hex, "iat": now, "exp": now + ACCESS_TOKEN_LIFETIME_S, "account_id": seed.ACCOUNT_ID,
        "api_domain": "api.kommo.com", "scopes": ["crm", "notifications"],
    }  # fmt: skip
    parts = (json.dumps(part).encode() for part in ({"typ": "JWT", "alg": "RS256"}, claims))
    return b".".join([*map(_encoded, parts), _encoded(b"no signature")]).decode()


def _encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


ROUTES = (("POST", "/oauth2/access_token", grant_tokens),)
