"""Waits for what other processes do."""

import time
from collections.abc import Callable

PATIENCE_S = 60
INTERVAL_S = 0.02


def until(
    condition: Callable[[], bool], failure: Callable[[], str] = str, patience_s: float = PATIENCE_S
) -> None:
    """Wait until `condition` is true; fail with the message of `failure` after `patience_s` seconds."""
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end, failure()
        time.sleep(INTERVAL_S)
