"""E104 and E106 to E108: every URL that the platform calls; `endpoint_webhook` has the rules of one."""

import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit

from scaffold.check.findings import Severity
from scaffold.check.model.hosts import is_local
from scaffold.check.model.manifest import Manifest
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import is_active
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.urls import host_of, is_insecure
from scaffold.kommo.areas import ENDPOINT_ADDRESSES

_URLS = tuple(ENDPOINT_ADDRESSES.values())
"""The URLs that the platform calls."""

_PLACEHOLDERS = ("example.com", "example.net", "example.org")
"""Domains reserved for documentation. Source: <https://www.rfc-editor.org/rfc/rfc2606>."""


@rule("E104", "placeholder-address", Severity.WARNING, requires=("M101",))
def placeholder_address(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Placeholder URL left in the widget.

    What:
        `dp.webhook_url`, `sms.endpoint`, `mobile.frame_url` or `widget.support.link` points to example.com,
        example.net, example.org, or a subdomain of one of them.
    Why:
        Nothing answers at these domains: the action, the SMS, the card or the support button does nothing.
    Source:
        https://www.rfc-editor.org/rfc/rfc2606
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        manifest.json
            "webhook_url": "https://example.com/hook"
    Good:
        manifest.json
            "webhook_url": "https://hooks.acme.example/hook"
    """
    for path in (*_URLS, ("widget", "support", "link")):
        host = host_of(widget.manifest.value(*path))
        if any(host == domain or host.endswith(f".{domain}") for domain in _PLACEHOLDERS):
            message = f"`{'.'.join(path)}` points to the placeholder `{host}`"
            yield in_manifest(widget.manifest, message, "replace it with your own URL", *path)


@rule("E106", "own-machine-address", Severity.WARNING, requires=("M101",))
def own_machine_address(widget: Widget, _context: Context) -> Iterator[Problem]:
    """URL of a local machine or a private network.

    What:
        `dp.webhook_url`, `sms.endpoint` or `mobile.frame_url` points to localhost or to a private address.
    Why:
        The platform calls the URL over the internet and cannot reach it.
    Source:
        https://www.rfc-editor.org/rfc/rfc6761
        https://www.rfc-editor.org/rfc/rfc1918
    Bad:
        manifest.json
            "webhook_url": "https://localhost:8080/hook"
    Good:
        manifest.json
            "webhook_url": "https://hooks.acme.example/hook"
    """
    for path in _URLS:
        host = host_of(widget.manifest.value(*path))
        if is_local(host):
            message = f"`{'.'.join(path)}` points to `{host}`, which the platform cannot reach"
            yield in_manifest(widget.manifest, message, "replace it with the URL of your server", *path)


@rule("E108", "endpoint-not-in-backend", Severity.INFO, requires=("M101",))
def endpoint_not_in_backend(widget: Widget, context: Context) -> Iterator[Problem]:
    """The project's back end has no such endpoint.

    What:
        `dp.webhook_url`, `sms.endpoint` or `mobile.frame_url` ends in the name of a PHP file that does not
        exist in the project's backend/public. URLs without `.php` may be routed by the server, and a URL on
        another host than an existing endpoint belongs to another server: neither is reported.
    Why:
        Unless another server answers at that URL, the call ends in a 404.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/system_sms
    Bad:
        manifest.json
            "endpoint": "https://hooks.acme-help.test/send.php"
    Good:
        manifest.json
            "endpoint": "https://hooks.acme-help.test/sms.php"
    """
    served = context.public_files
    if served is None:
        return
    named = {path: value for path in _URLS if _php_file(value := _url(widget.manifest, path))}
    missing = {path: value for path, value in named.items() if not _is_served(_php_file(value), served)}
    own_hosts = {host_of(value) for path, value in named.items() if path not in missing}
    for path, value in missing.items():
        if not own_hosts or host_of(value) in own_hosts:
            file = posixpath.basename(_php_file(value))
            message = f"`{'.'.join(path)}` calls `{file}`, which is not in backend/public"
            hint = f"add `{file}` to backend/public, or check the URL"
            yield in_manifest(widget.manifest, message, hint, *path)


def _url(manifest: Manifest, path: tuple[str, ...]) -> str:
    """Return the URL at `path` if its area is declared, else nothing."""
    value = manifest.value(*path) if is_active(manifest, path[0]) else None
    return value.strip() if isinstance(value, str) and host_of(value) else ""


def _php_file(url: str) -> str:
    """Return the path of a URL that ends in a PHP file; empty for any other URL."""
    path = urlsplit(url).path
    return path if path.endswith(".php") else ""


def _is_served(path: str, files: frozenset[str]) -> bool:
    """Return whether one of the files answers at `path`, at the root of the host or in a folder."""
    return any(path.endswith(f"/{file}") for file in files)


@rule("E107", "insecure-address", Severity.WARNING, requires=("M101",))
def insecure_address(widget: Widget, _context: Context) -> Iterator[Problem]:
    """SMS or mobile card URL does not use HTTPS.

    What:
        `sms.endpoint` or `mobile.frame_url` starts with http://.
    Why:
        Every call carries a token that identifies the user, and anyone on the way can read it.
    Source:
        https://developers.kommo.com/docs/one-time-tokens
        https://www.amocrm.ru/developers/content/integrations/mobile-widgets
    Bad:
        manifest.json
            "endpoint": "http://hooks.acme-help.test/sms.php"
    Good:
        manifest.json
            "endpoint": "https://hooks.acme-help.test/sms.php"
    """
    for name, path in ENDPOINT_ADDRESSES.items():
        # E103 reports the webhook of the digital pipeline.
        if name != "digital_pipeline" and is_insecure(widget.manifest.value(*path)):
            yield in_manifest(
                widget.manifest, f"`{'.'.join(path)}` does not use https", "change http:// to https://", *path
            )
