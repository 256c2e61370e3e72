"""One way to fill all places that are still open, kept up to date while places are given away.

Section 5 asks before every acceptance whether all groups can still be completed. This file never
starts that question afresh: it holds a completion (a maximum flow) and re-routes it along one path.
Groups with equal eligible sets are one *class*: a class with m waiting groups may use a person for
at most m places, because a person counts once in a group; any such division can be dealt out to the
m groups. Sets of people are bit masks, so one AND looks at all members of a class.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

NOBODY = -1


def bits(mask: int) -> Iterator[int]:
    """The positions of the set bits, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Step(NamedTuple):
    """One place of a class passes to `enters`; `leaves` gives it up (NOBODY for a place nobody had)."""

    group_class: int
    leaves: int
    enters: int


class Stuck(NamedTuple):
    """Why the places cannot all be filled: these classes can reach no more people than these, all of them full."""

    classes: list[int]
    people: int


class Completion:
    """Who fills how many places of each class.

    `free[p]`: places person p could still take. `waiting[c]`: groups of class c not visited yet.
    `planned[p][c]`: places of class c that p fills. `missing[c]`: places of class c nobody fills.
    """

    def __init__(self, limits: Sequence[int], members: Sequence[int], sizes: Sequence[int], need: int) -> None:
        self.need = need
        self.members = list(members)
        self.waiting = list(sizes)
        self.missing = [size * need for size in sizes]
        self.planned: list[dict[int, int]] = [{} for _ in limits]
        self.users = [0] * len(members)  # mask of the people with a place in the class
        self.open = list(members)  # mask of the people who could take one more place of the class
        self._most = [0] * len(members)  # at least the largest number of places one person has in the class
        self.closed = 0  # mask of the people whose every place is taken for good
        self.free = [0] * len(limits)
        self.spare = 0  # mask of the people with free > 0
        self.allow(limits)

    def everything(self) -> Stuck | None:
        """All classes and all their members, as the first thing that stands in the way; None without classes."""
        everyone = 0
        for mask in self.members:
            everyone |= mask
        return Stuck(list(range(len(self.members))), everyone) if self.members else None

    def allow(self, more: Iterable[int]) -> None:
        """Let person p take `more[p]` places beyond what they could until now."""
        for person, places in enumerate(more):
            self.set_free(person, self.free[person] + places)

    def set_free(self, person: int, places: int) -> None:
        self.free[person] = places
        if places:
            self.spare |= 1 << person
        else:
            self.spare &= ~(1 << person)

    def plan(self, group_class: int, person: int, places: int) -> None:
        """Give (or take back, when negative) places of a class; leaves `free` and `missing` to the caller."""
        bit = 1 << person
        total = self.planned[person].get(group_class, 0) + places
        if total:
            self.planned[person][group_class] = total
            self.users[group_class] |= bit
        else:
            del self.planned[person][group_class]
            self.users[group_class] &= ~bit
        if total < self.waiting[group_class]:
            self.open[group_class] |= bit
        else:
            self.open[group_class] &= ~bit
        self._most[group_class] = max(self._most[group_class], total)

    def route(self, starts: Iterable[int], target: int, leaves: int = NOBODY) -> list[Step] | Stuck:
        """A chain of steps by which a place in one of the `starts` (held by `leaves`) ends at someone in `target`."""
        seen = self.closed if leaves == NOBODY else self.closed | 1 << leaves
        leaver = dict.fromkeys(starts, leaves)  # class → who would give up a place in it
        found_in: dict[int, int] = {}  # person → the class in which they would take a place
        queue = list(leaver)
        for start in queue:
            hit = self.open[start] & target & ~seen
            if hit:
                return self._chain(start, (hit & -hit).bit_length() - 1, leaver, found_in)
        for group_class in queue:
            fresh = self.open[group_class] & ~seen
            seen |= fresh
            for person in bits(fresh):
                found_in[person] = group_class
                for other in self.planned[person]:
                    if other in leaver:
                        continue
                    leaver[other] = person
                    hit = self.open[other] & target & ~seen
                    if hit:
                        return self._chain(other, (hit & -hit).bit_length() - 1, leaver, found_in)
                    queue.append(other)
        return Stuck(queue, seen & ~self.closed)

    @staticmethod
    def _chain(group_class: int, enters: int, leaver: dict[int, int], found_in: dict[int, int]) -> list[Step]:
        """The steps from the last to the first; the first leaver was found in no class."""
        steps = []
        while True:
            leaves = leaver[group_class]
            steps.append(Step(group_class, leaves, enters))
            if leaves not in found_in:
                return steps
            group_class, enters = found_in[leaves], leaves

    def follow(self, steps: Iterable[Step], places: int = 1) -> None:
        for step in steps:
            if step.leaves != NOBODY:
                self.plan(step.group_class, step.leaves, -places)
            self.plan(step.group_class, step.enters, places)

    def fill(self) -> Stuck | None:
        """Fill all missing places; otherwise say which classes and people stand in the way."""
        for group_class in range(len(self.members)):
            while self.missing[group_class]:
                steps = self.route([group_class], self.spare)
                if isinstance(steps, Stuck):
                    return steps
                places = min(self.missing[group_class], *self._room(steps))
                self.follow(steps, places)
                self.missing[group_class] -= places
                self.set_free(steps[0].enters, self.free[steps[0].enters] - places)
        return None

    def _room(self, steps: Sequence[Step]) -> Iterator[int]:
        """The numbers of places that each part of the chain could move."""
        yield self.free[steps[0].enters]
        for group_class, leaves, enters in steps:
            yield self.waiting[group_class] - self.planned[enters].get(group_class, 0)
            if leaves != NOBODY:
                yield self.planned[leaves][group_class]

    def spread(self) -> None:
        """A fair first guess: classes with few members first, each taking from those with most room."""
        for group_class in sorted(range(len(self.members)), key=lambda each: self.members[each].bit_count()):
            people = sorted(bits(self.members[group_class] & self.spare), key=self.free.__getitem__, reverse=True)
            left = level_after(self.missing[group_class], [self.free[person] for person in people])
            for person in people:
                places = min(self.waiting[group_class], self.free[person] - left, self.missing[group_class])
                if places <= 0:
                    break
                self.plan(group_class, person, places)
                self.missing[group_class] -= places
                self.set_free(person, self.free[person] - places)

    def visit(self, group_class: int) -> int:
        """Take one waiting group out of its class; returns the mask of the `need` people planned for it."""
        full = self.users[group_class] & ~self.open[group_class]
        chosen = full
        others = self.users[group_class] ^ full
        while chosen.bit_count() < self.need:
            low = others & -others
            chosen |= low
            others ^= low
        for person in bits(chosen):
            self.plan(group_class, person, -1)
        self.waiting[group_class] -= 1
        if self._most[group_class] >= self.waiting[group_class]:
            self._shut(group_class)
        return chosen

    def _shut(self, group_class: int) -> None:
        """After a visit: who has a place in every group that still waits can take no further one."""
        waiting = self.waiting[group_class]
        if not waiting:
            self.open[group_class] = 0
            return
        places = {person: self.planned[person][group_class] for person in bits(self.users[group_class])}
        self._most[group_class] = max(places.values())
        for person, taken in places.items():
            if taken >= waiting:
                self.open[group_class] &= ~(1 << person)

    def close(self, person: int) -> None:
        """This person's places are all taken for good."""
        self.closed |= 1 << person


def level_after(places: int, room: Sequence[int]) -> int:
    """The level to which the largest rooms sink when they take `places` evenly; `room` descending."""
    total = 0
    for count, each in enumerate(room, 1):
        total += each
        level = (total - places) // count
        if count == len(room) or level >= room[count]:
            return max(level, 0)
    return 0
