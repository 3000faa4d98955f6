"""S114 to S116: callbacks that are never called, and those that return the wrong value."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Returns
from scaffold.check.model.widget import Widget
from scaffold.check.rules.callback_lookup import KNOWN, ON_SAVE, lookalikes, missing_callbacks, of_areas
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.script_module import MODULE, in_script, outline
from scaffold.kommo.callbacks import BY_NAME, MISTAKEN, REQUIRED
from scaffold.text import nearest


@rule("S114", "mistaken-callback", Severity.WARNING, requires=MODULE)
def mistaken_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Misspelt callback name.

    What:
        A common mistake for the documented name, such as `tasks.selected` for `todo.selected`. If no declared
        area calls the documented callback, S115 reports it.
    Why:
        It is never called, and no error says so.
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
            yield in_script(callback.place, f"the CRM never calls `{name}`", hint)


def _is_left_over(widget: Widget, context: Context, name: str) -> bool:
    """Return whether no declared area would call the callback under its right name either."""
    right = MISTAKEN[name]
    return right not in REQUIRED and right not in of_areas(widget, context)


@rule("S115", "undocumented-callback", Severity.INFO, requires=(*MODULE, "M101"))
def undocumented_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Undocumented callback.

    What:
        A function among the callbacks that the vendor does not document. It may be a helper of the widget,
        which is fine.
    Why:
        The CRM does not call it: a misspelt name would look the same.
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
    reported = lookalikes(seen, missing_callbacks(widget, context)).values() if seen.readable else ()
    for name, callback in seen.callbacks.items():
        left_over = name in MISTAKEN and _is_left_over(widget, context, name)
        if left_over:
            hint = f"delete it, or rename it to `{MISTAKEN[name]}`"
            yield in_script(callback.place, f"`{name}` is never called", hint)
        elif name not in KNOWN and name not in reported and callback.is_function:
            near = nearest(name, BY_NAME, 0.8)
            hint = f"did you mean `{near}`?" if near else "check its spelling, unless it is a helper function"
            yield in_script(callback.place, f"`{name}` is not a documented callback", hint)


@rule("S116", "returns-false", Severity.WARNING, requires=MODULE)
def returns_false(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Callback does not return what the CRM expects.

    What:
        Every `return` of `render`, `init`, `bind_actions` or `onSave` has a literal such as `false`, `null`
        or `0`, or no value. Promises, calls and variables are not reported.
    Why:
        The CRM continues only after `true`: otherwise it does not call `init` and `bind_actions` after
        `render`, and saves nothing after `onSave`.
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
            yield in_script(callback.place, f"`{name}` never returns true", "return true")
        elif callback.returns is Returns.NOTHING:
            yield in_script(callback.place, f"`{name}` returns nothing", "return true at the end")
