"""Writes the generated parts of README.md and the pages in .github/docs; --check says what has drifted."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from click.testing import CliRunner

from scaffold.cli import group
from scaffold.reference.pages import page, topics
from scaffold.reference.tables import areas_in_short

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
HELP = ROOT / "scaffold" / "help.txt"
PAGES = ROOT / ".github" / "docs"


def list_of_topics() -> Iterator[str]:
    for topic, title in topics().items():
        yield f"- [{title}]({PAGES.relative_to(ROOT).as_posix()}/{topic}.md) (`{topic}`)"


BLOCKS: dict[str, Callable[[], Iterator[str]]] = {"areas": areas_in_short, "topics": list_of_topics}


def generated(text: str) -> str:
    """Return README's text with every block between its markers written anew."""
    for name, lines in BLOCKS.items():
        block = f"<!-- begin: {name} -->\n" + "\n".join(lines()).rstrip() + f"\n<!-- end: {name} -->"
        pattern = rf"<!-- begin: {name} -->.*?<!-- end: {name} -->"
        text, count = re.subn(pattern, block.replace("\\", r"\\"), text, flags=re.DOTALL)
        assert count == 1, name
    return text


def help_text() -> str:
    """Return what `kommo-widget --help` prints: see `scaffold/__main__.py`."""
    return CliRunner().invoke(group, ["--help"], prog_name="kommo-widget", terminal_width=80).output


def wanted() -> dict[Path, str]:
    """Return every generated file."""
    pages = {PAGES / f"{topic}.md": page(topic) for topic in topics()}
    return {README: generated(README.read_text(encoding="utf-8")), HELP: help_text(), **pages}


def main() -> int:
    files = wanted()
    drifted = [p for p, text in files.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    drifted += [path for path in PAGES.glob("*.md") if path not in files]
    for path in drifted:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} has drifted: run `python tests/docs.py`", file=sys.stderr)
        elif path in files:
            path.write_text(files[path], encoding="utf-8")
        else:
            path.unlink()
    return 1 if drifted and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
