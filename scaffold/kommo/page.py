"""What is the CRM's own on its pages, so that a widget's style sheet should leave it alone."""

from scaffold.kommo import sources

SYSTEM_CLASSES: tuple[str, ...] = (
    "card-widgets", "card-fields", "card-entity", "widget_settings_block", "widget-settings", "modal-body",
    "modal-scroller", "modal-list", "button-input", "text-input", "control--", "control-",
    "checkboxes_dropdown", "digital-pipeline", "linked-form", "linked-forms", "feed-note", "feed-compose",
    "nav__", "left-menu", "list__", "list-row", "list-top", "pipeline_", "pipeline-", "notification",
    "page-loader", "work-area", "switcher__", "js-widget-", "js-control-",
)  # fmt: skip
"""How the names of the CRM's classes begin."""

COLOR_SCHEME = "[data-color-scheme"
"""What `:root` carries in the dark scheme."""

SOURCES: dict[str, tuple[str, ...]] = {
    "SYSTEM_CLASSES": (
        *(sources.KOMMO_DOCS + page for page in ("script-js", "card-sdk", "left-menu", "widgets-dp")),
        sources.AMOCRM_DOCS + "web_sdk/mechanics",
    ),
    "COLOR_SCHEME": (sources.KOMMO_DOCS + "dark-theme",),
}
