"""Sizes, codes and lists that the platform prescribes, with their units; `SOURCES` has their pages."""

import re
from typing import NamedTuple

from scaffold.kommo import sources
from scaffold.kommo.callbacks import ENTITY_TYPES


class Image(NamedTuple):
    """An image that the archive must contain, with its exact size in pixels."""

    name: str
    """File name under `images/`."""
    width: int
    height: int
    use: str
    """Where the CRM shows it."""
    always: bool = True
    """Whether every widget needs it; otherwise it is in the rows of the areas that do."""
    margin: int = 0
    """Pixels on each side that stay clear."""


IMAGES: tuple[Image, ...] = (
    Image("logo.png", 130, 100, "older versions of the CRM"),
    Image(
        "logo_main.png", 400, 272, "the tile in the list of integrations and the installation window",
        margin=10,
    ),
    Image("logo_medium.png", 240, 84, "the header of the open panel in cards"),
    Image("logo_min.png", 84, 84, "the folded panel in cards"),
    Image("logo_small.png", 108, 108, "small lists"),
    Image("logo_dp.png", 174, 109, "the action's tile in the digital pipeline", always=False),
)  # fmt: skip

IMAGE_BY_NAME: dict[str, Image] = {image.name: image for image in IMAGES}

OLD_LOGO_SIZES: dict[str, tuple[int, int]] = {"logo_min.png": (42, 42), "logo_medium.png": (120, 42)}
"""Width and height in older widgets, counted over public repositories."""

IMAGE_MAX_BYTES = 300_000
"""Maximum size of a logo: 300 KB on the page, read as the smaller of the two possible values."""

TOUR_WIDTH, TOUR_HEIGHT = 1188, 616
"""Size of a tour slide, in pixels."""

TOUR_MAX_SLIDES = 5
"""Maximum number of slides for a locale; at least one."""


def tour_image(locale: str, number: int) -> str:
    """Return the path of a slide below `images/`; `number` starts at 1."""
    return f"tour_{locale}_{number}.png"


PLATFORMS: tuple[str, ...] = ("kommo", "amocrm")

PRODUCTS: dict[str, str] = {"kommo": "Kommo", "amocrm": "amoCRM"}
"""Platform -> name of the product."""

ACCOUNT_DOMAINS: dict[str, tuple[str, ...]] = {"kommo": ("kommo.com",), "amocrm": ("amocrm.ru", "amocrm.com")}
"""Domains of accounts: the only hosts to which a server may send an integration's secret.

amocrm.com had amoCRM's accounts outside Russia.
"""

DOMAINS: dict[str, str] = {platform: domains[0] for platform, domains in ACCOUNT_DOMAINS.items()}
"""Platform -> current domain; an account is at `https://<subdomain>.<domain>`."""

_LOCALES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ru", "Russian", ("amocrm",)),
    ("en", "English", PLATFORMS),
    ("es", "Spanish", PLATFORMS),
    ("pt", "Portuguese", PLATFORMS),
    ("tr", "Turkish", ("kommo",)),
    ("id", "Indonesian", ("kommo",)),
)
"""Code, name and platforms of each locale, in the platforms' order. Each needs `i18n/<locale>.json`."""

LOCALES: dict[str, tuple[str, ...]] = {
    platform: tuple(code for code, _, platforms in _LOCALES if platform in platforms)
    for platform in PLATFORMS
}
"""Locales by platform."""

LOCALE_NAMES: dict[str, str] = {
    code: name for platform in PLATFORMS for code, name, platforms in _LOCALES if platform in platforms
}

SETTINGS_FIELD_TYPES: dict[str, str] = {
    "text": "a line of text, one for the account",
    "pass": "a password",
    "users": "a line of text for every user, such as an extension; not a picker of users",
    "users_lp": "a login and a password for every user",
    "custom": "drawn by the widget, at first as a picker; stores JSON or a number; one at most",
}
"""Types of a field of the installation window. Only amoCRM's page limits `custom` to one."""

DP_FIELD_TYPES: dict[str, str] = {
    "text": "a line of text",
    "number": "a number",
    "custom": "drawn by the widget",
}
"""Types of a digital pipeline field. The page shows `text`; the vendor's scaffolder has the other two."""

SALESBOT_FIELD_TYPES: dict[str, str] = {
    "text": "text, or a text field of the entity",
    "numeric": "a number, or a text or numeric field of the entity",
    "url": "a link, or a text or link field of the entity",
}
"""Types of a field of a Salesbot block."""


class PipelineEvent(NamedTuple):
    """An event of the digital pipeline, as it arrives at the endpoint."""

    type: int
    code: str
    entity: str
    when: str


PIPELINE_EVENTS: tuple[PipelineEvent, ...] = (
    PipelineEvent(1, "lead_added", "lead", "a lead was created in the stage"),
    PipelineEvent(14, "lead_status_changed", "lead", "a lead was moved to the stage"),
    PipelineEvent(15, "lead_appeared_in_status", "lead", "a lead moves inside an action that spans stages"),
    PipelineEvent(16, "mail_in", "lead", "a mail came in"),
    PipelineEvent(17, "call_in", "lead", "a call came in"),
    PipelineEvent(18, "site_visit", "lead", "the website was visited"),
    PipelineEvent(19, "chat", "lead", "a chat message came in"),
    PipelineEvent(20, "customer_added", "customer", "a customer was created in the period (amoCRM)"),
    PipelineEvent(21, "customer_period_changed", "customer", "a customer changed its period (amoCRM)"),
    PipelineEvent(22, "customer_appeared_in_period", "customer", "a customer is in the period (amoCRM)"),
)
"""Kommo's page shows 14 and 15; the others are on amoCRM's page and on older pages."""

PIPELINE_ENTITY_TYPES: dict[int, str] = {number: ENTITY_TYPES[number] for number in (2, 12)}
"""Values of `event[data][element_type]`; only amoCRM has customers."""

PIPELINE_DIRECTIONS: tuple[str, ...] = ("went_to_trigger", "went_in_trigger", "went_from_trigger")
"""Values of `event[data][direction_of_movement]`; only leads have it."""

CODE_PATTERN = re.compile(r"[a-z][a-zA-Z0-9_]*")
"""A widget's code, for `fullmatch`."""

VERSION_PATTERN = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
"""A widget's version as in every sample, for `fullmatch`."""

INTERFACE_VERSION = 2
"""The only version that the platform still supports."""

AI_AGENT_DESCRIPTION_CHARS = 100
"""Longer texts are cut with an ellipsis."""

MODULES: tuple[str, ...] = (
    "jquery", "underscore", "backbone", "moment", "twigjs", "browser-detect", "chartjs", "colorpicker",
    "rangeslider", "clipboard", "cocktail", "accounting", "device", "enquire", "FileAPI",
    "google-libphonenumber", "jplayer", "js-uuid", "fullcalendar", "pubsub", "steady", "store", "cropperjs",
    "virtualized-list", "quill", "intl_tel_input", "es6promise", "text", "json", "css",
    "require", "exports", "module",
)  # fmt: skip
"""Modules of the CRM and its loader that `define` can require by a single word; others have a path."""

_KOMMO, _AMOCRM = sources.KOMMO_DOCS, sources.AMOCRM_DOCS
_PIPELINE = (_KOMMO + "widgets-dp", _AMOCRM + "digital_pipeline/integrations")

SOURCES: dict[str, tuple[str, ...]] = {
    "IMAGES": (_KOMMO + "images",),
    "OLD_LOGO_SIZES": (sources.OBSERVED,),
    "IMAGE_MAX_BYTES": (_KOMMO + "images",),
    "TOUR_WIDTH": (_KOMMO + "getting-listed",),
    "TOUR_HEIGHT": (_KOMMO + "getting-listed",),
    "TOUR_MAX_SLIDES": (_KOMMO + "getting-listed",),
    "ACCOUNT_DOMAINS": (
        sources.KOMMO_REFERENCE + "get-token",
        _AMOCRM + "oauth/step-by-step",
        sources.OLD_OAUTH,
    ),
    "LOCALES": (_KOMMO + "i18n", sources.KOMMO_DOCS_ES + "manifest-json", _AMOCRM + "integrations/structure"),
    "SETTINGS_FIELD_TYPES": (_KOMMO + "field-types", _AMOCRM + "integrations/custom_settings"),
    "DP_FIELD_TYPES": (_KOMMO + "widgets-dp", sources.KOMMO_CLI),
    "SALESBOT_FIELD_TYPES": (_KOMMO + "salesbot-sdk",),
    "PIPELINE_EVENTS": _PIPELINE,
    "PIPELINE_DIRECTIONS": _PIPELINE,
    "CODE_PATTERN": (_KOMMO + "get-started-public", _AMOCRM + "integrations/upload"),
    "INTERFACE_VERSION": (sources.KOMMO_DOCS_ES + "manifest-json",),
    "VERSION_PATTERN": (_KOMMO + "manifest-json",),
    "AI_AGENT_DESCRIPTION_CHARS": (_KOMMO + "widget-locations",),
    "MODULES": (_KOMMO + "modules", _AMOCRM + "web_sdk/system_modules", sources.OBSERVED),
}
