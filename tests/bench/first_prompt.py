"""Print, as a Markdown table, how long a wizard takes until its first prompt is on the screen.

    /tmp/bench/bin/python tests/bench/first_prompt.py [ROUNDS] [COMMAND...]        (set up as for run.py)

COMMAND is another scaffolder to measure in turn with ours, such as the official one's installed program; its
first prompt is its first output with `? `. Whole processes, each in a pseudo-terminal and an empty folder of
its own, with the operating system's cache and Python's byte code warm. Wall time counts on an idle machine,
processor time on a busy one.
"""

import os
import pty
import re
import signal
import statistics
import sys
import tempfile
import time
from typing import NamedTuple

from run import TOOL

FIRST_PROMPT = re.compile(rb"\?(\x1b\[[0-9;]*m)* ")
"""A question mark and a blank, with or without colours between them."""


class Start(NamedTuple):
    """One process, from its start to its first prompt; it is then stopped."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system."""


def main(rounds: int, other: list[str]) -> None:
    commands = {"kommo-widget new": [*TOOL, "new"], **({" ".join(other): other} if other else {})}
    starts: dict[str, list[Start]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            start = measure(command)
            if number:  # the round that fills the caches does not count
                starts[name].append(start)
    print(f"medians of {rounds} runs, load {os.getloadavg()[0]:.1f}\n")
    print("| until the first prompt | wall, ms | fastest, ms | CPU, ms |")
    print("|---|---:|---:|---:|")
    for name, measured in starts.items():
        wall, cpu = (statistics.median(getattr(one, of) for one in measured) for of in ("wall", "cpu"))
        fastest = min(one.wall for one in measured)
        print(f"| {name} | {wall * 1000:.0f} | {fastest * 1000:.0f} | {cpu * 1000:.0f} |")


def measure(command: list[str]) -> Start:
    """Start the command in a terminal of its own, and stop it at its first prompt."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(folder)
            environment = {**os.environ, "TERM": "xterm-256color", "XDG_CACHE_HOME": f"{folder}/cache"}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execvpe(command[0], command, environment)
        seen = b""
        while not FIRST_PROMPT.search(seen):
            seen += os.read(terminal, 65536)
        wall = time.perf_counter() - begun
        os.kill(process, signal.SIGKILL)
        os.close(terminal)
        usage = os.wait4(process, 0)[2]
    return Start(wall, usage.ru_utime + usage.ru_stime)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10, sys.argv[2:])
