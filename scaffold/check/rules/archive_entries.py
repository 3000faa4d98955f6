"""A11x: entries of the archive that were not read, or only with a correction."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.files.archive import Trouble

_PACK_AGAIN = "pack it with kommo-widget pack"


def _troubles(widget: Widget, trouble: Trouble, hint: str) -> Iterator[Problem]:
    for entry in widget.archive.troubles:
        if entry.trouble is trouble:
            detail = f": {entry.detail}" if entry.detail else ""
            subject = f"`{entry.path}`" if entry.path else "the archive"
            yield Problem(entry.path, f"{subject} {trouble.value}{detail}", hint)


@rule("A110", "unsafe-name", Severity.ERROR, waivable=False)
def unsafe_name(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unsafe file name in the archive.

    What:
        A name that contains `..`, is absolute, has an empty part or a control character, is nested too
        deeply, or is longer than file systems allow. The entry is not read.
    Why:
        Unpacked carelessly, such an entry overwrites files outside the widget, or it cannot be unpacked at
        all.
    Source:
        https://cwe.mitre.org/data/definitions/22.html
    Bad:
        ../escape.js: it points outside the archive
    Good:
        lib/escape.js
            x
    """
    return _troubles(widget, Trouble.UNSAFE_NAME, _PACK_AGAIN)


@rule("A111", "backslash-name", Severity.ERROR, waivable=False)
def backslash_name(widget: Widget, _context: Context) -> Iterator[Problem]:
    r"""Backslash in a file name.

    What:
        A name such as `images\logo.png`. The entry is checked as if it used forward slashes.
    Why:
        Zip archives use forward slashes only. On the vendor's servers the entry becomes one oddly named file
        at the root, and the folder is missing. Some older Windows tools pack archives this way.
    Source:
        https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
    Bad:
        lib\escape.js: has backslashes in its name
    Good:
        lib/escape.js
            x
    """
    return _troubles(widget, Trouble.BACKSLASH, _PACK_AGAIN)


@rule("A112", "duplicate-entry", Severity.WARNING)
def duplicate_entry(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Duplicate entry in the archive.

    What:
        Two entries with the same name. The first one is checked.
    Why:
        Which of the two counts depends on the program that unpacks the archive.
    Source:
        https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
    Bad:
        lib/escape.js: is in the archive twice
    Good:
        lib/escape.js
            x
    """
    return _troubles(widget, Trouble.DUPLICATE, _PACK_AGAIN)


@rule("A113", "symlink", Severity.ERROR, waivable=False)
def symlink(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Symbolic link in the archive.

    What:
        A link in the archive or the folder. It is not followed, so its target is not part of the widget.
    Why:
        A link can point anywhere, and its target does not exist on the vendor's servers.
    Source:
        https://cwe.mitre.org/data/definitions/59.html
    Bad:
        lib/link.js: is a symbolic link
    Good:
        lib/link.js
            x
    """
    return _troubles(widget, Trouble.SYMLINK, "replace the link with the file itself")


@rule("A114", "encrypted-entry", Severity.ERROR, waivable=False)
def encrypted_entry(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Encrypted entry in the archive.

    What:
        An entry that needs a password. It is not read.
    Why:
        The upload cannot ask for a password.
    Source:
        https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
    Bad:
        lib/secret.js: is encrypted
    Good:
        lib/secret.js
            x
    """
    return _troubles(widget, Trouble.ENCRYPTED, "pack it without a password")


@rule("A115", "unreadable-entry", Severity.ERROR, waivable=False)
def unreadable_entry(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unreadable entry in the archive.

    What:
        An entry that is truncated, damaged, or compressed with a method other than deflate.
    Why:
        The file is missing after the upload.
    Source:
        https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
    Bad:
        lib/broken.js: error -3 while decompressing data: invalid block type
    Good:
        lib/broken.js
            x
    """
    return _troubles(widget, Trouble.UNREADABLE, _PACK_AGAIN)


@rule("A116", "too-large", Severity.ERROR, waivable=False)
def too_large(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Entry or archive is too large.

    What:
        A file larger than 32 MiB, a file compressed more than 200 to 1, more than 5000 files, or more than 64
        MiB in total. Anything beyond these limits is not read.
    Why:
        It is a mistake or an attack: no widget needs to be that large.
    Source:
        https://cwe.mitre.org/data/definitions/409.html
    Bad:
        lib/bomb.js: compressed more than 200 to 1
    Good:
        lib/bomb.js
            x
    """
    return _troubles(widget, Trouble.TOO_LARGE, "remove it from the widget")
