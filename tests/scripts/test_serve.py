"""The site and the worker beside it."""

import os
import signal
import sys
import time
from collections.abc import Callable

from scripts.serve import Keeper

SLEEPER = (sys.executable, "-c", "import time; time.sleep(60)")
PATIENCE = 10.0


def until(holds: Callable[[], bool]) -> bool:
    """Wait for something to become true, not for long."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not holds():
        time.sleep(0.01)
    return holds()


def test_a_worker_that_was_killed_is_started_anew(capfd):
    keeper = Keeper(SLEEPER, pause=0.01)
    try:
        first = keeper.worker
        os.kill(first.pid, signal.SIGKILL)
        assert until(lambda: keeper.worker is not first)
        assert keeper.worker.poll() is None
        assert "已重新启动" in capfd.readouterr().err
    finally:
        keeper.end()


def test_the_end_ends_the_worker_and_starts_no_other():
    keeper = Keeper(SLEEPER, pause=0.01)
    last = keeper.worker
    keeper.end()
    assert until(lambda: last.poll() is not None)
    assert keeper.worker is last
