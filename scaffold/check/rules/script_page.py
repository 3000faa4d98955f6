"""S132 to S139: what the scripts do to the CRM's page, and to data that leaves the widget."""

import re
from collections.abc import Iterator
from posixpath import basename

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Use
from scaffold.check.model.widget import Widget
from scaffold.check.rules.loading import loaded_scripts, uses
from scaffold.check.rules.registry import Context, Problem, rule

_JQUERY = re.compile(r"jquery(?:[.-](?:\d[\w.]*|min|slim|latest))*(?:\.js)?", re.IGNORECASE)


@rule("S132", "page-replaced", Severity.WARNING)
def page_replaced(widget: Widget, _context: Context) -> Iterator[Problem]:
    """CRM content replaced.

    What:
        `html`, `text`, `empty`, `remove` and the like called on `$('body')` or another element that contains
        the CRM's page, `document.body.innerHTML = ...`, or `document.write`.
    Why:
        It removes everything that the CRM has drawn there, and the user has to reload the page.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            $('body').html('<p>Acme</p>');
    Good:
        script.js
            $('body').append($('<p>').text('Acme'));
    """
    for path, place in uses(widget, Use.PAGE_REPLACED):
        hint = "append an element of your own, and draw into that"
        yield Problem(path, f"`{place.text}` replaces what the CRM drew", hint, place)


@rule("S133", "library-taken", Severity.WARNING)
def library_taken(widget: Widget, _context: Context) -> Iterator[Problem]:
    """CRM's jQuery replaced or removed.

    What:
        An assignment to `window.$` or `window.jQuery`, a call of `noConflict()`, or the widget's own jQuery
        in the list of `define`.
    Why:
        The CRM and other widgets are left with a library that lacks their plugins and handlers. `jquery` in
        the list of `define` is the CRM's.
    Source:
        https://developers.kommo.com/docs/modules
    Bad:
        script.js
            window.$ = window.jQuery = $;
    Good:
        script.js
            self.$ = $;
    """
    for path, place in uses(widget, Use.LIBRARY_TAKEN):
        yield Problem(path, f"`{place.text}` replaces or removes the CRM's jQuery", "delete it", place)
    for path in loaded_scripts(widget):
        seen = widget.outline(path)
        for define in seen.defines if seen else ():
            for module in define.dependencies:
                name = module.text.partition("?")[0].partition("#")[0]
                if "/" in name and _JQUERY.fullmatch(basename(name)):
                    yield Problem(path, f"`{module.text}` is a second jQuery", "load `jquery`", module)


@rule("S134", "own-machine-post", Severity.WARNING)
def own_machine_post(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`crm_post` to a local machine or a private network.

    What:
        `crm_post` with a URL on localhost or in a private network.
    Why:
        The CRM's server sends the request and cannot reach your machine.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.rfc-editor.org/rfc/rfc1918
    Bad:
        script.js
            self.crm_post('http://localhost:8080/score', {}, function () {});
    Good:
        script.js
            self.crm_post('https://hooks.acme-help.test/score', {}, function () {});
    """
    for path, place in uses(widget, Use.OWN_MACHINE_POST):
        message = f"`{place.text}` is a local address, which the CRM's server cannot reach"
        yield Problem(path, message, "write the URL of your server", place)


@rule("S135", "early-container", Severity.WARNING)
def early_container(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Container used before it exists.

    What:
        `#work-area-<code>` or `#list_page_holder` is used in the callback `render`.
    Why:
        `render` runs on every page, before the page's own callback; the element does not exist yet, or
        belongs to the page that the user is leaving.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.ru/developers/content/web_sdk/settings
    Bad:
        script.js
                $('#work-area-' + self.params.widget_code).empty(); self.render_template({
            };
            return this;
    Good:
        script.js
                    self.render_template({
            this.callbacks.advancedSettings = function () {
              $('#work-area-' + self.params.widget_code).empty();
            };
    """
    for path, place in uses(widget, Use.EARLY_CONTAINER):
        hint = "use it in `advancedSettings` or `initMenuPage`"
        yield Problem(path, f"the container `{place.text}` does not exist yet in `render`", hint, place)


@rule("S136", "literal-code", Severity.WARNING)
def literal_code(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Hard-coded widget code.

    What:
        A string such as `#work-area-acme_leads`, `.card-widgets__widget-acme_leads`,
        `#acme_leads_custom_content` or `/api/v4/widgets/acme_leads`.
    Why:
        The platform creates the code when the archive is uploaded. With another code nothing is found there,
        and no error says so.
    Source:
        https://www.amocrm.ru/developers/content/integrations/upload
        https://developers.kommo.com/docs/script-js
    Bad:
        script.js
            self.open = function () { return $('#work-area-acme_leads'); };
    Good:
        script.js
            self.open = function () { return $('#work-area-' + self.get_settings().widget_code); };
    """
    for path, place in uses(widget, Use.LITERAL_CODE):
        hint = "build it with `self.get_settings().widget_code`"
        yield Problem(path, f"`{place.text}` contains a hard-coded widget code", hint, place)


@rule("S138", "unset-list", Severity.ERROR, requires=("M101",))
def unset_list(widget: Widget, _context: Context) -> Iterator[Problem]:
    """List ID in `setSdkCatalogId` is 0.

    What:
        `setSdkCatalogId` is called with 0, directly or through a constant, while `catalogs` is declared.
    Why:
        No list has that ID, so the widget's card opens nowhere. The ID is part of the URL of the list's page.
    Source:
        https://developers.kommo.com/docs/lists-sdk
    Bad:
        script.js
            this.setSdkCatalogId(0);
    Good:
        script.js
            this.setSdkCatalogId(7);
    """
    for path, place in uses(widget, Use.UNSET_LIST) if "catalogs" in widget.manifest.areas else ():
        yield Problem(path, "`setSdkCatalogId` is called with 0", "replace 0 with the ID of your list", place)


@rule("S139", "secret-in-fields", Severity.INFO)
def secret_in_fields(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Secret in the widget settings.

    What:
        An assignment to a member of `fields` whose name suggests a token, key, password or secret, as in
        `params.fields.token = ...`.
    Why:
        The settings are sent to the browser of every user of the account. Secrets belong on a server.
    Source:
        https://developers.kommo.com/docs/installing-and-configuring
    Bad:
        script.js
            self.save = function (params) { params.fields.access_token = self.token; };
    Good:
        script.js
            self.save = function (params) { params.fields.greeting = self.greeting; };
    """
    for path, place in uses(widget, Use.SECRET_FIELD):
        message = f"`{place.text}` is sent to every user's browser"
        yield Problem(path, message, "keep it on your server", place)
