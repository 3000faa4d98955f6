"""Facts about the REST API, for the fake API of the preview."""

from scaffold.kommo import sources

PAGE_LIMIT_MAX = 250
"""Maximum number of items on a page."""

ITEMS_MAX = 250
"""Maximum number of items that a request can write."""

ITEMS_RECOMMENDED = 50
"""Recommended maximum number of items that a request writes."""

PAGE_LIMIT_DEFAULT = 50
"""Items on a page if the request has no limit."""

FIELDS_PAGE_MAX = 50
"""Maximum number of custom fields on a page."""

STATUS_WON, STATUS_LOST = 142, 143
"""Ids of the two closing stages of every pipeline."""

NOTE_TYPES: tuple[str, ...] = (
    "common", "call_in", "call_out", "service_message", "extended_service_message", "message_cashier",
    "invoice_paid", "geolocation", "sms_in", "sms_out", "attachment",
)  # fmt: skip
"""Types of notes that a widget can write."""

OLD_FIELD_TYPES: dict[str, int] = {
    "text": 1, "numeric": 2, "checkbox": 3, "select": 4, "multiselect": 5, "date": 6, "url": 7,
    "multitext": 8, "textarea": 9, "radiobutton": 10, "streetaddress": 11, "smart_address": 13,
    "birthday": 14,
}  # fmt: skip
"""Type of a custom field -> its number in versions of the API before v4."""

TOKEN_LIFETIME_S = 30 * 60
"""Lifetime of a one-time token in seconds, as in the vendor's samples."""

TOKEN_HEADER = "X-Auth-Token"  # noqa: S105 - the header's name
"""The header in which `$authorizedAjax` sends a one-time token."""

REQUESTS_PER_SECOND = 7
"""Limit of an account; further requests get 429, and an IP address that continues gets 403."""

CODE_LIFETIME_S = 20 * 60
"""Lifetime of an authorization code, in seconds."""

ACCESS_TOKEN_LIFETIME_S = 24 * 3600
"""Lifetime of an access token, in seconds."""

REFRESH_TOKEN_LIFETIME_DAYS = 90
"""Lifetime of an unused refresh token: "3 months". A token works once; the previous one works until then."""

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
