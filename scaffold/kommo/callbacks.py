"""Every documented callback of script.js, with its signature, its return and its page.

A row that names no page was read on script-js. A dotted name (`leads.selected`) is a nested object:
`callbacks.leads.selected`.
"""

from scaffold.kommo import sources
from scaffold.kommo.areas import AREAS
from scaffold.kommo.callback import Callback

_SCRIPT_DOC = sources.KOMMO_DOCS + "script-js"
_SALESBOT_DOC = sources.KOMMO_DOCS + "salesbot-sdk"

_ON_ITS_OWN: tuple[Callback, ...] = (
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
)  # fmt: skip
"""What the host calls in any area."""

_OTHERS: tuple[Callback, ...] = (
    Callback("onSource", (), "void", "after a source of the widget was used"),
    Callback(
        "calendarSync", (), "object", "when the task synchronisation window is opened (amoCRM)",
        sources.AMOCRM_DOCS + "web_sdk/todo_sync",
    ),
)  # fmt: skip
"""Documented, and called in no area of the table."""

CALLBACKS: tuple[Callback, ...] = (
    *_ON_ITS_OWN,
    *(callback for area in AREAS for callback in area.own_callbacks),
    *_OTHERS,
)
"""Every documented callback; those of one area stand in its row."""

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
