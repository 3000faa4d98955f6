"""One-time tokens (JWT) of the fake account, signed with a secret that is public.

Claims: <https://developers.kommo.com/docs/one-time-tokens>.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from scaffold.kommo import samples
from scaffold.kommo.rest import TOKEN_LIFETIME_S
from scaffold.preview.api import seed

DEMO_SECRET = "demo-secret-of-kommo-widget-preview-not-for-production-nor-anywhere-else"  # noqa: S105 - shown on the page
"""Signs every token of the preview; a back end under test gets it as KOMMO_CLIENT_SECRET."""

ISSUER = f"https://{seed.SUBDOMAIN}.kommo.com"

ALGORITHMS = {"HS256": hashlib.sha256, "HS512": hashlib.sha512}
"""Tokens of a widget use HS256, those of a Salesbot HS512, as in the vendor's PHP library:
<https://github.com/amocrm/amocrm-api-php> 1354d8a."""


def one_time(
    now: int, data: Mapping[str, Any] | None = None, user_id: int = seed.ADMIN,
    audience: str = samples.SERVER,
) -> dict[str, Any]:  # fmt: skip
    """Return the claims of a token that the user's browser sends; `data` becomes the claim `data`.

    `now` is Unix time in seconds, `audience` the base of the integration's redirect URI.
    """
    claims = {
        "iss": ISSUER, "aud": audience, "jti": str(uuid4()), "iat": now, "nbf": now,
        "exp": now + TOKEN_LIFETIME_S, "account_id": seed.ACCOUNT_ID, "subdomain": seed.SUBDOMAIN,
        "user_id": user_id, "client_uuid": seed.CLIENT_UUID,
    }  # fmt: skip
    return claims | ({"data": dict(data)} if data else {})


def sign(claims: Mapping[str, Any], secret: str = DEMO_SECRET, algorithm: str = "HS256") -> str:
    """Return the token in its compact form, signed by one of `ALGORITHMS`."""
    signed = b".".join(_part(data) for data in ({"typ": "JWT", "alg": algorithm}, claims))
    digest = hmac.new(secret.encode(), signed, ALGORITHMS[algorithm]).digest()
    return (signed + b"." + _base64(digest)).decode()


def unsigned(claims: Mapping[str, Any]) -> str:
    """Return a token with the algorithm `none`, as a forger sends it."""
    return b".".join((*(_part(data) for data in ({"typ": "JWT", "alg": "none"}, claims)), b"")).decode()


def _part(data: Mapping[str, Any]) -> bytes:
    return _base64(json.dumps(dict(data), separators=(",", ":")).encode())


def _base64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
