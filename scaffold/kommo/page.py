"""What is the CRM's own on its pages, so that a widget's style sheet should leave it alone.

Sources: the containers that <https://developers.kommo.com/docs/script-js>, card-sdk, left-menu and widgets-dp
beside it name, and the CRM's controls in <https://www.amocrm.ru/developers/content/web_sdk/mechanics>.
"""

SYSTEM_CLASSES: tuple[str, ...] = (
    "card-widgets", "card-fields", "card-entity", "widget_settings_block", "widget-settings", "modal-body",
    "modal-scroller", "modal-list", "button-input", "text-input", "control--", "control-",
    "checkboxes_dropdown", "digital-pipeline", "linked-form", "linked-forms", "feed-note", "feed-compose",
    "nav__", "left-menu", "list__", "list-row", "list-top", "pipeline_", "pipeline-", "notification",
    "page-loader", "work-area", "switcher__", "js-widget-", "js-control-",
)  # fmt: skip
"""How the names of the CRM's classes begin."""

COLOR_SCHEME = "[data-color-scheme"
"""What `:root` carries in the dark scheme. Source: <https://developers.kommo.com/docs/dark-theme>."""
