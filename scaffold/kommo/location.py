"""An entry of the manifest's `locations`: an area and whether it uses the right-hand panel."""

from typing import NamedTuple

from scaffold.kommo.areas import BY_CODE


class Location(NamedTuple):
    """One entry of `locations`: an area and, if the area takes one, its suffix."""

    area: str
    panel: bool | None = None
    """Whether the right-hand panel is used (`-1`, `-0`); None if the area takes no suffix."""

    def __str__(self) -> str:
        return self.area if self.panel is None else f"{self.area}-{int(self.panel)}"


def parse_location(text: str) -> Location | None:
    """Parse an entry of an answers file or a manifest: `lcard-1`, `llist-0`, `lcard`, `settings`.

    A missing suffix means `-1` if the area takes one. Returns None if the area is not in the table or does
    not take the suffix.
    """
    code, dash, digit = text.partition("-")
    area = BY_CODE.get(code)
    if area is None or (dash and (not area.suffix or digit not in ("0", "1"))):
        return None
    return Location(code, digit != "0" if area.suffix else None)
