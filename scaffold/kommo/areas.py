"""The areas that a widget can list under `locations` in its manifest: one row for each, in display order.

Everything about areas is derived from this table: the wizard's choices, the answers file, the manifest, the
callbacks in script.js, the rules, the preview's pages, the tables in the documentation and the tests.
Adding an area is one row here and one folder `templates/areas/<code>/`.
"""

from scaffold.kommo import sources
from scaffold.kommo.area import Area, Endpoint, Fidelity, Group, Place
from scaffold.kommo.callback import Callback

_CARD_DOC = sources.KOMMO_DOCS + "card-sdk"
_SCRIPT_DOC = sources.KOMMO_DOCS + "script-js"
_LOCATIONS_DOC = sources.KOMMO_DOCS + "widget-locations"
_OLD_AREAS_DOC = sources.OLD_AREAS

AREAS: tuple[Area, ...] = (
    Area(
        "lcard", "Lead card", "a panel on the right of a lead's card", Group.CARDS, _SCRIPT_DOC,
        suffix=True, overlays=("card",), bare_overlays=("call",), entity="leads",
        bare_gives="an entry in the menu of phone numbers in a lead's card",
        fidelity=Fidelity.TRUTHFUL,
        place=Place("leads_card", "leads", "leads", "/leads/detail/{id}", "Lead"),
    ),
    Area(
        "ccard", "Contact card", "a panel on the right of a contact's card", Group.CARDS, _SCRIPT_DOC,
        suffix=True, overlays=("card",), bare_overlays=("call",), entity="contacts",
        bare_gives="an entry in the menu of phone numbers in a contact's card",
        fidelity=Fidelity.TRUTHFUL,
        place=Place("contacts_card", "contacts", "contacts", "/contacts/detail/{id}", "Contact"),
    ),
    Area(
        "comcard", "Company card", "a panel on the right of a company's card", Group.CARDS, _SCRIPT_DOC,
        suffix=True, overlays=("card",), bare_overlays=("call",), entity="companies",
        bare_gives="an entry in the menu of phone numbers in a company's card",
        fidelity=Fidelity.TRUTHFUL,
        place=Place("companies_card", "companies", "companies", "/companies/detail/{id}", "Company"),
    ),
    Area(
        "cucard", "Customer card", "a panel on the right of a customer's card", Group.CARDS, _OLD_AREAS_DOC,
        suffix=True, overlays=("card",), bare_overlays=("call",),
        entity="customers", in_kommo_docs=False,
        bare_gives="an entry in the menu of phone numbers in a customer's card",
        fidelity=Fidelity.TRUTHFUL,
        place=Place("customers_card", "customers", "customers", "/customers/detail/{id}", "Customer"),
    ),
    Area(
        "card_sdk", "Card SDK", "a tab in the cards, with products or free content",
        Group.CARDS, _CARD_DOC,
        own_callbacks=(
            Callback(
                "loadPreloadedData", (), "Promise<Kommo.CardSdkProduct[] | {}>",
                "when the widget's tab of a card is opened: the products to choose from", _CARD_DOC,
            ),
            Callback(
                "loadElements", (("type", "{ id: number, type: string }"), ("id", "number")),
                "Promise<Kommo.CardSdkElement[]>",
                "when the widget's tab of a card is opened: the linked products", _CARD_DOC,
            ),
            Callback(
                "linkCard", (("links", "Kommo.CardSdkLinks"),), "Promise<void>",
                "when a card is saved whose linked products changed", _CARD_DOC,
            ),
            Callback(
                "searchDataInCard", (("query", "string"), ("type", "number"), ("id", "number")),
                "Promise<Kommo.CardSdkProduct[]>",
                "when the user searches in the widget's tab of a card", _CARD_DOC,
            ),
        ),
        needs_one_of=("lcard", "ccard", "comcard"),
        fidelity=Fidelity.TRUTHFUL,
        place=Place("leads_card", "leads", "leads", "/leads/detail/{id}", "Lead"),
    ),
    Area(
        "llist", "Leads list", "an action in the leads list's More menu", Group.LISTS, _SCRIPT_DOC,
        suffix=True,
        own_callbacks=(
            Callback(
                "leads.selected", (), "void", "when the widget is chosen in the leads list's More menu",
            ),
        ),
        entity="leads",
        overlays=("box", "list"), bare_overlays=("box", "window", "list"),
        fidelity=Fidelity.TRUTHFUL,
        place=Place("leads", "leads", "leads", "/leads/list/", "Leads"),
    ),
    Area(
        "clist", "Contacts list", "an action in the contacts list's More menu", Group.LISTS, _SCRIPT_DOC,
        suffix=True,
        own_callbacks=(
            Callback(
                "contacts.selected", (), "void", "when the widget is chosen in the contacts list's More menu",
            ),
        ),
        entity="contacts",
        overlays=("box", "list"), bare_overlays=("box", "window", "list"),
        fidelity=Fidelity.TRUTHFUL,
        place=Place("contacts", "contacts", "contacts", "/contacts/list/", "Contacts"),
    ),
    Area(
        "tlist", "Tasks list", "an action in the tasks list's More menu", Group.LISTS, _SCRIPT_DOC,
        suffix=True,
        own_callbacks=(
            Callback(
                "todo.selected", (), "void", "when the widget is chosen in the tasks list's More menu",
            ),
        ),
        entity="todo",
        overlays=("box", "list"), bare_overlays=("box", "window", "list"),
        fidelity=Fidelity.TRUTHFUL,
        place=Place("todo", "todo", "todo", "/todo/list/", "Tasks"),
    ),
    Area(
        "culist", "Customers list", "a panel beside the customers list", Group.LISTS, _OLD_AREAS_DOC,
        suffix=True, overlays=("box", "list"), bare_overlays=("call",),
        bare_gives="an entry in the menu of phone numbers in the customers list",
        entity="customers", in_kommo_docs=False,
        fidelity=Fidelity.TRUTHFUL,
        place=Place("customers", "customers", "customers", "/customers/list/", "Customers"),
    ),
    Area(
        "catalogs", "Lists SDK", "a custom card for the elements of one list", Group.LISTS,
        sources.KOMMO_DOCS + "lists-sdk",
        own_callbacks=(
            Callback(
                "loadCatalogElement", (("catalog_element", "Kommo.CatalogElement"),), "void",
                "when an element of the widget's list is opened, in place of the standard card",
                sources.KOMMO_DOCS + "lists-sdk",
            ),
        ),
        needs_one_of=("settings",),
        overlays=("box", "window"),
        fidelity=Fidelity.TRUTHFUL,
        place=Place("catalogs", "catalogs", "catalogs", "/catalogs/{id}", "Lists"),
    ),
    Area(
        "settings", "Installation window", "the window that installs and configures the widget",
        Group.SETTINGS, sources.KOMMO_DOCS + "installing-and-configuring", block="settings",
        texts=("*.name",), needs_script=False,
        fidelity=Fidelity.TRUTHFUL,
        place=Place("widgetsSettings", "settings", "widgetsSettings", "/settings/widgets/", "Integrations"),
    ),
    Area(
        "advanced_settings", "Advanced settings page", "a page inside Settings",
        Group.SETTINGS, _SCRIPT_DOC,
        own_callbacks=(
            Callback(
                "advancedSettings", (), "boolean | void", "when the widget's page inside Settings is opened",
            ),
        ),
        block="advanced", texts=("title",),
        overlays=("box", "page"),
        fidelity=Fidelity.TRUTHFUL,
        place=Place(
            "advanced-settings:{code}", "settings", "advanced-settings",
            "/settings/widgets/{code}/", "Settings",
        ),
    ),
    Area(
        "widget_page", "Left-menu page", "an item in the left menu, with its pages",
        Group.SETTINGS, sources.KOMMO_DOCS + "left-menu",
        own_callbacks=(
            Callback(
                "initMenuPage", (("params", "Kommo.MenuPageParams"),), "void",
                "when an item of the widget is chosen in the left menu", sources.KOMMO_DOCS + "left-menu",
            ),
        ),
        block="left_menu", texts=("*.title", "*.submenu.*.title"),
        overlays=("box", "page"),
        public_only=True,
        fidelity=Fidelity.TRUTHFUL,
        place=Place("widget-page:{code}", "widget_page", "widget_page", "/widget_page/{code}/", "Page"),
    ),
    Area(
        "everywhere", "Everywhere", "the script runs on every page", Group.SETTINGS, _LOCATIONS_DOC,
        fidelity=Fidelity.TRUTHFUL,
        place=Place("dashboard", "dashboard", "dashboard", "/dashboard/", "Dashboard"),
    ),
    Area(
        "digital_pipeline", "Digital pipeline", "a pipeline action, and the endpoint that it calls",
        Group.AUTOMATION, sources.KOMMO_DOCS + "widgets-dp",
        own_callbacks=(
            Callback(
                "dpSettings", (), "boolean | void",
                "when the widget's action is added or edited in the pipeline",
                sources.KOMMO_DOCS + "widgets-dp", optional=True,
            ),
        ),
        block="dp", texts=("title", "settings.*.name"),
        images=("logo_dp.png",), fidelity=Fidelity.APPROXIMATE,
        endpoint=Endpoint(
            "digital_pipeline", "events of the digital pipeline",
            address=("dp", "webhook_url"), settings=("KOMMO_WEBHOOK_SECRET",),
        ),
        place=Place(
            "leads-pipeline", "leads", "leads-dp",
            "/settings/pipeline/leads/{id}/", "Digital pipeline",
        ),
    ),
    Area(
        "salesbot_designer", "Salesbot designer", "blocks for the Salesbot builder",
        Group.AUTOMATION, sources.KOMMO_DOCS + "salesbot-sdk",
        own_callbacks=(
            Callback(
                "salesbotDesignerSettings",
                (("$body", "JQuery"), ("renderRow", "(caption: string) => string"), ("params", "object")),
                "{ exits: Array<{ code: string, title: string }> }",
                "when a block of the widget is added or opened in the Salesbot builder",
                sources.KOMMO_DOCS + "salesbot-sdk", optional=True,
            ),
            Callback(
                "onSalesbotDesignerSave", (("handler_code", "string"), ("params", "Record<string, string>")),
                "string", "when a bot with a block of the widget is saved; returns the bot's steps as JSON",
                sources.KOMMO_DOCS + "salesbot-sdk",
            ),
        ),
        block="salesbot_designer", texts=("*.name", "*.settings.*.name"),
        endpoint=Endpoint("salesbot", "requests of a Salesbot, which continues when it has the answer", True),
        fidelity=Fidelity.APPROXIMATE,
        place=Place(
            "settings-communications", "settings", "settings",
            "/settings/communications/", "Salesbot",
        ),
    ),
    Area(
        "lead_sources", "Lead sources", "a source of leads that a pipeline can use", Group.AUTOMATION,
        _SCRIPT_DOC,
        own_callbacks=(
            Callback(
                "onAddAsSource", (("pipeline_id", "number"),), "void",
                "when the widget becomes a pipeline's source", optional=True,
            ),
        ),
        fidelity=Fidelity.APPROXIMATE,
        place=Place(
            "leads-pipeline", "leads", "leads-dp",
            "/settings/pipeline/leads/{id}/", "Digital pipeline",
        ),
    ),
    Area(
        "ai_agent", "AI agent", "the widget is offered in the AI agent's settings", Group.AUTOMATION,
        _LOCATIONS_DOC, i18n=("widget.ai_agent_description",), needs_script=False,
        place=Place("settings", "settings", "settings", "/settings/ai/", "AI agent"),
    ),
    Area(
        "sms", "System SMS sender", "the account's system SMS go through your server", Group.MESSAGING,
        sources.AMOCRM_DOCS + "integrations/system_sms", block="sms",
        endpoint=Endpoint("sms", "text messages that the CRM asks to send", True, ("sms", "endpoint")),
        needs_script=False, fidelity=Fidelity.TRUTHFUL,
        place=Place("settings", "settings", "settings", "/settings/", "System SMS"),
    ),
    Area(
        "whatsapp_modal", "WhatsApp chooser", "the widget is listed in the WhatsApp window",
        Group.MESSAGING, _OLD_AREAS_DOC, in_kommo_docs=False, needs_script=False,
        fidelity=Fidelity.APPROXIMATE,
        place=Place("leads-pipeline", "leads", "leads-dp", "/settings/pipeline/leads/{id}/", "WhatsApp"),
    ),
    Area(
        "website_chat_button", "Website chat button", "the widget is offered for the website's chat button",
        Group.MESSAGING, _LOCATIONS_DOC, needs_script=False,
        place=Place(
            "leads-pipeline", "leads", "leads-dp",
            "/settings/pipeline/leads/{id}/", "Website chat button",
        ),
    ),
    Area(
        "mobile_card", "Mobile card", "your page in the mobile app's cards", Group.MESSAGING,
        sources.AMOCRM_DOCS + "integrations/mobile-widgets", block="mobile",
        endpoint=Endpoint(
            "mobile", "the page that the mobile app shows in a card", True, ("mobile", "frame_url")
        ),
        needs_script=False, fidelity=Fidelity.TRUTHFUL,
        place=Place("leads_card", "leads", "leads", "/leads/detail/{id}", "Mobile app"),
    ),
)  # fmt: skip

BY_CODE: dict[str, Area] = {area.code: area for area in AREAS}

CARD_CODES: tuple[str, ...] = tuple(a.code for a in AREAS if a.group is Group.CARDS and a.suffix)

BLOCKS: dict[str, str] = {area.block: area.code for area in AREAS if area.block}
"""Manifest block -> the area that requires it."""

ENDPOINT_ADDRESSES: dict[str, tuple[str, str]] = {
    area.endpoint.name: area.endpoint.address for area in AREAS if area.endpoint and area.endpoint.address
}
"""Endpoint -> path in the manifest of the value with its URL."""

PAGE_CODES: dict[str, str] = {
    "leads_card": "lcard", "contacts_card": "ccard", "companies_card": "comcard", "customers_card": "cucard",
    "leads": "llist", "contacts": "clist", "companies": "clist", "customers": "culist", "todo": "tlist",
}  # fmt: skip
"""Name of a page in `APP.getWidgetsArea()` -> code of its area. Only amoCRM has those of customers."""

SOURCES: dict[str, tuple[str, ...]] = {
    "AREAS": tuple(dict.fromkeys((_LOCATIONS_DOC, _OLD_AREAS_DOC, *(area.url for area in AREAS)))),
    "PAGE_CODES": (
        sources.KOMMO_DOCS + "environment-variables",
        sources.AMOCRM_DOCS + "web_sdk/env_variables",
    ),
}
