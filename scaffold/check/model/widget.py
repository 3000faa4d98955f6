"""One widget, read lazily: a file is parsed when a rule first needs it."""

import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from scaffold.check.model.file_types import is_readable
from scaffold.check.model.images import Image, read_image
from scaffold.check.model.manifest import Manifest
from scaffold.check.model.texts import Texts
from scaffold.documents.jsondoc import Document, parse_bytes
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree

if TYPE_CHECKING:
    from scaffold.check.model.outline import Outline
    from scaffold.check.model.styles import Style
    from scaffold.check.model.twig import Twig

MANIFEST = "manifest.json"
SCRIPT = "script.js"
_I18N = "i18n/"
_NOTHING = Document(None)


class Widget:
    """A widget's files, and what they contain."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.tree: Tree = archive.tree
        self._documents: dict[str, Document] = {}
        self._images: dict[str, Image] = {}
        self._outlines: dict[str, Outline] = {}
        self._twigs: dict[str, Twig] = {}

    def changed(self, archive: Archive) -> "Widget":
        """Return the widget in `archive`, another state of this one; unchanged files are not parsed again."""
        other = Widget(archive)
        kept = {path for path, data in self.tree.items() if archive.tree.get(path) == data}
        other._documents = {path: read for path, read in self._documents.items() if path in kept}
        other._images = {path: read for path, read in self._images.items() if path in kept}
        other._outlines = {path: read for path, read in self._outlines.items() if path in kept}
        other._twigs = {path: read for path, read in self._twigs.items() if path in kept}
        return other

    def document(self, path: str) -> Document:
        """Return the parsed JSON file at `path`; a document without a root if there is no such file."""
        if path not in self._documents:
            self._documents[path] = parse_bytes(self.tree[path]) if path in self.tree else _NOTHING
        return self._documents[path]

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest; empty if there is none or it cannot be read."""
        return Manifest(self.document(MANIFEST))

    @cached_property
    def texts(self) -> Mapping[str, Texts]:
        """The existing files `i18n/<locale>.json` by locale, declared or not."""
        locales = [
            path.removeprefix(_I18N).removesuffix(".json")
            for path in self.tree
            if path.startswith(_I18N) and path.endswith(".json") and path.count("/") == 1
        ]
        return MappingProxyType(
            {locale: Texts(locale, self.document(f"{_I18N}{locale}.json")) for locale in locales}
        )

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The declared locales; if the manifest has no list of them, those that have a file.

        A code with a region, such as `pt-BR`, is invalid; it counts as `pt` if that has a file.
        """
        declared = self.manifest.locales or tuple(self.texts)
        return tuple(dict.fromkeys(self._without_region(locale) for locale in declared))

    def _without_region(self, locale: str) -> str:
        language = re.split(r"[-_]", locale.lower())[0]
        return language if locale not in self.texts and language in self.texts else locale

    def image(self, path: str) -> Image | None:
        """Return what the picture at `path` really is, or None if there is no such file."""
        if path not in self.tree:
            return None
        if path not in self._images:
            self._images[path] = read_image(self.tree[path])
        return self._images[path]

    @cached_property
    def script(self) -> "Outline | None":
        """The outline of script.js, or None if there is no such file."""
        return self.outline(SCRIPT)

    def outline(self, path: str) -> "Outline | None":
        """Return the outline of the script at `path`, or None if there is no such file."""
        if path not in self.tree:
            return None
        if path not in self._outlines:
            # Only here (and likewise below): a run that reads no script does not load the parser.
            from scaffold.check.model.script import read_script

            self._outlines[path] = read_script(self.tree[path])
        return self._outlines[path]

    def twig(self, path: str) -> "Twig | None":
        """Return the template at `path`, or None if there is no such file."""
        if path not in self.tree:
            return None
        if path not in self._twigs:
            from scaffold.check.model.twig import read_twig

            self._twigs[path] = read_twig(self.tree[path])
        return self._twigs[path]

    @cached_property
    def styles(self) -> Mapping[str, "Style"]:
        """The style sheets by path."""
        from scaffold.check.model.styles import read_style

        sheets = {
            path: read_style(self.tree[path])
            for path in self.tree
            if path.endswith(".css") and is_readable(self.tree[path])
        }
        return MappingProxyType(sheets)
