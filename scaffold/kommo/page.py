"""What is the CRM's own on its pages, so that a widget's style sheet should leave it alone."""

from scaffold.kommo import sources

SYSTEM_CLASSES: tuple[str, ...] = (
    "card-widgets", "card-fields", "card-entity", "widget_settings_block", "widget-settings", "modal-body",
    "modal-scroller", "modal-list", "button-input", "button-input_blue", "button-input-disabled",
    "text-input", "control", "checkboxes_dropdown", "digital-pipeline", "linked-form", "linked-forms",
    "feed-note", "feed-compose", "nav", "left-menu", "list", "list-row", "list-top", "notification",
    "page-loader", "work-area", "switcher",
)  # fmt: skip
"""The CRM's classes; what follows one by `__` is a part of it."""

SYSTEM_PREFIXES: tuple[str, ...] = (
    "control--", "list-row-", "list-top-", "feed-note-", "feed-compose-", "pipeline_", "js-widget-",
    "js-control-",
)  # fmt: skip
"""How the names of further classes of the CRM begin."""

BARE_BLOCKS = frozenset({"control", "nav", "list", "notification", "switcher"})
"""Of `SYSTEM_CLASSES` those that are anybody's word: only their parts are the CRM's."""

WIDGET_HOOKS: tuple[str, ...] = (
    "card-widgets__widget-", "digital-pipeline__short-task_widget-style_", "work-area-",
)  # fmt: skip
"""Classes and ids of the CRM that end in a widget's code, and so are one widget's alone."""

PAGE_ROOTS: tuple[str, ...] = (
    "body", "html", "head", "#page_holder", "#card_holder", "#left_menu", "#nav_menu", ".nav", ".card-holder",
)  # fmt: skip
"""What holds the CRM's page, and is never a widget's to replace."""

RUN_TIME_CODE: tuple[str, ...] = (
    r"#?\bwork-area-[A-Za-z]\w*",
    r"\bcard-widgets__widget-[A-Za-z]\w*",
    r"\bdigital-pipeline__short-task_widget-style_[A-Za-z]\w*",
    r"#[A-Za-z]\w*_custom_content\b",
    r"/api/v\d+/widgets/[A-Za-z]\w*",
    r"/widgets/[A-Za-z]\w*/(?=[\w./-]*\.(?:css|js|twig|png|svg|jpe?g|json)\b)",
    r"/upl/[A-Za-z]\w*/",
)
"""Ids, classes and addresses of the platform that hold a widget's code, with one written out."""

COLOR_SCHEME = "data-color-scheme"
"""The attribute that `:root` carries in the dark scheme: it names nobody's element."""

SOURCES: dict[str, tuple[str, ...]] = {
    "SYSTEM_CLASSES": (
        *(sources.KOMMO_DOCS + page for page in ("script-js", "card-sdk", "left-menu", "widgets-dp")),
        sources.AMOCRM_DOCS + "web_sdk/mechanics",
    ),
    "SYSTEM_PREFIXES": (sources.AMOCRM_DOCS + "web_sdk/mechanics", sources.OBSERVED),
    "BARE_BLOCKS": (sources.OBSERVED,),
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
