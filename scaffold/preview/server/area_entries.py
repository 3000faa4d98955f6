"""The areas as the preview's page lists them."""

from pathlib import Path
from typing import Any

from scaffold.check.model.manifest import LocationEntry
from scaffold.check.model.widget import Widget
from scaffold.kommo.area import Area, Fidelity, Group
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.preview.server.try_this import step_of

HOST = Path(__file__).parents[1] / "host"
"""The page's own files."""

Json = dict[str, Any]


def areas(widget: Widget, name: str = "the widget") -> list[Json]:
    """Return the manifest's locations in order, without repetitions; unknown ones are included."""
    entries = {entry.text: entry for entry in widget.manifest.locations}
    return [_area(entry, name) for entry in entries.values()]


def _area(entry: LocationEntry, name: str) -> Json:
    if entry.location is None:
        return {
            "area": entry.text.removesuffix("-0").removesuffix("-1"), "location": entry.text, "panel": None,
            "title": entry.text, "gives": "not an area of the platform", "group": "Other", "entity": "",
            "fidelity": Fidelity.UNKNOWN.value, "url": "", "callbacks": [], "in_kommo_docs": False,
            "module": "", "try": "",
        }  # fmt: skip
    area = BY_CODE[entry.location.area]
    return {
        "area": area.code, "location": entry.text, "panel": entry.location.panel, "title": area.title,
        "gives": area.gives, "group": area.group.value, "entity": area.entity,
        "fidelity": area.fidelity.value, "url": area.url, "callbacks": list(area.callbacks),
        "in_kommo_docs": area.in_kommo_docs, "module": module_of(area),
        "try": step_of(area, entry.location.panel, name),
    }  # fmt: skip


def module_of(area: Area) -> str:
    """Return the name of the page's module that draws an area; empty if there is none.

    All cards share a module, and all lists share one; the module of any other area has its name.
    """
    shared = {Group.CARDS: "card", Group.LISTS: "list"}
    name = shared.get(area.group, "") if area.suffix else area.code.replace("_", "-")
    return name if (HOST / "areas" / f"{name}.js").is_file() else ""


def places() -> dict[str, Json]:
    """Return where each area is in the CRM, by code."""
    return {area.code: area.place._asdict() | {"module": module_of(area)} for area in AREAS}
