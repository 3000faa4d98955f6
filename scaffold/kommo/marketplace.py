"""Requirements of the marketplace that a program can check; they apply only to public widgets."""

from scaffold.kommo import sources

NAME_MAX_CHARS = 30
NAME_WORD_MAX_CHARS = 19
SHORT_DESCRIPTION_MAX_CHARS = 50
DESCRIPTION_MAX_CHARS = 400
"""Length of the text without tags."""

BRANDS: tuple[str, ...] = ("Kommo", "amoCRM")
"""The correct spelling of the vendor's names; a widget's name must not contain them."""

LINK_ATTRIBUTES: dict[str, str] = {"target": "_blank", "referrerpolicy": "no-referrer"}
"""Attributes that every link in a text must have."""

CONSOLE_IN_CATCH: dict[str, tuple[str, ...]] = {"kommo": ("trace",), "amocrm": ("trace", "debug")}
"""Platform -> methods of `console` that may be called in a `catch`; elsewhere none may."""

CDN_HOSTS: dict[str, tuple[str, ...]] = {
    "kommo": ("ajax.googleapis.com", "ajax.aspnetcdn.com", "ajax.microsoft.com", "code.jquery.com"),
    "amocrm": (),
}
"""Platform -> hosts that external libraries may come from: those of Google, Microsoft and jQuery."""

CDN_HOSTS_REVIEWED: dict[str, tuple[str, ...]] = {
    "kommo": ("cdnjs.cloudflare.com", "cdn.jsdelivr.net", "unpkg.com"),
    "amocrm": (),
}
"""Platform -> other hosts of libraries, which are allowed after a review of each library.

The page refers to a second list of hosts; these are the ones that public widgets use.
"""

MENU_ICON_FORMAT = ".svg"
"""Suffix of the icons of the left menu."""

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
