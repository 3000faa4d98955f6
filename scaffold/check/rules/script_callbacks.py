"""S11x: the callbacks that script.js defines, and those that are missing."""

from collections.abc import Collection, Iterable, Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.model import SCRIPT, Widget
from scaffold.check.model.outline import Outline, Returns
from scaffold.check.model.places import Place
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.script_module import at, outline
from scaffold.kommo.amocrm import OWN_AREAS, OWN_CALLBACKS
from scaffold.kommo.areas import AREAS
from scaffold.kommo.callbacks import BY_NAME, MISTAKEN, OPTIONAL, REQUIRED

_MODULE = ("S104", "S105")
"""What must be whole for anything to be missing from the callbacks."""

_ON_SAVE = "onSave"
_OF_AREAS: dict[str, tuple[str, ...]] = {area.code: area.callbacks for area in AREAS if area.callbacks}
_BY_PLATFORM: dict[str, dict[str, tuple[str, ...]]] = {
    "kommo": _OF_AREAS,
    "amocrm": _OF_AREAS | {area.code: area.callbacks for area in OWN_AREAS if area.callbacks},
}
_KNOWN = frozenset({*BY_NAME, *MISTAKEN, *OWN_CALLBACKS})


def _is_there(seen: Outline, name: str) -> bool:
    return name in seen.callbacks and seen.callbacks[name].is_function


def _is_in_sight(widget: Widget, name: str) -> bool:
    """Return whether a callback that is not seen is really not there.

    After a syntax error it may be there and not be seen, unless the script has no such word at all.
    """
    seen = outline(widget)
    if seen.readable:
        return True
    has_others = any(other in seen.callbacks for other in REQUIRED)
    return bool(seen.errors) and has_others and name.rpartition(".")[2].encode() not in widget.tree[SCRIPT]


def _may_be_elsewhere(widget: Widget, name: str) -> bool:
    """Return whether a module of the widget's own speaks of the callback, and so may set it."""
    others = [data for path, data in widget.tree.items() if path.endswith(".js") and path != SCRIPT]
    return any(all(part.encode() in data for part in name.split(".")) for data in others)


def _may_be_set_elsewhere(widget: Widget, name: str) -> bool:
    """Return whether a module of the widget's own speaks of its callbacks and of this one: it may set it."""
    others = (data for path, data in widget.tree.items() if path.endswith(".js") and path != SCRIPT)
    return any(b"callbacks" in data and name.encode() in data for data in others)


def _home(seen: Outline) -> Place | None:
    """Return where a callback that is missing would stand: beside the first one."""
    return next((callback.place for callback in seen.callbacks.values()), None)


def _misnamed(seen: Outline, missing: Iterable[str]) -> dict[str, str]:
    """Return missing callback -> the name, known to nobody, that it may go by."""
    unknown = {name.lower(): name for name in seen.callbacks if name not in _KNOWN}
    found: dict[str, str] = {}
    for name in missing:
        if near := _near(name.lower(), unknown, 0.75):
            found[name] = unknown.pop(near)
    return found


def _near(name: str, known: Collection[str], cutoff: float) -> str:
    """Return the known name that is most like `name`, or nothing."""
    if not known:
        return ""
    from difflib import get_close_matches  # loaded for a widget with a fault only

    return next(iter(get_close_matches(name, known, 1, cutoff)), "")


def _absent(widget: Widget, context: Context) -> list[str]:
    """Return every callback that the widget should have and has not."""
    wanted = [*REQUIRED, _ON_SAVE, *_of_areas(widget, context)]
    return [name for name in wanted if not _is_there(outline(widget), name)]


def _of_areas(widget: Widget, context: Context) -> dict[str, str]:
    """Return each callback that only single areas need, with the first declared area that does."""
    declared = {entry.area for entry in widget.manifest.locations}
    by_area = _BY_PLATFORM[context.platform]
    wanted: dict[str, str] = {}
    for area in by_area:
        for name in by_area[area] if area in declared else ():
            wanted.setdefault(name, area)
    return wanted


def _missing(widget: Widget, context: Context, name: str) -> Problem:
    seen = outline(widget)
    if name in seen.callbacks:
        return at(
            seen.callbacks[name].place, f"the callback `{name}` is not a function", "make it a function"
        )
    if other := _misnamed(seen, _absent(widget, context)).get(name):
        place = seen.callbacks[other].place
        return at(place, f"the callback `{name}` is missing", f"`{other}` looks like it: rename it")
    return at(_home(seen), f"the callback `{name}` is missing", "add it to `this.callbacks`")


@rule("S110", "no-callbacks", Severity.ERROR, requires=_MODULE)
def no_callbacks(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing callbacks.

    What:
        The whole script is in sight, and nothing is given to `this.callbacks`.
    Why:
        The CRM talks to a widget through its callbacks only.
    Source:
        https://developers.kommo.com/docs/script-js
    Bad:
        script.js
            this.handlers = {
    Good:
        script.js
            self.callbacks = {
    """
    seen = outline(widget)
    if seen.readable and not seen.callbacks:
        place = seen.defines[-1].place if seen.defines else None
        problem = at(place, "no callbacks are set", "set `this.callbacks` in the constructor")
        yield problem._replace(blinding=True)


@rule("S111", "missing-callback", Severity.ERROR, requires=(*_MODULE, "S110"))
def missing_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing required callback.

    What:
        `render`, `init` or `bind_actions` is absent, or is not a function. Of one that a module of the
        widget's own may set, nothing is said.
    Why:
        The CRM runs the widget in its areas only when all three are there.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.ru/developers/content/web_sdk/mechanics
    Bad:
        script.js
              bindActions: function () {
            };
            return this;
    Good:
        script.js
                  bind_actions: function () {
            this.callbacks.bind_actions = function () { return true; };
    """
    seen = outline(widget)
    for name in REQUIRED:
        is_missing = not _is_there(seen, name) and not _may_be_set_elsewhere(widget, name)
        if is_missing and _is_in_sight(widget, name):
            yield _missing(widget, context, name)


@rule("S112", "missing-on-save", Severity.WARNING, requires=(*_MODULE, "S110", "M101"))
def missing_on_save(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing `onSave` callback.

    What:
        The widget has an installation window, and its script no `onSave`.
    Why:
        Saving the settings asks it for a yes; a widget without it may not be installable.
    Source:
        https://developers.kommo.com/docs/installing-and-configuring
        https://www.amocrm.ru/developers/content/web_sdk/settings
    Bad:
        script.js
            onsave: function () {
    Good:
        script.js
            'onSave': function () {
    """
    manifest = widget.manifest
    has_window = manifest.value("widget", "installation") is True or "settings" in manifest.areas
    seen = outline(widget)
    is_missing = not _is_there(seen, _ON_SAVE) and not _may_be_elsewhere(widget, _ON_SAVE)
    if has_window and is_missing and _is_in_sight(widget, _ON_SAVE):
        yield _missing(widget, context, _ON_SAVE)


@rule("S113", "missing-area-callback", Severity.WARNING, requires=(*_MODULE, "S110", "M101"))
def missing_area_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing callback for a declared area.

    What:
        A location is declared, and the callback that the CRM calls there is absent: `leads.selected` for
        `llist`, `advancedSettings` for `advanced_settings` and so on. Lists that are declared for
        `add_action` need none. The CRM draws the fields of a pipeline's action and of a Salesbot block
        itself, so of `dpSettings`, `salesbotDesignerSettings` and `onAddAsSource` only a misspelt one is
        reported.
    Why:
        What the user does there has no effect.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://developers.kommo.com/docs/script-js
    Bad:
        manifest.json
            "settings",
            "llist-0"
        script.js
            };
            return this;
    Good:
        manifest.json
            "settings",
            "llist-0"
        script.js
            this.callbacks.leads = { selected: function () {} };
    """
    seen = outline(widget)
    missing: dict[str, list[str]] = {}
    misnamed = _misnamed(seen, _absent(widget, context))
    for name, area in _of_areas(widget, context).items():
        has_it = _is_there(seen, name) or _is_mistaken(seen, name)
        is_due = name in misnamed or not (name in OPTIONAL or _is_for_actions(widget, name))
        is_missing = not has_it and not _may_be_elsewhere(widget, name)
        if is_due and is_missing and _is_in_sight(widget, name):
            missing.setdefault(area, []).append(name)
    for area, names in missing.items():
        if len(names) == 1:
            problem = _missing(widget, context, names[0])
            yield problem._replace(message=f"{problem.message}, which `{area}` calls")
        else:
            shown = ", ".join(f"`{name}`" for name in names)
            message = f"the callbacks {shown} are missing, which `{area}` calls"
            yield at(_home(seen), message, "add them to `this.callbacks`")


def _is_for_actions(widget: Widget, name: str) -> bool:
    """Return whether a list may be declared for the menu of phone numbers alone."""
    scripts = (data for path, data in widget.tree.items() if path.endswith(".js"))
    return name.endswith(".selected") and any(b"add_action" in data for data in scripts)


def _is_mistaken(seen: Outline, name: str) -> bool:
    """Return whether the callback is there by a name that is known to be wrong, which is told apart."""
    return any(right == name and wrong in seen.callbacks for wrong, right in MISTAKEN.items())


@rule("S114", "mistaken-callback", Severity.WARNING, requires=_MODULE)
def mistaken_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Misspelt callback name.

    What:
        A name that public widgets often have and that is not the documented one: `tasks.selected` for
        `todo.selected`, for instance. Where no declared area calls the documented one, S115 reports it.
    Why:
        It is never called, and nothing says so.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        manifest.json
            "settings",
            "tlist-1"
        script.js
            this.callbacks.tasks = { selected: function () {} };
    Good:
        manifest.json
            "settings",
            "tlist-1"
        script.js
            this.callbacks.todo = { selected: function () {} };
    """
    for name, callback in outline(widget).callbacks.items():
        if name in MISTAKEN and not _is_left_over(widget, context, name):
            hint = f"did you mean `{MISTAKEN[name]}`?"
            yield at(callback.place, f"the CRM never calls `{name}`", hint)


def _is_left_over(widget: Widget, context: Context, name: str) -> bool:
    """Return whether a mistaken name stands for a callback that nothing declared would call anyway."""
    right = MISTAKEN[name]
    return right not in REQUIRED and right not in _of_areas(widget, context)


@rule("S115", "undocumented-callback", Severity.INFO, requires=(*_MODULE, "M101"))
def undocumented_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Undocumented callback.

    What:
        A function among the callbacks that no page of the vendor names. It may be a helper of the widget's
        own, and is then right as it is.
    Why:
        The CRM does not call it: a slip of the pen in a name would look like this.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.ru/developers/content/integrations/script_js
    Bad:
        script.js
            this.callbacks.onLoad = function () {};
    Good:
        script.js
            this.callbacks.onInstall = function () {};
    """
    seen = outline(widget)
    reported = _misnamed(seen, _absent(widget, context)).values() if seen.readable else ()
    for name, callback in seen.callbacks.items():
        left_over = name in MISTAKEN and _is_left_over(widget, context, name)
        if left_over:
            yield at(callback.place, f"`{name}` is never called", f"delete it, or name it `{MISTAKEN[name]}`")
        elif name not in _KNOWN and name not in reported and callback.is_function:
            near = _near(name, BY_NAME, 0.8)
            hint = f"did you mean `{near}`?" if near else "a helper may stay; the CRM does not call it"
            yield at(callback.place, f"`{name}` is not a documented callback", hint)


@rule("S116", "returns-false", Severity.WARNING, requires=_MODULE)
def returns_false(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Callback does not return what the CRM expects.

    What:
        Each `return` of `render`, `init`, `bind_actions` or `onSave` is a literal `false`, or none has a
        value at all. A promise, a call and a variable may be true.
    Why:
        The CRM goes on only after `true`: without it from `render` the other two are not called, and
        without it from `onSave` nothing is saved.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.ru/developers/content/web_sdk/mechanics
    Bad:
        script.js
              init: function () { return false; }, destroy: function () {
            };
            return this;
    Good:
        script.js
                  init: function () {
            this.callbacks.init = function () { return self.load().then(function () { return true; });...
    """
    for name in (*REQUIRED, _ON_SAVE):
        callback = outline(widget).callbacks.get(name)
        if callback is None or not callback.is_function:
            continue
        if callback.returns is Returns.FALSE:
            yield at(callback.place, f"`{name}` never returns anything but false", "return true")
        elif callback.returns is Returns.NOTHING:
            yield at(callback.place, f"`{name}` returns nothing", "return true at its end")
