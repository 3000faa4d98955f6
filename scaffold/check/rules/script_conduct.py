"""S120 to S126: what no script should do inside the CRM, not even a module that script.js loads."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Use
from scaffold.check.model.places import Place
from scaffold.check.model.widget import Widget
from scaffold.check.rules.loading import uses
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.wording import and_more
from scaffold.kommo import marketplace

_QUOTED = re.compile(r"""\\.|"[^"]*"|'[^']*'""")


@rule("S120", "eval", Severity.WARNING)
def runs_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """String executed as code.

    What:
        `eval(...)`, `new Function(...)`, or `setTimeout` or `setInterval` with a string. Third-party
        libraries in files of their own are not checked. For one that is bundled into a script, change the
        build: production mode, target browsers that need no polyfills, and a build of the library without a
        template compiler, such as the runtime-only build of Vue.
    Why:
        Anyone who can change the string runs code in the CRM as the user; the marketplace rejects it.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            eval(self.get_settings().code);
    Good:
        script.js
            JSON.parse(self.get_settings().rules);
    """
    hints = {
        Use.EVAL: "call a function, or parse data with JSON.parse",
        Use.EVAL_IN_LIBRARY: "change the build so that the bundled library does not need it, "
        "or load the library from its own file",
    }
    for use, hint in hints.items():
        for path, place in uses(widget, use, libraries=False):
            yield Problem(path, f"`{place.text}` executes a string as code", hint, place)


@rule("S121", "dialog", Severity.WARNING)
def dialog(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Browser dialog.

    What:
        A call of `alert`, `confirm` or `prompt`. Third-party libraries in files of their own are not checked.
    Why:
        It blocks the whole page until it is answered; the marketplace rejects it.
    Source:
        https://developers.kommo.com/docs/getting-listed
        https://developers.kommo.com/docs/add-notifications
    Bad:
        script.js
            alert('saved');
    Good:
        script.js
            APP.notifications.show_message({ header: 'Acme', text: 'saved' });
    """
    for path, place in uses(widget, Use.DIALOG, libraries=False):
        hint = "use the CRM's modal, or APP.notifications"
        yield Problem(path, f"`{place.text}` opens a browser dialog", hint, place)


@rule("S122", "synchronous-request", Severity.WARNING)
def synchronous_request(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Synchronous request.

    What:
        A request with `async: false`, or a call of `open` on a request whose third argument is false.
        Third-party libraries in files of their own are not checked.
    Why:
        The CRM freezes until the server answers; the marketplace rejects it.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            $.ajax({ url: '/api/v4/leads', async: false });
    Good:
        script.js
            $.ajax({ url: '/api/v4/leads' });
    """
    for path, place in uses(widget, Use.SYNC_AJAX, libraries=False):
        hint = "make it asynchronous, and continue in .then(...)"
        yield Problem(path, "a synchronous request freezes the page", hint, place)


@rule("S123", "script-tag", Severity.WARNING)
def script_tag(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Script tag added to the page.

    What:
        `document.createElement('script')`, `$.getScript`, or a string that contains `<script`. Third-party
        libraries are not checked.
    Why:
        Such code is not part of the archive and can change at any time; the marketplace requires modules in
        the list of `define`.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            $.getScript(self.params.path + '/score.js');
    Good:
        script.js
            require([self.params.path + '/score.js'], function (score) { self.score = score; });
    """
    for path, place in uses(widget, Use.SCRIPT_TAG, libraries=False):
        hint = "add the module to the list of `define`"
        yield Problem(path, f"`{place.text}` adds a script to the page", hint, place)


@rule("S124", "console", {"private": Severity.INFO, "public": Severity.WARNING})
def console(widget: Widget, context: Context) -> Iterator[Problem]:
    """Console output.

    What:
        A call of `console`. In error handlers, private widgets may log anything, and public ones what the
        marketplace allows there: `console.trace`, on amoCRM `console.debug` as well. Each script is reported
        once; third-party libraries are not checked.
    Why:
        It is left over from development and may reveal users' data; the marketplace rejects it.
    Source:
        https://developers.kommo.com/docs/getting-listed
        https://www.amocrm.ru/developers/content/integrations/requirements
    Bad:
        script.js
            console.log('here');
    Good:
        script.js
            self.load().catch(function (error) { console.trace(error); });
    """
    calls = list(uses(widget, Use.CONSOLE, libraries=False))
    if context.profile == "public":
        allowed = marketplace.CONSOLE_IN_CATCH[context.platform]
        caught = uses(widget, Use.CONSOLE_IN_CATCH, libraries=False)
        calls += [(path, place) for path, place in caught if place.text not in allowed]
    by_script: dict[str, list[Place]] = {}
    for path, place in calls:
        by_script.setdefault(path, []).append(place)
    for path, places in by_script.items():
        first = min(places)
        message = f"`console.{first.text}` writes to the console{and_more(len(places))}"
        yield Problem(path, message, "delete it", first)


@rule("S125", "debugger", Severity.WARNING)
def debugger(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`debugger` statement.

    What:
        A `debugger` statement, other than in a third-party library.
    Why:
        It stops the page for everyone who has the developer tools open.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            debugger;
    Good:
        script.js
            self.debugger = null;
    """
    for path, place in uses(widget, Use.DEBUGGER, libraries=False):
        yield Problem(path, "`debugger` statement found", "delete it", place)


@rule("S126", "unclosed-selector", Severity.WARNING)
def unclosed_selector(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unbalanced bracket in a selector.

    What:
        A selector passed to jQuery has `[` without `]`, or the reverse. Third-party libraries in files of
        their own are not checked.
    Why:
        jQuery throws an error, and the rest of the function does not run.
    Source:
        https://api.jquery.com/category/selectors/
    Bad:
        script.js
            $('.acme input[name="limit"').hide();
    Good:
        script.js
            $('.acme input[name="limit"]').hide();
    """
    for path, place in uses(widget, Use.SELECTOR, libraries=False):
        bare = _QUOTED.sub("", place.text)
        if bare.count("[") != bare.count("]"):
            message = f"the selector `{place.text}` has an unbalanced bracket"
            yield Problem(path, message, "add or delete a bracket", place)
