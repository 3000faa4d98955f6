"""Limits of a run, in CPU time first: elapsed time depends on how busy the machine is."""

import contextlib
import os
import signal
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser


class Limits(NamedTuple):
    """In seconds."""

    area_work: float = 20
    """CPU time of the page in one area."""
    area_clock: float = 120
    """Elapsed time of one area, for a widget that waits forever."""
    run_work: float = 90
    """CPU time of all areas together."""
    run_clock: float = 600
    """Elapsed time of all areas together."""


CHECK_S = 0.25
"""How often to get the page's CPU time from the browser."""


class Budget:
    """What the whole run has left."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = time.monotonic()
        self.work = 0.0
        """CPU seconds of the finished areas."""

    def spent(self, work: float = 0.0) -> str:
        """Return which limit of the run is exceeded, with `work` CPU seconds of the current area; else ""."""
        if self.work + work > self._limits.run_work:
            return f"all areas together used more than {self._limits.run_work:g} s of CPU time"
        if time.monotonic() - self._began > self._limits.run_clock:
            return f"the whole run took more than {self._limits.run_clock:g} s"
        return ""


class Watch:
    """Watches one area, and kills the browser if it exceeds a limit.

    A page in an endless loop does not respond: the browser process reports its CPU time and is killed by id.
    """

    def __init__(self, browser: "Browser", limits: Limits, budget: Budget) -> None:
        self._session = browser.new_browser_cdp_session()
        self._limits = limits
        self._budget = budget
        self._before = 0.0
        self._began = self._checked = time.monotonic()
        self.stopped = ""
        """Which limit was exceeded; empty if none was."""

    def start(self) -> None:
        """Start counting."""
        self._before = self._work()
        self._began = self._checked = time.monotonic()

    def over(self) -> bool:
        """Return whether a limit is exceeded, in which case the browser has been killed."""
        now = time.monotonic()
        if now - self._checked < CHECK_S:
            return False
        self._checked = now
        work = self._work() - self._before
        limits = self._limits
        if work > limits.area_work:
            self.stopped = f"the widget did not finish within {limits.area_work:g} s of CPU time"
        elif now - self._began > limits.area_clock:
            self.stopped = f"the widget did not finish within {limits.area_clock:g} s"
        elif spent := self._budget.spent(work):
            self.stopped = f"stopped: {spent}"
        if self.stopped:
            self._budget.work += work
            self._kill()
        return bool(self.stopped)

    def done(self) -> None:
        """Add the area's CPU time to the run's."""
        self._budget.work += self._work() - self._before

    def _processes(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = self._session.send("SystemInfo.getProcessInfo")["processInfo"]
        return found

    def _work(self) -> float:
        return sum(float(str(p["cpuTime"])) for p in self._processes() if p["type"] == "renderer")

    def _kill(self) -> None:
        pid = next(int(str(p["id"])) for p in self._processes() if p["type"] == "browser")
        with contextlib.suppress(OSError):  # it has ended; on Windows that is no ProcessLookupError
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
