"""A12x: files that do not belong in the archive, and the encoding and line endings of the others."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.file_types import is_text
from scaffold.check.model.places import Place
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.text import count

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>")
_CONFLICT_HINT = "resolve it and delete the markers, or undo the merge with kommo-widget add --abort"
_SOURCE_HINT = "save it as UTF-8 without a byte order mark and with LF line endings"


def _texts(widget: Widget) -> Iterator[tuple[str, bytes]]:
    for path, data in widget.tree.items():
        if is_text(path, data):
            yield path, data


@rule("A120", "junk-file", Severity.WARNING)
def junk_file(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unneeded file in the archive.

    What:
        A file that a system or a tool left behind: `__MACOSX`, `.DS_Store`, `Thumbs.db`, source maps,
        backups, logs, archives; in a zip also `node_modules`, `.git` and everything else whose name starts
        with a dot. `pack` leaves all of them out.
    Why:
        The vendor rejects unused files, and such files can reveal more than they should.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        .DS_Store: is in the archive
    Good:
        style.css
            .acme-panel { color: inherit; }
    """
    for path in widget.archive.ignored:
        yield Problem(
            path, f"`{path}` does not belong in a widget", "delete it, or pack with kommo-widget pack"
        )


@rule("A121", "json-byte-order-mark", Severity.ERROR, waivable=False)
def json_byte_order_mark(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Byte order mark in a JSON file.

    What:
        manifest.json or a locale file starts with the bytes EF BB BF.
    Why:
        The vendor's parser rejects them; its documentation lists them among the most frequent upload errors.
    Source:
        https://developers.kommo.com/docs/structure-widget
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        manifest.json
            <U+FEFF>{
                "version": "1.0.0",
    Good:
        manifest.json
            {
                "version": "1.0.1",
    """
    return _byte_order_marks(widget, json=True)


@rule("A122", "byte-order-mark", Severity.WARNING)
def byte_order_mark(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Byte order mark in a text file.

    What:
        A script, style sheet or template starts with the bytes EF BB BF.
    Why:
        The vendor asks for UTF-8 without a byte order mark. In a template it becomes an invisible character
        on the page.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js: begins with a byte order mark
    Good:
        script.js: does not begin with a byte order mark
    """
    return _byte_order_marks(widget, json=False)


def _byte_order_marks(widget: Widget, json: bool) -> Iterator[Problem]:
    for path, data in _texts(widget):
        if data.startswith(_BOM) and path.endswith(".json") is json:
            yield Problem(path, "the file begins with a byte order mark", _SOURCE_HINT, Place(1, 1))


@rule("A123", "crlf", Severity.WARNING)
def crlf(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Windows line endings.

    What:
        A line in a text file ends in CR LF. Reported once per widget, at the first such line.
    Why:
        The vendor requires LF.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js: lines end in CR LF
    Good:
        script.js: lines end in LF
    """
    found = [(path, data.find(b"\r\n"), data) for path, data in _texts(widget) if b"\r\n" in data]
    if found:
        path, at, data = found[0]
        others = len(found) - 1
        more = f", also in {count(others, 'other file')}" if others else ""
        line = data.count(b"\n", 0, at) + 1
        yield Problem(path, f"line ends in CR LF{more}", _SOURCE_HINT, Place(line, 1))


@rule("A124", "json-not-utf8", Severity.ERROR, waivable=False)
def json_not_utf8(widget: Widget, _context: Context) -> Iterator[Problem]:
    """JSON file is not UTF-8.

    What:
        manifest.json or a locale file contains bytes that are not UTF-8, which happens when an editor saves
        in a local encoding.
    Why:
        JSON is UTF-8, and parsers reject such bytes.
    Source:
        https://www.rfc-editor.org/rfc/rfc8259#section-8.1
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/es.json
            "name": "Acme prospectos",
            "short_description": "Punt�a prospectos",
            "description": "Punt�a cada prospecto por su historial."
    Good:
        i18n/es.json
            "name": "Señales",
            "short_description": "Puntúa prospectos",
            "description": "Puntúa cada prospecto por su historial."
    """
    return _not_utf8(widget, json=True)


@rule("A125", "not-utf8", Severity.WARNING)
def not_utf8(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Text file is not UTF-8.

    What:
        A script, style sheet or template contains bytes that are not UTF-8.
    Why:
        The vendor requires UTF-8; other bytes show up as garbled characters on the page.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        templates/panel.twig
            <p>Se�ales</p>
    Good:
        templates/panel.twig
            <p>Señales</p>
    """
    return _not_utf8(widget, json=False)


def _not_utf8(widget: Widget, json: bool) -> Iterator[Problem]:
    for path, data in _texts(widget):
        if path.endswith(".json") is not json or (json and data.startswith(_UTF16)):
            continue
        try:
            data.decode()
        except UnicodeDecodeError as error:
            before = data[: error.start].decode()
            column = len(before) - before.rfind("\n")
            message = f"byte 0x{data[error.start]:02x} is not UTF-8"
            yield Problem(path, message, _SOURCE_HINT, Place(before.count("\n") + 1, column))


@rule("A126", "conflict-marker", Severity.ERROR, waivable=False)
def conflict_marker(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unresolved merge conflict markers.

    What:
        A line of seven `<`, a line of seven `=` and a line of seven `>`, in this order: what git,
        `kommo-widget add`, `remove` and `update` leave where both sides changed the same lines.
    Why:
        The file contains both versions, and the markers between them are not valid code.
    Source:
        https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
    Bad:
        templates/panel.twig
            <<<<<<< yours
            =======
            <p>Theirs</p>
            >>>>>>> with llist-0
    Good:
        templates/panel.twig
            <p>Mine</p>
            <p>Mine</p>
    """
    for path, data in _texts(widget):
        for line in _conflicts(data) if b"<<<<<<<" in data else ():
            yield Problem(path, "unresolved merge conflict", _CONFLICT_HINT, Place(line, 1))


def _conflicts(data: bytes) -> Iterator[int]:
    """Yield the line where each complete conflict begins, one with all three markers in order."""
    begun, expected = 0, 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        word = line.rstrip(b"\r").partition(b" ")[0]
        if word == _MARKERS[0]:
            begun, expected = number, 1
        elif begun and word == _MARKERS[expected]:
            expected += 1
            if expected == len(_MARKERS):
                yield begun
                begun = expected = 0
