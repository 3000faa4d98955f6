"""The steps of a Salesbot, as `onSalesbotDesignerSave` returns them."""

from scaffold.kommo import sources

STEP_KEYS: tuple[str, ...] = ("question", "answer", "finish")
"""Keys of a step that contain handlers."""

HANDLERS: tuple[str, ...] = (
    "show", "buttons", "action", "meta", "condition", "conditions", "validations", "preset", "goto",
    "wait_answer", "find", "filter", "send_internal", "widget_request", "stop", "send_external_message",
    "exits",
)  # fmt: skip
"""Handlers that a step can use."""

SOURCES: dict[str, tuple[str, ...]] = {
    "STEP_KEYS": (sources.KOMMO_DOCS + "salesbot-dp", sources.AMOCRM_DOCS + "digital_pipeline/salesbot"),
    "HANDLERS": (
        sources.KOMMO_DOCS + "salesbot-dp",
        sources.KOMMO_DOCS + "salesbot-sdk",
        sources.AMOCRM_DOCS + "digital_pipeline/salesbot",
    ),
}
