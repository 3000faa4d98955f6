"""S120 to S126: what script.js does that no script should do inside the CRM."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Use
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.script_module import in_script, outline
from scaffold.kommo import marketplace

_QUOTED = re.compile(r"""\\.|"[^"]*"|'[^']*'""")


@rule("S120", "eval", Severity.WARNING)
def runs_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Text executed as code.

    What:
        `eval(...)`, `new Function(...)`, or `setTimeout` or `setInterval` with a string.
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
    for place in outline(widget).used(Use.EVAL):
        yield in_script(
            place,
            f"`{place.text}` executes a string as code",
            "call a function, or parse data with JSON.parse",
        )


@rule("S121", "dialog", Severity.WARNING)
def dialog(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Browser dialog.

    What:
        `alert`, `confirm` or `prompt`.
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
    for place in outline(widget).used(Use.DIALOG):
        hint = "use the CRM's modal, or APP.notifications"
        yield in_script(place, f"`{place.text}` opens a browser dialog", hint)


@rule("S122", "synchronous-request", Severity.WARNING)
def synchronous_request(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Synchronous request.

    What:
        A request with `async: false`, or a call of `open` on a request whose third argument is false.
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
    for place in outline(widget).used(Use.SYNC_AJAX):
        yield in_script(
            place,
            "a synchronous request freezes the page",
            "make it asynchronous, and continue in .then(...)",
        )


@rule("S123", "script-tag", Severity.WARNING)
def script_tag(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Script tag added to the page.

    What:
        `document.createElement('script')`, `$.getScript`, or a string that contains `<script`.
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
    for place in outline(widget).used(Use.SCRIPT_TAG):
        hint = "name the module in the list of `define`"
        yield in_script(place, f"`{place.text}` adds a script to the page", hint)


@rule("S124", "console", {"private": Severity.INFO, "public": Severity.WARNING})
def console(widget: Widget, context: Context) -> Iterator[Problem]:
    """Console output.

    What:
        A call of `console`. In error handlers, private widgets may log anything, and public ones what the
        marketplace allows there: `console.trace`, on amoCRM `console.debug` as well. Each script is reported
        once.
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
    seen = outline(widget)
    calls = list(seen.used(Use.CONSOLE))
    if context.profile == "public":
        allowed = marketplace.CONSOLE_IN_CATCH[context.platform]
        calls += [place for place in seen.used(Use.CONSOLE_IN_CATCH) if place.text not in allowed]
    if calls:
        first = min(calls)
        more = f", and {len(calls) - 1} more like it" if len(calls) > 1 else ""
        yield in_script(first, f"`console.{first.text}` writes to the console{more}", "delete it")


@rule("S125", "debugger", Severity.WARNING)
def debugger(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`debugger` statement.

    What:
        A `debugger` statement.
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
    for place in outline(widget).used(Use.DEBUGGER):
        yield in_script(place, "a `debugger` statement", "delete it")


@rule("S126", "unclosed-selector", Severity.WARNING)
def unclosed_selector(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unclosed bracket in a selector.

    What:
        A selector passed to jQuery has `[` without `]`, or the reverse.
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
    for place in outline(widget).used(Use.SELECTOR):
        bare = _QUOTED.sub("", place.text)
        if bare.count("[") != bare.count("]"):
            yield in_script(place, f"the selector `{place.text}` has an unclosed bracket", "close it")
