"""What only amoCRM has, Kommo's sibling product; used by `check --platform amocrm`."""

from typing import NamedTuple

from scaffold.kommo import sources


class OwnArea(NamedTuple):
    """An area that only amoCRM has. None takes a suffix, and `new` does not generate any."""

    code: str
    gives: str
    """What the widget does there: one line."""
    url: str
    """The vendor's page about it."""
    callbacks: tuple[str, ...] = ()
    """Callbacks that only this area requires."""
    block: str = ""
    """The top-level manifest block that the area requires."""
    file: str = ""
    """The file at the archive's root that the area requires."""


OWN_AREAS: tuple[OwnArea, ...] = (
    OwnArea(
        "tline", "the script runs on the board of tasks",
        sources.AMOCRM_DOCS + "web_sdk/todo_sync", callbacks=("calendarSync",),
    ),
    OwnArea(
        "tcalendar", "the script runs in the calendar of tasks",
        sources.AMOCRM_DOCS + "web_sdk/todo_sync", callbacks=("calendarSync",),
    ),
    OwnArea(
        "amoforms", "a part of the widget's own in web forms",
        sources.AMOCRM_DOCS + "integrations/amoforms-widgets",
        block="amoforms_settings", file="amoforms.js",
    ),
    OwnArea(
        "personal_page", "a part of the widget's own in the client's page",
        sources.AMOCRM_DOCS + "web_sdk/personal_page", file="personal_page.js",
    ),
)  # fmt: skip

OWN_BY_CODE: dict[str, OwnArea] = {area.code: area for area in OWN_AREAS}

LOGO_FORMATS: dict[str, str] = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF"}
"""Suffix of an image file -> its format. Kommo's pages allow only PNG for logos."""

OWN_CALLBACKS: tuple[str, ...] = ("register_steps", "finish_wizard", "get_tutorial")
"""Callbacks of industry solutions."""

SOURCES: dict[str, tuple[str, ...]] = {
    "OWN_AREAS": tuple(dict.fromkeys(area.url for area in OWN_AREAS)),
    "LOGO_FORMATS": (sources.AMOCRM_DOCS + "integrations/structure",),
    "OWN_CALLBACKS": (sources.AMOCRM_DOCS + "web_sdk/industry-solutions",),
}
