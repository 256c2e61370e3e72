"""Inspectors: which permitted pairs of object and person ever meet.

With slack 1 none is impossible: in a completion at the fairest maximum L, put the person in for one of those who go;
then nobody has more than L + 1. With slack 0 many are, wherever the people of some areas have no place to spare.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairdraw import (
    BarredRow,
    FrameRow,
    Inputs,
    ObjectMode,
    RosterRow,
    check_files,
    draw,
    write_barred,
    write_frame,
    write_roster,
    write_rules,
)
from fairdraw.lottery.completion import bits

OBJECTS, PEOPLE = 300, 60
AREAS = [f"A{number:02d}" for number in range(12)]
SKILLS = ["elevator", "fire", "food", "price"]
COUNTY = 2028  # of the counties 2000 to 2039 the one where exact balance gives most pairs away


@dataclass(frozen=True)
class Meetings:
    """How often each permitted (object, inspector) came together."""

    seeds: int
    objects: int
    people: int
    times: Mapping[tuple[str, str], int]

    @property
    def never(self) -> list[tuple[str, str]]:
        return sorted(pair for pair, times in self.times.items() if not times)

    @property
    def sentence(self) -> str:
        return (
            f"{self.seeds:,} seeds on {self.objects} objects x {self.people} people, two each: "
            f"{len(self.never)} of {len(self.times):,} permitted pairs never, rarest {min(self.times.values())} times"
        )


def assign_often(inputs: Inputs, some_keys: Iterable[str]) -> Meetings:
    """Draw with every key; permitted is who fits an object that has people enough."""
    times: Counter[tuple[str, str]] = Counter()
    seeds = 0
    for seeds, key in enumerate(some_keys, 1):
        outcome = draw(inputs, key)
        if seeds == 1:
            lottery = outcome.lotteries["market"]
            people = list(lottery.caps)
            for group, mask in lottery.eligible.items():
                times.update({(group.removesuffix("/market"), people[number]): 0 for number in bits(mask)})
        for row in outcome.assignments:
            times[row.place, row.who] += 1
    return Meetings(seeds, len(inputs.frame), len(inputs.roster), times)


def county(*, slack: int) -> Inputs:
    """Every object is drawn and needs two; areas of uneven size, skills and conflicts as a county has them."""
    chance = random.Random(COUNTY)
    sizes = range(4, 4 + len(AREAS))
    needs = [(), *((skill,) for skill in SKILLS)]
    frame = [
        FrameRow(f"91990000{number:010d}", "general", chance.choices(AREAS, weights=sizes)[0], chance.choice(needs))
        for number in range(OBJECTS)
    ]
    roster = [
        RosterRow(f"M{number:03d}", "market", tuple(_areas(chance)), tuple(chance.sample(SKILLS, 3)), 999, 0)
        for number in range(PEOPLE)
    ]
    barred = [BarredRow(row.object, chance.choice(roster).inspector) for row in frame if chance.random() < 0.1]
    files = {
        "frame.tsv": write_frame(frame),
        "excluded.tsv": b"",
        "roster.tsv": write_roster(roster),
        "barred.tsv": write_barred(barred),
    }
    files["rules.json"] = write_rules(
        draw="990000-2026-T1",
        title="chance",
        parties=["system", "w1", "w2", "dice"],
        public_value=None,
        strata={"general": (OBJECTS, 0)},
        assignment=ObjectMode({"market": 2}, slack),
        files=files,
    )
    return check_files(files)


def _areas(chance: random.Random) -> list[str]:
    return chance.sample(AREAS, chance.choice((1, 2, 3)))
