"""The widget's server half: what is sent to it, what came of that, and PHP's server where it runs."""

import itertools
import os
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scaffold.errors import ScaffoldError
from scaffold.kommo import samples
from scaffold.preview.api import seed
from scaffold.preview.sending import request, send, variants
from scaffold.preview.sending.php_server import Line, PhpServer
from scaffold.preview.sending.senders import (
    PUBLIC,
    Sender,
    audience,
    base_of,
    built_in,
    parse,
    project_of,
    senders,
)
from scaffold.preview.server.addresses import Addresses
from scaffold.preview.server.signed_token import DEMO_SECRET
from scaffold.preview.server.widget_source import Source
from scaffold.text import printable

EVENTS_MAX = 200
"""Of the timeline, kept for a page that is opened later."""

DETAIL_MAX_CHARS = 20_000

_DEMO = {
    "KOMMO_CLIENT_SECRET": DEMO_SECRET,
    "KOMMO_CLIENT_ID": seed.CLIENT_UUID,
}
"""What requests are signed with where the environment says nothing else."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page asks to be sent."""

    name: str
    variant: str = variants.VALID
    url: str = ""
    """Empty: PHP's server where it runs, else what manifest or answers say."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    sample: str = ""
    """JSON in place of the project's sample."""


class ServerHalf:
    """One widget's server half; safe to be used from several threads."""

    def __init__(
        self, source: Source, platform: str, addresses: Addresses, clock: Callable[[], int],
        say: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._source = source
        self._platform = platform
        self._addresses = addresses
        self._clock = clock
        self._say = say
        self._made: dict[str, str] = {}
        """PHP's settings; empty while it does not run."""
        self._php: PhpServer | None = None
        self._starting = threading.Lock()
        self._ids = itertools.count(1)
        self._events: deque[dict[str, Any]] = deque(maxlen=EVENTS_MAX)
        self.publish: Callable[[dict[str, Any]], None] = lambda _event: None
        """Takes each event of the timeline; may be called from any thread."""

    @property
    def has_back_end(self) -> bool:
        """Whether there is a `backend/public` that could be started."""
        project = project_of(self._source.path)
        return project is not None and (project / PUBLIC).is_dir()

    @property
    def address(self) -> str:
        """Of PHP's server; empty while it does not run."""
        return self._php.address if self._php else ""

    @property
    def stands_for(self) -> str:
        """The address that the widget's script knows its server by; PHP's stands in for it."""
        return base_of(self._source.path) if self.address else ""

    def audience(self) -> str:
        """Return what `aud` of a token says: as in the samples, else what manifest or answers give."""
        claims = (sender.document.get("token", {}).get("claims", {}) for sender in self.known())
        named = next((claim["aud"] for claim in claims if isinstance(claim.get("aud"), str)), "")
        return named or audience(self._source.widget.manifest, base_of(self._source.path))

    def known(self) -> list[Sender]:
        """Return what can be sent."""
        return senders(self._source, self._platform)

    def events(self) -> list[dict[str, Any]]:
        """Return the newest events of the timeline, the oldest first."""
        return list(self._events)

    def describe(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        return {
            "php": {
                "offered": self.has_back_end,
                "address": self.address,
                "problem": self._php.problem if self._php else "",
            },
            "senders": [self._shown(sender) for sender in self.known()],
            "events": self.events(),
        }

    def _shown(self, sender: Sender) -> dict[str, Any]:
        document = sender.document
        return {
            "name": sender.name,
            "file": sender.file,
            "fault": sender.fault,
            "url": self._url(sender),
            "method": document.get("method", ""),
            "sample": document,
            "unknown": self._unknown(document),
            "variants": [
                {"name": each.name, "title": each.title, "expected": each.expected.words}
                for each in (variants.of(document) if document else ())
            ],
        }

    def _url(self, sender: Sender) -> str:
        if self.address and sender.document:
            return self.address + str(sender.document["address"])
        return sender.url

    def settings(self) -> dict[str, str]:
        """Return the values that requests are made with, by name."""
        if self.address:
            return self._made
        given = {name: value for name, value in os.environ.items() if name.startswith("KOMMO_") and value}
        key = self._manifest_key()
        return {**_DEMO, **({"KOMMO_WEBHOOK_SECRET": key} if key else {}), **given}

    def _manifest_key(self) -> str:
        url = str(self._source.widget.manifest.value("dp", "webhook_url") or "")
        try:
            return dict(parse_qsl(urlsplit(url).query)).get("k", "")
        except ValueError:
            return ""

    def _unknown(self, document: samples.Document) -> list[str]:
        """Return the settings that a request needs and that are not known."""
        parts = (document.get("secret"), document.get("token"), document.get("signature"))
        names = dict.fromkeys(part["setting"] for part in parts if part)
        return [name for name in names if not self.settings().get(name)]

    def send(self, wanted: Wanted) -> dict[str, Any]:
        """Send one request; return it and what came back, with what was to be expected.

        Raises ScaffoldError where there is no such request, or its sample has a fault.
        """
        sender = self._sender(wanted)
        document = request.apply(wanted.name, sender.document, wanted.fields)
        variant = next((each for each in variants.of(document) if each.name == wanted.variant), None)
        if variant is None:
            raise ScaffoldError(f"{wanted.name} has no variant {wanted.variant}")
        url = wanted.url or self._url(sender)
        draft = request.draft(document, url, self.settings(), self._clock())
        variant.change(draft)
        outgoing = request.build(draft)
        allowed = self._is_own(url) or self._addresses.allow(url)
        answer = send.send(outgoing, allowed, variant.copies)
        answer |= {
            "name": wanted.name,
            "variant": variant.name,
            "title": variant.title,
            "expected": variant.expected.words,
            "as_expected": None if answer["status"] is None else variant.expected.met_by(answer["status"]),
        }
        self._tell_sent(answer)
        return answer

    def mobile_url(self, entity_type: str, entity_id: str) -> dict[str, Any]:
        """Return the URL that the mobile app opens, and the claims of the token in it."""
        sender = self._sender(Wanted("mobile"))
        entity = {"entity_type": entity_type, **({"entity_id": entity_id} if entity_id else {})}
        document = request.apply("mobile", sender.document, entity)
        url = self._url(sender)
        outgoing = request.build(request.draft(document, url, self.settings(), self._clock()))
        return {"url": outgoing.url if url else "", "claims": outgoing.decoded["token"]["claims"]}

    def _sender(self, wanted: Wanted) -> Sender:
        known = {sender.name: sender for sender in self.known()}
        sender = known.get(wanted.name) or built_in(self._source, self._platform, wanted.name)
        if sender is None:
            raise ScaffoldError(
                f"there is no sample {printable(wanted.name, 60)};", f"there are {', '.join(known)}"
            )
        if wanted.sample:
            try:
                return Sender(sender.name, parse(wanted.sample), sender.url, sender.file)
            except ValueError as error:
                raise ScaffoldError(f"the sample: {printable(str(error), 200)}") from error
        if sender.fault:
            raise ScaffoldError(sender.fault)
        return sender

    def _is_own(self, url: str) -> bool:
        return bool(self.address) and url.startswith(f"{self.address}/")

    def _tell_sent(self, answer: dict[str, Any]) -> None:
        path = urlsplit(answer["url"]).path or answer["url"] or "no address"
        head = f"{answer['method']} {path} ({answer['title']})"
        if answer["status"] is None:
            self.tell("sent", f"{head}: {answer['error']}", answer, "warned")
        elif answer["as_expected"]:
            self.tell("sent", f"{head} → {answer['status']}, as it should", answer)
        else:
            self.tell("sent", f"{head} → {answer['status']}: {answer['expected']}", answer, "warned")

    def tell(self, source: str, text: str, detail: Any = None, kind: str = "note") -> None:
        """Add an event to the timeline: `source` is `sent`, `asked`, `log`, `handled`, `php` or `problem`."""
        event = {
            "id": next(self._ids), "at": int(time.time() * 1000), "source": source, "kind": kind,
            "text": printable(text, 2000), "detail": detail,
        }  # fmt: skip
        self._events.append(event)
        self.publish(event)

    def start(self, page: str, stage: str) -> None:
        """Start the project's own back end, with the fake account as its platform; nothing where it runs.

        `page` is the address of the fake API, `stage` the origin of the widget's script. Raises ScaffoldError
        where there is no back end or no PHP, or PHP does not start.
        """
        with self._starting:
            if self.address:
                return
            project = project_of(self._source.path)
            if project is None or not (project / PUBLIC).is_dir():
                raise ScaffoldError(
                    f"there is no {PUBLIC} to start",
                    "`kommo-widget add` of an area with a back end, or the answer backend.url, makes one",
                )
            self._php = PhpServer(project / "backend", self._take)
            self._made = self._settings_for(page.rstrip("/"), stage)
            self._php.start(self._made)
            self.tell("php", f"PHP serves {PUBLIC} at {self.address}; its settings are made for this run")

    def install(self) -> dict[str, Any] | None:
        """Install the widget in the fake account where its server asks for access; None where it does not."""
        if "oauth" not in {sender.name for sender in self.known()}:
            return None
        return self.send(Wanted("oauth"))

    def close(self) -> None:
        """End PHP's server."""
        if self._php:
            self._php.stop()
        self._made = {}

    @property
    def php(self) -> PhpServer | None:
        """PHP's server, where it was started."""
        return self._php

    def _settings_for(self, page: str, stage: str) -> dict[str, str]:
        known = {sender.name: sender.document for sender in self.known()}
        host = samples.Widget(self._platform).host
        accounts = set(_accounts(list(known.values())))
        made = {
            "KOMMO_WEBHOOK_SECRET": self._manifest_key() or secrets.token_hex(24),
            "KOMMO_HOOK_SECRET": secrets.token_hex(24),
            "KOMMO_KEY": secrets.token_hex(32),
            "KOMMO_ACCOUNTS": ",".join(sorted(accounts | {str(seed.ACCOUNT_ID)})),
            "KOMMO_API": page,
            "KOMMO_HOST": _host_of(known.get("salesbot", {})) or host,
            "KOMMO_ORIGINS": f"https://{host} {stage}",
            "KOMMO_REDIRECT_URI": f"{base_of(self._source.path) or self.audience()}/oauth.php",
            **_DEMO,
        }
        if "oauth" not in known or accounts - {str(seed.ACCOUNT_ID)}:
            made["KOMMO_TOKEN"] = "preview"  # noqa: S105 - the fake API takes any
        return made

    def _take(self, line: Line) -> None:
        if line.kind == "problem":
            self._say(f"back end: {line.text}")
            self.tell("problem", line.text, kind="failed")
        else:
            self.tell(line.kind, line.text)


def _accounts(value: Any) -> Iterator[str]:
    """Yield the ids of the accounts that samples are of."""
    for item in value if isinstance(value, list) else ():
        yield from _accounts(item)
    if isinstance(value, dict):
        account = value.get("account")
        for found in (value.get("account_id"), account.get("id") if isinstance(account, dict) else None):
            if str(found).isascii() and str(found).isdecimal():
                yield str(found)
        for item in value.values():
            yield from _accounts(item)


def _host_of(document: samples.Document) -> str:
    issuer = document.get("token", {}).get("claims", {}).get("iss", "")
    return str(issuer).removeprefix("https://")
