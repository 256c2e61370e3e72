"""The lottery once more, straight from the protocol's words and with nothing but exhaustive search.

Too slow for real draws; what it gives for small ones is what the text says.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import combinations, count
from typing import NamedTuple


class Answer(NamedTuple):
    """What the text gives, and whether the look-ahead refused somebody who had not reached the cap."""

    chosen: dict[str, list[str]]
    unstaffed: list[str]
    level: int
    lifted: bool
    looked_ahead: bool


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def completable(open_groups: Sequence[tuple[int, tuple[int, ...]]], caps: Sequence[int]) -> bool:
    """Whether each (places, people) can get that many different people within the caps: by trying everything."""

    @cache
    def from_group(number: int, left: tuple[int, ...]) -> bool:
        if number == len(open_groups):
            return True
        places, people = open_groups[number]
        return any(
            from_group(number + 1, tuple(each - (person in team) for person, each in enumerate(left)))
            for team in combinations([person for person in people if left[person]], places)
        )

    return from_group(0, tuple(caps))


def hold(
    key: str,
    groups: Mapping[str, Sequence[str]],
    people: Mapping[str, tuple[int, int]],
    need: int,
    slack: int,
) -> Answer:
    """Groups: name → eligible people; people: name → (capacity, prior)."""
    numbers = {name: number for number, name in enumerate(people)}
    unstaffed = sorted(name for name, eligible in groups.items() if len(eligible) < need)
    eligible = {name: tuple(numbers[one] for one in groups[name]) for name in groups if name not in unstaffed}
    level, lifted, bound = _fairest(eligible, people, need)
    caps = [bound(name, level + slack) for name in people]
    accepted: dict[str, list[str]] = {name: [] for name in eligible}
    looked_ahead = False
    for group in sorted(eligible, key=lambda name: (sha(f"{key}:group:{name}"), name)):
        for person in sorted(groups[group], key=lambda name: (sha(f"{key}:pair:{group}:{name}"), name)):
            if len(accepted[group]) == need:
                break
            accepted[group].append(person)
            if not _holds(accepted, eligible, caps, numbers, need):
                accepted[group].pop()
                looked_ahead |= sum(person in chosen for chosen in accepted.values()) < caps[numbers[person]]
    return Answer(accepted, unstaffed, level, lifted, looked_ahead)


def _fairest(
    eligible: Mapping[str, tuple[int, ...]], people: Mapping[str, tuple[int, int]], need: int
) -> tuple[int, bool, Callable[[str, int], int]]:
    def within(name: str, level: int) -> int:
        capacity, prior = people[name]
        return min(capacity, max(0, level - prior))

    def beyond(name: str, level: int) -> int:
        return max(0, level - people[name][1])

    wanted = [(need, each) for each in eligible.values()]
    everything = sum(sum(each) for each in people.values())
    for level in range(everything + 1):
        if completable(wanted, [within(name, level) for name in people]):
            return level, False, within
    for level in count():
        if completable(wanted, [beyond(name, level) for name in people]):
            return level, True, beyond
    raise AssertionError("count() never ends")


def _holds(
    accepted: Mapping[str, Sequence[str]],
    eligible: Mapping[str, tuple[int, ...]],
    caps: Sequence[int],
    numbers: Mapping[str, int],
    need: int,
) -> bool:
    left = list(caps)
    for chosen in accepted.values():
        for name in chosen:
            left[numbers[name]] -= 1
    if min(left, default=0) < 0:
        return False
    rest = [
        (need - len(chosen), tuple(one for one in eligible[group] if one not in {numbers[name] for name in chosen}))
        for group, chosen in accepted.items()
    ]
    return completable([each for each in rest if each[0]], left)
