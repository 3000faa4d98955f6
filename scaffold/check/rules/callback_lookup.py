"""The callbacks that a script defines, those that it should define, and likely misspellings."""

from collections.abc import Iterable

from scaffold.check.model.outline import Outline
from scaffold.check.model.places import Place
from scaffold.check.model.widget import SCRIPT, Widget
from scaffold.check.rules.registry import Context
from scaffold.check.rules.script_module import outline
from scaffold.kommo.amocrm import OWN_AREAS, OWN_CALLBACKS
from scaffold.kommo.areas import AREAS
from scaffold.kommo.callbacks import BY_NAME, MISTAKEN, REQUIRED
from scaffold.text import nearest

ON_SAVE = "onSave"
_OF_AREAS: dict[str, tuple[str, ...]] = {area.code: area.callbacks for area in AREAS if area.callbacks}
_BY_PLATFORM: dict[str, dict[str, tuple[str, ...]]] = {
    "kommo": _OF_AREAS,
    "amocrm": _OF_AREAS | {area.code: area.callbacks for area in OWN_AREAS if area.callbacks},
}
KNOWN = frozenset({*BY_NAME, *MISTAKEN, *OWN_CALLBACKS})


def is_defined(seen: Outline, name: str) -> bool:
    """Return whether the script defines the callback, as a function."""
    return name in seen.callbacks and seen.callbacks[name].is_function


def is_really_missing(widget: Widget, name: str) -> bool:
    """Return whether a callback that was not found is missing for certain.

    After a syntax error it may have been overlooked, unless its name is nowhere in the script.
    """
    seen = outline(widget)
    if seen.readable:
        return True
    has_others = any(other in seen.callbacks for other in REQUIRED)
    return bool(seen.errors) and has_others and name.rpartition(".")[2].encode() not in widget.tree[SCRIPT]


def may_be_in_module(widget: Widget, name: str) -> bool:
    """Return whether a module of the widget mentions the callback, and so may define it."""
    others = [data for path, data in widget.tree.items() if path.endswith(".js") and path != SCRIPT]
    return any(all(part.encode() in data for part in name.split(".")) for data in others)


def may_be_set_in_module(widget: Widget, name: str) -> bool:
    """Return whether a module of the widget mentions both `callbacks` and this one, and so may define it."""
    others = (data for path, data in widget.tree.items() if path.endswith(".js") and path != SCRIPT)
    return any(b"callbacks" in data and name.encode() in data for data in others)


def place_for_new(seen: Outline) -> Place | None:
    """Return the place to report a missing callback at: the first callback that is there."""
    return next((callback.place for callback in seen.callbacks.values()), None)


def lookalikes(seen: Outline, missing: Iterable[str]) -> dict[str, str]:
    """Return missing callback -> the unknown callback that may be a misspelling of it."""
    unknown = {name.lower(): name for name in seen.callbacks if name not in KNOWN}
    found: dict[str, str] = {}
    for name in missing:
        if near := nearest(name.lower(), unknown, 0.75):
            found[name] = unknown.pop(near)
    return found


def missing_callbacks(widget: Widget, context: Context) -> list[str]:
    """Return every callback that the widget should define but does not."""
    expected = [*REQUIRED, ON_SAVE, *of_areas(widget, context)]
    return [name for name in expected if not is_defined(outline(widget), name)]


def of_areas(widget: Widget, context: Context) -> dict[str, str]:
    """Return the callbacks of the declared areas, each with the first of these areas that needs it."""
    declared = {entry.area for entry in widget.manifest.locations}
    by_area = _BY_PLATFORM[context.platform]
    needed: dict[str, str] = {}
    for area in by_area:
        for name in by_area[area] if area in declared else ():
            needed.setdefault(name, area)
    return needed
