"""M15x: the blocks `advanced`, `sms` and `mobile`; L110 reports missing ones."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.idle import is_active
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.urls import is_url
from scaffold.check.rules.values import is_text

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@rule("M150", "advanced-title", Severity.ERROR, requires=READABLE)
def advanced_title(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing title of the advanced settings page.

    What:
        `advanced` has no `title`, or one that is not a string.
    Why:
        The title is the page's name in the settings.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "advanced": {}
    Good:
        manifest.json
            "advanced": {
              "title": "advanced.title"
            }
    """
    if is_active(widget.manifest, "advanced") and not is_text(widget.manifest.find("advanced", "title")):
        hint = "add the key of a text, such as `advanced.title`"
        yield in_manifest(
            widget.manifest, "`advanced.title` is missing or not a string", hint, "advanced", "title"
        )


@rule("M151", "sms-endpoint", Severity.ERROR, requires=READABLE)
def sms_endpoint(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing SMS endpoint.

    What:
        `sms` has no `endpoint`, or one that is not an http or https URL.
    Why:
        The upload rejects the archive, and calls the URL to see whether it answers.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/system_sms
    Bad:
        manifest.json
            "endpoint": "hooks/sms.php"
    Good:
        manifest.json
            "endpoint": "https://hooks.acme-help.test/sms.php"
    """
    if is_active(widget.manifest, "sms") and not is_url(widget.manifest.value("sms", "endpoint")):
        message = "`sms.endpoint` is missing or not a URL"
        hint = "write the URL of your endpoint, https://..."
        yield in_manifest(widget.manifest, message, hint, "sms", "endpoint")


@rule("M152", "mobile-frame-url", Severity.ERROR, requires=READABLE)
def mobile_frame_url(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing page URL of the mobile card.

    What:
        `mobile` has no `frame_url`, or one that is not an http or https URL.
    Why:
        The app shows the page at this URL.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/mobile-widgets
    Bad:
        manifest.json
            "mobile": {
              "color": "#204ecf"
    Good:
        manifest.json
            "frame_url": "https://hooks.acme-help.test/mobile.php",
    """
    if is_active(widget.manifest, "mobile") and not is_url(widget.manifest.value("mobile", "frame_url")):
        message = "`mobile.frame_url` is missing or not a URL"
        hint = "write the URL of your page, https://..."
        yield in_manifest(widget.manifest, message, hint, "mobile", "frame_url")


@rule("M153", "mobile-color", Severity.WARNING, requires=READABLE)
def mobile_color(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid colour of the mobile card.

    What:
        `mobile` has no `color`, or one that is not of the form #rrggbb or #rgb.
    Why:
        The block's title is white and unreadable without a colour behind it.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://www.amocrm.ru/developers/content/integrations/mobile-widgets
    Bad:
        manifest.json
            "color": "blue"
    Good:
        manifest.json
            "color": "#FF0000"
    """
    color = widget.manifest.value("mobile", "color")
    if is_active(widget.manifest, "mobile") and not (isinstance(color, str) and _COLOR.fullmatch(color)):
        message = "`mobile.color` is missing or not of the form #rrggbb"
        yield in_manifest(widget.manifest, message, "write it as `#204ecf`", "mobile", "color")
