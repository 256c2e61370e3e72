"""The lottery with look-ahead against merely computing the pair hashes it stands on.

python benchmarks/lottery.py
"""

import hashlib
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fairdraw.lottery import Group, Person, hold
from fairdraw.staffing import Candidate, Fitness

KEY = "bdb143474b1a2b873eb93b82b6b94ce7"
AREAS = [f"A{number:02d}" for number in range(10)]
SKILLS = ["elevator", "fire", "food", "price"]
WHO = "hashlib alone, every pair once"


def main() -> None:
    for line in run():
        print(line, flush=True)


def run() -> Iterator[str]:
    yield measured("lottery 5,000 x 400 x 2, ten areas, four skills", *county(5_000, 400, 3), repeats=3, seconds=1.0)
    yield measured("lottery 5,000 x 400 x 2, everyone eligible", *everyone(5_000, 400), repeats=3, ratio=2.0)
    yield measured(
        "lottery 20,000 x 1,600 x 2, ten areas, four skills", *county(20_000, 1_600, 3), repeats=1, seconds=10.0
    )
    yield measured("lottery 20,000 x 1,600 x 2, everyone eligible", *everyone(20_000, 1_600), repeats=1, ratio=2.0)


def county(objects: int, people: int, areas: int) -> tuple[list[Group], list[Person]]:
    """People with some areas, three skills and what they carried before; one object in ten with a conflict."""
    chance = random.Random(2026)
    names = [f"M{number:05d}" for number in range(people)]
    places = [f"91990000{number:010d}" for number in range(objects)]
    barred = {place: chance.choice(names) for place in places if chance.random() < 0.1}
    candidates = [
        Candidate(
            name,
            frozenset(chance.sample(AREAS, areas)),
            frozenset(chance.sample(SKILLS, 3)),
            frozenset(place for place, who in barred.items() if who == name),
        )
        for name in names
    ]
    fitness = Fitness(candidates)
    needs = [(), *((skill,) for skill in SKILLS)]
    groups = []
    for place in places:
        suited = fitness.suited(chance.choice(AREAS), chance.choice(needs))
        conflict = 1 << names.index(barred[place]) if place in barred else 0
        groups.append(Group(f"{place}/market", suited & ~conflict))
    return groups, [Person(name, 100_000, chance.randrange(4)) for name in names]


def everyone(objects: int, people: int) -> tuple[list[Group], list[Person]]:
    groups = [Group(f"91990000{number:010d}/market", (1 << people) - 1) for number in range(objects)]
    return groups, [Person(f"M{number:05d}", 100_000, number % 4) for number in range(people)]


def measured(
    name: str,
    groups: list[Group],
    people: list[Person],
    *,
    repeats: int,
    seconds: float | None = None,
    ratio: float | None = None,
) -> str:
    """One line: the lottery, the bare hashes, and whether the goal (in seconds or as a ratio) is met."""
    ours = best(lambda: hold(KEY, groups, people, need=2, slack=1), repeats)
    peer = best(lambda: pair_hashes(groups, people), repeats)
    average = sum(group.eligible.bit_count() for group in groups) / len(groups)
    if seconds is not None:
        goal, met = f"{seconds:.0f} s", ours <= seconds
    else:
        goal, met = f"ratio {ratio}", ours / peer <= (ratio or 0)
    return (
        f"{name} ({average:.0f} eligible a group): ours {ours:.2f} s, peer {peer:.2f} s ({WHO}), "
        f"ratio {ours / peer:.2f}, goal {goal} {'met' if met else 'short'}"
    )


def pair_hashes(groups: list[Group], people: list[Person]) -> None:
    names = [person.name for person in people]
    for name, mask in groups:
        for number, flag in enumerate(reversed(f"{mask:b}")):
            if flag == "1":
                hashlib.sha256(f"{KEY}:pair:{name}:{names[number]}".encode()).hexdigest()


def best(action: Callable[[], object], repeats: int) -> float:
    """The shortest of some runs: what the machine can do when nobody disturbs it."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
