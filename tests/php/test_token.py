"""Verification of signed tokens, made with PyJWT and by hand: which are accepted, and which refused."""

import base64
import hashlib
import hmac
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
import pytest

NOW = 1_790_000_000
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz-the-secret-of-the-integration-0123456789"
OTHER = "another-secret-of-another-integration-0123456789abcdefghijklmnopqrstuvwxyz-00"
ACCOUNT = 30000001
AUDIENCE = "https://hooks.acme.example"
WIDGET = {
    "iss": "https://acme.kommo.com", "aud": AUDIENCE, "jti": "8b9d1c2e-0000-4000-8000-000000000000",
    "iat": NOW, "nbf": NOW, "exp": NOW + 1800, "account_id": ACCOUNT, "subdomain": "acme",
    "client_uuid": "11111111-2222-3333-4444-555555555555", "user_id": 77,
}  # fmt: skip
"""The claims of <https://developers.kommo.com/docs/one-time-tokens>."""

BOT = {
    "iss": "https://acme.kommo.com", "aud": "https://elsewhere.example", "iat": NOW, "nbf": NOW,
    "exp": NOW + 1800, "account_id": ACCOUNT, "subdomain": "acme", "entity_type": "lead", "entity_id": 123,
}  # fmt: skip
"""The claims of <https://developers.kommo.com/docs/salesbot-dp>."""

Case = tuple[str, str, str]
"""A token, the algorithm that its endpoint expects, and the required audience ('': any)."""


def b64(data: bytes | str) -> str:
    raw = data if isinstance(data, bytes) else data.encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def minted(claims: Mapping[str, Any], algorithm: str = "HS256", key: str = SECRET, **header: Any) -> str:
    return jwt.encode(dict(claims), key, algorithm, headers=header or None)


def by_hand(header: bytes | str, payload: bytes | str, digest: str = "sha256", key: str = SECRET) -> str:
    """Sign any two texts correctly, however odd they are."""
    signed = f"{b64(header)}.{b64(payload)}"
    return f"{signed}.{b64(hmac.new(key.encode(), signed.encode(), digest).digest())}"


def widget(**changes: Any) -> Case:
    claims = {name: value for name, value in {**WIDGET, **changes}.items() if value is not ...}
    return minted(claims), "HS256", AUDIENCE


def raw_payload(payload: str) -> Case:
    return by_hand('{"typ":"JWT","alg":"HS256"}', payload), "HS256", AUDIENCE


def header(text: bytes | str, digest: str = "sha256") -> Case:
    return by_hand(text, json.dumps(WIDGET), digest), "HS256", AUDIENCE


GOOD = minted(WIDGET)
HEADER, PAYLOAD, SIGNATURE = GOOD.split(".")
PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqh\n-----END PUBLIC KEY-----"


def with_signature(signature: str) -> Case:
    return f"{HEADER}.{PAYLOAD}.{signature}", "HS256", AUDIENCE


def with_payload(payload: str) -> Case:
    return f"{HEADER}.{payload}.{SIGNATURE}", "HS256", AUDIENCE


def next_letter(text: str) -> str:
    """Return the text with the unused bits of its last letter set: the same bytes, encoded another way."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + letters[letters.index(text[-1]) + 1]


TAKEN: dict[str, tuple[Case, dict[str, Any]]] = {
    "a widget's": (widget(), {}),
    "a widget's, where no audience is known": ((GOOD, "HS256", ""), {}),
    "exp with a fraction": (widget(exp=NOW + 0.75), {}),
    "times as floats": (widget(exp=NOW + 1.5e3, nbf=float(NOW), iat=NOW + 0.5), {}),
    "within the leeway, old": (widget(exp=NOW - 59), {}),
    "within the leeway, early": (widget(nbf=NOW + 60, iat=NOW + 60), {}),
    "without jti, nbf and iat": (widget(jti=..., nbf=..., iat=...), {}),
    "without a user": (widget(user_id=...), {"user": None}),
    "one of several audiences": (widget(aud=["https://else.example", AUDIENCE]), {}),
    "ids as texts": (widget(account_id=str(ACCOUNT), user_id="77"), {}),
    "claims that nobody knows": (widget(scope={"a": [1, {"b": None}]}, name="Zoë 🚀"), {}),
    "the mobile card's": (
        widget(data={"entity_type": "contact", "entity_id": 9}),
        {"entity": ["contact", 9]},
    ),
    "a Salesbot's, for any audience": (
        (minted(BOT, "HS512"), "HS512", ""),
        {"user": None, "entity": ["lead", 123]},
    ),
    "a header with a key id": ((minted(WIDGET, kid="../../etc/passwd"), "HS256", AUDIENCE), {}),
}

EXPIRED: dict[str, Case] = {
    "expired": widget(exp=NOW - 60),
    "expired by a fraction": widget(exp=NOW - 60.5),
    "expired long ago": widget(exp=1),
    "expired before there was time": widget(exp=-(10**12)),
}

FORGED: dict[str, Case] = {
    # what the header says of the algorithm
    "alg none": (b64('{"typ":"JWT","alg":"none"}') + f".{PAYLOAD}.", "HS256", AUDIENCE),
    "alg None": (b64('{"alg":"None"}') + f".{PAYLOAD}.{SIGNATURE}", "HS256", AUDIENCE),
    "alg nOnE with a signature": header('{"alg":"nOnE"}'),
    "no alg": header('{"typ":"JWT"}'),
    "alg null": header('{"alg":null}'),
    "alg true": header('{"alg":true}'),
    "alg 0": header('{"alg":0}'),
    "alg is a list": header('{"alg":["HS256"]}'),
    "alg in small letters": header('{"alg":"hs256"}'),
    "alg with a blank": header('{"alg":"HS256 "}'),
    "HS512 at a widget's endpoint": (minted(WIDGET, "HS512"), "HS256", AUDIENCE),
    "HS256 at a Salesbot's endpoint": (minted(BOT), "HS512", ""),
    "HS384 at either": (minted(WIDGET, "HS384"), "HS256", AUDIENCE),
    "HS256 in the header, signed with SHA-512": header('{"alg":"HS256"}', "sha512"),
    "RS256, signed with a public key as text": (
        by_hand('{"alg":"RS256"}', json.dumps(WIDGET), key=PUBLIC_KEY),
        "HS256",
        AUDIENCE,
    ),
    "an extension that must be understood": header('{"alg":"HS256","crit":["b64"],"b64":false}'),
    "the header is a list": header('["HS256"]'),
    "the header is a text": header('"HS256"'),
    "the header is not JSON": header("{alg:HS256}"),
    "the header is not UTF-8": header(b'{"alg":"HS256","x":"\xff"}'),
    # the signature
    "signed with another secret": (minted(WIDGET, key=OTHER), "HS256", AUDIENCE),
    "signed with an empty secret": (
        by_hand('{"alg":"HS256"}', json.dumps(WIDGET), key=""),
        "HS256",
        AUDIENCE,
    ),
    "signed with the client's public id": (
        by_hand('{"alg":"HS256"}', json.dumps(WIDGET), key=str(WIDGET["client_uuid"])),
        "HS256",
        AUDIENCE,
    ),
    "no signature": with_signature(""),
    "half a signature": with_signature(SIGNATURE[:21]),
    "the signature and more": with_signature(SIGNATURE + "AA"),
    "the signature with padding": with_signature(SIGNATURE + "="),
    "the signature with left-over bits": with_signature(next_letter(SIGNATURE)),
    "the signature with a line break": with_signature(SIGNATURE + "\n"),
    "a blank in the signature": with_signature(f"{SIGNATURE[:9]} {SIGNATURE[9:]}"),
    "the signature in hexadecimal": with_signature(
        hmac.new(SECRET.encode(), f"{HEADER}.{PAYLOAD}".encode(), hashlib.sha256).hexdigest()
    ),
    "another payload under the signature": with_payload(b64(json.dumps({**WIDGET, "user_id": 1}))),
    "the payload with padding": with_payload(PAYLOAD + "=" * (-len(PAYLOAD) % 4 or 4)),
    # the shape
    "nothing": ("", "HS256", AUDIENCE),
    "dots": ("..", "HS256", AUDIENCE),
    "two parts": (f"{HEADER}.{PAYLOAD}", "HS256", AUDIENCE),
    "four parts": (f"{GOOD}.{SIGNATURE}", "HS256", AUDIENCE),
    "a part before it": (f".{GOOD}", "HS256", AUDIENCE),
    "Bearer before it": (f"Bearer {GOOD}", "HS256", AUDIENCE),
    "blanks around it": (f" {GOOD} ", "HS256", AUDIENCE),
    "a null character": (f"{GOOD}\x00", "HS256", AUDIENCE),
    "too long": widget(filler="x" * 8192),
    "nested too deep": raw_payload('{"a":' * 100 + "1" + "}" * 100),
    "the payload is a list": raw_payload(json.dumps([WIDGET])),
    "the payload is a number": raw_payload("1"),
    "the payload is null": raw_payload("null"),
    "the payload is empty": raw_payload(""),
    "standard base64": (f"{HEADER}.{PAYLOAD}+/.{SIGNATURE}", "HS256", AUDIENCE),
    # the times
    "not yet valid": widget(nbf=NOW + 61),
    "issued in the future": widget(iat=NOW + 3600),
    "no exp": widget(exp=...),
    "exp null": widget(exp=None),
    "exp as a text": raw_payload(json.dumps({**WIDGET, "exp": str(NOW + 1800)})),
    "exp true": raw_payload(json.dumps({**WIDGET, "exp": True})),
    "exp a list": raw_payload(json.dumps({**WIDGET, "exp": [NOW + 1800]})),
    "exp infinite": raw_payload(json.dumps(WIDGET).replace(str(NOW + 1800), "1e999")),
    "exp beyond every number": raw_payload(json.dumps(WIDGET).replace(str(NOW + 1800), "9" * 30)),
    "exp just beyond every float": raw_payload(json.dumps(WIDGET).replace(str(NOW + 1800), "1e309")),
    "exp in an object": widget(exp={"seconds": NOW + 1800}),
    "exp as NaN": raw_payload(json.dumps({**WIDGET, "exp": float("nan")})),
    "exp as a hexadecimal number": raw_payload(json.dumps(WIDGET).replace(str(NOW + 1800), "0x7fffffff")),
    "exp twice, the last one over": raw_payload(json.dumps(WIDGET)[:-1] + ', "exp": "later"}'),
    "nbf infinite": raw_payload(json.dumps({**WIDGET, "nbf": "#"}).replace('"#"', "1e309")),
    "iat infinite, below zero": raw_payload(json.dumps({**WIDGET, "iat": "#"}).replace('"#"', "-1e309")),
    "nbf as a text": raw_payload(json.dumps({**WIDGET, "nbf": "now"})),
    # what JSON allows twice, or in another form
    "two accounts, the second one ours": (
        by_hand('{"alg":"HS256"}', '{"account_id":30000003,' + json.dumps(WIDGET)[1:], key=OTHER),
        "HS256",
        AUDIENCE,
    ),
    "two algorithms, the last one none": header('{"alg":"HS256","alg":"none"}'),
    "claims in two objects": raw_payload(json.dumps(WIDGET) + json.dumps(WIDGET)),
    "claims with something after them": raw_payload(json.dumps(WIDGET) + "x"),
    "claims after a byte order mark": raw_payload("\ufeff" + json.dumps(WIDGET)),
    "claims as a text of JSON": raw_payload(json.dumps(json.dumps(WIDGET))),
    "claims in an object": raw_payload(json.dumps({"claims": WIDGET})),
    "claims in single quotes": raw_payload(str(WIDGET)),
    "the header with padding": (f"{HEADER}=.{PAYLOAD}.{SIGNATURE}", "HS256", AUDIENCE),
    "encoded twice": (b64(GOOD), "HS256", AUDIENCE),
    "percent signs for the dots": (GOOD.replace(".", "%2E"), "HS256", AUDIENCE),
    "five parts, as an encrypted one": (f"{HEADER}..{PAYLOAD}.{PAYLOAD}.{SIGNATURE}", "HS256", AUDIENCE),
    "full-width dots": (GOOD.replace(".", "\uff0e"), "HS256", AUDIENCE),
    # whose it is
    "no account": widget(account_id=...),
    "account 0": widget(account_id=0),
    "a negative account": widget(account_id=-ACCOUNT),
    "an account with a fraction": widget(account_id=ACCOUNT + 0.5),
    "an account in a list": widget(account_id=[ACCOUNT]),
    "an account that is not ours": widget(account_id=30000002),
    "another account's secret": (minted({**WIDGET, "account_id": 30000003}, key=SECRET), "HS256", AUDIENCE),
    "no issuer": widget(iss=...),
    "another account's address": widget(iss="https://rival.kommo.com"),
    "an issuer without https": widget(iss="http://acme.kommo.com"),
    "an issuer without a scheme": widget(iss="acme.kommo.com"),
    "an issuer with a path": widget(iss="https://acme.kommo.com/"),
    "an issuer that looks alike": widget(iss="https://acme.kommo.com.evil.example"),
    "an issuer with a user": widget(iss="https://acme.kommo.com@evil.example"),
    "an issuer on the sibling platform": widget(iss="https://acme.amocrm.ru"),
    **{
        f"an issuer written as {issuer!r}": widget(iss=issuer)
        for issuer in (
            "HTTPS://acme.kommo.com",
            "https://ACME.kommo.com",
            "https://acme.kommo.com.",
            "https://kommo.com.",
            "https://acme.kommo.com:443",
            "https://@acme.kommo.com",
            "https:\\\\acme.kommo.com",
            "https:/acme.kommo.com",
            "https:///acme.kommo.com",
            "https://acme.kommo.com%2f",
            "https://acme.kommo.com%252f",
            "https://acme%2ekommo.com",
            "https://ac\tme.kommo.com",
            "https://acme.kommo.com\n",
            "\ufeffhttps://acme.kommo.com",
            "https://acme.kommo.com\u3002",
            "https://acme\uff0ekommo.com",
            "https://\uff41cme.kommo.com",
            "https://acme.\u212aommo.com",
            "https://[::1]",
            "https://127.0.0.1",
            "https://acme.kommo.com?x",
            "https://acme.kommo.com#",
        )
    },
    "an issuer in an object": raw_payload(json.dumps({**WIDGET, "iss": {"0": "https://acme.kommo.com"}})),
    "an issuer in a list": raw_payload(json.dumps({**WIDGET, "iss": ["https://acme.kommo.com"]})),
    # whom it is for
    "another audience": widget(aud="https://evil.example"),
    "no audience": widget(aud=...),
    "an audience with a path": widget(aud=f"{AUDIENCE}/"),
    "an audience in an object": raw_payload(json.dumps({**WIDGET, "aud": {"a": AUDIENCE}})),
    "an audience in a list in a list": raw_payload(json.dumps({**WIDGET, "aud": [[AUDIENCE]]})),
    "an audience with capitals": widget(aud=AUDIENCE.upper()),
    "an audience with a final dot": widget(aud=f"{AUDIENCE}."),
    "an account in an object": raw_payload(json.dumps({**WIDGET, "account_id": {"id": ACCOUNT}})),
    "an account beyond every number": raw_payload(
        json.dumps({**WIDGET, "account_id": "#"}).replace('"#"', "1e309")
    ),
    "an account in hexadecimal": widget(account_id=hex(ACCOUNT)),
    "an account in other digits": widget(account_id="\u0663\u0660\u0660\u0660\u0660\u0660\u0660\u0661"),
    "an account with a blank": widget(account_id=f" {ACCOUNT}"),
    "audiences that are not ours": widget(aud=["https://evil.example", f"{AUDIENCE}.evil.example"]),
}


@pytest.fixture(scope="module")
def verify(connected: Path) -> Any:
    """Verifies tokens in one PHP process, and returns the result of each."""

    def run(cases: list[Case], secrets: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        ours = {f"{ACCOUNT} acme.kommo.com": SECRET, "30000003 acme.kommo.com": OTHER}
        given = {"tokens": cases, "now": NOW, "secrets": ours if secrets is None else secrets}
        done = subprocess.run(
            ["php", str(Path(__file__).parent / "verify_tokens.php"), str(connected / "backend")],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=True,
        )
        return list(json.loads(done.stdout))

    return run


def test_valid_tokens_are_accepted(verify: Any) -> None:
    taken = {
        "account": ACCOUNT, "host": "acme.kommo.com", "user": 77, "entity": [None, None],
    }  # fmt: skip
    results = verify([case for case, _ in TAKEN.values()])

    assert dict(zip(TAKEN, results, strict=True)) == {
        name: taken | other for name, (_, other) in TAKEN.items()
    }


def test_expired_tokens_are_refused_as_expired(verify: Any) -> None:
    results = verify(list(EXPIRED.values()))

    assert [result.get("refused") for result in results] == ["401 token expired"] * len(EXPIRED)


def test_all_forged_tokens_are_refused_with_the_same_message(verify: Any) -> None:
    results = dict(zip(FORGED, verify(list(FORGED.values())), strict=True))

    assert {name: result.get("refused") for name, result in results.items()} == dict.fromkeys(
        FORGED, "401 invalid token"
    )
    assert len(FORGED) >= 40


def test_an_expired_token_with_a_bad_signature_is_not_reported_as_expired(verify: Any) -> None:
    [result] = verify([(minted({**WIDGET, "exp": 1}, key=OTHER), "HS256", AUDIENCE)])

    assert result["refused"] == "401 invalid token"


def test_an_empty_secret_verifies_nothing(verify: Any) -> None:
    """A token signed with an empty key would be valid if the secret was not set."""
    case = (by_hand('{"typ":"JWT","alg":"HS256"}', json.dumps(WIDGET), key=""), "HS256", AUDIENCE)

    [result] = verify([case], {f"{ACCOUNT} acme.kommo.com": ""})

    assert result["refused"] == "503 not available"


def test_the_log_gives_the_reason_without_the_token(verify: Any) -> None:
    [result] = verify([FORGED["another audience"]])

    assert result["why"] == f"invalid token: aud is not {AUDIENCE}"
