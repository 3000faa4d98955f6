"""Where the facts were read: the vendor's documentation, newest first."""

KOMMO_DOCS = "https://developers.kommo.com/docs/"
KOMMO_REFERENCE = "https://developers.kommo.com/reference/"
KOMMO_DOCS_ES = "https://es-developers.kommo.com/docs/"
AMOCRM_DOCS = "https://www.amocrm.ru/developers/content/"
"""The sibling product's pages: richer, evidence for Kommo but no authority."""
OLD_AREAS = "https://www.amocrm.com/developers/content/integrations/areas/"
"""The previous English documentation of the areas."""

# widget-locations has no counterpart here: two of its areas are Kommo's alone.
_AMOCRM_PAGES: dict[str, str] = {
    KOMMO_DOCS + "script-js": "integrations/script_js",
    KOMMO_DOCS + "installing-and-configuring": "web_sdk/settings",
    KOMMO_DOCS + "card-sdk": "web_sdk/card",
    KOMMO_DOCS + "lists-sdk": "web_sdk/list",
    KOMMO_DOCS + "left-menu": "web_sdk/left_menu",
    KOMMO_DOCS + "widgets-dp": "digital_pipeline/integrations",
    KOMMO_DOCS + "salesbot-sdk": "integrations/salesbot_widget",
    KOMMO_DOCS + "salesbot-dp": "digital_pipeline/salesbot",
    KOMMO_DOCS + "environment-variables": "web_sdk/env_variables",
    KOMMO_DOCS + "style-css": "integrations/script_js",
    KOMMO_DOCS + "private-integration": "integrations/upload",
    KOMMO_REFERENCE + "widget-by-code": "crm_platform/widgets-api",
    OLD_AREAS: "integrations/areas",
}


def page(url: str, platform: str) -> str:
    """Return `platform`'s own page on what Kommo's page `url` says; `url` where there is none."""
    own = _AMOCRM_PAGES.get(url) if platform == "amocrm" else None
    return AMOCRM_DOCS + own if own else url
