"""Facts of the REST API: what the fake account of the preview answers with and refuses.

A line that names no page states what public code against the API relies on; the vendor's page for it was not
read.
"""

PAGE_LIMIT_MAX = 250
"""Items a page holds at most. Source: <https://www.amocrm.ru/developers/content/crm_platform/widgets-api>."""

ITEMS_MAX = 250
"""Items that one request may write."""

PAGE_LIMIT_DEFAULT = 50
"""Items of a page that names no limit."""

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
"""Life of a one-time token, seconds, as in the samples of <https://developers.kommo.com/docs/one-time-tokens>."""

TOKEN_HEADER = "X-Auth-Token"  # noqa: S105 - the header's name
"""Source: as for `TOKEN_LIFETIME_S`."""
