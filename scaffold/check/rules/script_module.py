"""S101 to S105: whether script.js exists, can be parsed, and is the module that the CRM expects."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Outline
from scaffold.check.model.places import Place
from scaffold.check.model.widget import SCRIPT, Widget
from scaffold.check.rules.file_lookup import is_missing, namesakes
from scaffold.check.rules.registry import Context, Placed, Problem, rule
from scaffold.kommo.areas import AREAS

MODULE = ("S104", "S105")
"""What the rules of callbacks require: script.js defines a module that returns a constructor."""


def outline(widget: Widget) -> Outline:
    """Return the outline of script.js; if there is none, an empty one about which no rule claims anything."""
    return widget.script or Outline(readable=False, parsed=False)


def in_script(place: Placed | None, message: str, hint: str) -> Problem:
    """Return a problem in script.js; without a place it concerns the whole file."""
    return Problem(SCRIPT, message, hint, place)


@rule("S101", "missing-script", Severity.ERROR, requires=("M101",))
def missing_script(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing script.js.

    What:
        There is no script.js at the root, although a declared area, such as a card, a list or a page, needs
        the script.
    Why:
        The area stays empty.
    Source:
        https://developers.kommo.com/docs/script-js
        https://developers.kommo.com/docs/structure-widget
    Bad:
        manifest.json
            "lcard-1",
        script.js: no such file
    Good:
        manifest.json
            "locations": [
              "settings"
        script.js: no such file
    """
    needing = [area.code for area in AREAS if area.needs_script and area.code in widget.manifest.areas]
    if needing and is_missing(widget, SCRIPT):
        other = next(namesakes(widget, SCRIPT), "")
        hint = f"move or rename `{other}`" if other else "add script.js at the root"
        yield in_script(None, f"script.js is missing (needed by `{needing[0]}`)", hint)


@rule("S102", "syntax-error", Severity.ERROR)
def syntax_error(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Syntax error in the script.

    What:
        script.js cannot be parsed. If Node.js is installed, its verdict counts.
    Why:
        The browser does not run any of the script, so the widget does not work anywhere.
    Source:
        https://developers.kommo.com/docs/script-js
    Bad:
        script.js
            var broken = {one: 1,, two: 2};
    Good:
        script.js
            var whole = {one: 1, two: 2};
    """
    for error in outline(widget).errors:
        yield in_script(error, error.message, "fix the script here")


@rule("S103", "script-not-readable", Severity.INFO)
def script_not_readable(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Script cannot be analysed.

    What:
        The callbacks come from a module, a bundle or a call that cannot be analysed, or the script is too
        large to parse. No callback is reported as missing in that case.
    Why:
        The check could not see the whole script.
    Source:
        https://developers.kommo.com/docs/script-js
    Bad:
        app.js
            define([], function () { return function () {}; });
        script.js
            define(['./app'], function (App) { return App; });
    Good:
        app.js: no such file
        script.js
            define(['jquery'], function ($) {
              return function () {
                var self = this;

                this.callbacks = {
                  render: function () {
                    self.render_template({
                      caption: { class_name: 'acme-caption' },
                      body: '',
                      render: $('<p>').text(self.i18n('widget.name')).prop('outerHTML'),
            ...
    """
    seen = widget.script
    if seen and not seen.readable and not seen.errors:
        hint = "check by hand that no callback is missing"
        yield in_script(None, f"the script cannot be analysed: {seen.reason}", hint)


@rule("S104", "no-define", Severity.ERROR)
def no_define(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing call to `define`.

    What:
        script.js never calls `define`, in any form.
    Why:
        The CRM loads the script with RequireJS and gets nothing from it, so the widget does not work
        anywhere.
    Source:
        https://developers.kommo.com/docs/script-js
    Bad:
        script.js
            ldefine(['jquery'], function ($) {
    Good:
        script.js
            window.define(['jquery'], function ($) {
    """
    seen = outline(widget)
    if seen.parsed and not seen.names_define:
        yield in_script(
            Place(1, 1), "the script never calls `define`", "wrap it in define([...], function () {...})"
        )._replace(blocks_dependents=not seen.callbacks)


@rule("S105", "no-constructor", Severity.ERROR)
def no_constructor(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Module does not return a constructor.

    What:
        The function passed to `define` returns nothing, or something that is neither a function nor a class.
    Why:
        The CRM creates the widget with `new`, so it does not work anywhere.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.ru/developers/content/web_sdk/mechanics
    Bad:
        script.js
            var Widget = function () {
    Good:
        script.js
            return function Widget() {
    """
    defines = outline(widget).defines
    if defines and all(define.returns_constructor is False for define in defines):
        message = "the function passed to `define` does not return a constructor"
        yield in_script(defines[-1].place, message, "return the widget's constructor from it")
