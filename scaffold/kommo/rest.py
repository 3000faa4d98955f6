"""Facts of the REST API: what the fake account of the preview answers with and refuses."""

from scaffold.kommo import sources

PAGE_LIMIT_MAX = 250
"""Items a page holds at most."""

ITEMS_MAX = 250
"""Items that one request may write."""

ITEMS_RECOMMENDED = 50
"""Items that one request should write."""

PAGE_LIMIT_DEFAULT = 50
"""Items of a page that names no limit."""

FIELDS_PAGE_MAX = 50
"""Custom fields that a page of them holds at most."""

STATUS_WON, STATUS_LOST = 142, 143
"""Ids of the two closing stages of every pipeline."""

NOTE_TYPES: tuple[str, ...] = (
    "common", "call_in", "call_out", "service_message", "extended_service_message", "message_cashier",
    "invoice_paid", "geolocation", "sms_in", "sms_out", "attachment",
)  # fmt: skip
"""Notes that the API lets a widget write."""

OLD_FIELD_TYPES: dict[str, int] = {
    "text": 1, "numeric": 2, "checkbox": 3, "select": 4, "multiselect": 5, "date": 6, "url": 7,
    "multitext": 8, "textarea": 9, "radiobutton": 10, "streetaddress": 11, "smart_address": 13,
    "birthday": 14,
}  # fmt: skip
"""Type of a custom field -> its number in the API before v4."""

TOKEN_LIFETIME_S = 30 * 60
"""Life of a one-time token, seconds, as in the vendor's samples."""

TOKEN_HEADER = "X-Auth-Token"  # noqa: S105 - the header's name
"""What `$authorizedAjax` sends a one-time token in."""

REQUESTS_PER_SECOND = 7
"""What an account answers; beyond it 429, and to an address that goes on 403."""

CODE_LIFETIME_S = 20 * 60
"""Life of an authorization code, seconds."""

ACCESS_TOKEN_LIFETIME_S = 24 * 3600
"""Life of an access token, seconds."""

REFRESH_TOKEN_LIFETIME_DAYS = 90
"""Life of a refresh token that nobody used: "3 months". It works once, and the one before it until then."""

SOURCES: dict[str, tuple[str, ...]] = {
    "PAGE_LIMIT_MAX": (sources.KOMMO_DOCS + "limitations", sources.AMOCRM_DOCS + "crm_platform/widgets-api"),
    "ITEMS_MAX": (sources.KOMMO_DOCS + "limitations",),
    "ITEMS_RECOMMENDED": (sources.KOMMO_DOCS + "limitations",),
    "PAGE_LIMIT_DEFAULT": (sources.OBSERVED,),
    "FIELDS_PAGE_MAX": (sources.OBSERVED,),
    "STATUS_WON": (sources.OBSERVED,),
    "STATUS_LOST": (sources.OBSERVED,),
    "NOTE_TYPES": (sources.OBSERVED,),
    "OLD_FIELD_TYPES": (sources.OBSERVED,),
    "TOKEN_LIFETIME_S": (sources.KOMMO_DOCS + "one-time-tokens",),
    "TOKEN_HEADER": (sources.KOMMO_DOCS + "one-time-tokens",),
    "REQUESTS_PER_SECOND": (sources.KOMMO_DOCS + "limitations",),
    "CODE_LIFETIME_S": (sources.KOMMO_DOCS + "oauth-20", sources.AMOCRM_DOCS + "oauth/oauth"),
    "ACCESS_TOKEN_LIFETIME_S": (sources.KOMMO_DOCS + "oauth-20", sources.AMOCRM_DOCS + "oauth/oauth"),
    "REFRESH_TOKEN_LIFETIME_DAYS": (sources.KOMMO_DOCS + "oauth-20", sources.AMOCRM_DOCS + "oauth/oauth"),
}
