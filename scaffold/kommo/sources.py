"""Where the facts were read: the vendor's pages, each with its product and the date of reading."""

from typing import NamedTuple

KOMMO_DOCS = "https://developers.kommo.com/docs/"
KOMMO_REFERENCE = "https://developers.kommo.com/reference/"
KOMMO_CHANGELOG = "https://developers.kommo.com/changelog/"
KOMMO_DOCS_ES = "https://es-developers.kommo.com/docs/"
AMOCRM_DOCS = "https://www.amocrm.ru/developers/content/"
"""The sibling product's pages: more detailed, but only evidence for Kommo, not authoritative."""
OLD_AREAS = "https://www.amocrm.com/developers/content/integrations/areas/"
"""The previous English documentation of the areas."""
OLD_OAUTH = "https://www.amocrm.com/developers/content/oauth/step-by-step"
"""The previous English documentation of OAuth."""
KOMMO_CLI = "https://github.com/kommo-crm/create-kommo-integration"
"""The vendor's own scaffolder."""
BIRTHDAY_WIDGET = "https://github.com/kommo-crm/birthday-widget"
"""The vendor's sample widget."""
BROWSER_GLOBALS = "https://www.npmjs.com/package/globals"
"""The list of names that JavaScript linters share; version 15 of it."""
OBSERVED = ""
"""On no page: counted over public widgets, or relied on by public code that uses the API."""


class Source(NamedTuple):
    """A page that a fact was read on."""

    platform: str
    """`kommo`, `amocrm`, `browser`, or `observed` if there is no page."""
    url: str
    read: str
    """`YYYY-MM-DD`: the page's own date if it has one, else the day on which it was read."""


_KOMMO_READ: dict[str, str] = {
    "add-notifications": "2025-11-06",
    "authorization-public": "2026-11-26",
    "card-sdk": "2026-03-24",
    "dark-theme": "2025-06-08",
    "environment-variables": "2025-06-08",
    "field-types": "2026-01-27",
    "get-started-public": "2026-06-03",
    "getting-listed": "2026-02-24",
    "i18n": "2026-05-04",
    "images": "2025-06-08",
    "installing-and-configuring": "2026-11-26",
    "left-menu": "2026-02-25",
    "limitations": "2026-03-25",
    "lists-sdk": "2026-01-26",
    "long-lived-token": "2026-03-13",
    "manifest-json": "2026-02-17",
    "modules": "2026-11-26",
    "moderation-process": "2026-11-26",
    "oauth-20": "2025-06-08",
    "one-time-tokens": "2025-06-08",
    "permissions": "2026-06-03",
    "private-integration": "2025-06-08",
    "salesbot-dp": "2026-05-04",
    "salesbot-sdk": "2026-01-26",
    "script-js": "2025-11-24",
    "structure-widget": "2025-06-08",
    "style-css": "2025-06-08",
    "technical-account": "2026-11-26",
    "webhooks-general": "2026-06-30",
    "widget-locations": "2025-11-25",
    "widgets-dp": "2026-01-26",
}
_AMOCRM_READ = "2026-01-07"
"""The whole site was read at once."""

_AMOCRM_NAMES: tuple[str, ...] = (
    "api/recommendations", "crm_platform/webhooks-api", "crm_platform/widgets-api",
    "digital_pipeline/integrations", "digital_pipeline/salesbot",
    "integrations/amoforms-widgets", "integrations/custom_settings", "integrations/mobile-widgets",
    "integrations/moderation",
    "integrations/requirements", "integrations/salesbot_widget", "integrations/script_js",
    "integrations/structure", "integrations/system_sms", "integrations/upload",
    "oauth/disposable-tokens", "oauth/oauth", "oauth/scopes", "oauth/step-by-step", "web_sdk/card",
    "web_sdk/env_variables", "web_sdk/industry-solutions", "web_sdk/left_menu", "web_sdk/list",
    "web_sdk/mechanics", "web_sdk/personal_page", "web_sdk/settings", "web_sdk/system_modules",
    "web_sdk/todo_sync",
)  # fmt: skip

PAGES: dict[str, Source] = {
    source.url: source
    for source in (
        *(Source("kommo", KOMMO_DOCS + name, read) for name, read in _KOMMO_READ.items()),
        *(Source("amocrm", AMOCRM_DOCS + name, _AMOCRM_READ) for name in _AMOCRM_NAMES),
        Source("kommo", KOMMO_DOCS_ES + "manifest-json", "2026-02-17"),
        Source("kommo", KOMMO_REFERENCE + "get-token", "2026-11-26"),
        Source("kommo", KOMMO_REFERENCE + "salesbot-widget-block-execution-confirmation", "2026-11-26"),
        Source("kommo", KOMMO_REFERENCE + "widget-by-code", "2026-11-26"),
        Source("kommo", KOMMO_REFERENCE + "add-webhooks", "2026-06-30"),
        Source("amocrm", OLD_OAUTH, "2026-11-26"),
        Source("kommo", KOMMO_CHANGELOG + "left-menu-logos-update", "2026-11-26"),
        Source("kommo", KOMMO_CLI, "2025-06-05"),
        Source("kommo", OLD_AREAS, "2026-11-22"),
        Source("kommo", BIRTHDAY_WIDGET, "2024-11-19"),
        Source("browser", BROWSER_GLOBALS, "2026-11-26"),
        Source("observed", OBSERVED, "2026-11-22"),
    )
}
"""URL -> page."""

# widget-locations has no counterpart: only Kommo has two of its areas.
_AMOCRM_PAGES: dict[str, str] = {
    KOMMO_DOCS + "script-js": "integrations/script_js",
    KOMMO_DOCS + "installing-and-configuring": "web_sdk/settings",
    KOMMO_DOCS + "card-sdk": "web_sdk/card",
    KOMMO_DOCS + "lists-sdk": "web_sdk/list",
    KOMMO_DOCS + "left-menu": "web_sdk/left_menu",
    KOMMO_DOCS + "widgets-dp": "digital_pipeline/integrations",
    KOMMO_DOCS + "webhooks-dp": "digital_pipeline/webhooks",
    KOMMO_DOCS + "webhooks-general": "crm_platform/webhooks-format",
    KOMMO_DOCS + "salesbot-sdk": "integrations/salesbot_widget",
    KOMMO_DOCS + "salesbot-dp": "digital_pipeline/salesbot",
    KOMMO_DOCS + "environment-variables": "web_sdk/env_variables",
    KOMMO_DOCS + "style-css": "integrations/script_js",
    KOMMO_DOCS + "private-integration": "integrations/upload",
    KOMMO_DOCS + "get-started-public": "integrations/upload",
    KOMMO_DOCS + "getting-listed": "integrations/requirements",
    KOMMO_DOCS + "moderation-process": "integrations/moderation",
    KOMMO_DOCS + "permissions": "oauth/scopes",
    KOMMO_DOCS + "one-time-tokens": "oauth/disposable-tokens",
    KOMMO_DOCS + "limitations": "api/recommendations",
    KOMMO_DOCS + "long-lived-token": "oauth/step-by-step",
    KOMMO_DOCS + "oauth-20": "oauth/oauth",
    KOMMO_DOCS + "authorization-public": "oauth/step-by-step",
    KOMMO_REFERENCE + "widget-by-code": "crm_platform/widgets-api",
    OLD_AREAS: "integrations/areas",
}


def page(url: str, platform: str) -> str:
    """Return the page of `platform` on the subject of Kommo's page `url`, or `url` if there is none."""
    own = _AMOCRM_PAGES.get(url) if platform == "amocrm" else None
    return AMOCRM_DOCS + own if own else url
