"""What the marketplace asks of public widgets, where a program can tell. Private ones are not bound to it."""

from scaffold.kommo import sources

NAME_MAX_CHARS = 30
NAME_WORD_MAX_CHARS = 19
SHORT_DESCRIPTION_MAX_CHARS = 50
DESCRIPTION_MAX_CHARS = 400
"""Of the text that is shown, tags apart."""

BRANDS: tuple[str, ...] = ("Kommo", "amoCRM")
"""The vendor's names as they are to be written; neither may stand in a widget's name."""

LINK_ATTRIBUTES: dict[str, str] = {"target": "_blank", "referrerpolicy": "no-referrer"}
"""What every link in a text must have."""

CONSOLE_IN_CATCH: dict[str, tuple[str, ...]] = {"kommo": ("trace",), "amocrm": ("trace", "debug")}
"""Methods of `console` that may be called where an error is handled, by platform; elsewhere none may."""

CDN_HOSTS: dict[str, tuple[str, ...]] = {
    "kommo": ("ajax.googleapis.com", "ajax.aspnetcdn.com", "ajax.microsoft.com", "code.jquery.com"),
    "amocrm": (),
}
"""Hosts that external libraries may come from, by platform: those of Google, Microsoft and jQuery."""

CDN_HOSTS_REVIEWED: dict[str, tuple[str, ...]] = {
    "kommo": ("cdnjs.cloudflare.com", "cdn.jsdelivr.net", "unpkg.com"),
    "amocrm": (),
}
"""Public hosts of libraries that may be used as well, each library being looked at in the review.

The page says so of a second list of hosts; these are the ones that public widgets ask.
"""

MENU_ICON_FORMAT = ".svg"
"""How the name of an icon of the left menu ends."""

_CHECKLIST = sources.KOMMO_DOCS + "getting-listed"

SOURCES: dict[str, tuple[str, ...]] = {
    "NAME_MAX_CHARS": (_CHECKLIST,),
    "NAME_WORD_MAX_CHARS": (_CHECKLIST,),
    "SHORT_DESCRIPTION_MAX_CHARS": (_CHECKLIST,),
    "DESCRIPTION_MAX_CHARS": (_CHECKLIST,),
    "BRANDS": (_CHECKLIST,),
    "LINK_ATTRIBUTES": (_CHECKLIST,),
    "CONSOLE_IN_CATCH": (_CHECKLIST, sources.AMOCRM_DOCS + "integrations/requirements"),
    "CDN_HOSTS": (_CHECKLIST,),
    "MENU_ICON_FORMAT": (sources.KOMMO_CHANGELOG + "left-menu-logos-update", _CHECKLIST),
    "CDN_HOSTS_REVIEWED": (_CHECKLIST, sources.OBSERVED),
}
