"""Blocks of the manifest that stand there for an area that is not declared, and so do nothing."""

from scaffold.check.model.manifest import Manifest
from scaffold.kommo.amocrm import OWN_AREAS, OWN_BY_CODE
from scaffold.kommo.areas import BLOCKS, BY_CODE
from scaffold.kommo.manifest import MENU_SYSTEM_ITEMS

_AREA_BY_BLOCK: dict[str, str] = BLOCKS | {area.block: area.code for area in OWN_AREAS if area.block}


def declared(manifest: Manifest) -> dict[str, int]:
    """Return each area of either product that is declared, or meant by a faulty entry, and where it is."""
    areas: dict[str, int] = {}
    for entry in manifest.locations:
        if entry.area in BY_CODE or entry.area in OWN_BY_CODE:
            areas.setdefault(entry.area, entry.at)
    return areas


def idle_blocks(manifest: Manifest) -> dict[str, str]:
    """Return the blocks without effect, each with the area that is not declared."""
    if not isinstance(manifest.value("locations"), list) or not manifest.locations:
        return {}
    given = declared(manifest)
    return {
        block: area
        for block, area in _AREA_BY_BLOCK.items()
        if _is_for_its_area(manifest, block) and area not in given
    }


def is_active(manifest: Manifest, block: str) -> bool:
    """Return whether a block is there whose area is, or may be, declared; L111 reports others."""
    return manifest.find(block) is not None and block not in idle_blocks(manifest)


def _is_for_its_area(manifest: Manifest, block: str) -> bool:
    """Return whether the block is there for its area alone."""
    members = dict(manifest.members(block))
    if block == "settings":
        return False
    if block == "left_menu":
        return bool(set(members) - set(MENU_SYSTEM_ITEMS))
    return bool(members)
