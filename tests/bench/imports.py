"""The cost of a command's imports by distribution, from `python -X importtime`."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

_TEMPLATES = re.compile(r"^_jinja2_module_templates_\w+")
"""The package that Jinja2 makes for the compiled templates; its name has an address of memory in it."""

ROUNDS = 5
"""The number of runs; the least time of each module counts."""


def table(command: Sequence[str]) -> None:
    """Print the number of modules that the command loads beyond a bare interpreter's, and their own times.

    Measuring adds about a fifth to the times.
    """
    bare = {name for name, _ in _imports(["-c", "pass"])}
    least: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, time in _imports(command):
            least[name] = min(time, least.get(name, time))
    times, modules = Counter[str](), Counter[str]()
    for name in least.keys() - bare:
        times[_distribution(name)] += least[name]
        modules[_distribution(name)] += 1
    print(f"| imports of `{command[1]}` | modules | ms |")
    print("|---|---:|---:|")
    for name, time in [("all", times.total()), *times.most_common()]:
        print(f"| {name} | {modules[name] or modules.total()} | {time / 1000:.1f} |")
    print()


def _imports(arguments: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the modules that a Python process loads, each with its own microseconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for line in run.stderr.splitlines():
        own, _, name = line.removeprefix("import time:").split("|") if line.count("|") == 2 else ("", "", "")
        if own.strip().isdecimal():
            yield _TEMPLATES.sub("templates", name.strip()), int(own)


def _distribution(module: str) -> str:
    top = module.partition(".")[0]
    return "the standard library" if top in sys.stdlib_module_names else top
