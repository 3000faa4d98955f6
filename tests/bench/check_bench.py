"""Print, as Markdown tables, the cost of `check` and `pack` compared with web-ext, and how it grows.

    /tmp/bench/bin/python tests/bench/check_bench.py [WEB_EXT] [ROUNDS]        (set up as for run.py)

WEB_EXT is the program of an installed `web-ext` (`npm install web-ext`, then node_modules/.bin/web-ext), and
optional. It lints and builds an extension with the widget's own files and a manifest of its kind. Whole
processes, in turn, on this machine; shares are of wall time in the same run, growth is in CPU time, which
other work on the machine disturbs less.
"""

import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from run import ANSWERS, TOOL, Run, measure

FILES = 20
"""The number of files in the measured widget."""

LIMITS = {"check": 0.15, "pack": 0.6}
"""The largest share of web-ext's time that each may take: of `lint` and of `build`."""

SCRIPT_BYTES = (10_000, 100_000, 1_000_000, 5_000_000)
WIDGETS = (1, 10, 50, 100)

Command = Callable[[Path], list[str]]


def main(web_ext: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        widget = new_widget(work)
        size = sum(path.stat().st_size for path in widget.rglob("*") if path.is_file())
        print(f"a widget of {FILES} files, {size / 1024:.0f} KiB; medians of {rounds} runs\n")
        beside(widget, work, web_ext, rounds)
        by_script_size(widget, work, rounds)
        by_widgets(widget, work, rounds)


def new_widget(work: Path) -> Path:
    """Make a widget, and fill it up with templates to `FILES` files."""
    answers = work / "answers.yml"
    answers.write_text(ANSWERS)
    made = work / "made"
    subprocess.run([*TOOL, "new", "--answers", answers, made], check=True, capture_output=True)
    widget = Path(shutil.copytree(made / "widget", work / "widget"))
    count = sum(path.is_file() for path in widget.rglob("*"))
    for number in range(FILES - count):
        (widget / "templates").mkdir(exist_ok=True)
        (widget / "templates" / f"part_{number}.twig").write_text("<p>{{ text }}</p>\n" * 20)
    return widget


def extension(widget: Path, work: Path) -> Path:
    """Return the same files as an extension that web-ext accepts."""
    folder = Path(shutil.copytree(widget, work / "extension"))
    manifest = {
        "manifest_version": 2, "name": "Acme leads", "version": "1.0.0",
        "background": {"scripts": ["script.js"]},
        "browser_specific_settings": {"gecko": {"id": "bench@acme.example"}},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def beside(widget: Path, work: Path, web_ext: str, rounds: int) -> None:
    """Print the times of our commands and web-ext's, and the share of ours."""
    ours: dict[str, Command] = {
        "check": lambda _: [*TOOL, "check", str(widget)],
        "pack": lambda run: [*TOOL, "pack", str(widget), "-o", str(run / "widget.zip")],
    }
    theirs: dict[str, Command] = {}
    if web_ext:
        source = ["--source-dir", str(extension(widget, work)), "--no-config-discovery"]
        theirs = {
            "check": lambda _: [web_ext, "lint", *source],
            "pack": lambda run: [web_ext, "build", *source, "--artifacts-dir", str(run)],
        }
    print("| command | wall, ms | web-ext, ms | share | at most |")
    print("|---|---:|---:|---:|---:|")
    for name, command in ours.items():
        mine, *other = together([command, *([theirs[name]] if theirs else [])], work, rounds)
        shown = [f"{run.wall * 1000:.0f} | {mine.wall / run.wall:.2f}" for run in other] or [" | "]
        print(f"| {name} | {mine.wall * 1000:.0f} | {shown[0]} | {LIMITS[name]} |")
    print()


def together(commands: Sequence[Command], home: Path, rounds: int) -> list[Run]:
    """Run the commands in turn and return the medians of each; the first round does not count."""
    runs: list[list[Run]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for command, measured in zip(commands, runs, strict=True):
            run = measure(command, home)
            if number:
                measured.append(run)
    return [
        Run(*(statistics.median(getattr(run, name) for run in measured) for name in ("wall", "cpu", "peak")))
        for measured in runs
    ]


def by_script_size(widget: Path, work: Path, rounds: int) -> None:
    """Print the cost by the size of the script; linear growth has the exponent 1."""
    base = together([lambda _: [*TOOL, "check", str(widget)]], work, rounds)[0].cpu
    print(
        "| script, bytes | CPU, ms | ms a MB above the plain one | peak, MiB | exponent from the row above |"
    )
    print("|---:|---:|---:|---:|---:|")
    before: tuple[int, float] | None = None
    for size in SCRIPT_BYTES:
        folder = Path(shutil.copytree(widget, work / f"script_{size}"))
        (folder / "script.js").write_text(script_of(size, (widget / "script.js").read_text()))

        def check(_: Path, folder: Path = folder) -> list[str]:
            return [*TOOL, "check", str(folder)]

        run = together([check], work, rounds)[0]
        extra = max(run.cpu - base, 0.001)
        exponent = f"{math.log(extra / before[1], size / before[0]):.2f}" if before else ""
        row = [f"{run.cpu * 1000:.0f}", f"{extra * 1e9 / size:.0f}", f"{run.peak:.0f}", exponent]
        print(f"| {size:,} | {' | '.join(row)} |")
        before = (size, extra)
    print()


def script_of(size: int, script: str) -> str:
    """Return the script with helpers added to make `size` bytes."""
    mark = "    return this;"
    at = script.rindex(mark) if mark in script else script.rindex("return")
    helpers: list[str] = []
    while len(script) + sum(map(len, helpers[:1])) * (len(helpers) + 1) < size:
        helpers.append(
            f"    self.helper_{len(helpers):06} = function (lead) {{\n"
            "      var score = lead.price > 100 ? $('.acme-leads-score').data('weight') : 1;\n"
            "      return self.scores.filter(function (one) { return one.id === lead.id; }).length + score;\n"
            "    };\n"
        )
    return script[:at] + "".join(helpers) + script[at:]


def by_widgets(widget: Path, work: Path, rounds: int) -> None:
    """Print the cost of each further widget in one call."""
    copies = [str(shutil.copytree(widget, work / f"copy_{number}")) for number in range(max(WIDGETS))]
    print("| widgets in one call | CPU, ms | ms for each after the first |")
    print("|---:|---:|---:|")
    first = 0.0
    for count in WIDGETS:

        def check(_: Path, count: int = count) -> list[str]:
            return [*TOOL, "check", *copies[:count]]

        cpu = together([check], work, rounds)[0].cpu
        first = first or cpu
        each = f"{(cpu - first) / (count - 1) * 1000:.1f}" if count > 1 else ""
        print(f"| {count} | {cpu * 1000:.0f} | {each} |")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "", int(sys.argv[2]) if len(sys.argv) > 2 else 7)
