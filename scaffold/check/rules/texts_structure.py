"""I130: whether the locale files have the same keys."""

from collections.abc import Iterable, Iterator, Mapping

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Use
from scaffold.check.model.places import Place
from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context, Problem, in_texts, rule
from scaffold.check.rules.text_lookup import groups_of, missing_keys, readable_texts, used_keys

_SEVERITY = {"private": Severity.WARNING, "public": Severity.ERROR}


@rule("I130", "different-structure", _SEVERITY)
def different_structure(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Locale files have different keys.

    What:
        The files of the declared locales have different keys. A missing group is reported once. Keys that the
        manifest uses, and groups that are missing with them, are left to I120.
    Why:
        The vendor requires the same structure in all files; users of the other language see an empty space.
    Source:
        https://developers.kommo.com/docs/i18n
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        i18n/en.json
              "api_key": "API key"
            }
        i18n/es.json
            },
            "panel": {
              "title": "Puntos"
    Good:
        i18n/en.json
            },
            "panel": {
              "title": "Score"
        i18n/es.json
            },
            "panel": {
              "title": "Puntos"
    """
    used = frozenset(used_keys(widget))
    shapes = {texts.path: _Shape(texts, used) for texts in readable_texts(widget)}
    reported = {texts.path: missing_keys(widget, texts) for texts in readable_texts(widget)}
    yield from _conflicts(shapes)
    for key, lacking in _gaps(shapes).items():
        having = [path for path in shapes if path not in lacking]
        alone = len(having) == 1 and (len(lacking) > 1 or _is_surplus(widget, key, lacking, shapes))
        if alone:
            hint = "add it to the others, or delete it"
            message = f"no other locale has `{key}`"
            yield in_texts(shapes[having[0]].file, message, hint, *key.split("."))
            continue
        for path in (path for path in lacking if key not in reported[path]):
            message = f"`{key}` is missing, but `{having[0]}` has it"
            yield in_texts(shapes[path].file, message, f"add `{key}`", *key.split("."))


class _Shape:
    """The keys of one file: its groups, and its texts except `besides`."""

    def __init__(self, texts: Texts, besides: frozenset[str]) -> None:
        self.file = texts
        self.texts = frozenset(texts.leaves) - besides
        self.groups = frozenset(group for key in texts.leaves for group in groups_of(key))

    def __contains__(self, key: str) -> bool:
        return key in self.texts or key in self.groups


def _conflicts(shapes: Mapping[str, _Shape]) -> Iterator[Problem]:
    """Yield the keys that are a text in one file and a group in another."""
    if not shapes:
        return
    (first, shape), *others = shapes.items()
    for _, other in others:
        for key in sorted((shape.texts & other.groups) | (shape.groups & other.texts)):
            kind = "text" if key in other.texts else "group of texts"
            message = f"`{key}` is a {kind} here, but not in `{first}`"
            yield in_texts(other.file, message, "make it a text or a group in all files", *key.split("."))


def _gaps(shapes: Mapping[str, _Shape]) -> dict[str, list[str]]:
    """Return each key, or outermost group, that some files lack: key -> these files."""
    every = sorted({key for shape in shapes.values() for key in shape.texts})
    both = {key for shape in shapes.values() for key in shape.texts} & {
        group for shape in shapes.values() for group in shape.groups
    }
    gaps: dict[str, list[str]] = {}
    for path, shape in shapes.items():
        for key in every:
            if key in shape.texts or not both.isdisjoint([key, *groups_of(key)]):
                continue
            outermost = next(group for group in (*groups_of(key), key) if group not in shape)
            if path not in gaps.setdefault(outermost, []):
                gaps[outermost].append(path)
    return gaps


def _is_surplus(widget: Widget, key: str, lacking: Iterable[str], shapes: Mapping[str, _Shape]) -> bool:
    """Return whether the key is superfluous where it is, rather than missing from the first file."""
    first = next(iter(shapes))
    return first in lacking and not any(
        _overlap(place.text.rstrip("."), key) for place in _script_keys(widget)
    )


def _overlap(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def _script_keys(widget: Widget) -> tuple[Place, ...]:
    script = widget.script
    return (*script.used(Use.TEXT_KEY), *script.texts) if script else ()
