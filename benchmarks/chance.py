"""Is the draw fair? Monte-Carlo over the engine itself, with statistics whose false alarms are known.

python benchmarks/chance.py

Objects: 400,000 seeds on five strata. Inspectors: 1,500 seeds on 300 objects × 60 people. Seeds are numbered, so every
run gives the same figures; tests/fairdraw/test_chance.py runs less of the same and proves that bias is found.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fairness.inspectors import Meetings, assign_often, county
from benchmarks.fairness.objects import STRATA, draw_often, findings
from fairdraw import digest_of, key_of

OBJECT_SEEDS, PAIR_SEEDS = 400_000, 1_500


def main() -> None:
    for line in run():
        print(line, flush=True)


def run() -> Iterator[str]:
    start = perf_counter()
    tallies = draw_often(STRATA, keys(OBJECT_SEEDS))
    size = sum(size for size, _ in STRATA.values())
    took = perf_counter() - start
    yield f"chance {OBJECT_SEEDS:,} seeds on {size} objects in {len(STRATA)} strata: {took:.0f} s; goals:"
    for finding in findings(tallies):
        yield f"chance {finding.sentence} {'met' if finding.fair else 'short'}"
    for slack in (1, 0):
        start = perf_counter()
        meetings = assign_often(county(slack=slack), keys(PAIR_SEEDS))
        yield f"chance slack {slack}, {meetings.sentence}, {perf_counter() - start:.0f} s, {verdict(meetings, slack)}"


def verdict(meetings: Meetings, slack: int) -> str:
    if slack:
        return f"goal none never {'short' if meetings.never else 'met'}"
    return f"goal some never, the contrast: exact balance gives pairs away {'met' if meetings.never else 'short'}"


def keys(count: int) -> Iterator[str]:
    """The keys of numbered seeds."""
    return (key_of(digest_of(f"chance {number}".encode())) for number in range(count))


if __name__ == "__main__":
    main()
