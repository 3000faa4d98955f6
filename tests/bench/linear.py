"""Print, as a Markdown table, how the cost of a check grows with the worst input for each rule.

    PYTHONPATH=. /tmp/bench/bin/python tests/bench/linear.py [NAME]...        (set up as for run.py)

CPU time of this process; each input is eight times as large as the previous one. Linear growth has the
exponent 1.
"""

import math
import sys
import time

from scaffold.check.engine import lint
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context
from tests.check.worst_cases import CASES

SIZES = (500, 4_000, 32_000)
FLOOR = 0.005
"""Seconds below which checks cannot be compared."""


def main(names: list[str]) -> None:
    print(f"| input | {' | '.join(f'{size:,}, ms' for size in SIZES)} | exponent of the last step |")
    print(f"|---|{'---:|' * (len(SIZES) + 1)}")
    for name in names or CASES:
        times = [seconds(name, size) for size in SIZES]
        exponent = math.log(max(times[-1], FLOOR) / max(times[-2], FLOOR), SIZES[-1] / SIZES[-2])
        row = [f"{each * 1000:.0f}" for each in times]
        print(f"| {name.replace('|', chr(92) + '|')} | {' | '.join(row)} | {exponent:.2f} |", flush=True)


def seconds(name: str, size: int) -> float:
    widget = Widget(CASES[name](size))
    start = time.process_time()
    lint(widget, Context("public"))
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1:])
