"""The answers, complete and checked: what everything after the questions works on."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from scaffold.kommo.areas import Location

Text = Mapping[str, str]
"""A text by locale; has every chosen locale, in their order."""


class Field(NamedTuple):
    """A field of the installation window, of a pipeline action or of a Salesbot block."""

    code: str
    type: str
    label: Text
    required: bool = False
    """Installation and pipeline fields only."""
    manual: bool = False
    """Salesbot fields only: the user types the value instead of choosing a field of the entity."""
    default_value: Text | None = None
    """Salesbot fields only."""


class Exit(NamedTuple):
    """A way on from a block of the Salesbot designer: a branch of the bot."""

    code: str
    title: Text


class Handler(NamedTuple):
    """A block of the Salesbot designer."""

    code: str
    name: Text
    fields: tuple[Field, ...]
    exits: tuple[Exit, ...]
    """At least one."""


class MenuItem(NamedTuple):
    """A sub-item of the widget's item in the left menu."""

    code: str
    title: Text


LATER = "later"
"""The answer to what is not known yet: the widget gets a gap that `check` reports."""

SECRET = "secret"  # noqa: S105 - a type's name
"""The type of an installation field that the manifest has not: the script draws it, a back end keeps it."""


class Backend(NamedTuple):
    """The answers about the server half."""

    url: str
    """Of the folder that serves the endpoints, as given; see `page`."""
    oauth: bool = False
    """Whether it asks the account for access to the API."""
    webhooks: tuple[str, ...] = ()
    """Events of `kommo.webhooks` that it listens to."""

    def page(self, name: str) -> str:
        """Return the address of one of its endpoints, such as `sms.php`."""
        return f"{self.url.rstrip('/')}/{name}"


class DigitalPipeline(NamedTuple):
    """The answers about digital_pipeline."""

    fields: tuple[Field, ...]
    action_multiple: bool = False
    backend: str = "self_hosted"
    """`self_hosted` or `widget_php`."""
    webhook_url: str = ""
    """Empty with `widget_php` only."""


class Answers(NamedTuple):
    """Everything `new` needs; each block is there exactly when its area is chosen."""

    code: str
    name: Text
    short_description: Text
    description: Text
    version: str
    locales: tuple[str, ...]
    platform: str
    init_once: bool
    areas: tuple[Location, ...]
    """In the order of the answers."""
    public: bool = False
    api: bool = False
    """Whether the widget has a client of the REST API."""
    backend: Backend | None = None
    """None: no `backend.url` was given."""
    support_link: str = ""
    support_email: str = ""
    settings: tuple[Field, ...] = ()
    """Those of the type `SECRET` too."""
    digital_pipeline: DigitalPipeline | None = None
    card_tab: str = "products"
    """What the tab of card_sdk shows: `products` or `content`."""
    list_id: int | str | None = None
    """The list of catalogs; `later` while it is not known."""
    advanced_title: Text | None = None
    handlers: tuple[Handler, ...] = ()
    """The blocks of salesbot_designer."""
    sms_endpoint: str = ""
    mobile_frame_url: str = ""
    mobile_color: str = ""
    """`#rrggbb`."""
    page_title: Text | None = None
    """The left-menu item of widget_page."""
    page_items: tuple[MenuItem, ...] = ()
    ai_agent_description: Text | None = None
    tour_slides: int = 0
    """Placeholder slides per locale; 0: no tour."""
    template_source: str = ""
    """The user's template, empty for none: a path from the current folder, an address or an abbreviation."""
    template_checkout: str = ""
    """Branch, tag or commit; empty: what the repository has checked out."""
    template_commit: str = ""
    """What `template_checkout` meant; empty where the template is in no repository."""
    template_sha256: str = ""
    """Of the template's files; empty where a commit says which they are."""
    template_answers: Mapping[str, Any] | None = None
    """Answers to the template's own questions, plain data."""
    logo: bytes | None = None
    """The picture to fit into every size; None: placeholders are drawn."""

    @property
    def gaps(self) -> dict[str, str]:
        """What was left for later: the answer's key -> where it is to be filled in."""
        pipeline = self.digital_pipeline
        held = {
            "digital_pipeline.webhook_url": (
                pipeline and pipeline.webhook_url,
                "manifest.json, dp.webhook_url",
            ),
            "sms.endpoint": (self.sms_endpoint, "manifest.json, sms.endpoint"),
            "mobile_card.frame_url": (self.mobile_frame_url, "manifest.json, mobile.frame_url"),
            "catalogs.list_id": (self.list_id, "script.js, LIST_ID"),
        }
        return {key: place for key, (value, place) in held.items() if value == LATER}

    @property
    def codes(self) -> tuple[str, ...]:
        """The chosen areas without suffix, in the order of the answers."""
        return tuple(location.area for location in self.areas)

    def has(self, area: str) -> bool:
        """Return whether `area` (a code without suffix) is chosen."""
        return area in self.codes

    def panel(self, area: str) -> bool:
        """Return whether `area` is chosen and uses the right-hand panel."""
        return any(location.area == area and bool(location.panel) for location in self.areas)
