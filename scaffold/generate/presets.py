"""Presets: answers files for the usual kinds of widgets."""

from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.generate.render.overlays import templates_root
from scaffold.text import did_you_mean, quoted


def names() -> dict[str, str]:
    """Return the purpose of each preset by its name: the comment on its first line."""
    return {path.stem: _purpose(path) for path in sorted(_folder().glob("*.yml"))}


def path(name: str) -> Path:
    """Return the answers file of a preset. Raises ScaffoldError if there is no such preset."""
    known = names()
    if name not in known:
        raise ScaffoldError(
            f"no preset is called {quoted(name)}{did_you_mean(name, known)}", f"presets: {', '.join(known)}"
        )
    return _folder() / f"{name}.yml"


def _folder() -> Path:
    return templates_root() / "presets"


def _purpose(file: Path) -> str:
    return file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
