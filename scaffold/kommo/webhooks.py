"""The events of an account's webhooks: what a subscription lists in `settings`.

Sources: <https://developers.kommo.com/reference/add-webhooks> and
<https://developers.kommo.com/docs/webhooks-general> (copies from before its change of 2026-07-02);
<https://www.amocrm.ru/developers/content/crm_platform/webhooks-api> (2026-01-07), which alone has customers;
for `add_outgoing_message` Kommo's changelog of 2026-07-01.
"""

from typing import NamedTuple

from scaffold.kommo.limits import PLATFORMS

WEBHOOKS_MAX = 100
"""Webhooks of an account at most. Source: the page of amoCRM above."""


class WebhookEvent(NamedTuple):
    """An event that a webhook can be subscribed to."""

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

BY_NAME: dict[str, WebhookEvent] = {event.name: event for event in EVENTS}
