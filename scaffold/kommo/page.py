"""Classes and elements of the CRM's own pages, which a widget must not change."""

import re

from scaffold.kommo import sources

SYSTEM_CLASSES: tuple[str, ...] = (
    "card-widgets", "card-fields", "card-entity", "widget_settings_block", "widget-settings", "modal-body",
    "modal-scroller", "modal-list", "button-input", "button-input_blue", "button-input-disabled",
    "text-input", "control", "checkboxes_dropdown", "digital-pipeline", "linked-form", "linked-forms",
    "feed-note", "feed-compose", "nav", "left-menu", "list", "list-row", "list-top", "notification",
    "page-loader", "work-area", "switcher",
)  # fmt: skip
"""Classes of the CRM. A name that continues one with `__` is a part of it."""

SYSTEM_PREFIXES: tuple[str, ...] = (
    "control--", "list-row-", "list-top-", "feed-note-", "feed-compose-", "pipeline_", "js-widget-",
    "js-control-",
)  # fmt: skip
"""Prefixes of further classes of the CRM."""

BARE_BLOCKS = frozenset({"control", "nav", "list", "notification", "switcher"})
"""Those of `SYSTEM_CLASSES` that are common words; only their parts count as the CRM's."""

COMMON_WORDS = frozenset({
    "active", "alert", "arrow", "avatar", "back", "badge", "block", "body", "bold", "bottom", "box", "btn",
    "button", "buttons", "card", "center", "checkbox", "checked", "clear", "clearfix", "close", "col",
    "column", "container", "content", "current", "date", "delete", "description", "desc", "disabled",
    "dropdown", "edit", "error", "field", "fields", "footer", "form", "grid", "group", "head", "header",
    "hidden", "hide", "icon", "image", "img", "info", "inner", "input", "item", "items", "label", "left",
    "link", "list", "load", "loader", "loading", "logo", "main", "menu", "message", "modal", "name", "nav",
    "note", "open", "option", "order", "outer", "overlay", "page", "panel", "popup", "preview", "price",
    "product", "radio", "required", "result", "results", "right", "row", "save", "search", "section",
    "select", "selected", "show", "side", "sidebar", "spinner", "status", "step", "sub", "submit", "success",
    "switch", "tab", "table", "tabs", "tag", "text", "textarea", "title", "toggle", "tooltip", "top",
    "user", "value", "visible", "warning", "widget", "wrap", "wrapper"
})  # fmt: skip
"""Words that occur in anybody's class names."""

WIDGET_HOOKS: tuple[str, ...] = (
    "card-widgets__widget-", "digital-pipeline__short-task_widget-style_", "work-area-",
)  # fmt: skip
"""Prefixes of classes and ids of the CRM that end with a widget's code and belong to that widget."""

PAGE_ROOTS: tuple[str, ...] = (
    "body", "html", "head", "#page_holder", "#card_holder", "#left_menu", "#nav_menu", ".nav", ".card-holder",
)  # fmt: skip
"""Elements that contain the CRM's page and that a widget must never replace."""

RUN_TIME_CODE: tuple[str, ...] = (
    r"#?\bwork-area-[A-Za-z]\w*",
    r"\bcard-widgets__widget-[A-Za-z]\w*",
    r"\bdigital-pipeline__short-task_widget-style_[A-Za-z]\w*",
    r"#[A-Za-z]\w*_custom_content\b",
    r"/api/v\d+/widgets/[A-Za-z]\w*",
    r"/widgets/[A-Za-z]\w*/(?=[\w./-]*\.(?:css|js|twig|png|svg|jpe?g|json)\b)",
    r"/upl/[A-Za-z]\w*/",
)
"""Patterns of the platform's ids, classes and URLs that contain a widget's code, with the code hard-coded."""

COLOR_SCHEME = "data-color-scheme"
"""The attribute of `:root` in the dark scheme; a selector with it does not select an element of the CRM."""

SOURCES: dict[str, tuple[str, ...]] = {
    "SYSTEM_CLASSES": (
        *(sources.KOMMO_DOCS + page for page in ("script-js", "card-sdk", "left-menu", "widgets-dp")),
        sources.AMOCRM_DOCS + "web_sdk/mechanics",
    ),
    "SYSTEM_PREFIXES": (sources.AMOCRM_DOCS + "web_sdk/mechanics", sources.OBSERVED),
    "BARE_BLOCKS": (sources.OBSERVED,),
    "COMMON_WORDS": (sources.OBSERVED,),
    "WIDGET_HOOKS": (
        *(sources.KOMMO_DOCS + page for page in ("script-js", "card-sdk", "left-menu", "widgets-dp")),
    ),
    "PAGE_ROOTS": (sources.OBSERVED,),
    "RUN_TIME_CODE": (
        sources.KOMMO_DOCS + "script-js",
        sources.KOMMO_DOCS + "field-types",
        sources.KOMMO_DOCS + "widgets-dp",
        sources.KOMMO_REFERENCE + "widget-by-code",
        sources.AMOCRM_DOCS + "integrations/upload",
    ),
    "COLOR_SCHEME": (sources.KOMMO_DOCS + "dark-theme",),
}


def words_of(name: str) -> list[str]:
    """Return the words of a class name or a widget's code, in lower case: `acme-listItem` has three."""
    return [word.lower() for word in re.split(r"[-_]+|(?<=[a-z0-9])(?=[A-Z])", name) if word]


def has_only_common_words(name: str) -> bool:
    """Return whether elements of the CRM or of another widget may well have a class of this name."""
    return COMMON_WORDS.issuperset(words_of(name))
