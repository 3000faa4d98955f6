"""Sends a request to a server on this machine, and nowhere else."""

import http.client
import ipaddress
import re
import socket
import ssl
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from scaffold.preview.sending.request import HIDDEN, Outgoing

NOT_SENT = "not sent: the address is not on this machine"

NOT_NAMED = "not sent: neither the manifest nor the user has named this address"

TIMEOUT_S = 10
"""A later answer counts as no answer."""

REPLY_MAX_BYTES = 64 * 1024
"""How much of a reply is shown."""

_ODD = re.compile(r"[\x00-\x20\x7f\\]")


class Target(NamedTuple):
    """Where a request goes: with a resolved address, so that the name cannot resolve to another one later."""

    address: str
    port: int
    secure: bool
    host: str
    """The Host header: host and port as in the URL."""
    name: str
    """The host as in the URL, which the certificate must match."""
    path: str


def target(url: str) -> Target | None:
    """Return the target of `url`, or None if it is not on this machine."""
    if _ODD.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    secure = parts.scheme == "https"
    number = port or (443 if secure else 80)
    address = _loopback(parts.hostname, number)
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return Target(address, number, secure, parts.netloc, parts.hostname, path) if address else None


def _loopback(host: str, port: int) -> str:
    """Return the loopback address of a literal or of `localhost`; empty for any other name or address."""
    if host.lower() == "localhost":
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            return ""
        addresses = [str(info[4][0]) for info in found]
    else:
        addresses = [host]
    for address in addresses:
        try:
            literal = ipaddress.ip_address(address)
        except ValueError:
            return ""
        # neither IPv4-mapped, such as ::ffff:127.0.0.1, nor with a scope
        plain = getattr(literal, "ipv4_mapped", None) is None and getattr(literal, "scope_id", None) is None
        if literal.is_loopback and plain:
            return address
    return ""


def send(outgoing: Outgoing, allowed: bool = True, copies: int = 1) -> dict[str, Any]:
    """Send the request `copies` times, if it is `allowed`.

    Return url, method, request, the highest status, and type and body of the last answer; without an answer
    `status` is None and `error` says why.
    """
    answer: dict[str, Any] = {
        "url": masked(outgoing.url), "method": outgoing.method,
        "request": {"headers": outgoing.headers, "body": outgoing.body.decode(), **outgoing.decoded},
        "status": None, "body": "",
    }  # fmt: skip
    goal = target(outgoing.url)
    if goal is None:
        return answer | {"error": NOT_SENT}
    if not allowed:
        return answer | {"error": NOT_NAMED}
    try:
        replies = [_ask(goal, outgoing) for _ in range(copies)]
    except (OSError, http.client.HTTPException) as error:
        return answer | {"error": f"no answer: {str(error) or type(error).__name__}".lower()}
    _, kind, text = replies[-1]
    worst = max(status for status, _, _ in replies)
    return answer | {"status": worst, "type": kind, "body": text}


def _ask(goal: Target, outgoing: Outgoing) -> tuple[int, str, str]:
    """Return status, type and text of the reply; redirects are not followed."""
    connection = http.client.HTTPConnection(goal.address, goal.port, timeout=TIMEOUT_S)
    headers = outgoing.headers | {"Host": goal.host}
    if outgoing.method != "GET":
        headers["Content-Length"] = str(len(outgoing.body))
    try:
        connection.connect()
        if goal.secure:
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=goal.name)
        connection.request(outgoing.method, goal.path, outgoing.body or None, headers)
        reply = connection.getresponse()
        text = reply.read(REPLY_MAX_BYTES).decode("utf-8", "replace")
        return reply.status, reply.headers.get_content_type(), text
    finally:
        connection.close()


def masked(url: str) -> str:
    """Return `url` without its password and the values of its query, to be shown and logged."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    query = "&".join(f"{name}={HIDDEN}" for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query))
