"""One-time tokens (JWT) of the fake account, really signed, with a secret that is no secret.

Claims: <https://developers.kommo.com/docs/one-time-tokens>; of Salesbot requests:
<https://developers.kommo.com/docs/salesbot-dp>.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from scaffold.kommo.rest import TOKEN_LIFETIME_S
from scaffold.preview.api import seed

DEMO_SECRET = "demo-secret-of-kommo-widget-preview-not-for-production-nor-anywhere-else"  # noqa: S105 - shown on the page
"""Signs every token of the preview; a back end under test is given it as KOMMO_CLIENT_SECRET."""

ISSUER = f"https://{seed.SUBDOMAIN}.kommo.com"

AUDIENCE = "https://widget.example"
"""The base of the integration's redirect URI, where nothing says what it is."""


ALGORITHMS = {"HS256": hashlib.sha256, "HS512": hashlib.sha512}
"""A widget's tokens are HS256, a Salesbot's HS512, as the vendor's PHP library reads them:
<https://github.com/amocrm/amocrm-api-php> 1354d8a."""


def one_time(
    now: int, data: Mapping[str, Any] | None = None, user_id: int = seed.ADMIN, audience: str = AUDIENCE
) -> dict[str, Any]:
    """Return the claims of a token that a user's browser or phone carries; `data` is put in as it is.

    `now` is Unix time in seconds.
    """
    own = {"aud": audience, "jti": str(uuid4()), "user_id": user_id, "client_uuid": seed.CLIENT_UUID}
    claims = _base(now) | own
    return claims | ({"data": dict(data)} if data else {})


def salesbot(now: int, entity_type: str, entity_id: int) -> dict[str, Any]:
    """Return the claims of a token that a Salesbot's request carries: no user, no id of its own."""
    return _base(now) | {"entity_type": entity_type, "entity_id": entity_id}


def _base(now: int) -> dict[str, Any]:
    return {
        "iss": ISSUER, "aud": AUDIENCE, "iat": now, "nbf": now, "exp": now + TOKEN_LIFETIME_S,
        "account_id": seed.ACCOUNT_ID, "subdomain": seed.SUBDOMAIN,
    }  # fmt: skip


def sign(claims: Mapping[str, Any], secret: str = DEMO_SECRET, algorithm: str = "HS256") -> str:
    """Return the token in its compact form, signed by one of `ALGORITHMS`."""
    signed = b".".join(_part(data) for data in ({"typ": "JWT", "alg": algorithm}, claims))
    digest = hmac.new(secret.encode(), signed, ALGORITHMS[algorithm]).digest()
    return (signed + b"." + _base64(digest)).decode()


def _part(data: Mapping[str, Any]) -> bytes:
    return _base64(json.dumps(dict(data), separators=(",", ":")).encode())


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
