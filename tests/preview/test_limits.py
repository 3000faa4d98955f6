"""The limits of a run, with a fake clock and processor, so that no test waits or depends on the machine."""

import os
from typing import Any

import pytest

from scaffold.preview.run.limits import Budget, Limits, Watch

LIMITS = Limits(area_work=20, area_clock=120, run_work=50, run_clock=600)


class Machine:
    """A clock, and a browser with a page whose CPU time the test sets."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.work = 7.0
        self.killed: list[int] = []

    def new_browser_cdp_session(self) -> "Machine":
        return self

    def send(self, command: str) -> dict[str, Any]:
        assert command == "SystemInfo.getProcessInfo"
        return {
            "processInfo": [
                {"type": "browser", "id": 4711, "cpuTime": 500.0},
                {"type": "renderer", "id": 4712, "cpuTime": self.work / 2},
                {"type": "renderer", "id": 4713, "cpuTime": self.work / 2},
            ]
        }

    def passes(self, seconds: float, work: float = 0.0) -> None:
        self.now += seconds
        self.work += work


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    fake = Machine()
    monkeypatch.setattr("scaffold.preview.run.limits.time.monotonic", lambda: fake.now)
    monkeypatch.setattr(os, "kill", lambda pid, _signal: fake.killed.append(pid))
    return fake


def watched(machine: Machine, budget: Budget) -> Watch:
    watch = Watch(machine, LIMITS, budget)  # type: ignore[arg-type]
    watch.start()
    return watch


def until_over(machine: Machine, watch: Watch, share: float) -> float:
    """Let time pass, a `share` of it as CPU time; return the seconds until the limit was exceeded."""
    began = machine.now
    while not watch.over():
        machine.passes(1.0, share)
        assert machine.now - began < 1000
    return machine.now - began


@pytest.mark.parametrize(
    ("share", "seconds", "said"),
    [
        (1.0, 21, "the widget did not finish within 20 s of CPU time"),
        (0.5, 41, "the widget did not finish within 20 s of CPU time"),
        (0.0, 121, "the widget did not finish within 120 s"),
    ],
)
def test_an_area_ends_at_its_limit(machine: Machine, share: float, seconds: int, said: str) -> None:
    watch = watched(machine, Budget(LIMITS))
    assert until_over(machine, watch, share) == seconds
    assert (watch.stopped, machine.killed) == (said, [4711])


def test_areas_that_loop_end_the_whole_run(machine: Machine) -> None:
    budget = Budget(LIMITS)
    began = machine.now
    said = []
    for _area in range(22):
        if spent := budget.spent():
            said.append(f"not run: {spent}")
            continue
        watch = watched(machine, budget)
        until_over(machine, watch, 1.0)
        said.append(watch.stopped)
    assert [text.partition(":")[0] for text in said] == [
        *["the widget did not finish within 20 s of CPU time"] * 2, "stopped", *["not run"] * 19,
    ]  # fmt: skip
    assert "all areas together used more than 50 s of CPU time" in said[2]
    assert machine.now - began < LIMITS.run_work + 22


def test_areas_that_wait_end_the_whole_run(machine: Machine) -> None:
    budget = Budget(LIMITS)
    began = machine.now
    for _area in range(22):
        if not budget.spent():
            until_over(machine, watched(machine, budget), 0.0)
    assert budget.spent() == "the whole run took more than 600 s"
    assert machine.now - began < LIMITS.run_clock + 22


def test_the_cpu_time_of_finished_areas_counts(machine: Machine) -> None:
    budget = Budget(LIMITS)
    for _area in range(3):
        watch = watched(machine, budget)
        machine.passes(1.0, 15.0)
        assert not watch.over()
        watch.done()
    assert (budget.work, budget.spent(), machine.killed) == (45.0, "", [])
    assert budget.spent(5.1) == "all areas together used more than 50 s of CPU time"
