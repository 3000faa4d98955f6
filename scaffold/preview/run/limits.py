"""What a widget may use: its own work above all, for the clock of a busy machine says nothing of it."""

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds."""

    area_work: float = 20
    """CPU time of the page in one area."""
    area_clock: float = 120
    """By the clock, for what works on nothing and never ends."""
    run_work: float = 90
    """CPU time of all areas together."""
    run_clock: float = 600


LOOK_S = 0.25
"""How often the browser is asked for the page's CPU time."""


class Budget:
    """What the whole run has left."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = time.monotonic()
        self.work = 0.0
        """CPU seconds of the areas that are done."""

    def spent(self, work: float = 0.0) -> str:
        """Return which limit of the run is used up, `work` seconds of a running area included; else ""."""
        if self.work + work > self._limits.run_work:
            return f"all areas together worked for more than {self._limits.run_work:g} s"
        if time.monotonic() - self._began > self._limits.run_clock:
            return f"the whole run took more than {self._limits.run_clock:g} s by the clock"
        return ""


class Watch:
    """Looks after one area, and ends the browser where it goes beyond a limit.

    A page in an endless loop answers nothing: the browser's own process is asked, and killed by its id.
    """

    def __init__(self, browser: "Browser", limits: Limits, budget: Budget) -> None:
        self._session = browser.new_browser_cdp_session()
        self._limits = limits
        self._budget = budget
        self._before = 0.0
        self._began = self._looked = time.monotonic()
        self.stopped = ""
        """Which limit was hit; empty as long as none was."""

    def start(self) -> None:
        """Count from here."""
        self._before = self._work()
        self._began = self._looked = time.monotonic()

    def over(self) -> bool:
        """Return whether a limit is hit; the browser is ended then."""
        now = time.monotonic()
        if now - self._looked < LOOK_S:
            return False
        self._looked = now
        work = self._work() - self._before
        limits = self._limits
        if work > limits.area_work:
            self.stopped = f"the widget did not come to an end within {limits.area_work:g} s of work"
        elif now - self._began > limits.area_clock:
            self.stopped = f"the widget did not come to an end within {limits.area_clock:g} s by the clock"
        elif spent := self._budget.spent(work):
            self.stopped = f"stopped: {spent}"
        if self.stopped:
            self._budget.work += work
            self._kill()
        return bool(self.stopped)

    def done(self) -> None:
        """Add what the area worked to the run's account."""
        self._budget.work += self._work() - self._before

    def _processes(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        return found

    def _work(self) -> float:
        return sum(float(str(p["cpuTime"])) for p in self._processes() if p["type"] == "renderer")

    def _kill(self) -> None:
        pid = next(int(str(p["id"])) for p in self._processes() if p["type"] == "browser")
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
