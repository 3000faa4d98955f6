"""The HTTP client, over curl and over PHP's streams: bounded, https only, and it follows no redirects."""

import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.php.running import WITH_CURL, RawServer, answering, php, without_curl

SEND = """
    $http = Backend\\Http::system($given['local'] ?? '');
    $results = [];
    foreach ($given['urls'] as $url) {
        try {
            $method = $given['method'] ?? 'GET';
            $headers = $given['headers'] ?? [];
            $reply = $http->send($method, $url, $headers, $given['body'] ?? '', $given['seconds'] ?? 300.0);
            $results[] = [$reply->status, strlen($reply->body) < 100 ? $reply->body : strlen($reply->body)];
        } catch (Backend\\HttpFailure $failure) {
            $results[] = 'failure';
        } catch (InvalidArgumentException $fault) {
            $results[] = $fault->getMessage();
        }
    }
    return $results;
"""


@pytest.fixture(params=["curl", "streams"])
def command(request: pytest.FixtureRequest) -> Sequence[str]:
    """The PHP with curl, and the one without."""
    return WITH_CURL if request.param == "curl" else without_curl()


def ask(backend: Path, command: Sequence[str], server: RawServer, **given: Any) -> Any:
    local = f"http://127.0.0.1:{server.port}"
    [result] = php(backend, SEND, {"urls": [f"{local}/x?y=1"], "local": local, **given}, command)
    return result


def test_one_runtime_has_curl_and_the_other_has_not(connected: Path) -> None:
    loaded = "return [extension_loaded('curl'), extension_loaded('mbstring')];"

    assert php(connected / "backend", loaded)[0], "install php-curl"
    assert php(connected / "backend", loaded, command=without_curl()) == [False, False]


def test_a_request_arrives_unchanged(connected: Path, command: Sequence[str]) -> None:
    with RawServer(answering(b"HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nyes")) as server:
        result = ask(
            connected / "backend", command, server, method="PATCH", body='{"a":1}', headers={"X-Test": "on"}
        )

    assert result == [201, "yes"]
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "PATCH /x?y=1 HTTP/1.1"
    assert {"X-Test: on", "Content-Length: 7", "Accept: application/json"} <= set(lines)
    assert body == b'{"a":1}'


ANSWERS = {
    "no length, to the end": (b"HTTP/1.1 200 OK\r\n\r\nwhole", [200, "whole"]),
    "in chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        [200, "abc"],
    ),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", [204, ""]),
    "not found": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", [404, "no"]),
    "out of order": (b"HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n", [503, ""]),
    "cut off": (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "failure"),
    "nothing": (b"", "failure"),
    "no HTTP": (b"220 mail.example ESMTP\r\n", "failure"),
    "too long": (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (8 * 1024 * 1024 + 1), "failure"),
    "too long a head": (b"HTTP/1.1 200 OK\r\n" + b"X-A: and so on\r\n" * 5_000 + b"\r\nx", "failure"),
}


@pytest.mark.parametrize(("answer", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_is_read_completely_or_is_a_failure(
    connected: Path, command: Sequence[str], answer: bytes, expected: Any
) -> None:
    with RawServer(answering(answer)) as server:
        assert ask(connected / "backend", command, server) == expected


def test_a_redirect_is_returned_and_not_followed(connected: Path, command: Sequence[str]) -> None:
    with RawServer(answering(b"HTTP/1.1 200 OK\r\n\r\n")) as canary:
        moved = (
            f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{canary.port}/\r\nContent-Length: 0\r\n\r\n"
        )
        with RawServer(answering(moved.encode())) as server:
            assert ask(connected / "backend", command, server) == [302, ""]
            assert len(server.requests) == 1

    assert canary.requests == []


def silent(connection: socket.socket, _: bytes) -> None:
    connection.recv(1)


def dripping(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("speak", [silent, dripping])
def test_a_slow_server_is_a_failure(connected: Path, command: Sequence[str], speak: Any) -> None:
    with RawServer(speak) as server:
        assert ask(connected / "backend", command, server, seconds=0.4) == "failure"


def test_a_self_signed_certificate_is_refused(
    connected: Path, command: Sequence[str], tmp_path: Path
) -> None:
    certificate = tmp_path / "own.pem"
    make = """
        $key = openssl_pkey_new(['private_key_bits' => 2048]);
        $request = openssl_csr_new(['commonName' => 'localhost'], $key);
        openssl_x509_export(openssl_csr_sign($request, null, $key, 2), $signed);
        openssl_pkey_export($key, $private);
        return $signed . $private;
    """
    certificate.write_text(php(connected / "backend", make))
    with RawServer(answering(b"HTTP/1.1 200 OK\r\n\r\n"), certificate) as server:
        urls = [f"https://localhost:{server.port}/", f"https://127.0.0.1:{server.port}/"]

        assert php(connected / "backend", SEND, {"urls": urls}, command) == ["failure", "failure"]
        assert server.requests == []


BAD_ADDRESSES = [
    "http://acme.kommo.com/", "http://127.0.0.1:8001/", "http://127.0.0.1:80000/", "http://127.0.0.1/",
    "http://127.0.0.1:8000@evil.example/", "http://127.0.0.1:8000.evil.example/", "HTTP://127.0.0.1:8000/",
    "ftp://acme.kommo.com/", "file:///etc/passwd", "php://filter/resource=/etc/passwd", "data:text/plain,x",
    "//acme.kommo.com/", "acme.kommo.com", "", "https://", "https:///x", "https://user@acme.kommo.com/",
    "https://user:pass@acme.kommo.com/", "https://acme.kommo.com\\@evil.example/",
    "https://acme.kommo.com/ HTTP/1.1\r\nX: y", "https://acme.kommo.com/\n", "https://acme.kommo.com/a b",
    "https://акме.example/", "https://acme.kommo.com/#part", "https://acme.kommo.com:port/",
    "https://acme.kommo.com?x=1", "https://[::1/", " https://acme.kommo.com/", "https://acme.kommo.com/\x00",
]  # fmt: skip


def test_bad_addresses_get_no_request(connected: Path, command: Sequence[str]) -> None:
    given = {"urls": BAD_ADDRESSES, "local": "http://127.0.0.1:8000"}
    results = php(connected / "backend", SEND, given, command)

    assert set(results) == {"not a valid URL", "HTTPS only"}


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "é"])
def test_a_header_that_would_start_another_is_refused(
    connected: Path, command: Sequence[str], value: str
) -> None:
    given = {"urls": ["https://acme.kommo.com/"], "headers": {"X-Test": value}}

    assert php(connected / "backend", SEND, given, command) == ["not a valid header: X-Test"]


def test_streams_without_allow_url_fopen_are_a_clear_failure(connected: Path) -> None:
    code = """
        try {
            Backend\\Http::system()->get('https://acme.kommo.com/');
        } catch (Backend\\HttpFailure $failure) {
            return $failure->getMessage();
        }
    """
    command = (*without_curl(), "-d", "allow_url_fopen=0")

    expected = "PHP has neither the curl extension nor allow_url_fopen"
    assert php(connected / "backend", code, command=command) == expected


def test_secrets_are_not_in_traces(connected: Path) -> None:
    """Not even in the text that PHP would log for an uncaught exception."""
    code = """
        function show(callable $do): string {
            try { $do(); return ''; } catch (Throwable $error) { return (string) $error; }
        }
        $http = Backend\\Http::system('http://127.0.0.1:9');
        $headers = ['Authorization' => 'Bearer s3cret'];
        return show(static fn () => $http->send('GET', 'http://127.0.0.1:9/', $headers))
            . show(static fn () => $http->postJson('http://127.0.0.1:9/', ['client_secret' => 's3cret']));
    """
    done = php(connected / "backend", code)

    assert "HttpFailure" in done
    assert "s3cret" not in done


def test_php_is_a_supported_version() -> None:
    version = subprocess.run(
        ["php", "-r", "echo PHP_VERSION_ID;"], capture_output=True, text=True, check=True
    )

    assert int(version.stdout) >= 80100
