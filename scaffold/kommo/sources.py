"""Where the facts were read: the vendor's documentation, newest first."""

KOMMO_DOCS = "https://developers.kommo.com/docs/"
KOMMO_REFERENCE = "https://developers.kommo.com/reference/"
KOMMO_DOCS_ES = "https://es-developers.kommo.com/docs/"
AMOCRM_DOCS = "https://www.amocrm.ru/developers/content/"
"""The sibling product's pages: richer, evidence for Kommo but no authority."""
OLD_AREAS = "https://www.amocrm.com/developers/content/integrations/areas/"
"""The previous English documentation of the areas."""

UPLOAD: dict[str, str] = {
    "kommo": KOMMO_DOCS + "private-integration",
    "amocrm": AMOCRM_DOCS + "integrations/upload",
}
"""How an archive is uploaded, by platform."""
