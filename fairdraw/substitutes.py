"""Section 5, last paragraph: who may stand in when a chosen person cannot go."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from fairdraw.errors import Refused
from fairdraw.lottery import pair_order
from fairdraw.lottery.completion import bits
from fairdraw.result import Outcome
from fairdraw.staffing import group_name


class Substitution(NamedTuple):
    """An earlier substitution on the record: at `place` in `role`, `enters` went instead of `leaves`."""

    place: str
    role: str
    leaves: str
    enters: str


def substitutes(outcome: Outcome, key: str, place: str, role: str, earlier: Iterable[Substitution] = ()) -> list[str]:
    """Who may stand in at a place, the first being the one to take; raises Refused for a place not in the result
    (an unstaffed one has no order and no cap).

    They follow in the same pair order of the group, fit, are not and were not in it, and have at most their cap of
    assignments after all `earlier` substitutions (so the new one is within cap plus one).
    """
    group = group_name(place, role)
    lottery = outcome.lotteries.get(role)
    if lottery is None or group not in lottery.chosen:
        raise Refused(f"抽取结果中没有 {place} 的 {role} 位置。")
    loads = Counter(name for chosen in lottery.chosen.values() for name in chosen)
    used = set(lottery.chosen[group])
    for change in earlier:
        if change.role == role:
            loads[change.leaves] -= 1
            loads[change.enters] += 1
            if change.place == place:
                used.add(change.enters)
    people = list(lottery.caps)
    fitting = [
        (people[number].encode(), number)
        for number in bits(lottery.eligible[group])
        if people[number] not in used and loads[people[number]] <= lottery.caps[people[number]]
    ]
    return [people[number] for _, number in pair_order(key, group, fitting)]
