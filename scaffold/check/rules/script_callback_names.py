"""S114 to S116: callbacks that are never called, and those that return something else than expected."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.model import Widget
from scaffold.check.model.outline import Returns
from scaffold.check.rules.callback_lookup import KNOWN, ON_SAVE, absent, lookalikes, nearest, of_areas
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.script_module import at, outline
from scaffold.kommo.callbacks import BY_NAME, MISTAKEN, REQUIRED

_MODULE = ("S104", "S105")
"""What must be whole for anything to be missing from the callbacks."""


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
    return right not in REQUIRED and right not in of_areas(widget, context)


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
    reported = lookalikes(seen, absent(widget, context)).values() if seen.readable else ()
    for name, callback in seen.callbacks.items():
        left_over = name in MISTAKEN and _is_left_over(widget, context, name)
        if left_over:
            yield at(callback.place, f"`{name}` is never called", f"delete it, or name it `{MISTAKEN[name]}`")
        elif name not in KNOWN and name not in reported and callback.is_function:
            near = nearest(name, BY_NAME, 0.8)
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
    for name in (*REQUIRED, ON_SAVE):
        callback = outline(widget).callbacks.get(name)
        if callback is None or not callback.is_function:
            continue
        if callback.returns is Returns.FALSE:
            yield at(callback.place, f"`{name}` never returns anything but false", "return true")
        elif callback.returns is Returns.NOTHING:
            yield at(callback.place, f"`{name}` returns nothing", "return true at its end")
