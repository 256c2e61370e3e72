"""Section 5: the fast lottery gives what the words of the protocol give, on anything small enough to try out."""

import random
from collections import Counter
from math import ceil

from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairdraw.lottery import Group, Lottery, Person, hold
from tests.fairdraw import oracle
from tests.fairdraw.worlds import keys

KEY = "0123456789abcdef0123456789abcdef"


def both(
    key: str, masks: list[int], limits: list[tuple[int, int]], need: int, slack: int
) -> tuple[Lottery, oracle.Answer]:
    """The same lottery held here and by the oracle; person i has limits[i], group j the people of masks[j]."""
    people = [Person(f"M{number:02d}", capacity, prior) for number, (capacity, prior) in enumerate(limits)]
    known = (1 << len(people)) - 1
    groups = [Group(f"S{number:02d}/market", mask & known) for number, mask in enumerate(masks)]
    ours = hold(key, groups, people, need=need, slack=slack)
    names = {name: [person.name for number, person in enumerate(people) if mask >> number & 1] for name, mask in groups}
    theirs = oracle.hold(key, names, {person.name: (person.capacity, person.prior) for person in people}, need, slack)
    return ours, theirs


def assert_same(ours: Lottery, theirs: oracle.Answer) -> None:
    assert (dict(ours.chosen), list(ours.unstaffed), ours.level, ours.lifted) == theirs[:4]


masks = st.lists(st.integers(0, 31), min_size=1, max_size=3).flatmap(
    lambda pool: st.lists(st.sampled_from(pool), max_size=7)
)
limits = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), max_size=5)


@settings(max_examples=750, deadline=None)
@given(keys, masks, limits, st.integers(1, 3), st.integers(0, 2))
@example(KEY, [], [], 1, 0)
@example(KEY, [3, 3], [(1, 0), (1, 900)], 2, 0)
def test_it_agrees_with_exhaustive_search(key, masks, limits, need, slack) -> None:
    assert_same(*both(key, masks, limits, need, slack))


def test_it_agrees_in_hundreds_of_cases_of_every_kind() -> None:
    chance = random.Random(20260101)
    kinds: Counter[str] = Counter()
    for number in range(400):
        people = chance.randrange(3, 7)
        pool = [chance.randrange(1, 2**people) for _ in range(chance.randrange(1, 4))]
        masks = [chance.choice(pool) for _ in range(chance.randrange(1, 8))]
        limits = [(chance.randrange(1, 5), chance.choice([0, 0, 1, 2, 6])) for _ in range(people)]
        need, slack = chance.choice([1, 2, 2, 3]), chance.choice([0, 0, 1])
        ours, theirs = both(f"{number:032x}", masks, limits, need, slack)
        assert_same(ours, theirs)
        kinds["lifted"] += ours.lifted
        kinds["unstaffed"] += bool(ours.unstaffed)
        kinds["the look-ahead refused someone"] += theirs.looked_ahead
        kinds["a capacity below the level"] += any(cap < ours.level - prior for cap, prior in limits)
        kinds["a prior above the level"] += any(prior > ours.level for _, prior in limits)
        kinds["classes of several groups"] += len(masks) > len(set(masks))
    assert len(kinds) == 6
    assert min(kinds.values()) >= 20, kinds


def test_it_agrees_when_a_class_has_more_groups_than_a_person_may_take() -> None:
    for number in range(40):
        assert_same(*both(f"{number:032x}", [0b0111] * 5 + [0b1110] * 4, [(9, 0), (3, 1), (9, 0), (9, 2)], 2, 0))


@settings(max_examples=180, deadline=None)
@given(keys, masks, limits, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_never_matters(key, masks, limits, chance) -> None:
    people = [Person(f"M{number:02d}", *each) for number, each in enumerate(limits)]
    known = (1 << len(people)) - 1
    groups = [Group(f"S{number:02d}/market", mask & known) for number, mask in enumerate(masks)]
    shuffled = chance.sample(groups, len(groups))
    assert hold(key, groups, people, need=2, slack=1) == hold(key, shuffled, people, need=2, slack=1)


def test_a_large_lottery_keeps_its_promises() -> None:
    chance = random.Random(7)
    people = [Person(f"M{number:03d}", 60, chance.randrange(8)) for number in range(80)]
    pool = [sum(1 << one for one in chance.sample(range(80), 20)) for _ in range(30)]
    groups = [Group(f"S{number:04d}/market", chance.choice(pool)) for number in range(900)]
    for slack in (0, 2):
        held = hold(KEY, groups, people, need=3, slack=slack)
        loads = Counter(name for chosen in held.chosen.values() for name in chosen)
        assert all(len(set(chosen)) == 3 for chosen in held.chosen.values())
        assert all(held.eligible[name] >> int(who[1:]) & 1 for name, chosen in held.chosen.items() for who in chosen)
        assert all(loads[person.name] <= max(0, held.level + slack - person.prior) for person in people)
        # Nothing below the plain average can do, and here nothing stands in the way of the average.
        assert held.level == ceil((2700 + sum(person.prior for person in people)) / 80)
