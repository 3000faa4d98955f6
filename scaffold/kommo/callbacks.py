"""Every documented callback of script.js, with its signature and the page that documents it.

A row without a page was read on script-js. A dotted name (`leads.selected`) is a nested object:
`callbacks.leads.selected`.
"""

from scaffold.kommo import sources
from scaffold.kommo.areas import AREAS
from scaffold.kommo.callback import Callback

_SCRIPT_DOC = sources.KOMMO_DOCS + "script-js"
_SALESBOT_DOC = sources.KOMMO_DOCS + "salesbot-sdk"

_OF_EVERY_AREA: tuple[Callback, ...] = (
    Callback("render", (), "boolean | Promise<boolean>", "first, whenever the widget is loaded in an area"),
    Callback("init", (), "boolean", "after render returned true"),
    Callback("bind_actions", (), "boolean", "with init; the place for event handlers"),
    Callback(
        "settings", (("$modal_body", "JQuery"), ("context?", "Kommo.SettingsContext")), "boolean | void",
        "when the installation window is opened",
    ),
    Callback(
        "onSave", (("params", "Kommo.SaveParams"),), "boolean | Promise<boolean>",
        "on Install and Save, and before destroy when the widget is disabled; false keeps the window open",
        sources.KOMMO_DOCS + "installing-and-configuring",
    ),
    Callback("onInstall", (), "void", "once, at the installation; an exception does not abort it"),
    Callback("destroy", (), "void", "when the widget is disabled, and when its area is left"),
)  # fmt: skip
"""Callbacks that the CRM calls in every area."""

_OTHERS: tuple[Callback, ...] = (
    Callback("onSource", (), "void", "after a source of the widget was used"),
    Callback(
        "calendarSync", (), "object", "when the task synchronisation window is opened",
        sources.AMOCRM_DOCS + "web_sdk/todo_sync",
    ),
)  # fmt: skip
"""Documented callbacks that belong to no area of the table."""

CALLBACKS: tuple[Callback, ...] = (
    *_OF_EVERY_AREA,
    *(callback for area in AREAS for callback in area.own_callbacks),
    *_OTHERS,
)
"""Every documented callback; those of one area are in its row."""

BY_NAME: dict[str, Callback] = {callback.name: callback for callback in CALLBACKS}

REQUIRED: tuple[str, ...] = ("render", "init", "bind_actions")
"""The CRM runs a widget only if it has all three."""

ALWAYS: tuple[str, ...] = (*REQUIRED, "settings", "onSave", "destroy")
"""Callbacks of every generated widget. A widget without `onSave` cannot be installed."""

OPTIONAL: tuple[str, ...] = tuple(callback.name for callback in CALLBACKS if callback.optional)
"""Callbacks of areas that work without them; the CRM draws the manifest's fields itself."""

MISTAKEN: dict[str, str] = {
    "tasks.selected": "todo.selected",
    "initCallback": "init",
    "loadCatalogElements": "loadCatalogElement",
}
"""Names in public widgets that the CRM never calls -> the documented name."""

ENTITY_TYPES: dict[int, str] = {1: "contact", 2: "lead", 3: "company", 12: "customer"}
"""Ids of entity types, in the arguments of card_sdk and in the pipeline's `element_type`."""

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
