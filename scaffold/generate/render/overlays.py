"""Chooses the template folders for a widget, and maps their files to output files."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from scaffold.generate.answers.blocks import SECRET
from scaffold.generate.answers.record import Answers
from scaffold.generate.render import backend
from scaffold.kommo import limits
from scaffold.kommo.area import Area
from scaffold.kommo.areas import AREAS

_I18N = "widget/i18n/"
_NO_OUTPUT = ("callbacks/", "parts/", *(f"{platform}/" for platform in limits.PLATFORMS))
"""Folders of an overlay with what the base's templates include, or what one platform adds to an area."""


@cache
def templates_root() -> Path:
    """Return the folder of the built-in templates: in the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[2]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


class Overlays:
    """The folders of `templates/` that the answers choose, from general to specific.

    `base`, then what areas share, then the areas in the table's order, then the back end.
    """

    def __init__(self, answers: Answers) -> None:
        self.areas: tuple[Area, ...] = tuple(area for area in AREAS if answers.has(area.code))
        shared = dict.fromkeys(
            name
            for area in self.areas
            for name in (area.overlays if answers.panel(area.code) or not area.suffix else area.bare_overlays)
        )
        self.folders: tuple[str, ...] = (
            "base",
            *(f"shared/{name}" for name in shared),
            *(f"shared/{name}" for name, wants in WANTED.items() if wants(answers)),
            *(f"areas/{area.code}{own}" for area in self.areas for own in ("", f"/{answers.platform}")),
        )
        self.folders += tuple(f"backend/{name}" for name in backend.parts(answers))
        self._files = {folder: _files(folder) for folder in self.folders}

    def read(self, template: str) -> bytes:
        """Return a template's bytes. Raises FileNotFoundError."""
        with open(os.path.join(templates_root(), template), "rb") as file:
            return file.read()

    def partials(self, name: str) -> list[str]:
        """Return the templates called `name` (`parts/init.js.j2`) of every overlay, in order."""
        return [f"{folder}/{name}" for folder in self.folders if name in self._files[folder]]

    def without_texts(self, locales: Iterable[str]) -> list[str]:
        """Return the files of texts that an overlay lacks in one of `locales` but has in other languages."""
        return [
            f"{folder}/{path}"
            for folder, files in self._files.items()
            if any(file.startswith(_I18N) for file in files)
            for path in (f"{_I18N}{locale}.json" for locale in locales)
            if path not in files
        ]

    def outputs(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each output path with its templates; only JSON fragments have more than one."""
        made: dict[str, list[str]] = {}
        for folder, files in self._files.items():
            for file in files:
                if not file.startswith(_NO_OUTPUT):
                    made.setdefault(file.removesuffix(".j2"), []).append(f"{folder}/{file}")
        for path, templates in made.items():
            if len(templates) > 1 and not path.startswith(("widget/manifest.json", "widget/i18n/")):
                raise ValueError(f"{' and '.join(templates)} both make {path}")
            yield path, templates


def _has_field(answers: Answers, type_: str) -> bool:
    return any(field.type == type_ for field in answers.settings)


WANTED: dict[str, Callable[[Answers], object]] = {
    "errors": lambda answers: answers.api or answers.backend,
    "api": lambda answers: answers.api,
    "ask": lambda answers: answers.backend,
    "picker": lambda answers: _has_field(answers, "custom"),
    "secrets": lambda answers: _has_field(answers, SECRET),
}
"""Folder of `shared/` that no area lists -> whether the answers choose it."""


@cache
def _files(folder: str) -> tuple[str, ...]:
    root = os.path.join(templates_root(), folder)
    found = []
    for parent, folders, names in os.walk(root):
        folders.sort()
        inside = os.path.relpath(parent, root).replace(os.sep, "/")
        found += [name if inside == "." else f"{inside}/{name}" for name in sorted(names)]
    return tuple(found)
