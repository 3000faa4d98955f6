"""Renames in generated scripts what the user's script uses as the name of something else."""

from scaffold.grow.foreign.places import Places, declared, walk
from scaffold.grow.foreign.sides import Side, declared_by, names_of, pairs_of, side_at, side_of
from scaffold.grow.merge import javascript
from scaffold.grow.merge.edits import Edit, applied
from scaffold.grow.merge.folding import folded


def renamed(before: str, yours: str, new: str, places: Places) -> tuple[str, str]:
    """Return both generated scripts, with new names for those that the user's script uses otherwise."""
    side, mine = side_of(new), side_at(yours, places)
    if side is None or mine is None or side.places.define is None or places.define is None:
        return before, new
    taken, known = declared(yours.encode()), declared_by(mine)
    modules = {name: module for module, name in pairs_of(side.places.define)}
    own = {name: module for module, name in pairs_of(places.define)}
    names: dict[str, str] = {}
    for name in modules:
        # a name that the script uses and does not declare is a global of the page: `$`, `_`
        is_same = own.get(name) == modules[name] or name not in known
        if name in taken and not is_same:
            names[name] = _free(name, taken)
    for name, declarations in _declarations(side, side_of(before)).items():
        values = [_value(text, names) for text in declarations]
        names |= _new_name(name, values, mine, taken)
    return _with_names(before, names), _with_names(new, names)


def _declarations(*sides: Side | None) -> dict[str, list[str]]:
    """Return the declarations of each name in the generated scripts, in their order."""
    found: dict[str, list[str]] = {}
    for side in filter(None, sides):
        for item in (*side.module.items, *side.constructor.items):
            for name in names_of(item):
                found.setdefault(name, []).append(side.source.text(item.body, item.end))
    return found


def _new_name(name: str, values: list[str], mine: Side, taken: frozenset[str]) -> dict[str, str]:
    """Return the new name of a declaration with one of these values; empty if it can stay."""
    if name not in taken:
        return {}
    held = {
        own: _value(mine.source.text(item.body, item.end), {})
        for part in (mine.module, mine.constructor)
        for item in part.items
        for own in names_of(item)
    }
    number = 1
    while True:
        other = name if number == 1 else f"{name}{number}"
        same = [value.replace(name, other) for value in values] if number > 1 else values
        is_widget = any(map(_is_widget, values))
        if other in held and (held[other] in same or (is_widget and _is_widget(held[other], other))):
            return {} if number == 1 else {name: other}
        if other not in taken:
            return {name: other}
        number += 1


def _is_widget(value: str, name: str = "") -> bool:
    """Return whether a declaration assigns `this`; with `name`, to that name."""
    return f"{name}\0=\0this" in value


def _value(declaration: str, names: dict[str, str]) -> str:
    """Return a declaration folded for comparison, without its keyword."""
    return folded(_with_names(declaration, names)).partition("\0")[2].removesuffix("\0;")


def _free(name: str, taken: frozenset[str]) -> str:
    number = 2
    while f"{name}{number}" in taken:
        number += 1
    return f"{name}{number}"


def _with_names(text: str, names: dict[str, str]) -> str:
    """Return a script with some of its variables renamed."""
    if not names:
        return text
    data = text.encode()
    edits = []
    for node in walk(javascript.parsed(data)):
        name = (node.text or b"").decode() if node.child_count == 0 else ""
        if name in names and node.type == "identifier":
            edits.append(Edit(node.start_byte, node.end_byte, names[name]))
        elif name in names and node.type == "shorthand_property_identifier":
            edits.append(Edit(node.start_byte, node.end_byte, f"{name}: {names[name]}"))
    return applied(data, edits).decode()
