"""What an area is: the columns of the table in `areas`."""

from enum import Enum
from typing import NamedTuple

from scaffold.kommo.callback import Callback


class Group(Enum):
    """Where in the CRM an area lies; the wizard's headings, in this order."""

    CARDS = "Cards"
    LISTS = "Lists"
    SETTINGS = "Settings and pages"
    AUTOMATION = "Automation"
    MESSAGING = "Messaging and mobile"


class Fidelity(Enum):
    """How near the preview of an area comes to the real page."""

    TRUTHFUL = "truthful"
    """Documented behaviour, confirmed by a second source."""
    APPROXIMATE = "approximate"
    """Documented callback, simplified or inferred surroundings."""
    UNKNOWN = "unknown"
    """The contract is unpublished: the widget is initialised and nothing else is shown."""


class Place(NamedTuple):
    """The page of the CRM on which an area lies; `{code}` is the widget's, `{id}` the entity's."""

    page: str
    """What `APP.getWidgetsArea()` calls it."""
    base_entity: str
    """What `APP.getBaseEntity()` returns there."""
    current_entity: str
    """What `APP.data.current_entity` holds there."""
    path: str
    """The path of its address."""
    name: str
    """What its heading says."""


class Endpoint(NamedTuple):
    """The file of a developer's server that the platform calls."""

    name: str
    """Of the file: `sms` is sms.php."""
    title: str
    """What is asked there: a few words for people."""
    is_signed: bool = False
    """Whether the requests carry a token that is signed with the integration's secret."""
    settings: tuple[str, ...] = ()
    """Settings of the generated back end without which it answers 503, whatever else is set."""


class Area(NamedTuple):
    """One area: what it is, what it requires and what it gives."""

    code: str
    """As in `locations`, without suffix."""
    title: str
    """A few words for people."""
    gives: str
    """What the user sees of the widget there: one line, for the wizard and the tables."""
    group: Group
    url: str
    """The vendor's page."""
    suffix: bool = False
    """Whether `-1` (uses the right-hand panel, also the meaning of no suffix) or `-0` may follow."""
    own_callbacks: tuple[Callback, ...] = ()
    """Callbacks that only this area needs, beside those of every widget (`callbacks.ALWAYS`)."""
    block: str = ""
    """The top-level manifest block that the area requires."""
    images: tuple[str, ...] = ()
    """Images it requires beside the five logos (names of `limits.IMAGES`)."""
    needs_one_of: tuple[str, ...] = ()
    """Other areas of which at least one must be chosen too."""
    endpoint: Endpoint | None = None
    """What the platform calls; its code is `templates/backend/<code of the area>/`."""
    public_only: bool = False
    """Whether the vendor allows it in public integrations only."""
    i18n: tuple[str, ...] = ()
    """Keys that must be non-empty in every i18n file, beside those that the manifest refers to."""
    overlays: tuple[str, ...] = ()
    """Folders of `templates/shared/` that this area shares with others."""
    bare_overlays: tuple[str, ...] = ()
    """The same for the suffix `-0`, where the right-hand panel is not used."""
    bare_gives: str = ""
    """What `gives` comes to with the suffix `-0`, where that is something else."""
    entity: str = ""
    """For cards and lists: the entity, in the plural that `APP.getBaseEntity()` returns."""
    in_kommo_docs: bool = True
    """Whether the current Kommo pages list it; the older pages list every row but the newest two."""
    fidelity: Fidelity = Fidelity.UNKNOWN
    """How near the preview comes; unknown until two sources agree with it."""
    place: Place = Place("settings", "settings", "settings", "/settings/", "Settings")

    @property
    def callbacks(self) -> tuple[str, ...]:
        """The names of its own callbacks."""
        return tuple(callback.name for callback in self.own_callbacks)

    @property
    def requirements(self) -> str:
        """What it requires beside its name in `locations`, for people; empty for nothing."""
        parts = [f"`{self.block}` block" if self.block else ""]
        parts += self.images
        parts += [f"{key} in i18n" for key in self.i18n]
        parts.append("one of " + ", ".join(self.needs_one_of) if self.needs_one_of else "")
        parts.append("a back end" if self.endpoint else "")
        parts.append("a public integration" if self.public_only else "")
        return ", ".join(filter(None, parts))
