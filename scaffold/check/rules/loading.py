"""The scripts of the archive that the CRM gets to run: script.js, and what it asks for."""

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from scaffold.check.model.places import Place
from scaffold.check.model.widget import SCRIPT, Widget

_STARTS = (SCRIPT, "amoforms.js", "personal_page.js")
_FILE_PLUGINS = ("text", "json")
"""Loader plugins that read a file whose name is given whole."""


def loaded_scripts(widget: Widget) -> tuple[str, ...]:
    """Return the scripts that run: those that the CRM loads, and the modules that they ask for."""
    waiting = [path for path in _STARTS if path in widget.tree]
    found: dict[str, None] = dict.fromkeys(waiting)
    while waiting:
        path = waiting.pop()
        for _, asked in required_files(widget, path):
            if asked in widget.tree and asked.endswith(".js") and asked not in found:
                found[asked] = None
                waiting.append(asked)
    return tuple(found)


def required_files(widget: Widget, path: str) -> Iterator[tuple[Place, str]]:
    """Yield the files of the archive that a script's `define` asks for, each with the place that asks."""
    seen = widget.outline(path)
    defines = seen.defines if seen else ()
    if any(define.name for define in defines):
        return  # a bundle, whose modules may name each other
    for define in defines:
        for module in define.dependencies:
            if file := own_file(module.text, dirname(path)):
                yield module, file


def own_file(module: str, folder: str = "") -> str:
    """Return the file of a module of the archive; empty for one of the CRM, of a host or of another plugin.

    `folder` is that of the script that asks.
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
