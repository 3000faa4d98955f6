"""Waits for what other processes do, as long as it takes on a machine of any speed under any load."""

import signal
import time
from collections.abc import Callable
from typing import Any

PATIENCE_S = 300
"""Bound for what never comes; no test waits that long otherwise."""
INTERVAL_S = 0.02


def until(
    condition: Callable[[], bool], failure: Callable[[], str] = str, patience_s: float = PATIENCE_S
) -> None:
    """Wait until `condition` is true; fail with the message of `failure` after `patience_s` seconds."""
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end, failure()
        time.sleep(INTERVAL_S)


def ended(process: Any) -> None:
    """Wait for the end of a process that pexpect started, which may close its terminal some time before.

    `close` waits for some tenths of a second only, and then ends it with a signal.
    """
    until(lambda: not process.isalive(), lambda: f"{process.args} is still running")
    process.close()


def kill(process: Any) -> None:
    """End a process that pexpect started, if it still runs."""
    process.kill(signal.SIGKILL)
    ended(process)
