"""Which callbacks a script has, which it should have, and which of them look alike."""

from collections.abc import Collection, Iterable

from scaffold.check.model.outline import Outline
from scaffold.check.model.places import Place
from scaffold.check.model.widget import SCRIPT, Widget
from scaffold.check.rules.registry import Context
from scaffold.check.rules.script_module import outline
from scaffold.kommo.amocrm import OWN_AREAS, OWN_CALLBACKS
from scaffold.kommo.areas import AREAS
from scaffold.kommo.callbacks import BY_NAME, MISTAKEN, REQUIRED

ON_SAVE = "onSave"
_OF_AREAS: dict[str, tuple[str, ...]] = {area.code: area.callbacks for area in AREAS if area.callbacks}
_BY_PLATFORM: dict[str, dict[str, tuple[str, ...]]] = {
    "kommo": _OF_AREAS,
    "amocrm": _OF_AREAS | {area.code: area.callbacks for area in OWN_AREAS if area.callbacks},
}
KNOWN = frozenset({*BY_NAME, *MISTAKEN, *OWN_CALLBACKS})


def is_there(seen: Outline, name: str) -> bool:
    """Return whether a callback is there, and can be called."""
    return name in seen.callbacks and seen.callbacks[name].is_function


def is_in_sight(widget: Widget, name: str) -> bool:
    """Return whether a callback that is not seen is really not there.

    After a syntax error it may be there and not be seen, unless the script has no such word at all.
    """
    seen = outline(widget)
    if seen.readable:
        return True
    has_others = any(other in seen.callbacks for other in REQUIRED)
    return bool(seen.errors) and has_others and name.rpartition(".")[2].encode() not in widget.tree[SCRIPT]


def may_be_elsewhere(widget: Widget, name: str) -> bool:
    """Return whether a module of the widget mentions the callback, and so may set it."""
    others = [data for path, data in widget.tree.items() if path.endswith(".js") and path != SCRIPT]
    return any(all(part.encode() in data for part in name.split(".")) for data in others)


def may_be_set_elsewhere(widget: Widget, name: str) -> bool:
    """Return whether a module of the widget mentions callbacks and this one, and so may set it."""
    others = (data for path, data in widget.tree.items() if path.endswith(".js") and path != SCRIPT)
    return any(b"callbacks" in data and name.encode() in data for data in others)


def home(seen: Outline) -> Place | None:
    """Return where a callback that is missing would stand: beside the first one."""
    return next((callback.place for callback in seen.callbacks.values()), None)


def lookalikes(seen: Outline, missing: Iterable[str]) -> dict[str, str]:
    """Return missing callback -> the unknown name that may be a misspelling of it."""
    unknown = {name.lower(): name for name in seen.callbacks if name not in KNOWN}
    found: dict[str, str] = {}
    for name in missing:
        if near := nearest(name.lower(), unknown, 0.75):
            found[name] = unknown.pop(near)
    return found


def nearest(name: str, known: Collection[str], cutoff: float) -> str:
    """Return the known name that is most like `name`, or nothing."""
    if not known:
        return ""
    from difflib import get_close_matches  # loaded for a widget with a fault only

    return next(iter(get_close_matches(name, known, 1, cutoff)), "")


def absent(widget: Widget, context: Context) -> list[str]:
    """Return every callback that the widget should have and has not."""
    wanted = [*REQUIRED, ON_SAVE, *of_areas(widget, context)]
    return [name for name in wanted if not is_there(outline(widget), name)]


def of_areas(widget: Widget, context: Context) -> dict[str, str]:
    """Return each callback that only single areas need, with the first declared area that does."""
    declared = {entry.area for entry in widget.manifest.locations}
    by_area = _BY_PLATFORM[context.platform]
    wanted: dict[str, str] = {}
    for area in by_area:
        for name in by_area[area] if area in declared else ():
            wanted.setdefault(name, area)
    return wanted
