"""Fixes values of the manifest if only one value, place or spelling can be meant."""

import re

from scaffold.check.findings import Finding
from scaffold.check.fix.change import Fix, Subject, edit
from scaffold.check.model.location_guess import normalized, without_suffix
from scaffold.check.model.widget import MANIFEST, Widget
from scaffold.check.rules.manifest_fields import ACTION_MULTIPLE_INSIDE, stand_in
from scaffold.check.rules.manifest_locales import intended_locales
from scaffold.check.rules.text_lookup import find_text, readable_texts
from scaffold.documents.edit.changes import Add, Change, Move, Remove, Rename, Set
from scaffold.documents.node import Node, Path
from scaffold.kommo import limits

_YES, _NO = frozenset({"true", "1", "y", "yes", "on"}), frozenset({"false", "0", "n", "no", "off", ""})
_SHORT_VERSION = re.compile(r"(\d{1,6})(?:\.(\d{1,6}))?")
_COLOUR = re.compile(r"[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_MAX_DIGITS = 9
"""Of an item's position in a menu."""
_TEXTS = ("name", "short_description", "description")


def _fix(what: str, *changes: Change) -> Fix:
    return edit(MANIFEST, what, *changes)


def _node(subject: Subject, finding: Finding) -> tuple[Path, Node | None]:
    return finding.value, subject.widget.document(MANIFEST).find(*finding.value)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def as_flag(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that writes a boolean for `"yes"`, `0` and the like; for `sort`, the number."""
    path, node = _node(subject, finding)
    if node is None or not isinstance(node.value, str | int | float):
        return None
    word = str(node.value).strip().lower()
    if path[-1] == "sort":
        is_number = word.isdecimal() and len(word) <= _MAX_DIGITS
        return _fix(f"remove the quotes of {word}", Set(path, int(word))) if is_number else None
    if word in _YES or word in _NO:
        value = word in _YES
        return _fix(f"change `{_dotted(path)}` to {str(value).lower()}", Set(path, value))
    return None


def interface_version(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that writes the only interface version there is."""
    path, node = _node(subject, finding)
    if node is None or isinstance(node.value, dict | list):
        return None
    return _fix(
        f"change `{_dotted(path)}` to {limits.INTERFACE_VERSION}", Set(path, limits.INTERFACE_VERSION)
    )


def missing_key(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that moves a misplaced value, or adds a key if only one value is possible."""
    path, node = _node(subject, finding)
    if node is not None:
        return _moved_home(subject.widget, path)
    widget = subject.widget
    if path == ("widget", "interface_version"):
        return _fix(f"add `{_dotted(path)}`: {limits.INTERFACE_VERSION}", Add(path, limits.INTERFACE_VERSION))
    if path == ("widget", "locale") and widget.texts:
        locales = intended_locales(widget)
        return _fix(f"add `{_dotted(path)}`: {', '.join(locales)}", Add(path, locales))
    key = f"widget.{path[-1]}"
    if path[0] == "widget" and path[-1] in _TEXTS and _is_everywhere(widget, key):
        return _fix(f"add `{path[-1]}`", Add(path, key))
    return None


def _is_everywhere(widget: Widget, key: str) -> bool:
    files = readable_texts(widget)
    found = [find_text(texts, key) for texts in files]
    return bool(files) and all(node is not None and isinstance(node.value, str) for node in found)


def _moved_home(widget: Widget, path: Path) -> Fix | None:
    """Return the fix that moves a misplaced value to where it belongs."""
    home = next((home for home, other in widget.manifest.misplaced.items() if other == path), None)
    if home is None or widget.manifest.document.find(*home[:-1]) is None:
        return None  # a block with nothing but this value would be invalid too
    if home[:-1] == path[:-1]:
        return _fix(f"rename `{_dotted(path)}` to `{home[-1]}`", Rename(path, str(home[-1])))
    return _fix(f"move `{_dotted(path)}` to `{_dotted(home)}`", Move(path, home))


def misplaced(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that moves a key to the block where it belongs, or deletes a null."""
    path, node = _node(subject, finding)
    if node is not None and node.value is None:
        return _fix(f"delete `{_dotted(path)}`, which is null", Remove(path))
    return _moved_home(subject.widget, path)


def null_block(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that deletes a block that is null."""
    path, node = _node(subject, finding)
    if node is None or node.value is not None or not path:
        return None
    return _fix(f"delete `{_dotted(path)}`, which is null", Remove(path))


def version(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that writes a version with three numbers."""
    path, node = _node(subject, finding)
    if node is None:
        return _fix("add `widget.version`", Add(path, "1.0.0"))
    text = subject.widget.tree[MANIFEST].decode(errors="replace")[node.start : node.end]
    found = _SHORT_VERSION.fullmatch(text.strip('"').strip())
    if not found:
        return None
    new = f"{found[1]}.{found[2] or 0}.0"
    return _fix(f"change the version to {new}", Set(path, new))


def locale_list(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that writes the locales as a list."""
    path, node = _node(subject, finding)
    if path != ("widget", "locale") or node is None:
        return None
    locales = intended_locales(subject.widget)
    return _fix(f"change the locales to a list: {', '.join(locales)}", Set(path, locales))


def locale_code(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that writes a locale in lower case without its region, if it has a file."""
    path, node = _node(subject, finding)
    if node is None or not isinstance(node.value, str):
        return None
    code = re.split(r"[-_]", node.value.strip().lower())[0]
    is_meant = code in subject.widget.texts and code in limits.LOCALES[subject.platform]
    if not is_meant or code in subject.widget.manifest.locales:
        return None
    return _fix(f"change the locale to `{code}`", Set(path, code))


def duplicate(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that deletes a duplicate entry."""
    path, node = _node(subject, finding)
    return _fix(f"delete the second `{node.value}`", Remove(path)) if node else None


def location(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that corrects a location, if only its spelling or suffix is wrong."""
    path, node = _node(subject, finding)
    if node is None or not isinstance(node.value, str):
        return None
    meant = without_suffix(node.value) or normalized(node.value)
    if not meant:
        return None
    others = [entry for entry in subject.widget.manifest.locations if entry.at != path[-1]]
    if any(meant in (str(entry.location), entry.text) for entry in others):
        return _fix(f"delete `{node.value}`: `{meant}` is declared too", Remove(path))
    return _fix(f"change `{node.value}` to `{meant}`", Set(path, meant))


def field_key(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that renames a field's misspelt key."""
    path, _ = _node(subject, finding)
    field = subject.widget.document(MANIFEST).find(*path[:-1])
    for key in ("name", "type"):
        if field and stand_in(field, key) == path[-1]:
            return _fix(f"rename `{path[-1]}` to `{key}`", Rename(path, key))
    return None


def action_multiple(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that moves `action_multiple` to its place, or adds it as false."""
    path, _ = _node(subject, finding)
    home = ("dp", "action_multiple")
    if path == ACTION_MULTIPLE_INSIDE:
        return _fix("move `action_multiple` out of `dp.settings`", Move(path, home))
    return _fix("add `action_multiple`: false", Add(path, False))


def colour(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that adds a missing `#` to a colour."""
    path, node = _node(subject, finding)
    if node is None or not isinstance(node.value, str) or not _COLOUR.fullmatch(node.value):
        return None
    return _fix(f"change the colour to #{node.value}", Set(path, f"#{node.value}"))


def tour_flag(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that adds true, or writes it for `"yes"` and the like; a plain false is intended."""
    path, node = _node(subject, finding)
    if node is None:
        return _fix("add `is_tour`: true", Add(path, True))
    is_yes = not isinstance(node.value, bool | dict | list) and str(node.value).strip().lower() in _YES
    return _fix("change `tour.is_tour` to true", Set(path, True)) if is_yes else None


def picture_list(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that writes a single picture as a list."""
    path, node = _node(subject, finding)
    if node is None or not isinstance(node.value, str) or not node.value:
        return None
    return _fix(f"change `{_dotted(path)}` to a list", Set(path, [node.value]))


def unhidable(subject: Subject, finding: Finding) -> Fix | None:
    """Return the fix that no longer hides an item that cannot be hidden."""
    path, _ = _node(subject, finding)
    return _fix(f"delete `{_dotted(path)}`", Remove(path))
