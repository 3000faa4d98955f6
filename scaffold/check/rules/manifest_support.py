"""M119 and M120: the support contact."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.urls import is_url


@rule("M119", "no-support", {"public": Severity.INFO}, requires=(*READABLE, "M110"))
def no_support(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing support contact.

    What:
        `widget.support` is missing.
    Why:
        It adds a button to the installation window through which users reach you. It is optional on Kommo and
        required on amoCRM. Users of a private widget know its author.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
            "installation": true
    Good:
        manifest.json
            "installation": true,
            "support": {
              "link": "https://acme-help.test/help",
              "email": "help@acme-help.test"
            }
    """
    if widget.manifest.find("widget", "support") is None:
        hint = 'add `"support": {"link": "https://...", "email": "..."}`'
        yield in_manifest(widget.manifest, "`widget.support` is missing", hint, "widget", "support")


@rule("M120", "invalid-support", Severity.WARNING, requires=READABLE)
def invalid_support(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid support contact.

    What:
        `widget.support` is not an object, has neither `link` nor `email`, or one of them is invalid.
    Why:
        The support button does nothing.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "link": "help"
    Good:
        manifest.json
            "email": "help@acme-help.test"
    """
    manifest = widget.manifest
    support = manifest.value("widget", "support")
    if manifest.find("widget", "support") is None:
        return
    if not isinstance(support, dict) or not (support.get("link") or support.get("email")):
        hint = 'write `{"link": "https://...", "email": "..."}`'
        yield in_manifest(
            manifest, "`widget.support` has neither `link` nor `email`", hint, "widget", "support"
        )
        return
    if support.get("link") and not is_url(support["link"]):
        path = ("widget", "support", "link")
        yield in_manifest(manifest, "`widget.support.link` is not a URL", "write a URL, https://...", *path)
    if support.get("email") and "@" not in str(support["email"]):
        path = ("widget", "support", "email")
        yield in_manifest(
            manifest, "`widget.support.email` is not an email address", "write an address, name@host", *path
        )
