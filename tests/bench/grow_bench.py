"""Print, as Markdown tables, the cost of `add` compared with `new`, and the cost of merging one script.

    PYTHONPATH=. /tmp/bench/bin/python tests/bench/grow_bench.py [ROUNDS]        (set up as for run.py)

Whole processes, in turn, on this machine: `new` makes the widget with the area from the start, `add` adds it
to a widget that was edited by hand. The merges run in this process: twenty areas after each edit of a script.
Exits with 1 if `add` takes twice as long as `new`, or a merge more than 50 ms in the median.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from run import TOOL, measure

from scaffold.grow.merge import javascript, merge
from tests.cases import PANELS
from tests.grow.edits import EDITS, SCRIPT, pretty
from tests.grow.growing import PAIRS, Pair

ADD_LIMIT = 2.0
"""Times the CPU of `new`."""

MERGE_LIMIT = 0.05
"""Seconds, in the median; the slowest is printed, too."""

AREAS = "lcard-1,settings,advanced_settings"


def main(rounds: int) -> int:
    share = beside_new(rounds)
    median = merges()
    return int(share >= ADD_LIMIT or median >= MERGE_LIMIT)


def beside_new(rounds: int) -> float:
    """Print the times of both commands and return the ratio of CPU times."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        home = work / "home"
        home.mkdir()
        base = work / "base"
        subprocess.run([*TOOL, "new", base, "--defaults"], check=True, capture_output=True)
        script = base / SCRIPT
        script.write_text(
            script.read_text().replace("'use strict';", "'use strict';\n\n  const MINE = 1;", 1)
        )

        def new(run: Path) -> list[str]:
            return [*TOOL, "new", str(run / "made"), "--defaults", "--set", f"areas={AREAS}"]

        def add(run: Path) -> list[str]:
            shutil.copytree(base, run / "made")
            return [*TOOL, "add", "advanced_settings", "--dir", str(run / "made")]

        commands: dict[str, Callable[[Path], list[str]]] = {"new": new, "add": add}
        runs: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                done = measure(command, home)
                if number:  # the first round fills the caches
                    runs[name].append((done.wall, done.cpu))
    print("| command | wall, ms | CPU, ms | CPU, times new |")
    print("|---|---:|---:|---:|")
    first = statistics.median(cpu for _, cpu in runs["new"])
    share = 0.0
    for name, measured in runs.items():
        wall, cpu = (statistics.median(column) for column in zip(*measured, strict=True))
        share = cpu / first
        print(f"| {name} | {wall * 1000:.0f} | {cpu * 1000:.0f} | {share:.2f} |")
    print()
    return share


def merges() -> float:
    """Print the times of merging one script and return the median, in seconds of CPU."""
    pairs = [pair for pair in PAIRS if pair.first == PANELS[0]][:20]
    pretty([pair.tree(pair.before).text(SCRIPT) for pair in pairs])
    times = [once(pair, number) for pair in pairs for number in range(len(EDITS))]
    times = [taken for taken in times if taken]
    median = statistics.median(times)
    print("| merges of script.js | median, ms | slowest, ms | bytes of the largest |")
    print("|---:|---:|---:|---:|")
    largest = max(len(pair.tree(pair.after)[SCRIPT]) for pair in pairs)
    print(f"| {len(times)} | {median * 1000:.1f} | {max(times) * 1000:.1f} | {largest} |")
    return median


def once(pair: Pair, number: int) -> float:
    """Return the CPU time of one merge in seconds; 0 for an edit of another file."""
    before, new = pair.tree(pair.before), pair.tree(pair.after)
    edited = EDITS[number](before)
    if edited.path != SCRIPT:
        return 0
    javascript.read("")
    start = time.process_time()
    merge(SCRIPT, before.text(SCRIPT), edited.tree[SCRIPT], new[SCRIPT])
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
