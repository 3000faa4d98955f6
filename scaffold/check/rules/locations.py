"""L10x: the entries of `locations`."""

from collections import Counter
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.location_guess import without_suffix
from scaffold.check.model.manifest import LocationEntry
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.kommo.amocrm import OWN_BY_CODE
from scaffold.kommo.areas import BY_CODE
from scaffold.text import printable

_LONGEST = 40
"""Characters of an entry that a message quotes; the longest area has 19."""


def is_known(entry: LocationEntry) -> bool:
    """Return whether the entry names an area of either product."""
    return entry.location is not None or entry.text in OWN_BY_CODE


def _spelling(entry: LocationEntry) -> str:
    """Return the entry in its full form, so that equal entries compare equal."""
    return str(entry.location or entry.text)


@rule("L101", "unknown-location", Severity.ERROR, requires=("M101",))
def unknown_location(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown location.

    What:
        An entry of `locations` that is not in the vendor's documentation: a misspelling, wrong case, a stray
        blank, a suffix other than -0 and -1, or the code of a page instead of an area.
    Why:
        The upload rejects the archive, or the widget does not run there.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        manifest.json
            "dashboard-widgets"
    Good:
        manifest.json
            "everywhere"
    """
    for entry in widget.manifest.locations:
        if is_known(entry) or without_suffix(entry.text):
            continue
        hint = f"did you mean `{entry.guess}`?" if entry.guess else "use one that kommo-widget areas lists"
        shown = printable(entry.text[:_LONGEST], 200)
        yield in_manifest(widget.manifest, f"`{shown}` is not an area", hint, "locations", entry.at)


@rule("L102", "needless-suffix", Severity.ERROR, requires=("M101",))
def needless_suffix(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unsupported suffix on a location.

    What:
        -0 or -1 after an area other than a card or list: `settings-1`, `everywhere-0`.
    Why:
        The suffix says whether the right-hand panel is used, which only cards and lists have. With a suffix,
        the entry is not a valid area.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        manifest.json
            "everywhere-0"
    Good:
        manifest.json
            "everywhere"
    """
    for entry in widget.manifest.locations:
        if area := without_suffix(entry.text):
            message = f"`{area}` takes no suffix"
            yield in_manifest(widget.manifest, message, f"write `{area}`", "locations", entry.at)


@rule("L103", "both-suffixes", Severity.ERROR, requires=("M101",))
def both_suffixes(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Location declared both with and without the panel.

    What:
        Both -0 and -1 of one area, or -0 and no suffix, which means -1.
    Why:
        The two cannot be combined: the right-hand panel is either used or not.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://github.com/kommo-crm/create-kommo-integration
    Bad:
        manifest.json
            "lcard-0",
    Good:
        manifest.json
            "ccard-0",
    """
    first: dict[str, LocationEntry] = {}
    reported: set[str] = set()
    for entry in widget.manifest.locations:
        if entry.location is None:
            continue
        area = entry.location.area
        other = first.setdefault(area, entry)
        if other.location != entry.location and area not in reported:
            reported.add(area)
            message = f"`{entry.text}` and `{other.text}` cannot be combined"
            yield in_manifest(widget.manifest, message, "delete one of them", "locations", entry.at)


@rule("L104", "doubled-location", Severity.ERROR, requires=("M101",))
def doubled_location(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Duplicate location.

    What:
        The same entry twice in `locations`, or an area both with -1 and without a suffix, which means the
        same.
    Why:
        Most often another area was intended, and the widget does not run there.
    Source:
        https://developers.kommo.com/docs/widget-locations
    Bad:
        manifest.json
            "lcard-1"
    Good:
        manifest.json
            "ccard-1"
    """
    first: dict[str, LocationEntry] = {}
    for entry in filter(is_known, widget.manifest.locations):
        other = first.setdefault(_spelling(entry), entry)
        if other is entry:
            continue
        same = other.text == entry.text
        message = (
            f"`{entry.text}` is declared twice"
            if same
            else f"`{entry.text}` means the same as `{other.text}`"
        )
        yield in_manifest(widget.manifest, message, "delete one of them", "locations", entry.at)


@rule("L105", "implied-suffix", Severity.INFO, requires=("M101",))
def implied_suffix(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Card or list location without a suffix.

    What:
        `lcard`, `llist` and the like without -0 or -1.
    Why:
        It means -1: the right-hand panel is used. The bare form does not show whether that is intended.
    Source:
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        manifest.json
            "lcard",
    Good:
        manifest.json
            "lcard-1",
    """
    times = Counter(entry.location.area for entry in widget.manifest.locations if entry.location)
    for entry in widget.manifest.locations:
        location = entry.location
        if location and entry.text != str(location) and times[location.area] == 1:
            hint = f"write `{location}`, or `{location.area}-0` if the panel is not used"
            yield in_manifest(
                widget.manifest, f"`{entry.text}` means `{location}`", hint, "locations", entry.at
            )


@rule("L106", "foreign-area", Severity.WARNING, requires=("M101",), platforms=("kommo",))
def foreign_area(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Location is available on amoCRM only.

    What:
        `tline`, `tcalendar`, `amoforms` or `personal_page`, which only amoCRM documents.
    Why:
        The widget does not run there on Kommo. With `--platform amocrm` the area is valid.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://www.amocrm.ru/developers/content/web_sdk/start
    Bad:
        manifest.json
            "tline"
    Good:
        manifest.json
            "everywhere"
    """
    for entry in widget.manifest.locations:
        if entry.area in OWN_BY_CODE:
            message = f"`{entry.area}` is an area of amoCRM only"
            hint = "delete it, or check with --platform amocrm"
            yield in_manifest(widget.manifest, message, hint, "locations", entry.at)


@rule("L107", "area-not-in-docs", Severity.INFO, requires=("M101",), platforms=("kommo",))
def area_not_in_docs(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Location is not in the current Kommo documentation.

    What:
        `cucard`, `culist` or `whatsapp_modal`, which are in the previous documentation but not in the current
        one.
    Why:
        The area may be on its way out, and nothing guarantees that it works.
    Source:
        https://developers.kommo.com/docs/widget-locations
        https://www.amocrm.com/developers/content/integrations/areas/
    Bad:
        manifest.json
            "culist-0"
    Good:
        manifest.json
            "clist-0"
    """
    for entry in widget.manifest.locations:
        if entry.location and not BY_CODE[entry.location.area].in_kommo_docs:
            message = f"`{entry.text}` is not in the current Kommo documentation"
            yield in_manifest(
                widget.manifest, message, "test it in your account first", "locations", entry.at
            )
