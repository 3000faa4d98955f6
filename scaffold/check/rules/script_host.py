"""S127 to S131: how the scripts use the CRM's objects and its API."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Use
from scaffold.check.model.places import Place
from scaffold.check.model.widget import Widget
from scaffold.check.rules.callback_lookup import ON_SAVE
from scaffold.check.rules.loading import uses
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.script_module import in_script, outline
from scaffold.check.rules.wording import and_more
from scaffold.kommo.areas import AREAS
from scaffold.kommo.rest import REQUESTS_PER_SECOND

_ENTITIES = frozenset(area.entity for area in AREAS if area.entity)
_PLURALS = {"lead": "leads", "contact": "contacts", "company": "companies", "customer": "customers"}
_CATALOG_ID = "setSdkCatalogId"


@rule("S127", "singular-entity", Severity.WARNING)
def singular_entity(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Comparison with an unknown entity name.

    What:
        `APP.getBaseEntity()` is compared with `lead` or another singular.
    Why:
        It returns plurals such as `leads`, so the comparison is never true.
    Source:
        https://developers.kommo.com/docs/environment-variables
    Bad:
        script.js
            if (APP.getBaseEntity() === 'lead') { self.draw(); }
    Good:
        script.js
            if (APP.getBaseEntity() === 'leads') { self.draw(); }
    """
    for path, place in uses(widget, Use.ENTITY):
        plural = _PLURALS.get(place.text)
        if plural in _ENTITIES:
            message = f"`APP.getBaseEntity()` is never `{place.text}`"
            yield Problem(path, message, f"compare with `{plural}`", place)


@rule("S128", "unbound-list", Severity.WARNING, requires=("M101", "S104", "S110"))
def unbound_list(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing call to `setSdkCatalogId`.

    What:
        `catalogs` is declared, but no script of the archive mentions `setSdkCatalogId`. If the script has no
        `onSave` or cannot be analysed, that is reported instead.
    Why:
        The CRM does not know which list belongs to the widget, and opens the standard card.
    Source:
        https://developers.kommo.com/docs/lists-sdk
    Bad:
        manifest.json
            "settings",
            "catalogs"
        script.js
            this.callbacks.loadCatalogElement = function () {};
                return this;
    Good:
        manifest.json
            "settings",
            "catalogs"
        script.js
            this.callbacks.onSave = function () { self.setSdkCatalogId(12); return true; };
    """
    seen = outline(widget)
    # Without `onSave` there is nowhere to bind the list: S112 reports that.
    if not seen.readable or "catalogs" not in widget.manifest.areas or ON_SAVE not in seen.callbacks:
        return
    scripts = (data for path, data in widget.tree.items() if path.endswith(".js"))
    if not any(_CATALOG_ID.encode() in data for data in scripts):
        message = f"`{_CATALOG_ID}` is never called, so the list of `catalogs` is not bound"
        hint = f"call `self.{_CATALOG_ID}(id)` in `{ON_SAVE}`"
        yield in_script(seen.callbacks[ON_SAVE].place, message, hint)


@rule("S129", "host-write", {"public": Severity.WARNING})
def host_write(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Change to the CRM's own object.

    What:
        An assignment to a member of `APP` or `AMOCRM`, or `APP.constant` called with a value. Third-party
        libraries in files of their own are not checked.
    Why:
        Other widgets and the CRM itself rely on it; the marketplace rejects it.
    Source:
        https://developers.kommo.com/docs/environment-variables
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            APP.acme = { ready: true };
    Good:
        script.js
            self.ready = APP.data.current_card;
    """
    for path, place in uses(widget, Use.HOST_WRITE, libraries=False):
        hint = "store it on `self`, or in the settings"
        yield Problem(path, f"`{place.text}` belongs to the CRM", hint, place)


@rule("S130", "request-in-loop", {"public": Severity.WARNING})
def request_in_loop(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Request inside a loop.

    What:
        `$.ajax`, `$.getJSON`, `crm_post`, `$authorizedAjax` or `fetch` inside a loop. Third-party libraries
        in files of their own are not checked.
    Why:
        The API allows seven requests a second and then returns errors; the marketplace rejects such loops.
    Source:
        https://developers.kommo.com/docs/getting-listed
        https://developers.kommo.com/docs/limitations
    Bad:
        script.js
            self.ids.forEach(function (id) { $.ajax({ url: '/api/v4/leads/' + id }); });
    Good:
        script.js
            $.ajax({ url: '/api/v4/leads', data: { filter: { id: self.ids } } });
    """
    for path, place in uses(widget, Use.REQUEST_IN_LOOP, libraries=False):
        hint = f"send one request for all: the limit is {REQUESTS_PER_SECOND} a second"
        yield Problem(path, f"`{place.text}` is called in a loop", hint, place)


@rule("S131", "old-host-name", Severity.INFO, platforms=("kommo",))
def old_host_name(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Deprecated name of the CRM's object.

    What:
        `AMOCRM` instead of `APP`. Each script is reported once.
    Why:
        The name has been deprecated since 2023.
    Source:
        https://developers.kommo.com/docs/environment-variables
    Bad:
        script.js
            self.user = AMOCRM.constant('user');
    Good:
        script.js
            self.user = APP.constant('user');
    """
    by_script: dict[str, list[Place]] = {}
    for path, place in uses(widget, Use.OLD_HOST, libraries=False):
        by_script.setdefault(path, []).append(place)
    for path, (first, *others) in by_script.items():
        message = f"`{first.text}` uses the deprecated name{and_more(1 + len(others))}"
        yield Problem(path, message, "write `APP`", first)
