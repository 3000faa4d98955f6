"""Answers -> the whole tree of a widget, in memory: a pure function.

Three rules turn a template's file into an output file, and there is no fourth:

1. `manifest.json` and `i18n/<locale>.json` are fragments: parsed first, every string rendered, then
   deep-merged over all overlays (dicts merge, lists append, a scalar clash is an error that names both
   files), so that quoting can never break.
2. `*.j2` is text: rendered, the suffix dropped.
3. Everything else is copied byte for byte.

Folders `callbacks/` and `parts/` hold what the base's templates include; they are not output themselves.
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
    """Return every file of the project but its pictures and its record, paths from the project's folder.

    The answers are data: no value of theirs is rendered again, whatever braces it holds.
    """
    overlays = Overlays(answers)
    if missing := overlays.without_texts(answers.locales):
        raise ScaffoldError("the templates lack texts in a language", "add these files", tuple(missing))
    names = context(answers, overlays)
    files: dict[str, bytes] = {}
    for path, templates in overlays.outputs():
        if path == _MANIFEST:
            manifest = _merged(overlays, templates, names)
            if unknown := manifest.keys() - set(TOP_LEVEL):
                raise ValueError(f"no area has the manifest block {', '.join(sorted(unknown))}")
            files[path] = _json({key: manifest[key] for key in TOP_LEVEL if key in manifest})
        elif path.startswith(_I18N):
            locale = path.removeprefix(_I18N).removesuffix(".json")
            if locale in answers.locales:
                files[path] = _json(_merged(overlays, templates, {**names, "locale": locale}))
        elif path == _README:
            continue  # it says which files there are
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
    said: tuple[str, dict[tuple[str, ...], str]],
) -> None:
    """Merge a fragment; `said` is its template and which template gave each place so far."""
    template, origin = said
    for key, value in fragment.items():
        here = (*place, key)
        if value is None:
            continue  # a member that these answers leave out
        if key not in into:
            into[key] = {} if isinstance(value, dict) else value
            origin[here] = template
            if isinstance(value, dict):
                _merge(into[key], value, here, said)
        elif isinstance(into[key], dict) and isinstance(value, dict):
            _merge(into[key], value, here, said)
        elif isinstance(into[key], list) and isinstance(value, list):
            into[key] += value
        else:
            raise ValueError(f"{template} and {origin[here]} both give {'.'.join(here)}")


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
