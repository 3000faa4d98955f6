"""E101 to E103 and E105: the webhook of the digital pipeline."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.manifest import Manifest
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.urls import host_of, is_insecure
from scaffold.kommo.areas import ENDPOINT_ADDRESSES
from scaffold.kommo.manifest import DP
from scaffold.text import printable

_WEBHOOK = ENDPOINT_ADDRESSES["digital_pipeline"]
_MISPLACED: tuple[tuple[str, ...], ...] = (
    ("webhook_url",),
    ("widget", "webhook_url"),
    ("dp", "settings", "webhook_url"),
)
"""Where the webhook is often put by mistake; E105 reports the first, rules of the manifest the others."""

_LEGACY = "widget.php"


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_elsewhere(manifest: Manifest) -> bool:
    """Return whether the webhook is misplaced or misspelt, which other rules report."""
    misspelt = (key for key, _ in manifest.members("dp") if key not in DP)
    return any(isinstance(manifest.value(*path), str) for path in _MISPLACED) or any(
        word in key.lower() for key in misspelt for word in ("hook", "url")
    )


@rule("E101", "missing-webhook", Severity.WARNING, requires=("M101",))
def missing_webhook(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing `webhook_url` for the digital pipeline.

    What:
        `dp` has no `webhook_url`, or an empty one, while `digital_pipeline` is declared and there is no
        widget.php, which older widgets use instead.
    Why:
        Users can add the action to a pipeline, but nothing happens when it runs.
    Source:
        https://developers.kommo.com/docs/widgets-dp
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        manifest.json
            "action_multiple": false
    Good:
        manifest.json
            "action_multiple": false,
            "webhook_url": "https://hooks.acme-help.test/digital_pipeline.php"
    """
    manifest = widget.manifest
    declared = "digital_pipeline" in manifest.areas and isinstance(manifest.value("dp"), dict)
    if not declared or _LEGACY in widget.tree or not _is_blank(manifest.value(*_WEBHOOK)):
        return
    if not _is_elsewhere(manifest):
        state = "missing" if manifest.find(*_WEBHOOK) is None else "empty"
        hint = "add the https URL of your server"
        yield in_manifest(manifest, f"`dp.webhook_url` is {state}", hint, *_WEBHOOK)


@rule("E102", "invalid-webhook", Severity.ERROR, requires=("M101",))
def invalid_webhook(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid URL in `webhook_url`.

    What:
        `dp.webhook_url` is not a URL: a path, a host without https://, a number, an unfilled placeholder.
    Why:
        The platform has nowhere to send the event.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        manifest.json
            "webhook_url": "hooks.acme-help.test/digital_pipeline.php"
    Good:
        manifest.json
            "webhook_url": "https://hooks.acme-help.test/digital_pipeline.php"
    """
    value = widget.manifest.value(*_WEBHOOK)
    if not _is_blank(value) and not host_of(value):
        shown = f"`{printable(value[:60], 200)}`" if isinstance(value, str) else "`dp.webhook_url`"
        yield in_manifest(
            widget.manifest, f"{shown} is not a URL", "write the URL of your endpoint, https://...", *_WEBHOOK
        )


@rule("E103", "insecure-webhook", Severity.ERROR, requires=("M101",))
def insecure_webhook(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`webhook_url` does not use HTTPS.

    What:
        `dp.webhook_url` starts with http://.
    Why:
        The URL must use https: the events contain customer data, and nothing else protects them.
    Source:
        https://www.amocrm.ru/developers/content/integrations/structure
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        manifest.json
            "webhook_url": "http://hooks.acme-help.test/digital_pipeline.php"
    Good:
        manifest.json
            "webhook_url": "https://hooks.acme-help.test/digital_pipeline.php"
    """
    value = widget.manifest.value(*_WEBHOOK)
    if is_insecure(value):
        yield in_manifest(
            widget.manifest, "`dp.webhook_url` does not use https", "change http:// to https://", *_WEBHOOK
        )


@rule("E105", "misplaced-webhook", Severity.WARNING, requires=("M101",))
def misplaced_webhook(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`webhook_url` is at the root of the manifest.

    What:
        `webhook_url` is a top-level key of the manifest.
    Why:
        Only `dp.webhook_url` is read, so nothing is called.
    Source:
        https://developers.kommo.com/docs/widgets-dp
    Bad:
        manifest.json
            "webhook_url": "https://hooks.acme-help.test/digital_pipeline.php", "locations": [
              "title": "widget.name"
    Good:
        manifest.json
            "locations": [
              "webhook_url": "https://hooks.acme-help.test/digital_pipeline.php"
    """
    document = widget.manifest.document
    if document.find("webhook_url"):
        hint = "delete it" if document.find(*_WEBHOOK) else "move it into `dp`"
        yield in_manifest(widget.manifest, "`webhook_url` does not belong at the root", hint, "webhook_url")
