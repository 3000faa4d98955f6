"""The fake account's OAuth server, for back ends under development."""

import json
from typing import Any

import jwt
import pytest

from scaffold.preview.api import seed
from tests.preview.client import Client

CODE = {
    "grant_type": "authorization_code", "client_id": "id", "client_secret": "secret",
    "redirect_uri": "https://hooks.acme.example/oauth.php",
}  # fmt: skip


def grant(client: Client, body: Any) -> Any:
    """Request tokens as a server does, which has only a code."""
    data = json.dumps(body).encode()
    kind = {"Content_Type": "application/json", "Authorization": ""}
    return client.ask("/oauth2/access_token", "POST", data, **kind)


def test_a_code_and_then_a_refresh_token_give_tokens(client: Client) -> None:
    first = grant(client, {**CODE, "code": client.preview.keys.code()}).json
    again = grant(
        client, {**CODE, "grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    ).json

    claims = jwt.decode(first["access_token"], options={"verify_signature": False})
    assert claims["account_id"] == seed.ACCOUNT_ID
    assert (first["token_type"], first["expires_in"]) == ("Bearer", 86400)
    assert client.ask("/api/v4/account", Authorization=f"Bearer {again['access_token']}").status == 200
    assert len({first["access_token"], again["access_token"]}) == 2
    assert len({first["refresh_token"], again["refresh_token"]}) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"grant_type": "password"}, "grant_type must be one of authorization_code, refresh_token"),
        ({"grant_type": ["refresh_token"]}, "grant_type must be one of authorization_code, refresh_token"),
        ({"grant_type": "refresh_token"}, "the body must have refresh_token"),
        ({"code": "any"}, "this preview has not issued that code; its token is taken as a code, too"),
        (
            {"grant_type": "refresh_token", "refresh_token": "any"},
            "this preview has not issued that refresh_token; its token is taken as a code, too",
        ),
        ({"code": "", "client_secret": 5}, "the body must have code, client_secret"),
    ],
)
def test_missing_fields_are_reported(client: Client, changed: dict[str, Any], said: str) -> None:
    answer = grant(client, CODE | changed)

    assert (answer.status, answer.json["detail"]) == (400, said)


@pytest.mark.parametrize("body", [[], "x", None, 5])
def test_a_body_that_is_not_an_object(client: Client, body: object) -> None:
    assert grant(client, body).status == 400
