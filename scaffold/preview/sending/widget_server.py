"""The widget's own server: the requests that can be sent to it, and their results."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from scaffold.errors import ScaffoldError
from scaffold.kommo import samples
from scaffold.preview.keys import Keys
from scaffold.preview.sending import fields, request, send, settings, variants
from scaffold.preview.sending.addresses import Addresses
from scaffold.preview.sending.back_end import BackEnd
from scaffold.preview.sending.sample_document import parse
from scaffold.preview.sending.senders import Sender, audience, base_of, built_in, senders
from scaffold.preview.sending.timeline import Timeline
from scaffold.preview.widget_source import Source
from scaffold.text import printable


class SampleRequest(NamedTuple):
    """A request that the page wants to send."""

    name: str
    variant: str = variants.VALID
    url: str = ""
    """Empty: PHP's server if it is running, else the URL in the manifest or the answers."""
    form: Mapping[str, Any] = MappingProxyType({})
    """Values of the form on the page, see `fields`."""
    sample: str = ""
    """JSON to use instead of the project's sample."""


class WidgetServer:
    """The server of one widget; safe to use from several threads."""

    def __init__(
        self, source: Source, platform: str, addresses: Addresses, clock: Callable[[], int],
        say: Callable[[str], None], keys: Keys,
    ) -> None:  # fmt: skip
        self._source = source
        self._platform = platform
        self._addresses = addresses
        self._clock = clock
        self._keys = keys
        self.timeline = Timeline()
        self.back_end = BackEnd(source, self.timeline, say)
        """The project's back end, which receives the requests while PHP runs it."""

    @property
    def replaced(self) -> str:
        """The address in the widget's script that PHP's server replaces; empty while it is not running."""
        return base_of(self._source.path) if self.back_end.address else ""

    def audience(self) -> str:
        """Return the `aud` of tokens: as in the samples, else from the manifest or the answers."""
        claims = (sender.document.get("token", {}).get("claims", {}) for sender in self.known())
        named = next((claim["aud"] for claim in claims if isinstance(claim.get("aud"), str)), "")
        return named or audience(self._source.widget.manifest, base_of(self._source.path))

    def known(self) -> list[Sender]:
        """Return the requests that can be sent."""
        return senders(self._source, self._platform)

    def describe(self) -> dict[str, Any]:
        """Return the content of the page's tab “Server”."""
        return {
            "php": {
                "offered": self.back_end.folder is not None,
                "address": self.back_end.address,
                "problem": self.back_end.problem,
            },
            "senders": [self._shown(sender) for sender in self.known()],
            "events": self.timeline.events(),
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
        if self.back_end.address and sender.document:
            return self.back_end.address + str(sender.document["address"])
        return sender.url

    def settings(self) -> dict[str, str]:
        """Return the settings that requests are signed with, by name."""
        if self.back_end.address:
            return self.back_end.settings
        return settings.given(self._source.widget.manifest)

    def _unknown(self, document: samples.Document) -> list[str]:
        """Return the settings that a request needs and whose values are unknown."""
        parts = (document.get("secret"), document.get("token"), document.get("signature"))
        names = dict.fromkeys(part["setting"] for part in parts if part)
        return [name for name in names if not self.settings().get(name)]

    def send(self, wanted: SampleRequest) -> dict[str, Any]:
        """Send a request; return it, the answer, and which answer was expected.

        Raises ScaffoldError if there is no such request, or its sample has a fault.
        """
        sender = self._sender(wanted)
        document = fields.apply(wanted.name, sender.document, wanted.form)
        variant = next((each for each in variants.of(document) if each.name == wanted.variant), None)
        if variant is None:
            raise ScaffoldError(f"{wanted.name} has no variant {wanted.variant}")
        url = wanted.url or self._url(sender)
        draft = request.draft(document, url, self.settings(), self._clock(), self._keys.code)
        variant.change(draft)
        outgoing = request.build(draft)
        allowed = self._is_own(url) or self._addresses.allow(url)
        with self.timeline.sending():
            return self._sent(outgoing, allowed, wanted, variant)

    def _sent(
        self, outgoing: request.Outgoing, allowed: bool, wanted: SampleRequest, variant: variants.Variant
    ) -> dict[str, Any]:
        answer = send.send(outgoing, allowed, variant.copies)
        answer |= {
            "name": wanted.name,
            "variant": variant.name,
            "title": variant.title,
            "expected": variant.expected.words,
            "as_expected": None if answer["status"] is None else variant.expected.met_by(answer["status"]),
        }
        self._log_sent(answer)
        return answer

    def mobile_url(self, entity_type: str, entity_id: str) -> dict[str, Any]:
        """Return the URL that the mobile app opens, and the claims of its token."""
        sender = self._sender(SampleRequest("mobile"))
        entity = {"entity_type": entity_type, **({"entity_id": entity_id} if entity_id else {})}
        document = fields.apply("mobile", sender.document, entity)
        url = self._url(sender)
        outgoing = request.build(
            request.draft(document, url, self.settings(), self._clock(), self._keys.code)
        )
        return {"url": outgoing.url if url else "", "claims": outgoing.decoded["token"]["claims"]}

    def _sender(self, wanted: SampleRequest) -> Sender:
        known = {sender.name: sender for sender in self.known()}
        sender = known.get(wanted.name) or built_in(self._source, self._platform, wanted.name)
        if sender is None:
            raise ScaffoldError(
                f"there is no sample {printable(wanted.name, 60)};", f"the samples are {', '.join(known)}"
            )
        if wanted.sample:
            try:
                return sender._replace(document=parse(wanted.sample), fault="")
            except ValueError as error:
                raise ScaffoldError(f"the sample: {printable(str(error), 200)}") from error
        if sender.fault:
            raise ScaffoldError(sender.fault)
        return sender

    def _is_own(self, url: str) -> bool:
        address = self.back_end.address
        return bool(address) and url.startswith(f"{address}/")

    def _log_sent(self, answer: dict[str, Any]) -> None:
        path = urlsplit(answer["url"]).path or answer["url"] or "no address"
        head = f"{answer['method']} {path} ({answer['title']})"
        if answer["status"] is None:
            self.timeline.add("sent", f"{head}: {answer['error']}", answer, "warned")
        elif answer["as_expected"]:
            self.timeline.add("sent", f"{head} → {answer['status']}, as expected", answer)
        else:
            self.timeline.add("sent", f"{head} → {answer['status']}: {answer['expected']}", answer, "warned")

    def start(self, page: str, stage: str) -> None:
        """Start the project's back end, with the fake account as its platform, unless it is running.

        `page` is the address of the fake API, `stage` the origin of the widget's script. Raises ScaffoldError
        if there is no back end or no PHP, or PHP does not start.
        """
        self.back_end.start(lambda: self._settings(page.rstrip("/"), stage))

    def install(self) -> dict[str, Any] | None:
        """Send the OAuth redirect of an installation; None if the widget's server does not use OAuth."""
        if "oauth" not in {sender.name for sender in self.known()}:
            return None
        return self.send(SampleRequest("oauth"))

    def _settings(self, page: str, stage: str) -> dict[str, str]:
        known = {sender.name: sender.document for sender in self.known()}
        redirect = f"{base_of(self._source.path) or self.audience()}/oauth.php"
        key = settings.manifest_key(self._source.widget.manifest)
        host, token = samples.Widget(self._platform).host, self._keys.access_token()
        return settings.made(known, host, redirect, page, stage, key, token)
