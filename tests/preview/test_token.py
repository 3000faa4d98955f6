"""The tokens of the fake account, verified by an independent library."""

import jwt
import pytest

from scaffold.kommo import samples
from scaffold.preview.api import signed_token as token
from tests.preview.client import Client

NOW = 1_700_000_000


def verified(text: str, audience: str = samples.SERVER) -> dict[str, object]:
    claims: dict[str, object] = jwt.decode(
        text, token.DEMO_SECRET, algorithms=["HS256"], audience=audience, issuer=token.ISSUER,
        options={"verify_exp": False},
    )  # fmt: skip
    return claims


def test_a_users_token_verifies() -> None:
    claims = token.one_time(NOW, {"entity_type": "leads", "entity_id": 7})
    assert verified(token.sign(claims)) == claims
    assert jwt.get_unverified_header(token.sign(claims)) == {"typ": "JWT", "alg": "HS256"}
    assert sorted(claims) == [
        "account_id", "aud", "client_uuid", "data", "exp", "iat", "iss", "jti", "nbf", "subdomain", "user_id",
    ]  # fmt: skip
    assert (claims["iat"], claims["nbf"], claims["exp"]) == (NOW, NOW, NOW + 1800)


def test_no_two_tokens_are_the_same() -> None:
    assert token.one_time(NOW)["jti"] != token.one_time(NOW)["jti"]


def test_another_secret_does_not_verify() -> None:
    with pytest.raises(jwt.InvalidSignatureError):
        verified(token.sign(token.one_time(NOW), "another-secret-that-is-long-enough-too"))


def test_the_page_gets_a_token(client: Client) -> None:
    answer = client.post("/_preview/token", {"data": {"a": 1}}).json
    # The widget's manifest names this server.
    assert verified(answer["token"], "https://hooks.acme.example") == answer["claims"]
    assert answer["claims"]["data"] == {"a": 1}
    assert client.ask("/_preview/state.json").json["token"] == {"secret": token.DEMO_SECRET}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 50_000, b'{"data": 5}'])
def test_an_invalid_request_gives_a_token_without_data(client: Client, body: bytes) -> None:
    answer = client.post("/_preview/token", body)
    assert answer.status == 200
    assert "data" not in answer.json["claims"]
