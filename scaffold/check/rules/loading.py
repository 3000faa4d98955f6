"""The scripts of the archive that run: those that the CRM loads, and their modules."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from scaffold.check.model.places import Place
from scaffold.check.model.widget import SCRIPT, Widget

if TYPE_CHECKING:
    from scaffold.check.model.outline import Use

_STARTS = (SCRIPT, "amoforms.js", "personal_page.js")
_FILE_PLUGINS = ("text", "json")
"""Loader plugins that take the name of a file with its extension."""


def loaded_scripts(widget: Widget) -> tuple[str, ...]:
    """Return the paths of the scripts that the CRM loads, and of the modules that they load."""
    waiting = [path for path in _STARTS if path in widget.tree]
    found: dict[str, None] = dict.fromkeys(waiting)
    while waiting:
        path = waiting.pop()
        for _, file in required_files(widget, path):
            if file in widget.tree and file.endswith(".js") and file not in found:
                found[file] = None
                waiting.append(file)
    return tuple(found)


def required_files(widget: Widget, path: str) -> Iterator[tuple[Place, str]]:
    """Yield the files of the archive that a script's `define` lists, each with its place in the list."""
    seen = widget.outline(path)
    defines = seen.defines if seen else ()
    if any(define.name for define in defines):
        return  # a bundle: its modules may require each other
    for define in defines:
        for module in define.dependencies:
            if file := own_file(module.text, dirname(path)):
                yield module, file


def uses(widget: Widget, use: "Use", *, libraries: bool = True) -> Iterator[tuple[str, Place]]:
    """Yield path and place of each use of one kind in the loaded scripts, libraries included or not."""
    for path in loaded_scripts(widget):
        seen = widget.outline(path)
        places = seen.used(use) if seen else ()
        if places and (libraries or not is_library(widget, path)):
            yield from ((path, place) for place in places)


def is_library(widget: Widget, path: str) -> bool:
    """Return whether a script of the archive is a third-party library."""
    # Imported here because it loads the JavaScript parser.
    from scaffold.check.model import libraries

    return libraries.is_library(path, widget.tree[path])


def own_file(module: str, folder: str = "") -> str:
    """Return the path of a module's file in the archive; empty if it comes from elsewhere.

    `folder` is that of the script that loads the module.
    """
    plugin, _, name = module.partition("?")[0].rpartition("!")
    if plugin and plugin not in _FILE_PLUGINS:
        return ""
    if not name.startswith(("./", "../")):
        return ""
    path = normpath(join(folder, name))
    if path.startswith(".."):
        return ""
    return path if plugin or path.endswith(".js") else f"{path}.js"
