"""The settings that requests are signed with, and those of PHP's server."""

import os
import secrets
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scaffold.check.model.manifest import Manifest
from scaffold.kommo import samples
from scaffold.preview.api import seed
from scaffold.preview.api.signed_token import DEMO_SECRET

Documents = Mapping[str, samples.Document]
"""Name of the sample -> its document."""

_DEMO = {"KOMMO_CLIENT_SECRET": DEMO_SECRET, "KOMMO_CLIENT_ID": seed.CLIENT_UUID}
"""Defaults for settings that the environment does not have."""


def given(manifest: Manifest) -> dict[str, str]:
    """Return the settings for requests to the user's own server, from the environment, else the manifest."""
    own = {name: value for name, value in os.environ.items() if name.startswith("KOMMO_") and value}
    key = manifest_key(manifest)
    return {**_DEMO, **({"KOMMO_WEBHOOK_SECRET": key} if key else {}), **own}


def manifest_key(manifest: Manifest) -> str:
    """Return the secret in the webhook's address; empty if it has none."""
    try:
        return dict(parse_qsl(urlsplit(str(manifest.value("dp", "webhook_url") or "")).query)).get("k", "")
    except ValueError:
        return ""


def made(
    documents: Documents, host: str, redirect_uri: str, page: str, stage: str, key: str, token: str
) -> dict[str, str]:
    """Return settings for one run of the project's back end.

    `host` is the account's, `page` the address of the fake API, `stage` the origin of the widget's script,
    `key` the secret in the webhook's address, if it has one, `token` opens the fake API.
    """
    accounts = {str(seed.ACCOUNT_ID), *_accounts(list(documents.values()))}
    settings = {
        "KOMMO_WEBHOOK_SECRET": key or secrets.token_hex(24),
        "KOMMO_HOOK_SECRET": secrets.token_hex(24),
        "KOMMO_KEY": secrets.token_hex(32),
        "KOMMO_ACCOUNTS": ",".join(sorted(accounts)),
        "KOMMO_API": page,
        "KOMMO_HOST": _host_of(documents.get("salesbot", {})) or host,
        "KOMMO_ORIGINS": f"https://{host} {stage}",
        "KOMMO_REDIRECT_URI": redirect_uri,
        **_DEMO,
    }
    if "oauth" not in documents or len(accounts) > 1:
        settings["KOMMO_TOKEN"] = token
    return settings


def _accounts(value: Any) -> Iterator[str]:
    """Yield the ids of the accounts in samples."""
    for item in value if isinstance(value, list) else ():
        yield from _accounts(item)
    if isinstance(value, dict):
        account = value.get("account")
        for found in (value.get("account_id"), account.get("id") if isinstance(account, dict) else None):
            if str(found).isascii() and str(found).isdecimal():
                yield str(found)
        yield from _accounts(list(value.values()))


def _host_of(document: samples.Document) -> str:
    issuer = document.get("token", {}).get("claims", {}).get("iss", "")
    return str(issuer).removeprefix("https://")
