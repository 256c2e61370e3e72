"""Marks what happens by itself; config/worker.py runs it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Job = Callable[[datetime], None]


@dataclass(frozen=True)
class Scheduled:
    """A job and how often it is due."""

    interval: timedelta
    run: Job


JOBS: dict[str, Scheduled] = {}


def every(interval: timedelta) -> Callable[[Job], Job]:
    """Register a function of the present moment that the worker calls each `interval`."""

    def register(job: Job) -> Job:
        JOBS[f"{job.__module__}.{job.__name__}"] = Scheduled(interval, job)
        return job

    return register
