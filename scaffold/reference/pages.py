"""The pages of the reference by topic: prose from `pages/`, tables from the code that they describe."""

import re
from pathlib import Path

from scaffold.reference.tables import TABLES

_FOLDER = Path(__file__).parent / "pages"
_TABLE = re.compile(r"^<!-- table: ([\w ]+) -->$", re.MULTILINE)


def topics() -> dict[str, str]:
    """Return topic -> title, the first heading of the page."""
    return {
        path.stem: _read(path).partition("\n")[0].removeprefix("# ") for path in sorted(_FOLDER.glob("*.md"))
    }


def page(topic: str) -> str:
    """Return a page as Markdown. Raises KeyError if there is no such topic."""
    if topic not in topics():
        raise KeyError(topic)
    text = _read(_FOLDER / f"{topic}.md")
    return _TABLE.sub(lambda found: "\n".join(TABLES[found[1]]()).rstrip(), text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
