"""Writes the generated parts of README.md and the pages in .github/docs; --check reports what has drifted."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
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


EDITS = (
    ("widget/script.js", "bind_actions: ", "bind_action: "),
    ("widget/manifest.json", '"1.0.0"', '"1.0"'),
    ("widget/i18n/es.json", ',\n    "refresh": "Actualizar"', ""),
)
"""File, old and new text: the mistakes that README describes after its session creates a widget."""


def with_output(text: str) -> str:
    """Return README's text with the commands of its session, the `console` blocks, run anew in one folder."""
    with tempfile.TemporaryDirectory() as folder:

        def run(block: re.Match[str]) -> str:
            commands = [line[2:] for line in block[2].splitlines() if line.startswith("$ ")]
            return block[1] + "".join(f"$ {line}\n{output(line, Path(folder))}" for line in commands)

        return re.sub(r"^(```console\n)(.*?)(?=^```$)", run, text, flags=re.DOTALL | re.MULTILINE)


def output(command: str, folder: Path) -> str:
    """Return what a terminal shows of a command; make the mistakes in a widget that it creates."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command.split(), cwd=folder, env={**os.environ, "PATH": path}, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout  # 1: the mistakes that `check` is to report
    if command.startswith("kommo-widget new "):
        for name, old, new in EDITS:
            file = folder / command.split()[2] / name
            before = file.read_text(encoding="utf-8")
            assert old in before, name
            file.write_text(before.replace(old, new), encoding="utf-8", newline="\n")
    return done.stdout


BLOCKS: dict[str, Callable[[], Iterator[str]]] = {"areas": areas_in_short, "topics": list_of_topics}


def generated(text: str) -> str:
    """Return README's text with every block between its markers, and its session, written anew."""
    for name, lines in BLOCKS.items():
        block = f"<!-- begin: {name} -->\n" + "\n".join(lines()).rstrip() + f"\n<!-- end: {name} -->"
        pattern = rf"<!-- begin: {name} -->.*?<!-- end: {name} -->"
        text, count = re.subn(pattern, block.replace("\\", r"\\"), text, flags=re.DOTALL)
        assert count == 1, name
    return with_output(text)


def help_text() -> str:
    """Return what `kommo-widget --help` prints: see `scaffold/__main__.py`."""
    return CliRunner().invoke(group, ["--help"], prog_name="kommo-widget", terminal_width=80).output


def readme() -> str:
    """Return README.md as it should be."""
    return generated(README.read_text(encoding="utf-8"))


FILES: dict[Path, Callable[[], str]] = {
    README: readme,
    HELP: help_text,
    **{PAGES / f"{topic}.md": partial(page, topic) for topic in topics()},
}
"""Every generated file, and what returns its text."""


def main() -> int:
    files = {path: make() for path, make in FILES.items()}
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
