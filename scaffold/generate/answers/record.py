"""The answers, complete and checked: the input of everything after the questions."""

from typing import NamedTuple

from scaffold.generate.answers.blocks import (
    AdvancedSettings,
    AiAgent,
    Backend,
    CardSdk,
    Catalogs,
    DigitalPipeline,
    Field,
    MobileCard,
    SalesbotDesigner,
    Sms,
    Support,
    Template,
    Text,
    Tour,
    WidgetPage,
)
from scaffold.kommo.location import Location


class Answers(NamedTuple):
    """Everything `new` needs, under the keys of an answers file; an area's block is None without the area."""

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
    settings: tuple[Field, ...] = ()
    """Including those of the type `SECRET`."""
    digital_pipeline: DigitalPipeline | None = None
    card_sdk: CardSdk | None = None
    catalogs: Catalogs | None = None
    advanced_settings: AdvancedSettings | None = None
    salesbot_designer: SalesbotDesigner | None = None
    sms: Sms | None = None
    mobile_card: MobileCard | None = None
    widget_page: WidgetPage | None = None
    ai_agent: AiAgent | None = None
    backend: Backend | None = None
    """None: no `backend.url` was given."""
    api: bool = False
    """Whether the widget has a client for the REST API."""
    support: Support = Support()
    tour: Tour = Tour()
    template: Template | None = None
    """None: no template of the user's own."""
    logo: bytes | None = None
    """A picture to scale to every size; None: placeholders are drawn."""

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
