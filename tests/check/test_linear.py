"""The time of a check grows in proportion to its input: by the ratio of two runs, not by the clock."""

import time
from collections.abc import Callable

import pytest

from scaffold.check.engine import lint
from scaffold.check.fix import engine as fix
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context
from scaffold.documents import tomldoc
from tests.check.worst_cases import CASES

SMALL, LARGE = 1_000, 4_000
LIMIT = 9
"""Factor of the work for four times the input: about 4 if linear, 16 if quadratic."""

FLOOR = 0.01
"""CPU seconds below which runs cannot be compared."""

TRIES = 4


def work(act: Callable[[], object]) -> float:
    """Return the CPU time that `act` takes, which does not depend on the load of the machine."""
    start = time.process_time()
    act()
    return time.process_time() - start


def growth(act: Callable[[int], Callable[[], object]]) -> float:
    """Return the least growth of the work from the small to the large input in a few tries."""
    seen = []
    for _ in range(TRIES):
        small, large = work(act(SMALL)), work(act(LARGE))
        seen.append(large / max(small, FLOOR))
        if seen[-1] < LIMIT:
            break
    return min(seen)


@pytest.mark.parametrize("name", CASES)
def test_checking_the_worst_input_takes_linear_time(name: str) -> None:
    def checking(size: int) -> Callable[[], object]:
        widget = CASES[name](size)
        return lambda: lint(Widget(widget), Context("public"))

    assert growth(checking) < LIMIT


def test_fixing_many_texts_takes_linear_time() -> None:
    def fixing(size: int) -> Callable[[], object]:
        archive = CASES["texts"](size // 4)
        return lambda: fix.apply_fixes(archive, Context())

    assert growth(fixing) < LIMIT


@pytest.mark.parametrize("text", ["a%=1,", "'é%'=1,"], ids=["ascii", "not-ascii"])
def test_a_long_line_of_toml_takes_linear_time(text: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        line = "x={" + "".join(text.replace("%", str(number)) for number in range(size)).rstrip(",") + "}"
        return lambda: tomldoc.parse(line)

    assert growth(reading) < LIMIT
