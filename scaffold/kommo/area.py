"""The columns of the table of areas in `areas`."""

from enum import Enum
from typing import NamedTuple

from scaffold.kommo.callback import Callback


class Group(Enum):
    """Part of the CRM that an area belongs to; the wizard's headings, in this order."""

    CARDS = "Cards"
    LISTS = "Lists"
    SETTINGS = "Settings and pages"
    AUTOMATION = "Automation"
    MESSAGING = "Messaging and mobile"


class Fidelity(Enum):
    """How close the preview of an area is to the real page."""

    TRUTHFUL = "truthful"
    """Documented behaviour, confirmed by a second source."""
    APPROXIMATE = "approximate"
    """The callback is documented; the page around it is simplified or inferred."""
    UNKNOWN = "unknown"
    """The contract is not published: the preview initialises the widget and shows nothing else."""


class Place(NamedTuple):
    """The page of the CRM that has an area; `{code}` is the widget's code, `{id}` the entity's id."""

    page: str
    """The result of `APP.getWidgetsArea()` on it."""
    base_entity: str
    """The result of `APP.getBaseEntity()` on it."""
    current_entity: str
    """The value of `APP.data.current_entity` on it."""
    path: str
    """The path of its URL."""
    name: str
    """Its heading."""


class Endpoint(NamedTuple):
    """A file on the developer's server that the platform calls."""

    name: str
    """Name of the file without suffix: `sms` is sms.php."""
    title: str
    """What the platform calls it for: a few words for people."""
    is_signed: bool = False
    """Whether requests have a token that is signed with the integration's secret."""
    address: tuple[str, str] | tuple[()] = ()
    """Block and key of the manifest with its URL; empty if the URL is elsewhere, as in a bot's steps."""
    settings: tuple[str, ...] = ()
    """Settings without which the generated endpoint always answers 503."""


class Area(NamedTuple):
    """One area: what it is, what it requires and what it gives to the user."""

    code: str
    """As in the manifest's `locations`, without suffix."""
    title: str
    """A few words for people."""
    gives: str
    """What the widget does there: one line, for the wizard and the tables."""
    group: Group
    url: str
    """The vendor's page about it."""
    suffix: bool = False
    """Whether it takes the suffixes `-1` (uses the right-hand panel; the default) and `-0` (does not)."""
    own_callbacks: tuple[Callback, ...] = ()
    """Callbacks that it requires in addition to those of every widget (`callbacks.ALWAYS`)."""
    block: str = ""
    """The top-level manifest block that the area requires."""
    texts: tuple[str, ...] = ()
    """Paths inside the block whose values are keys of texts, such as `title`; `*` is any member: `*.name`."""
    images: tuple[str, ...] = ()
    """Images that it requires in addition to the five logos (names of `limits.IMAGES`)."""
    needs_one_of: tuple[str, ...] = ()
    """Other areas; at least one of them must be chosen too."""
    endpoint: Endpoint | None = None
    """The endpoint that the platform calls; its code is in `templates/backend/<code of the area>/`."""
    needs_script: bool = True
    """Whether it needs script.js; if not, the manifest and a server may be enough."""
    public_only: bool = False
    """Whether the vendor allows it only in public integrations."""
    i18n: tuple[str, ...] = ()
    """Keys that need a text in every i18n file, in addition to those that the manifest refers to."""
    overlays: tuple[str, ...] = ()
    """Folders of `templates/shared/` that this area shares with others."""
    bare_overlays: tuple[str, ...] = ()
    """The same with the suffix `-0`."""
    bare_gives: str = ""
    """`gives` with the suffix `-0`, if it is different."""
    entity: str = ""
    """For cards and lists: the entity, in the plural that `APP.getBaseEntity()` returns."""
    in_kommo_docs: bool = True
    """Whether Kommo's current pages list it. The older pages list all areas but the newest two."""
    fidelity: Fidelity = Fidelity.UNKNOWN
    """How close the preview is; unknown until two sources confirm it."""
    place: Place = Place("settings", "settings", "settings", "/settings/", "Settings")

    @property
    def callbacks(self) -> tuple[str, ...]:
        """The names of its own callbacks."""
        return tuple(callback.name for callback in self.own_callbacks)

    @property
    def requirements(self) -> str:
        """What it requires in addition to its entry in `locations`, for people; empty if nothing."""
        parts = [f"`{self.block}` block" if self.block else ""]
        parts += self.images
        parts += [f"{key} in i18n" for key in self.i18n]
        parts.append("one of " + ", ".join(self.needs_one_of) if self.needs_one_of else "")
        parts.append("a back end" if self.endpoint else "")
        parts.append("a public integration" if self.public_only else "")
        return ", ".join(filter(None, parts))
