"""Tokens signed as the CRM signs them, from the vendor's pages, and the samples of a generated project."""

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

DIGESTS = {"HS256": hashlib.sha256, "HS512": hashlib.sha512}


def signed(claims: dict[str, Any], secret: str, algorithm: str, *, age_s: int = 0) -> str:
    """Return a token that was made `age_s` seconds ago and is valid for half an hour."""
    now = int(time.time()) - age_s
    parts = [
        {"typ": "JWT", "alg": algorithm},
        {**claims, "jti": "x", "iat": now, "nbf": now, "exp": now + 1800},
    ]
    text = ".".join(_encoded(json.dumps(part).encode()) for part in parts)
    return f"{text}.{_encoded(hmac.new(secret.encode(), text.encode(), DIGESTS[algorithm]).digest())}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sample(project: Path, name: str) -> dict[str, Any]:
    """Return one of the project's samples."""
    loaded: dict[str, Any] = json.loads((project / f"backend/samples/{name}.json").read_text())
    return loaded


def form(fields: object) -> str:
    """Return nested fields as a form with PHP's brackets."""
    return urlencode(list(_flat(fields, "")))


def _flat(value: object, name: str) -> Any:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _flat(inner, f"{name}[{key}]" if name else str(key))
    else:
        yield name, value
