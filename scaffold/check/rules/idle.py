"""Blocks of the manifest without effect, because their area is not declared."""

from scaffold.check.model.manifest import Manifest
from scaffold.kommo.amocrm import OWN_AREAS, OWN_BY_CODE
from scaffold.kommo.areas import BLOCKS, BY_CODE
from scaffold.kommo.manifest import MENU_SYSTEM_ITEMS

_AREA_BY_BLOCK: dict[str, str] = BLOCKS | {area.block: area.code for area in OWN_AREAS if area.block}


def declared(manifest: Manifest) -> dict[str, int]:
    """Return each declared area of either product and its index; a misspelt one counts as declared."""
    areas: dict[str, int] = {}
    for entry in manifest.locations:
        if entry.area in BY_CODE or entry.area in OWN_BY_CODE:
            areas.setdefault(entry.area, entry.at)
    return areas


def idle_blocks(manifest: Manifest) -> dict[str, str]:
    """Return the blocks without effect: block -> the area that is not declared."""
    if not isinstance(manifest.value("locations"), list) or not manifest.locations:
        return {}
    given = declared(manifest)
    return {
        block: area
        for block, area in _AREA_BY_BLOCK.items()
        if _is_for_its_area(manifest, block) and area not in given
    }


def is_active(manifest: Manifest, block: str) -> bool:
    """Return whether a block exists and is not idle; L111 reports idle ones."""
    return manifest.find(block) is not None and block not in idle_blocks(manifest)


def _is_for_its_area(manifest: Manifest, block: str) -> bool:
    """Return whether the block serves only its area, so that it is idle without it."""
    members = dict(manifest.members(block))
    if block == "settings":
        return False
    if block == "left_menu":
        return bool(set(members) - set(MENU_SYSTEM_ITEMS))
    return bool(members)
