"""S11x: the callbacks that script.js defines, and those that are missing."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Outline
from scaffold.check.model.widget import Widget
from scaffold.check.rules.callback_lookup import (
    ON_SAVE,
    is_defined,
    is_really_missing,
    lookalikes,
    may_be_in_module,
    may_be_set_in_module,
    missing_callbacks,
    of_areas,
    place_for_new,
)
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.script_module import MODULE, in_script, outline
from scaffold.kommo.callbacks import MISTAKEN, OPTIONAL, REQUIRED


def _missing(widget: Widget, context: Context, name: str) -> Problem:
    seen = outline(widget)
    if name in seen.callbacks:
        return in_script(
            seen.callbacks[name].place, f"the callback `{name}` is not a function", "make it a function"
        )
    if other := lookalikes(seen, missing_callbacks(widget, context)).get(name):
        place = seen.callbacks[other].place
        return in_script(place, f"the callback `{name}` is missing", f"rename `{other}` to `{name}`")
    return in_script(place_for_new(seen), f"the callback `{name}` is missing", "add it to `this.callbacks`")


@rule("S110", "no-callbacks", Severity.ERROR, requires=MODULE)
def no_callbacks(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing callbacks.

    What:
        The whole script can be analysed, and nothing is assigned to `this.callbacks`.
    Why:
        The CRM talks to a widget only through its callbacks.
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
        problem = in_script(place, "no callbacks are set", "set `this.callbacks` in the constructor")
        yield problem._replace(blocks_dependents=True)


@rule("S111", "missing-callback", Severity.ERROR, requires=(*MODULE, "S110"))
def missing_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing required callback.

    What:
        `render`, `init` or `bind_actions` is missing or is not a function. A callback that a module of the
        widget may set is not reported.
    Why:
        The CRM runs the widget only if all three exist.
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
        is_missing = not is_defined(seen, name) and not may_be_set_in_module(widget, name)
        if is_missing and is_really_missing(widget, name):
            yield _missing(widget, context, name)


@rule("S112", "missing-on-save", Severity.WARNING, requires=(*MODULE, "S110", "M101"))
def missing_on_save(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing `onSave` callback.

    What:
        The widget has an installation window, but its script has no `onSave`.
    Why:
        Saving the settings waits for its result; a widget without it may not be installable.
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
    is_missing = not is_defined(seen, ON_SAVE) and not may_be_in_module(widget, ON_SAVE)
    if has_window and is_missing and is_really_missing(widget, ON_SAVE):
        yield _missing(widget, context, ON_SAVE)


@rule("S113", "missing-area-callback", Severity.WARNING, requires=(*MODULE, "S110", "M101"))
def missing_area_callback(widget: Widget, context: Context) -> Iterator[Problem]:
    """Missing callback for a declared area.

    What:
        A location is declared, but the callback that the CRM calls there is missing: `leads.selected` for
        `llist`, `advancedSettings` for `advanced_settings` and so on. Lists that are declared for
        `add_action` need none. The CRM itself shows the fields of a pipeline action and of a Salesbot block,
        so `dpSettings`, `salesbotDesignerSettings` and `onAddAsSource` are only reported if misspelt.
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
    misnamed = lookalikes(seen, missing_callbacks(widget, context))
    for name, area in of_areas(widget, context).items():
        has_it = is_defined(seen, name) or _is_mistaken(seen, name)
        is_due = name in misnamed or not (name in OPTIONAL or _is_for_actions(widget, name))
        is_missing = not has_it and not may_be_in_module(widget, name)
        if is_due and is_missing and is_really_missing(widget, name):
            missing.setdefault(area, []).append(name)
    for area, names in missing.items():
        if len(names) == 1:
            problem = _missing(widget, context, names[0])
            yield problem._replace(message=f"{problem.message} (called by `{area}`)")
        else:
            shown = ", ".join(f"`{name}`" for name in names)
            message = f"the callbacks {shown} are missing (called by `{area}`)"
            yield in_script(place_for_new(seen), message, "add them to `this.callbacks`")


def _is_for_actions(widget: Widget, name: str) -> bool:
    """Return whether the list may be declared only for the menu of phone numbers."""
    scripts = (data for path, data in widget.tree.items() if path.endswith(".js"))
    return name.endswith(".selected") and any(b"add_action" in data for data in scripts)


def _is_mistaken(seen: Outline, name: str) -> bool:
    """Return whether the callback exists under a name that is known to be wrong: S114 reports that."""
    return any(right == name and wrong in seen.callbacks for wrong, right in MISTAKEN.items())
