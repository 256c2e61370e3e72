"""Loads one file into the database that the environment names, and says how long that took, and its peers."""

import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from django.core.files.base import File
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks.loaded.peers import SLICE, in_import_export, outside, raw
from mingcha.domain.organisation.models import Department, Grant, Region, Role, User
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import ImportBatch, Subject
from mingcha.domain.registers.queries import content_of
from mingcha.domain.registers.rules import search_words

Given = TypeVar("Given")
COPY_GOAL = 0.5  # of the speed of raw COPY
PEER_GOAL = 50  # times django-import-export
ENGINES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def main(path: Path, finished: Path) -> None:
    call_command("migrate", verbosity=0)
    department, user = someone()
    before = content_of(department, "SUBJECTS").digest
    batch, seconds = loaded(path, department, user)
    engine, rows, memory = ENGINES[connection.vendor], batch.created, peak_memory()
    whole = sum(seconds.values())
    parts = ", ".join(f"{name} {taken:.1f} s" for name, taken in seconds.items())
    say(f"import of {rows:,} rows into {engine}: {whole:.1f} s ({parts}), {rows / whole:,.0f} rows/s, peak {memory} MB")
    words(rows, whole)
    outside(finished)
    undo, _nothing = timed(lambda: actions.undo_batch(batch, by=user, at=timezone.now()))
    same = content_of(department, "SUBJECTS").digest == before
    say(f"undo of {rows:,} rows in {engine}: {undo:.1f} s, {verdict(same)} (digest before = after)")
    copy = min(raw(finished) for _turn in range(2))
    share = copy / whole
    say(
        f"raw {'COPY' if engine == 'PostgreSQL' else 'executemany'} of the same finished rows into the same indexed"
        f" table: {copy:.1f} s; ours at {share:.0%} of its speed, goal {COPY_GOAL:.0%} {verdict(share >= COPY_GOAL)}"
    )
    peer = in_import_export(path)
    times = (rows / whole) / (SLICE / peer)
    say(
        f"django-import-export of {SLICE:,} of the rows: {peer:.1f} s, {SLICE / peer:,.0f} rows/s;"
        f" ours {times:.0f} times, goal {PEER_GOAL} times {verdict(times >= PEER_GOAL)}"
    )
    most = (rows / copy) / (SLICE / peer)
    say(f"the bound of that goal: the raw load alone, which checks nothing, is {most:.0f} times django-import-export")


def someone() -> tuple[Department, User]:
    """Who keeps the register of the invented county."""
    region = Region.objects.create(code="990000", name="明察示范县", level="county", invented=True)
    department = Department.objects.create(
        code="market",
        uscc="11990000000000001L",
        name="明察示范县市场监督管理局",
        short_name="市场监管局",
        region=region,
    )
    user = User.objects.create(username="handler", full_name="示范经办", department=department)
    Grant.objects.create(user=user, role=Role.HANDLER, department=department)
    return department, user


def loaded(path: Path, department: Department, user: User) -> tuple[ImportBatch, dict[str, float]]:
    """The same actions that a person and the worker take."""
    now = timezone.now
    with path.open("rb") as source:
        receiving, batch = timed(
            lambda: actions.receive_file(
                "SUBJECTS", department=department, file_name=path.name, file=File(source), by=user, at=now()
            )
        )
    reading, batch = timed(lambda: actions.read_batch(batch, now()))
    merging, batch = timed(lambda: actions.merge_batch(batch, by=user, at=now(), good_only=True))
    return batch, {"kept": receiving, "read, checked and staged": reading, "merged": merging}


def words(rows: int, whole: float) -> None:
    """What the computed columns cost: they are part of the import above, and not of what the peers are given."""
    names = Subject.objects.values_list("name", flat=True).iterator(chunk_size=10_000)
    held = list(names)
    start = process_time()
    for name in held:
        search_words(name)
    taken = process_time() - start
    say(f"of it, search words and pinyin initials of {rows:,} names: {taken:.1f} s ({taken / whole:.0%})")


def timed(act: Callable[[], Given]) -> tuple[float, Given]:
    start = perf_counter()
    given = act()
    return perf_counter() - start, given


def peak_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def verdict(is_met: bool) -> str:
    return "met" if is_met else "short"


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
