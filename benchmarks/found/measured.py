"""One database filled and asked: python -m benchmarks.found.measured ROWS, with MINGCHA_DATABASE set."""

import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from django.core.management import call_command
from django.db import connection

from benchmarks.found.filled import fill
from benchmarks.found.questions import Question, kinds, pages
from mingcha.domain.registers.models import Subject

PLANS = Path(__file__).resolve().parents[1] / "plans_explained"
REPEATS = 40
MILLISECONDS, RATIO = 150, 3.0
BORING = 2_000  # milliseconds: a statement that took so long is not asked forty times


def main(rows: int) -> None:
    start = perf_counter()
    call_command("migrate", verbosity=0)
    if not Subject.objects.exists():
        fill(rows, lambda word: print(f"  {perf_counter() - start:.0f} s: {word}", flush=True))
    in_postgres = connection.vendor == "postgresql"
    title = f"{rows:,} subjects on {'PostgreSQL' if in_postgres else 'SQLite'}"
    for name, questions in {**kinds(REPEATS), **pages(1_000, REPEATS)}.items():
        print(figure(f"{title}: {name}", questions), flush=True)
        if in_postgres:
            keep_plans(name, questions[0])


def figure(title: str, questions: Sequence[Question]) -> str:
    """Both ways by turns, after one round that warms the memory for both."""
    ours: list[float] = []
    bare: list[float] = []
    for warm in (True, False):
        its = 0.0
        for question in questions[: len(questions) // 4] if warm else questions:
            mine = timed(question.ours)
            its = its if its > BORING else timed(partial(fetched, question))
            if not warm:
                ours.append(mine)
                bare.append(its)
    (p50, p95), (bare_p50, bare_p95) = percentiles(ours), percentiles(bare)
    ratio = p50 / bare_p50
    met = p95 <= MILLISECONDS and ratio <= RATIO
    return (
        f"{title}: p50 {p50:.1f} ms, p95 {p95:.1f} ms; bare SQL p50 {bare_p50:.1f} ms, p95 {bare_p95:.1f} ms; "
        f"ratio {ratio:.2f}, goal p95 {MILLISECONDS} ms and ratio {RATIO:.0f} {'met' if met else 'short'}"
    )


def timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1_000


def fetched(question: Question) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question.bare, question.values)
        return cursor.fetchall()


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    cut = quantiles(times, n=20, method="inclusive")
    return cut[9], cut[18]


def keep_plans(name: str, question: Question) -> None:
    """What PostgreSQL did for each statement of one call, in a file of its own."""
    said: list[tuple[str, Sequence[str]]] = []

    def listen(execute, sql, params, many, context):
        said.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        question.ours()
    parts = []
    with connection.cursor() as cursor:
        for sql, params in said:
            if not sql.startswith("EXPLAIN"):
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
                parts.append("\n".join([sql, repr(params), "", *(line for (line,) in cursor.fetchall())]))
    file = re.sub(r"[^a-z0-9\u4e00-\u9fff]+", "-", name.lower()).strip("-")
    (PLANS / f"{file}.txt").write_text("\n\n\n".join(parts) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
