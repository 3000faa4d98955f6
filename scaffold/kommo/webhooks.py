"""The events of an account's webhooks, as a subscription lists them in `settings`."""

from typing import NamedTuple

from scaffold.kommo import sources
from scaffold.kommo.limits import PLATFORMS


class WebhookEvent(NamedTuple):
    """An event that a webhook can subscribe to."""

    name: str
    when: str
    platforms: tuple[str, ...] = PLATFORMS


_AMOCRM = ("amocrm",)

EVENTS: tuple[WebhookEvent, ...] = (
    WebhookEvent("add_lead", "a lead was added"),
    WebhookEvent("update_lead", "a lead was changed"),
    WebhookEvent("delete_lead", "a lead was deleted"),
    WebhookEvent("restore_lead", "a deleted lead was restored"),
    WebhookEvent("status_lead", "a lead moved to another stage"),
    WebhookEvent("responsible_lead", "a lead got another responsible user"),
    WebhookEvent("note_lead", "a note was added to a lead"),
    WebhookEvent("add_contact", "a contact was added"),
    WebhookEvent("update_contact", "a contact was changed"),
    WebhookEvent("delete_contact", "a contact was deleted"),
    WebhookEvent("restore_contact", "a deleted contact was restored"),
    WebhookEvent("responsible_contact", "a contact got another responsible user"),
    WebhookEvent("note_contact", "a note was added to a contact"),
    WebhookEvent("add_company", "a company was added"),
    WebhookEvent("update_company", "a company was changed"),
    WebhookEvent("delete_company", "a company was deleted"),
    WebhookEvent("restore_company", "a deleted company was restored"),
    WebhookEvent("responsible_company", "a company got another responsible user"),
    WebhookEvent("note_company", "a note was added to a company"),
    WebhookEvent("add_customer", "a customer was added", _AMOCRM),
    WebhookEvent("update_customer", "a customer was changed", _AMOCRM),
    WebhookEvent("delete_customer", "a customer was deleted", _AMOCRM),
    WebhookEvent("responsible_customer", "a customer got another responsible user", _AMOCRM),
    WebhookEvent("note_customer", "a note was added to a customer", _AMOCRM),
    WebhookEvent("add_task", "a task was added"),
    WebhookEvent("update_task", "a task was changed or completed"),
    WebhookEvent("delete_task", "a task was deleted"),
    WebhookEvent("responsible_task", "a task got another responsible user"),
    WebhookEvent("add_talk", "a conversation was started"),
    WebhookEvent("update_talk", "a conversation was changed"),
    WebhookEvent("add_message", "a chat message came in"),
    WebhookEvent("add_outgoing_message", "a chat message was sent", ("kommo",)),
    WebhookEvent("add_chat_template_review", "a WhatsApp template was sent for approval"),
)
"""Only amoCRM's page has customers. `add_outgoing_message` is in Kommo's changelog of 2026-07-01."""

BY_NAME: dict[str, WebhookEvent] = {event.name: event for event in EVENTS}

SOURCES: dict[str, tuple[str, ...]] = {
    "EVENTS": (
        sources.KOMMO_REFERENCE + "add-webhooks",
        sources.KOMMO_DOCS + "webhooks-general",
        sources.AMOCRM_DOCS + "crm_platform/webhooks-api",
    ),
}
