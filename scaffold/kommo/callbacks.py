"""Every documented callback of script.js, with its signature, its return and its page.

A row that names no page was read on script-js. A dotted name (`leads.selected`) is a nested object:
`callbacks.leads.selected`.
"""

from typing import NamedTuple

from scaffold.kommo import sources

_SCRIPT_DOC = sources.KOMMO_DOCS + "script-js"
_CARD_DOC = sources.KOMMO_DOCS + "card-sdk"
_SALESBOT_DOC = sources.KOMMO_DOCS + "salesbot-sdk"


class Callback(NamedTuple):
    """One callback that the host calls."""

    name: str
    params: tuple[tuple[str, str], ...]
    """Name and TypeScript type of each argument."""
    returns: str
    """TypeScript type of the return value, `void` where the host ignores it.

    Types of ours (`Kommo.SaveParams`) are declared in the generated `types/kommo.d.ts`.
    """
    when: str
    """When the host calls it: one line."""
    url: str = _SCRIPT_DOC

    @property
    def signature(self) -> str:
        """The callback as TypeScript writes it: `onAddAsSource(pipeline_id: number): void`."""
        params = ", ".join(f"{name}: {type_}" for name, type_ in self.params)
        return f"{self.name}({params}): {self.returns}"


CALLBACKS: tuple[Callback, ...] = (
    Callback("render", (), "boolean | Promise<boolean>", "first, whenever the widget is loaded in an area"),
    Callback("init", (), "boolean", "after render returned true"),
    Callback("bind_actions", (), "boolean", "with init; the place for event handlers"),
    Callback(
        "settings", (("$modal_body", "JQuery"), ("context?", "Kommo.SettingsContext")), "boolean | void",
        "when the installation window is opened; `context` is amoCRM's",
    ),
    Callback(
        "onSave", (("params", "Kommo.SaveParams"),), "boolean | Promise<boolean>",
        "on Install and Save, and before destroy when the widget is disabled; false keeps the window open",
        sources.KOMMO_DOCS + "installing-and-configuring",
    ),
    Callback("onInstall", (), "void", "once, when the widget is installed; an exception does not stop it"),
    Callback("destroy", (), "void", "when the widget is disabled, and when its area is left"),
    Callback("advancedSettings", (), "boolean | void", "when the widget's page inside Settings is opened"),
    Callback(
        "dpSettings", (), "boolean | void", "when the widget's action is added or edited in the pipeline",
        sources.KOMMO_DOCS + "widgets-dp",
    ),
    Callback("leads.selected", (), "void", "when the widget is chosen in the leads list's More menu"),
    Callback("contacts.selected", (), "void", "when the widget is chosen in the contacts list's More menu"),
    Callback("todo.selected", (), "void", "when the widget is chosen in the tasks list's More menu"),
    Callback("onSource", (), "void", "after a source of the widget was used"),
    Callback(
        "onAddAsSource", (("pipeline_id", "number"),), "void", "when the widget becomes a pipeline's source"
    ),
    Callback(
        "onSalesbotDesignerSave", (("handler_code", "string"), ("params", "Record<string, string>")),
        "string", "when a bot with a block of the widget is saved; returns the bot's steps as JSON",
        _SALESBOT_DOC,
    ),
    Callback(
        "salesbotDesignerSettings",
        (("$body", "JQuery"), ("renderRow", "(caption: string) => string"), ("params", "object")),
        "{ exits: Array<{ code: string, title: string }> }",
        "when a block of the widget is added or opened in the Salesbot builder", _SALESBOT_DOC,
    ),
    Callback(
        "loadPreloadedData", (), "Promise<Kommo.CardSdkProduct[] | {}>",
        "when the widget's tab of a card is opened: the products to choose from", _CARD_DOC,
    ),
    Callback(
        "loadElements", (("type", "{ id: number, type: string }"), ("id", "number")),
        "Promise<Kommo.CardSdkElement[]>", "when the widget's tab of a card is opened: the linked products",
        _CARD_DOC,
    ),
    Callback(
        "linkCard", (("links", "Kommo.CardSdkLinks"),), "Promise<void>",
        "when a card is saved whose linked products changed", _CARD_DOC,
    ),
    Callback(
        "searchDataInCard", (("query", "string"), ("type", "number"), ("id", "number")),
        "Promise<Kommo.CardSdkProduct[]>", "when the user searches in the widget's tab of a card", _CARD_DOC,
    ),
    Callback(
        "loadCatalogElement", (("catalog_element", "Kommo.CatalogElement"),), "void",
        "when an element of the widget's list is opened, in place of the standard card",
        sources.KOMMO_DOCS + "lists-sdk",
    ),
    Callback(
        "initMenuPage", (("params", "Kommo.MenuPageParams"),), "void",
        "when an item of the widget is chosen in the left menu", sources.KOMMO_DOCS + "left-menu",
    ),
    Callback(
        "calendarSync", (), "object", "when the task synchronisation window is opened (amoCRM)",
        sources.AMOCRM_DOCS + "web_sdk/todo_sync",
    ),
)  # fmt: skip

BY_NAME: dict[str, Callback] = {callback.name: callback for callback in CALLBACKS}

REQUIRED: tuple[str, ...] = ("render", "init", "bind_actions")
"""Without all three the host does not run the widget."""

ALWAYS: tuple[str, ...] = (*REQUIRED, "settings", "onSave", "destroy")
"""What every generated widget has; `onSave` must exist for a widget to be installable."""

OPTIONAL: tuple[str, ...] = ("dpSettings", "salesbotDesignerSettings", "onAddAsSource")
"""Callbacks of areas that work without them: the host draws the manifest's fields itself."""

MISTAKEN: dict[str, str] = {
    "tasks.selected": "todo.selected",
    "initCallback": "init",
    "loadCatalogElements": "loadCatalogElement",
}
"""Names seen in public widgets that the host never calls -> the documented one."""

ENTITY_TYPES: dict[int, str] = {1: "contact", 2: "lead", 3: "company", 12: "customer"}
"""Entity type ids: of card_sdk's arguments, and of the pipeline's `element_type`."""

SOURCES: dict[str, tuple[str, ...]] = {
    "CALLBACKS": tuple(
        dict.fromkeys((*(callback.url for callback in CALLBACKS), sources.AMOCRM_DOCS + "web_sdk/settings"))
    ),
    "REQUIRED": (_SCRIPT_DOC,),
    "ALWAYS": (sources.AMOCRM_DOCS + "web_sdk/settings", sources.KOMMO_CLI),
    "OPTIONAL": (sources.KOMMO_DOCS + "widgets-dp", _SALESBOT_DOC, _SCRIPT_DOC),
    "MISTAKEN": (sources.OBSERVED,),
    "ENTITY_TYPES": (sources.AMOCRM_DOCS + "web_sdk/card",),
}
