"""Section 5: the lottery with look-ahead.

The places are visited in random order, each takes the first people of its own random order who leave
everyone else's places fillable, and nobody gets more than the slack above the fairest possible maximum.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from fairdraw.lottery.completion import Completion, Stuck
from fairdraw.lottery.fairest import Fairest, Person, fairest
from fairdraw.notation import sha

__all__ = ["Group", "Lottery", "Person", "hold", "pair_order"]

_AS_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


class Group(NamedTuple):
    """A name and who is eligible: bit i of the mask stands for the i-th person."""

    name: str
    eligible: int


class Lottery(NamedTuple):
    """What a lottery gave; groups and people by name."""

    chosen: Mapping[str, Sequence[str]]  # group, in visiting order → people in the order of acceptance
    unstaffed: Sequence[str]  # groups set aside, sorted
    level: int  # L, the fairest possible maximum
    lifted: bool
    caps: Mapping[str, int]  # person, sorted → most places within the slack
    eligible: Mapping[str, int]  # group → mask over the people in the order of `caps`


def hold(key: str, groups: Iterable[Group], people: Sequence[Person], *, need: int, slack: int) -> Lottery:
    """Hold one lottery; `people` sorted by name, one `need` for all groups. The order of groups does not matter."""
    groups = list(groups)
    unstaffed = sorted(group.name for group in groups if group.eligible.bit_count() < need)
    order = sorted(
        (sha(f"{key}:group:{name}"), name, eligible) for name, eligible in groups if eligible.bit_count() >= need
    )
    classes: dict[int, int] = {}
    sizes: list[int] = []
    for _, _, eligible in order:
        if classes.setdefault(eligible, len(classes)) == len(sizes):
            sizes.append(0)
        sizes[classes[eligible]] += 1
    found = fairest(people, list(classes), sizes, need, slack)
    visits = _Visits(key, people, found)
    chosen = {name: visits.visit(name, classes[eligible], eligible) for _, name, eligible in order}
    caps = {person.name: cap for person, cap in zip(people, found.caps, strict=True)}
    return Lottery(chosen, unstaffed, found.level, found.lifted, caps, {name: mask for _, name, mask in order})


def pair_order(key: str, group: str, people: Iterable[tuple[bytes, int]]) -> list[tuple[bytes, int]]:
    """(digest, number) of (name, number) pairs in the group's own random order; numbers rise with the names."""
    # The common beginning is hashed once; a copy of that state is cheaper than a new hash.
    begun = hashlib.sha256(f"{key}:pair:{group}:".encode()).copy
    order = []
    for name, number in people:
        hashed = begun()
        hashed.update(name)
        order.append((hashed.digest(), number))
    order.sort()
    return order


class _Visits:
    """Step 4: visiting one group after the other."""

    def __init__(self, key: str, people: Sequence[Person], found: Fairest) -> None:
        self._key = key
        self._people = people
        self._pairs = [(person.name.encode(), number) for number, person in enumerate(people)]
        self._left = list(found.caps)  # places a person may still be given
        self._plan = found.completion
        self._known: dict[int, tuple[int, list[tuple[bytes, int]]]] = {}
        for number, left in enumerate(self._left):
            if not left:
                self._plan.close(number)

    def visit(self, name: str, group_class: int, eligible: int) -> list[str]:
        """The people accepted by one group, in order."""
        planned = self._plan.visit(group_class)
        rejected = 0
        accepted: list[str] = []
        for _, number in pair_order(self._key, name, self._candidates(group_class, eligible)):
            if rejected >> number & 1:
                continue
            kept = _seat(self._plan, number, planned)
            if isinstance(kept, Stuck):
                # Whoever this person could have handed places to is as stuck as this person is.
                rejected |= kept.people
                continue
            planned = kept
            self._give(number)
            accepted.append(self._people[number].name)
            if not planned:
                break
        return accepted

    def _give(self, number: int) -> None:
        self._left[number] -= 1
        if not self._left[number]:
            self._plan.close(number)

    def _candidates(self, group_class: int, eligible: int) -> list[tuple[bytes, int]]:
        """The eligible people who are not at their cap; only these need hashing."""
        mask = eligible & ~self._plan.closed
        known = self._known.get(group_class)
        if known is None or known[0] != mask:
            flags = f"{mask:b}"[::-1].encode().translate(_AS_FLAGS)
            known = self._known[group_class] = (mask, list(compress(self._pairs, flags)))
        return known[1]


def _seat(plan: Completion, person: int, planned: int) -> int | Stuck:
    """Put a person into the visited group in place of one of the `planned`; returns those still planned."""
    bit = 1 << person
    if planned & bit:
        return planned ^ bit
    giver = person
    if not plan.spare & bit:
        steps = plan.route(plan.planned[person], plan.spare | planned, person)
        if isinstance(steps, Stuck):
            return steps
        plan.follow(steps)
        giver = steps[0].enters
        if planned >> giver & 1:
            return planned ^ (1 << giver)
    leaves = (planned & -planned).bit_length() - 1
    plan.set_free(giver, plan.free[giver] - 1)
    plan.set_free(leaves, plan.free[leaves] + 1)
    return planned ^ (1 << leaves)
