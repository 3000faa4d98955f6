"""The pages of the reference by topic: prose from `pages/`, tables from the code that they describe."""

import re
from pathlib import Path

from scaffold.cli import COMMANDS
from scaffold.reference.tables import TABLES, usage

_FOLDER = Path(__file__).parent / "pages"
_TABLE = re.compile(r"^<!-- table: ([\w ]+) -->$", re.MULTILINE)


def topics() -> dict[str, str]:
    """Return topic -> title, the first heading of the page."""
    return {
        path.stem: _read(path).partition("\n")[0].removeprefix("# ") for path in sorted(_FOLDER.glob("*.md"))
    }


def names() -> dict[str, str]:
    """Return everything that `page` has: command or topic -> one line about it."""
    return {**COMMANDS, **topics()}


def page(name: str) -> str:
    """Return a topic's page as Markdown, or the `--help` of a command. Raises KeyError for any other name."""
    if name not in topics():
        return f"{usage(name)}\n"
    text = _read(_FOLDER / f"{name}.md")
    return _TABLE.sub(lambda found: "\n".join(TABLES[found[1]]()).rstrip(), text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
