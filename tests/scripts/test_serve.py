"""The site and the worker beside it."""

import io
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


def test_a_worker_that_cannot_be_started_for_a_moment_is_tried_again_and_said(capfd):
    keeper, starts = Keeper(SLEEPER, pause=0.01), []
    real = keeper._start

    def start():
        starts.append(1)
        if len(starts) < 3:
            raise OSError(11, "Resource temporarily unavailable")
        return real()

    keeper._start = start
    try:
        first = keeper.worker
        os.kill(first.pid, signal.SIGKILL)
        assert until(lambda: keeper.worker is not first)
        said = capfd.readouterr().err
        assert said.count("没有启动起来") == 2
        assert "Resource temporarily unavailable" in said
        second = keeper.worker
        os.kill(second.pid, signal.SIGKILL)  # the watch goes on as before
        assert until(lambda: keeper.worker is not second)
    finally:
        keeper.end()


def test_the_end_is_heard_while_no_worker_can_be_started():
    keeper = Keeper(SLEEPER, pause=0.01)

    def never():
        raise MemoryError

    keeper._start = never
    os.kill(keeper.worker.pid, signal.SIGKILL)
    keeper.end()
    assert not keeper._watch.is_alive()


def test_a_terminal_that_is_gone_does_not_end_the_watch(monkeypatch):
    gone = io.StringIO()
    gone.close()
    monkeypatch.setattr(sys, "stderr", gone)
    keeper = Keeper(SLEEPER, pause=0.01)
    try:
        first = keeper.worker
        os.kill(first.pid, signal.SIGKILL)
        assert until(lambda: keeper.worker is not first)
        assert keeper._watch.is_alive()
    finally:
        keeper.end()
