"""Print, as a Markdown table, the cost of one `kommo-widget new` compared with cookiecutter and copier.

    python3 -m venv /tmp/bench && /tmp/bench/bin/pip install . cookiecutter copier
    /tmp/bench/bin/python tests/bench/run.py [ROUNDS]

The installed commands of all three, as whole processes, in turn, on this machine. cookiecutter and copier get
templates made from the text files that `new` has just written: they read, render and write the same files,
and neither check answers nor draw pictures. A first run starts with empty cache folders of the tools; the
operating system's cache and Python's byte code are warm in all runs. A ratio is the median of the ratios of
the rounds, because other work on the machine disturbs both commands of a round alike.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import imports

SMALL = """\
code: acme_leads
name: Acme leads
areas: [lcard-1, settings]
"""
"""A panel and its settings, without a server."""

LARGE = """\
code: acme_leads
name: Acme leads
description: Scores every lead by its history.
locales: [en, es]
areas: [lcard-1, llist-0, settings, digital_pipeline, catalogs, advanced_settings]
digital_pipeline: {webhook_url: "https://hooks.acme.example/digital_pipeline.php"}
catalogs: {list_id: 1234}
"""
"""Six areas in two languages, with a server."""

BATCH = 10
"""The number of widgets in one call, to measure the cost of each after the first."""


@dataclass(frozen=True)
class Run:
    """One process, from its start to its end."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system."""
    peak: float
    """MiB of memory."""


@dataclass(frozen=True)
class Subject:
    """A command to measure."""

    name: str
    command: Callable[[Path], list[str]]
    """Takes a folder for the run and returns the arguments."""


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for name, text in {"small": SMALL, "large": LARGE}.items():
            folder = work / name
            folder.mkdir()
            answers = folder / "answers.yml"
            answers.write_text(text)
            compare(answers, folder, rounds)
        table("start-up", STARTS, rounds, cold=False)
        per_widget(answers, work, rounds)
        imports.table([*TOOL, "new", "--answers", str(answers), "--force", str(folder / "made")])
        imports.table([*TOOL, "check", str(folder / "made")])


def compare(answers: Path, work: Path, rounds: int) -> None:
    """Print what it costs to make the widget of `answers`, and the same files with the others."""
    files = text_files(answers, work)
    generators = [
        Subject("kommo-widget new", lambda run: [*TOOL, "new", "--answers", str(answers), str(run / "out")]),
        Subject("cookiecutter", cookiecutter(files, work / "cookiecutter")),
        Subject("copier", copier(files, work / "copier")),
    ]
    size = sum(map(len, files.values())) / 1024
    print(f"{len(files)} text files, {size:.0f} KiB; medians of {rounds} runs\n")
    table("first run, empty cache folders", generators, rounds, cold=True)
    table("later runs", generators, rounds, cold=False)


def installed(name: str) -> str:
    """Return the path of a command in the environment of this Python."""
    found = shutil.which(name, path=Path(sys.executable).parent)
    if found is None:
        raise SystemExit(
            f"{name} is not installed beside {sys.executable}: see the head of tests/bench/run.py"
        )
    return found


TOOL = [installed("kommo-widget")]
STARTS = [
    Subject("python -c pass", lambda _: [sys.executable, "-c", "pass"]),
    Subject("kommo-widget --version", lambda _: [*TOOL, "--version"]),
    Subject("kommo-widget --help", lambda _: [*TOOL, "--help"]),
]


def text_files(answers: Path, work: Path) -> dict[str, str]:
    """Return the text files of one widget, by path."""
    made = work / "made"
    subprocess.run([*TOOL, "new", "--answers", answers, made], check=True, capture_output=True)
    paths = (path for path in sorted(made.rglob("*")) if path.is_file() and path.suffix != ".png")
    return {path.relative_to(made).as_posix(): path.read_text() for path in paths}


def cookiecutter(files: Mapping[str, str], template: Path) -> Callable[[Path], list[str]]:
    write(template / "{{cookiecutter.project}}", {path: literal(text) for path, text in files.items()})
    write(template, {"cookiecutter.json": '{"project": "demo"}\n'})
    return lambda run: [
        installed("cookiecutter"), "--no-input", "-o", str(run), str(template), "project=out",
    ]  # fmt: skip


def copier(files: Mapping[str, str], template: Path) -> Callable[[Path], list[str]]:
    write(template, {f"{path}.jinja": literal(text) for path, text in files.items()})
    write(template, {"copier.yml": "project: {type: str, default: demo}\n"})
    return lambda run: [
        installed("copier"), "copy", "--quiet", "--defaults", "-d", "project=out",
        str(template), str(run / "out"),
    ]  # fmt: skip


def literal(text: str) -> str:
    """Return `text` as a template that renders to it."""
    is_plain = not any(mark in text for mark in ("{{", "{%", "{#"))
    return text if is_plain else "{% raw %}" + text + "{% endraw %}"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def table(title: str, subjects: list[Subject], rounds: int, cold: bool) -> None:
    """Run the subjects in turn and print a table of medians."""
    runs: dict[str, list[Run]] = {subject.name: [] for subject in subjects}
    for number, home in enumerate(homes(rounds if cold else rounds + 1, cold)):
        for subject in subjects:
            run = measure(subject.command, home)
            if cold or number:  # the round that fills the caches does not count
                runs[subject.name].append(run)
    print(f"| {title} | wall, ms | CPU, ms | peak, MiB | wall, times the first |")
    print("|---|---:|---:|---:|---:|")
    first = runs[subjects[0].name]
    for name, measured in runs.items():
        wall = statistics.median(run.wall for run in measured)
        cpu = statistics.median(run.cpu for run in measured)
        peak = max(run.peak for run in measured)
        times = statistics.median(run.wall / one.wall for one, run in zip(first, measured, strict=True))
        print(f"| {name} | {wall * 1000:.0f} | {cpu * 1000:.0f} | {peak:.0f} | {times:.2f} |")
    print()


def homes(rounds: int, cold: bool) -> Iterator[Path]:
    """Yield a home folder for each round: always a new one, or always the same."""
    with tempfile.TemporaryDirectory() as name:
        for number in range(rounds):
            home = Path(name) / (str(number) if cold else "warm")
            home.mkdir(exist_ok=True)
            yield home


def measure(command: Callable[[Path], list[str]], home: Path) -> Run:
    """Run one command, without its output, in a new folder."""
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # pip installs byte code, a checkout writes it
        start = time.perf_counter()
        process = subprocess.Popen(
            command(Path(name)), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{process.args!r} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def per_widget(answers: Path, work: Path, rounds: int) -> None:
    """Print the cost of each widget after the first in one call."""
    copies = [work / f"answers_{number}.yml" for number in range(BATCH)]
    for number, copy in enumerate(copies):
        copy.write_text(answers.read_text().replace("acme_leads", f"acme_leads_{number}"))

    def call(count: int) -> Callable[[Path], list[str]]:
        given = [part for copy in copies[:count] for part in ("--answers", str(copy))]
        return lambda run: [*TOOL, "new", *given, str(run / "out")]

    walls: dict[int, list[float]] = {1: [], BATCH: []}
    for home in homes(rounds, cold=False):
        for count, measured in walls.items():
            measured.append(measure(call(count), home).wall)
    one, all_of_them = (statistics.median(measured) for measured in walls.values())
    print(f"each widget after the first of one call: {(all_of_them - one) / (BATCH - 1) * 1000:.0f} ms\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
