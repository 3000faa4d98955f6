"""Sizes, codes and lists that the platform prescribes. Each line names its unit and its source."""

import re
from typing import NamedTuple

from scaffold.kommo import sources


class Image(NamedTuple):
    """A picture the archive must hold, exact size in pixels."""

    name: str
    """File name under `images/`."""
    width: int
    height: int
    use: str
    """Where the CRM shows it."""
    always: bool = True
    """Whether every widget needs it (else an area's row names it)."""


IMAGES_URL = sources.KOMMO_DOCS + "images"

IMAGES: tuple[Image, ...] = (
    Image("logo.png", 130, 100, "older versions of the CRM"),
    Image("logo_main.png", 400, 272, "the tile in the list of integrations and the installation window"),
    Image("logo_medium.png", 240, 84, "the header of the open panel in cards"),
    Image("logo_min.png", 84, 84, "the folded panel in cards"),
    Image("logo_small.png", 108, 108, "small lists"),
    Image("logo_dp.png", 174, 109, "the action's tile in the digital pipeline", always=False),
)
"""Source: <https://developers.kommo.com/docs/images>."""

IMAGE_BY_NAME: dict[str, Image] = {image.name: image for image in IMAGES}

OLD_LOGO_SIZES: dict[str, tuple[int, int]] = {"logo_min.png": (42, 42), "logo_medium.png": (120, 42)}
"""Width and height in widgets from before the current table, counted over public repositories."""

LOGO_MAIN_MARGIN_PX = 10
"""Clear border of logo_main.png. Source: <https://developers.kommo.com/docs/images>."""

IMAGE_MAX_BYTES = 300 * 1024
"""A logo's weight at most. Source: <https://developers.kommo.com/docs/images>."""

TOUR_WIDTH, TOUR_HEIGHT = 1188, 616
"""A tour slide, pixels. Source: <https://developers.kommo.com/docs/getting-listed>."""

TOUR_MAX_SLIDES = 5
"""Slides per locale, 1 to this. Source: <https://developers.kommo.com/docs/getting-listed>."""


def tour_image(locale: str, number: int) -> str:
    """Return the path of a slide below `images/`; `number` counts from 1."""
    return f"tour_{locale}_{number}.png"


PLATFORMS: tuple[str, ...] = ("kommo", "amocrm")

PRODUCTS: dict[str, str] = {"kommo": "Kommo", "amocrm": "amoCRM"}
"""What a platform is called."""

DOMAINS: dict[str, str] = {"kommo": "kommo.com", "amocrm": "amocrm.ru"}
"""An account lies at `https://<subdomain>.` and this. Sources: the samples of
<https://developers.kommo.com/reference/widget-by-code> and
<https://www.amocrm.ru/developers/content/crm_platform/widgets-api>.
"""

LOCALES: dict[str, tuple[str, ...]] = {
    "kommo": ("en", "es", "pt", "tr", "id"),
    "amocrm": ("en", "es", "pt", "tr", "id", "ru"),
}
"""Locales by platform; each needs `i18n/<locale>.json`.

Sources: <https://es-developers.kommo.com/docs/manifest-json>; ru:
<https://www.amocrm.ru/developers/content/integrations/structure>.
"""

LOCALE_NAMES: dict[str, str] = {
    "en": "English", "es": "Spanish", "pt": "Portuguese",
    "tr": "Turkish", "id": "Indonesian", "ru": "Russian",
}  # fmt: skip

SETTINGS_FIELD_TYPES: dict[str, str] = {
    "text": "a line of text",
    "pass": "a password",
    "users": "a line of text for each user",
    "users_lp": "login and password for each user",
    "custom": "drawn by the widget; stores a JSON string or a number; one at most",
}
"""Types of an installation field. Source: <https://developers.kommo.com/docs/field-types> (2026-01-27)."""

DP_FIELD_TYPES: dict[str, str] = {
    "text": "a line of text",
    "number": "a number",
    "custom": "drawn by the widget",
}
"""Types of a digital pipeline field.

Source: <https://developers.kommo.com/docs/widgets-dp> shows `text`; the official scaffolder
<https://github.com/kommo-crm/create-kommo-integration> names the other two.
"""

SALESBOT_FIELD_TYPES: dict[str, str] = {
    "text": "text, or a text field of the entity",
    "numeric": "a number, or a text or numeric field of the entity",
    "url": "a link, or a text or link field of the entity",
}
"""Types of a Salesbot block's field. Source: <https://developers.kommo.com/docs/salesbot-sdk>."""


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
"""Sources: <https://developers.kommo.com/docs/widgets-dp>, and for the customer events
<https://www.amocrm.ru/developers/content/digital_pipeline/integrations>."""

PIPELINE_ENTITY_TYPES: dict[int, str] = {2: "lead", 12: "customer"}
"""`event[data][element_type]`. Source: as for `PIPELINE_EVENTS`."""

PIPELINE_DIRECTIONS: tuple[str, ...] = ("went_to_trigger", "went_in_trigger", "went_from_trigger")
"""`event[data][direction_of_movement]`; leads only. Source: as for `PIPELINE_EVENTS`."""

CODE_PATTERN = re.compile(r"[a-z][a-z0-9_]*")
"""A widget's code, whole text. Source: <https://developers.kommo.com/docs/get-started-public>."""

VERSION_PATTERN = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
"""A widget's version, whole text. Source: every sample of <https://developers.kommo.com/docs/manifest-json>."""

MANIFEST_BLOCKS: tuple[str, ...] = (
    "widget", "locations", "tour", "settings", "dp", "advanced", "salesbot_designer",
    "sms", "mobile", "left_menu",
)  # fmt: skip
"""The documented top-level blocks of manifest.json, in the documentation's order.

Source: <https://es-developers.kommo.com/docs/manifest-json>; left_menu: <https://developers.kommo.com/docs/left-menu>.
"""

INTERFACE_VERSION = 2
"""The only one left. Source: <https://es-developers.kommo.com/docs/manifest-json>."""

AI_AGENT_DESCRIPTION_CHARS = 100
"""Longer texts are cut by an ellipsis. Source: <https://developers.kommo.com/docs/widget-locations>."""

SALESBOT_HANDLERS: tuple[str, ...] = ("show", "goto", "exits", "widget_request")
"""Handlers a block's steps may use. Source: <https://developers.kommo.com/docs/salesbot-dp>."""

ARCHIVE_NAME = "widget.zip"
"""Source: <https://www.amocrm.ru/developers/content/integrations/upload>."""

CDN_MODULES: tuple[str, ...] = (
    "jquery", "underscore", "backbone", "moment", "twigjs", "lib/components/base/modal",
)  # fmt: skip
"""Modules that the CRM offers to `define`, of those public widgets use. Source:
<https://developers.kommo.com/docs/modules>."""
