"""The rules about endpoints and secrets: a table of edits of the clean widget, each with the findings."""

import json

import pytest

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.rules.urls import host_of
from tests.check.edits import edited
from tests.check.expect import found

URL = "/dp/webhook_url"
RANDOM = "q7Zp2Lx9Vt4Kc8Rm1Wb6Ny3Hd5Gs0Fj7Ta2Ue9Qi4Xo8Bv1Lk6Pw3Cz5Mh0Rn7D"
JWT = f"eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhY21lIn0.{RANDOM[:43]}"

Row = tuple[str, str, str, list[tuple[str, str, str]]]


def webhook(value: object) -> str:
    """Return the edits that give a widget in the digital pipeline this webhook."""
    return f"* with digital_pipeline\nmanifest.json {json.dumps({'dp': {'webhook_url': value}})}"


def script(line: str) -> str:
    """Return the edit that adds a line to the script."""
    return f"script.js inside\n    {line}"


def _in_manifest(place: str, message: str) -> list[tuple[str, str, str]]:
    return [("manifest.json", place, message)]


def _placeholder(path: str, host: str) -> list[tuple[str, str, str]]:
    return _in_manifest("/" + path.replace(".", "/"), f"`{path}` points to the placeholder `{host}`")


SMS = "* with sms\n* backend sms.php hooks/mobile.php\n"
SMS_AND_CARD = f"* with mobile_card\n{SMS}"


def _served(edits: str, *places: tuple[str, str]) -> Row:
    found = [(f"/{path.replace('.', '/')}", f"`{path}` calls `{file}`") for path, file in places]
    return (
        "E108",
        edits.replace("\n", " "),
        edits,
        [("manifest.json", place, f"{what}, which is not in backend/public") for place, what in found],
    )


def _sms(address: str) -> str:
    return 'manifest.json {"sms": {"endpoint": "' + address + '"}}'


BACKEND: list[Row] = [
    _served(SMS),
    _served(SMS + _sms("https://hooks.acme-help.test/send.php"), ("sms.endpoint", "send.php")),
    _served(SMS + _sms("https://hooks.acme-help.test/below/sms.php?a=b")),
    _served(SMS + _sms("https://hooks.acme-help.test/send")),
    _served(SMS + _sms("https://hooks.acme-help.test/xsms.php"), ("sms.endpoint", "xsms.php")),
    _served(SMS_AND_CARD, ("mobile.frame_url", "mobile.php")),
    _served(SMS_AND_CARD + 'manifest.json {"mobile": {"frame_url": "https://other.acme-help.test/m.php"}}'),
    _served("* with sms\n* backend\n", ("sms.endpoint", "sms.php")),
    _served("* with sms"),
    _served(
        SMS
        + _sms("https://hooks.acme-help.test/send.php")
        + '\nmanifest.json {"locations": ["lcard-1", "settings"]}'
    ),
]

WEBHOOK: list[Row] = [
    ("E101", "missing", webhook(None), _in_manifest(URL, "`dp.webhook_url` is missing")),
    ("E101", "empty", webhook(" "), _in_manifest(URL, "`dp.webhook_url` is empty")),
    ("E101", "widget-php", webhook(None) + "\nwidget.php\n    <?php", []),
    ("E101", "no-block", "* with digital_pipeline\nmanifest.json {\"dp\": null}", []),
    ("E101", "area-not-declared", 'manifest.json {"dp": {"action_multiple": false}}', []),
    ("E101", "misspelt", webhook(None) + '\nmanifest.json {"dp": {"webhookUrl": "https://a.test"}}', []),
    ("E101", "at-the-root", webhook(None) + '\nmanifest.json {"webhook_url": "https://a.test"}', []),
    ("E101", "in-the-fields",
     webhook(None) + '\nmanifest.json {"dp": {"settings": {"webhook_url": "https://a.test"}}}', []),
    ("E101", "a-field-of-that-name", webhook(None)
     + '\nmanifest.json {"dp": {"settings": {"webhook_url": {"name": "dp.message", "type": "text"}}}}',
     _in_manifest(URL, "`dp.webhook_url` is missing")),
    ("E102", "no-scheme", webhook("hooks.acme.test/a"),
     _in_manifest(URL, "`hooks.acme.test/a` is not a URL")),
    ("E102", "path", webhook("/hooks/a.php"), _in_manifest(URL, "`/hooks/a.php` is not a URL")),
    ("E102", "other-scheme", webhook("ftp://acme.test"),
     _in_manifest(URL, "`ftp://acme.test` is not a URL")),
    ("E102", "gap", webhook("https://<your host>/"),
     _in_manifest(URL, "`https://<your host>/` is not a URL")),
    ("E102", "number", webhook(7), _in_manifest(URL, "`dp.webhook_url` is not a URL")),
    ("E102", "object", webhook({"a": 1}), _in_manifest(URL, "`dp.webhook_url` is not a URL")),
    ("E102", "broken", webhook("https://[::1/"), _in_manifest(URL, "`https://[::1/` is not a URL")),
    ("E102", "missing", webhook(None), []),
    ("E102", "no-location", 'manifest.json {"dp": {"webhook_url": "hooks.acme.test/a"}}',
     _in_manifest(URL, "`hooks.acme.test/a` is not a URL")),
    ("E102", "port-and-query", webhook("https://hooks.acme.test:8443/a?k=1"), []),
    ("E102", "other-letters", webhook("HTTPS://приём.acme.test/"), []),
    ("E103", "http", webhook("http://hooks.acme.test/a"),
     _in_manifest(URL, "`dp.webhook_url` does not use https")),
    ("E103", "capitals", webhook("HTTP://hooks.acme.test"),
     _in_manifest(URL, "`dp.webhook_url` does not use https")),
    ("E103", "https", webhook("https://hooks.acme.test/http://"), []),
    *[
        ("E104", host, webhook(f"https://{host}/hook"), _placeholder("dp.webhook_url", host))
        for host in ("example.com", "example.net", "example.org", "hooks.example.com")
    ],
    *[
        ("E104", host, webhook(f"https://{host}/example.com"), [])
        for host in ("acme.example", "example.com.acme.test", "myexample.com", "example.io")
    ],
    ("E104", "sms", '* with sms\nmanifest.json {"sms": {"endpoint": "https://example.com/sms"}}',
     _placeholder("sms.endpoint", "example.com")),

    ("E104", "mobile", '* with mobile_card\nmanifest.json {"mobile": {"frame_url": "https://www.example.org"}}',
     _placeholder("mobile.frame_url", "www.example.org")),
    ("E104", "support", 'manifest.json {"widget": {"support": {"link": "https://example.com"}}}',
     [("manifest.json", "/widget/support/link",
       "`widget.support.link` points to the placeholder `example.com`")]),
    *[
        ("E106", host, webhook(f"https://{host}/hook"),
         [("manifest.json", "/dp/webhook_url",
           f"`dp.webhook_url` points to `{found}`, which the platform cannot reach")])
        for host, found in [
            ("localhost", "localhost"), ("localhost:8080", "localhost"), ("a.localhost", "a.localhost"),
            ("mac.local", "mac.local"), ("127.0.0.1", "127.0.0.1"), ("10.1.2.3", "10.1.2.3"),
            ("192.168.0.9:9", "192.168.0.9"), ("172.16.0.1", "172.16.0.1"), ("172.31.0.1", "172.31.0.1"),
            ("172.20.0.1", "172.20.0.1"), ("169.254.169.254", "169.254.169.254"), ("0.0.0.0", "0.0.0.0"),
            ("[::1]", "::1"), ("[::]:8080", "::"), ("[fd00::7]", "fd00::7"), ("[fe80::1]", "fe80::1"),
        ]
    ],
    *[
        ("E106", host, webhook(f"https://{host}/hook"), [])
        for host in (
            "localhost.acme.test", "10.acme.test", "172.15.0.1", "172.32.0.1", "169.253.0.1", "192.169.0.1",
            "8.8.8.8", "local.acme.test", "[2606:4700::1111]", "fd00.acme.test", "feed.test",
        )
    ],
    ("E106", "http-too", webhook("http://localhost/hook"),
     [("manifest.json", URL, "`dp.webhook_url` points to `localhost`, which the platform cannot reach")]),
    ("E107", "sms", '* with sms\nmanifest.json {"sms": {"endpoint": "http://hooks.acme.test/sms"}}',
     [("manifest.json", "/sms/endpoint", "`sms.endpoint` does not use https")]),
    ("E107", "mobile", '* with mobile_card\nmanifest.json {"mobile": {"frame_url": "HTTP://acme.test"}}',
     [("manifest.json", "/mobile/frame_url", "`mobile.frame_url` does not use https")]),
    ("E107", "https", "* with sms\n* with mobile_card", []),
    ("E105", "instead", webhook(None) + '\nmanifest.json {"webhook_url": "https://a.test"}',
     _in_manifest("/webhook_url", "`webhook_url` does not belong at the root")),
    ("E105", "as-well", webhook("https://a.test") + '\nmanifest.json {"webhook_url": "https://a.test"}',
     _in_manifest("/webhook_url", "`webhook_url` does not belong at the root")),
    ("E105", "in-its-place", "* with digital_pipeline", []),
]  # fmt: skip


SECRETS: list[tuple[str, str, str, int]] = [
    ("private-key", 'x = "-----BEGIN RSA PRIVATE KEY-----";', "a private key", 6),
    ("plain-private-key", 'x = "-----BEGIN PRIVATE KEY-----";', "a private key", 6),
    ("jwt", f'x = "{JWT}";', "a token (JWT)", 6),
    ("aws", 'x = "AKIAZ2Q7W4E8R5T1Y6UV";', "an AWS key", 6),
    ("github", f'x = "ghp_{RANDOM[:36]}";', "a GitHub token", 6),
    ("slack", 'x = "xoxb-123456789012-Zq8Lp2Vn5Xk1";', "a Slack token", 6),
    ("stripe", f'x = "sk_live_{RANDOM[:24]}";', "a Stripe key", 6),
    ("openai", f'x = "sk-proj-{RANDOM[:48]}";', "an OpenAI key", 6),
    ("telegram", f'x = "123456789:AA{RANDOM[:33]}";', "a Telegram bot's token", 6),
    ("bearer", f'x = "Bearer {RANDOM}";', "a token", 5),
    ("client-secret", f"x.client_secret = '{RANDOM}';", "a secret", 3),
    ("camel-case", f'x = {{clientSecret: "{RANDOM}"}};', "a secret", 6),
    ("in-quotes", f'x = {{"access_token": "{RANDOM}"}};', "a secret", 7),
    ("constant", f'const API_TOKEN = "{RANDOM}";', "a secret", 7),
    ("in-an-address", f'x = "https://acme.test/?id=1&my_secret={RANDOM}";', "a secret", 29),
    ("three-letters", 'x.secret_key = "0123456789012345678abc";', "a secret", 3),
    ("three-digits", 'x.secret_key = "abcdefghijklmnopqrs123";', "a secret", 3),
    ("ten-different-characters", 'x.secret_key = "0123456abc0123456abc";', "a secret", 3),
    ("hex", 'x.secret_key = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";', "a secret", 3),
]


@pytest.mark.parametrize(
    ("line", "kind", "column"), [row[1:] for row in SECRETS], ids=[row[0] for row in SECRETS]
)
def test_a_secret_in_the_script_is_found(line: str, kind: str, column: int) -> None:
    assert found("E110", script(line)) == [("script.js", f"28:{column}", f"the file contains {kind}")]


NO_SECRETS = [
    ("from-settings", "x.client_secret = self.get_settings().client_secret;"),
    ("name-as-value", "x.client_secret = 'settings.client_secret_label';"),
    ("words", 'x.client_secret = "TheClientSecretOfTheIntegration";'),
    ("short", 'x.client_secret = "a1b2c3d4";'),
    ("gap", 'x.client_secret = "YOUR_CLIENT_SECRET_0123456789";'),
    ("library", 'var ReactPropTypesSecret = "SECRET_DO_NOT_PASS_THIS_OR_YOU_WILL_BE_FIRED";'),
    ("one-digit-many-times", 'x.client_secret = "00000000000000000000000000000000aaa";'),
    ("two-letters", 'x.secret_key = "01234567890123456789ab";'),
    ("two-digits", 'x.secret_key = "abcdefghijklmnopqrstu12";'),
    ("nine-different-characters", 'x.secret_key = "012345abc012345abc012345";'),
    ("public-key", 'x = "-----BEGIN PUBLIC KEY-----";'),
    ("id", f'x.client_id = "{RANDOM}";'),
    ("bearer-joined", 'x = "Bearer " + token;'),
    ("address", 'x.token_url = "https://acme.test/oauth2/access_token/v4/0123456789";'),
    ("address-joined", "x = 'https://acme.test/?access_token=' + token;"),
    ("css-class", 'x = "sk-fading-circle-very-long-name-of-a-class-in-some-style-sheet";'),
]


@pytest.mark.parametrize("line", [row[1] for row in NO_SECRETS], ids=[row[0] for row in NO_SECRETS])
def test_a_text_that_only_looks_like_a_secret_is_not_found(line: str) -> None:
    assert found("E110", script(line)) == []


FILES: list[Row] = [
    ("E110", "php", f"config.php\n    <?php define('CLIENT_SECRET', '{RANDOM}');",
     [("config.php", "1:15", "the file contains a secret")]),
    ("E110", "php-array", f"config.php\n    <?php return ['client_secret' => '{RANDOM}'];",
     [("config.php", "1:16", "the file contains a secret")]),
    ("E110", "lines-of-settings", f"config.txt\n    a=b\n    CLIENT_SECRET={RANDOM}",
     [("config.txt", "2:1", "the file contains a secret")]),
    ("E110", "after-other-letters", f"a.txt\n    Señal {JWT}",
     [("a.txt", "1:7", "the file contains a token (JWT)")]),
    ("E110", "reported-once", f"a.txt\n    {JWT}\n    {JWT}",
     [("a.txt", "1:1", "the file contains a token (JWT)")]),
    ("E110", "texts", f'i18n/en.json {{"widget": {{"name": "{JWT}"}}}}',
     [("i18n/en.json", "3:14", "the file contains a token (JWT)")]),
    ("E110", "manifest", f'manifest.json {{"widget": {{"secret_key": "{RANDOM}"}}}}', []),
    ("E110", "label", 'i18n/en.json {"settings": {"api_key": "Client secret"}}', []),
    ("E110", "not-text", f'a.bin "\\u0000{JWT}"', []),
]  # fmt: skip

ROWS = [*WEBHOOK, *BACKEND, *FILES]


@pytest.mark.parametrize(
    ("code", "edits", "expected"),
    [(code, edits, expected) for code, _, edits, expected in ROWS],
    ids=[f"{code}-{name}" for code, name, *_ in ROWS],
)
def test_findings_about_endpoints(code: str, edits: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(code, edits) == expected


def test_a_finding_does_not_repeat_the_secret() -> None:
    findings = lint(Widget(edited(script(f"self.client_secret = '{RANDOM}';"))))
    assert [RANDOM in repr(finding) for finding in findings if finding.code == "E110"] == [False]


HOSTS = [
    ("https://Acme.Test./a", "acme.test"),
    (" https://acme.test ", "acme.test"),
    ("https://user@acme.test:443", "acme.test"),
    ("https://", ""),
    ("https://a b.test", ""),
    ("mailto:a@acme.test", ""),
    (None, ""),
]


@pytest.mark.parametrize(("value", "host"), HOSTS, ids=[str(value) for value, _ in HOSTS])
def test_the_host_of_an_address_is_read(value: object, host: str) -> None:
    assert host_of(value) == host
