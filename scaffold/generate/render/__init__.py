"""Answers -> the whole tree of a widget, in memory: a pure function.

Exactly three rules turn a template file into an output file:

1. `manifest.json` and `i18n/<locale>.json` are fragments: they are parsed, every string is rendered, and the
   fragments of all overlays are deep-merged (dicts merge, lists append, two scalars are an error that names
   both files). So quoting can never break.
2. `*.j2` is text: rendered, without the suffix.
3. Everything else is copied byte for byte.

The folders `callbacks/` and `parts/` have what the base's templates include; they are not output themselves.
"""

import json
from collections.abc import Mapping
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree
from scaffold.generate.answers.record import Answers
from scaffold.generate.render.context import context
from scaffold.generate.render.environment import environment
from scaffold.generate.render.overlays import Overlays
from scaffold.generate.render.styles import used_classes, used_rules
from scaffold.kommo.manifest import TOP_LEVEL

_MANIFEST = "widget/manifest.json"
_I18N = "widget/i18n/"
_README = "README.md"
_STYLE = "widget/style.css"


def render(answers: Answers) -> Tree:
    """Return every file of the project except its pictures and its record, by path inside the project.

    The answers are data: their values are never rendered again, even if they contain braces.
    """
    overlays = Overlays(answers)
    if missing := overlays.without_texts(answers.locales):
        raise ScaffoldError("the templates lack texts in a language", "add these files", tuple(missing))
    names = context(answers, overlays)
    files: dict[str, bytes] = {}
    for path, templates in overlays.outputs():
        if path == _MANIFEST:
            files[path] = _manifest(_merged(overlays, templates, names))
        elif path.startswith(_I18N):
            locale = path.removeprefix(_I18N).removesuffix(".json")
            if locale in answers.locales:
                files[path] = _json(_merged(overlays, templates, {**names, "locale": locale}))
        elif path == _README:
            continue  # rendered last: it lists the other files
        elif templates[0].endswith(".j2"):
            files[path] = environment().get_template(templates[0]).render(names).encode()
        else:
            files[path] = overlays.read(templates[0])
    if names["script"].draws:
        classes = used_classes(
            data.decode() for path, data in files.items() if path.endswith((".js", ".twig"))
        )
        files[_STYLE] = used_rules(files[_STYLE].decode(), answers.code, classes).encode()
    else:
        del files[_STYLE]
    readme = environment().get_template(f"base/{_README}.j2").render({**names, "paths": tuple(files)})
    files[_README] = readme.encode()
    return Tree(files)


def _manifest(merged: Mapping[str, Any]) -> bytes:
    """Return manifest.json, its blocks in the usual order. Raises ValueError for a block that no area has."""
    if unknown := merged.keys() - set(TOP_LEVEL):
        raise ValueError(f"no area has the manifest block {', '.join(sorted(unknown))}")
    return _json({key: merged[key] for key in TOP_LEVEL if key in merged})


def _merged(overlays: Overlays, templates: list[str], names: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    origin: dict[tuple[str, ...], str] = {}
    for template in templates:
        text = overlays.read(template).decode()
        if "{{" in text:
            text = environment().get_template(template).render(names)
        fragment = json.loads(text)
        _merge(merged, fragment, (), (template, origin))
    return merged


def _merge(
    into: dict[str, Any],
    fragment: Mapping[str, Any],
    place: tuple[str, ...],
    source: tuple[str, dict[tuple[str, ...], str]],
) -> None:
    """Merge a fragment; `source` is its template, and the template of each place merged so far."""
    template, origin = source
    for key, value in fragment.items():
        here = (*place, key)
        if value is None:
            continue  # left out with these answers
        if key not in into:
            into[key] = {} if isinstance(value, dict) else value
            origin[here] = template
            if isinstance(value, dict):
                _merge(into[key], value, here, source)
        elif isinstance(into[key], dict) and isinstance(value, dict):
            _merge(into[key], value, here, source)
        elif isinstance(into[key], list) and isinstance(value, list):
            into[key] += value
        else:
            raise ValueError(f"{template} and {origin[here]} both give {'.'.join(here)}")


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
