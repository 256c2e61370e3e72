"""Steps 2 and 3 of the lottery: the fairest possible maximum L, and everybody's cap."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fairdraw.lottery.completion import Completion, Stuck, bits


class Person(NamedTuple):
    """Someone who can be chosen: `capacity` new places at most, `prior` carried already."""

    name: str
    capacity: int
    prior: int


class Fairest(NamedTuple):
    """L, whether capacities had to be lifted for it, everybody's cap, and a completion within the caps."""

    level: int
    lifted: bool
    caps: list[int]
    completion: Completion


def fairest(people: Sequence[Person], members: Sequence[int], sizes: Sequence[int], need: int, slack: int) -> Fairest:
    """For classes (mask of members, number of groups): steps 2 and 3 of section 5.

    Every class has at least `need` members, so with capacities lifted there is always an answer.
    """
    for lifted in (False, True):
        completion = Completion([0] * len(people), members, sizes, need)
        level = _complete(completion, people, lifted)
        if level is not None:
            before, caps = _bounds(people, level, lifted), _bounds(people, level + slack, lifted)
            completion.allow(cap - old for cap, old in zip(caps, before, strict=True))
            return Fairest(level, lifted, caps, completion)
    raise AssertionError("lifted capacities always suffice for groups with enough eligible people")


def _bounds(people: Iterable[Person], level: int, lifted: bool) -> list[int]:
    """What everybody may take at a level: min(capacity, max(0, level − prior)), capacity left out when lifted."""
    if lifted:
        return [max(0, level - person.prior) for person in people]
    return [min(person.capacity, max(0, level - person.prior)) for person in people]


def _complete(completion: Completion, people: Sequence[Person], lifted: bool) -> int | None:
    """Raise the level only as far as the people who stand in the way demand, until all places are filled.

    What stops a completion is a set of classes that can only reach certain people, all of them full: no
    level at which those people together cannot take the missing places will do, so the next level tried
    never jumps over the answer. The first guess looks at all classes and all their members.
    """
    stuck: Stuck | None = completion.everything()
    level, allowed = 0, [0] * len(people)
    while stuck is not None:
        blocked = list(bits(stuck.people))
        missing = sum(completion.missing[group_class] for group_class in stuck.classes)
        wanted = sum(allowed[number] for number in blocked) + missing
        higher = _least_level([people[number] for number in blocked], wanted, level, lifted)
        if higher is None:
            return None
        before, allowed = allowed, _bounds(people, higher, lifted)
        completion.allow(new - old for new, old in zip(allowed, before, strict=True))
        if not level:
            completion.spread()
        level = higher
        stuck = completion.fill()
    return level


def _least_level(people: Sequence[Person], wanted: int, low: int, lifted: bool) -> int | None:
    """The least level above `low`, which is too low, at which these people together can take `wanted` places."""
    high = max((person.prior for person in people), default=0) + wanted
    if sum(_bounds(people, high, lifted)) < wanted:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if sum(_bounds(people, middle, lifted)) < wanted:
            low = middle
        else:
            high = middle
    return high
