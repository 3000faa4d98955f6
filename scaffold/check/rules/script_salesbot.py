"""S16x: the steps that a Salesbot block returns to the bot."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Steps
from scaffold.check.model.widget import Widget
from scaffold.check.rules.loading import loaded_scripts
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.kommo.salesbot import HANDLERS, STEP_KEYS
from scaffold.text import nearest


def _steps(widget: Widget) -> Iterator[tuple[str, Steps]]:
    for path in loaded_scripts(widget):
        seen = widget.outline(path)
        if seen and seen.steps:
            yield path, seen.steps


@rule("S160", "step-shape", Severity.WARNING)
def step_shape(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid Salesbot step.

    What:
        `onSalesbotDesignerSave` returns a list of `{execute_handlers: ...}` or of bare handlers.
    Why:
        The bot is saved, but none of it ever runs. A step is an object such as `{question: [handlers]}`.
    Source:
        https://developers.kommo.com/docs/salesbot-sdk
        https://developers.kommo.com/docs/salesbot-dp
    Bad:
        script.js
            return JSON.stringify([{ execute_handlers: [{ handler: 'stop', params: {} }] }]);
    Good:
        script.js
            return JSON.stringify([{ question: [{ handler: 'stop', params: {} }], require: [] }]);
    """
    for path, steps in _steps(widget):
        for place in steps.shapes:
            hint = f"write `{{{STEP_KEYS[0]}: [...]}}` with the handlers in the list"
            message = f"a step begins with `{place.text}`, which the bot does not run"
            yield Problem(path, message, hint, place)


@rule("S161", "unknown-handler", Severity.WARNING)
def unknown_handler(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown Salesbot handler.

    What:
        `handler` of an entry in a step is not documented, such as `widget_reqest`.
    Why:
        The bot stops there.
    Source:
        https://developers.kommo.com/docs/salesbot-dp
        https://www.amocrm.ru/developers/content/digital_pipeline/salesbot
    Bad:
        script.js
            return JSON.stringify([{ question: [{ handler: 'widget_reqest', params: {} }] }]);
    Good:
        script.js
            return JSON.stringify([{ question: [{ handler: 'widget_request', params: {} }] }]);
    """
    for path, steps in _steps(widget):
        for place in steps.handlers:
            if place.text in HANDLERS:
                continue
            close = nearest(place.text[:60], HANDLERS)
            hint = f"did you mean `{close}`?" if close else f"use {', '.join(HANDLERS)}"
            message = f"`{place.text[:60]}` is not a documented handler"
            yield Problem(path, message, hint, place)


@rule("S162", "unknown-exit", Severity.WARNING)
def unknown_exit(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown Salesbot exit.

    What:
        `{handler: 'exits', params: {value: ...}}` with a code that is not in any `exits` of the script.
    Why:
        The bot cannot continue.
    Source:
        https://developers.kommo.com/docs/salesbot-sdk
    Bad:
        script.js
            return JSON.stringify([{ question: [{ handler: 'exits', params: { value: 'failed' } }] }])...
    Good:
        script.js
            return JSON.stringify([{ question: [{ handler: 'exits', params: { value: 'done' } }] }]);
    """
    for path, steps in _steps(widget):
        for place in steps.exits if steps.codes else ():
            if steps.codes and place.text not in steps.codes:
                hint = f"add it to `exits`, or use {', '.join(sorted(steps.codes))}"
                message = f"`{place.text[:60]}` is not one of the block's exits"
                yield Problem(path, message, hint, place)


@rule("S163", "unknown-step", Severity.WARNING)
def unknown_step(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown Salesbot step.

    What:
        `{handler: 'goto', params: {step: ...}}` with a number beyond the last step. Steps count from 0.
    Why:
        The bot stops there.
    Source:
        https://developers.kommo.com/docs/salesbot-dp
        https://www.amocrm.ru/developers/content/digital_pipeline/salesbot
    Bad:
        script.js
            var go = { type: 'question', step: 1 };
    Good:
        script.js
            var go = { type: 'question', step: 0 };
    """
    for path, steps in _steps(widget):
        for place in steps.gotos if steps.length is not None else ():
            if steps.length is not None and place.text.isdecimal() and int(place.text[:9]) >= steps.length:
                message = f"there is no step {place.text[:9]}: the last one is {steps.length - 1}"
                hint = "correct the number: steps count from 0"
                yield Problem(path, message, hint, place)


@rule("S164", "empty-request-url", Severity.WARNING)
def empty_request_url(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Empty URL in a `widget_request` handler.

    What:
        `{handler: 'widget_request', params: {url: ''}}`. A constant that is still to be filled in is not
        reported.
    Why:
        The bot is saved with that URL: it calls nothing, and waits for an answer that never comes.
    Source:
        https://developers.kommo.com/docs/salesbot-dp
        https://www.amocrm.ru/developers/content/digital_pipeline/salesbot
    Bad:
        script.js
            var request = { url: '', data: {} };
    Good:
        script.js
            var request = { url: 'https://hooks.acme-help.test/salesbot.php', data: {} };
    """
    for path, steps in _steps(widget):
        for place in steps.requests:
            if not place.text.strip():
                hint = "write the URL of your server, https://..."
                message = "`widget_request` has no URL to call"
                yield Problem(path, message, hint, place)
