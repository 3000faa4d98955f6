"""The records of the answers: fields and the like, and one record for each block of an answers file."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Text = Mapping[str, str]
"""A text by locale; has every chosen locale, in their order."""

LATER = "later"
"""The answer for a value that is not known yet: the widget gets a gap that `check` reports."""

SECRET = "secret"  # noqa: S105 - a type's name
"""A type of installation field of ours: not in the manifest, drawn by the script, stored by the back end."""


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
    """An exit of a block of the Salesbot designer: a branch of the bot."""

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


class Backend(NamedTuple):
    """The widget's own server."""

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
    """The actions of the Digital Pipeline."""

    fields: tuple[Field, ...]
    action_multiple: bool = False
    backend: str = "self_hosted"
    """`self_hosted` or `widget_php`."""
    webhook_url: str = ""
    """Empty only with `widget_php`."""


class CardSdk(NamedTuple):
    """The widget's own tab in cards."""

    tab: str
    """What it shows: `products` or `content`."""


class Catalogs(NamedTuple):
    """The list that the widget opens."""

    list_id: int | str
    """`later` while it is not known."""


class AdvancedSettings(NamedTuple):
    """The widget's page inside Settings."""

    title: Text


class SalesbotDesigner(NamedTuple):
    """The widget's blocks in the Salesbot builder."""

    handlers: tuple[Handler, ...]
    """At least one."""


class Sms(NamedTuple):
    """The account's system SMS."""

    endpoint: str


class MobileCard(NamedTuple):
    """The block in the cards of the mobile app."""

    frame_url: str
    color: str
    """`#rrggbb`."""


class WidgetPage(NamedTuple):
    """The widget's own item in the left menu."""

    title: Text
    items: tuple[MenuItem, ...] = ()


class AiAgent(NamedTuple):
    """What AI agents read about the widget."""

    description: Text


class Support(NamedTuple):
    """Where users get help; either may be empty."""

    link: str = ""
    email: str = ""


class Tour(NamedTuple):
    """The tour of a public integration."""

    slides: int = 0
    """Placeholder slides per locale; 0: no tour."""


class Template(NamedTuple):
    """The user's own cookiecutter template."""

    source: str
    """A path from the current folder, an address or an abbreviation."""
    checkout: str = ""
    """Branch, tag or commit; empty: what the repository has checked out."""
    commit: str = ""
    """The commit that `checkout` pointed to; empty if the template is not in a repository."""
    sha256: str = ""
    """Of the template's files; empty if a commit identifies them."""
    answers: Mapping[str, Any] | None = None
    """Answers to the template's own questions, plain data."""
