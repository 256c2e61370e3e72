"""Section 6: the whole draw for a key, and the lines of `result.tsv`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fairdraw.ceremony import Ceremony, broken, read_ceremony, seed_of
from fairdraw.errors import Refused
from fairdraw.frame import OBJECT, Inputs
from fairdraw.lottery import Lottery
from fairdraw.staffing import hold_lotteries
from fairdraw.tickets import Place, draw_objects, key_of

RESULT_FILE = "result.tsv"


class Assignment(NamedTuple):
    """Position `position` (from 1) of `role` at `place`, an object or a team, goes to `who`, a person or a team."""

    place: str
    role: str
    position: int
    who: str


@dataclass(frozen=True)
class Outcome:
    """Everything a key decides.

    `drawn` and `reserves` by stratum, in rank order; `assignments` sorted as in `result.tsv`; `unstaffed` group
    names (`OBJECT/ROLE`); `lifted` roles; `lotteries` by role (`team` for the objects of team mode), with the
    fairest maximum L and everybody's cap.
    """

    drawn: Mapping[str, Sequence[Place]]
    reserves: Mapping[str, Sequence[Place]]
    assignments: Sequence[Assignment]
    unstaffed: Sequence[str]
    lifted: Sequence[str]
    lotteries: Mapping[str, Lottery]


def draw(inputs: Inputs, key: str) -> Outcome:
    """Sections 4 and 5 for checked files and a key of 32 hex characters."""
    places = draw_objects(inputs.frame, inputs.rules.strata, key)
    drawn = {place.object for first, _ in places.values() for place in first}
    rows = [inputs.frame[number] for number, name in enumerate(inputs.frame.column(OBJECT)) if name in drawn]
    lotteries = hold_lotteries(inputs, rows, key)
    return Outcome(
        drawn={stratum: first for stratum, (first, _) in places.items()},
        reserves={stratum: rest for stratum, (_, rest) in places.items()},
        assignments=sorted(_assignments(lotteries)),
        unstaffed=sorted(name for lottery in lotteries.values() for name in lottery.unstaffed),
        lifted=sorted(role for role, lottery in lotteries.items() if lottery.lifted),
        lotteries=lotteries,
    )


def lines_of(outcome: Outcome) -> Iterator[str]:
    """The lines of `result.tsv` in order, each with its LF."""
    for stratum, drawn in outcome.drawn.items():
        for kind, places in (("drawn", drawn), ("reserve", outcome.reserves[stratum])):
            for rank, name, ticket in places:
                yield f"object\t{stratum}\t{rank}\t{kind}\t{name}\t{ticket}\n"
    for place, role, position, who in outcome.assignments:
        yield f"assign\t{place}\t{role}\t{position}\t{who}\n"
    yield from (f"unstaffed\t{name}\n" for name in outcome.unstaffed)
    yield from (f"lifted\t{role}\n" for role in outcome.lifted)


def key_for(inputs: Inputs, ceremony: Ceremony) -> str:
    """The key that this ceremony gives with these files."""
    seed = seed_of(inputs.rules.draw, inputs.rules_digest, ceremony.reveals, ceremony.public_value)
    return key_of(seed)


def result_of(inputs: Inputs, ceremony: bytes) -> bytes:
    """The bytes of `result.tsv` for checked files and the bytes of `ceremony.json`.

    Raises Refused, also on a broken commitment (section 6, `result`).
    """
    opened = read_ceremony(ceremony, inputs.rules)
    for party in broken(opened, inputs.rules, inputs.rules_digest):
        raise Refused(f"ceremony.json：{party} 开封的随机数与其封存值不符。")
    return "".join(lines_of(draw(inputs, key_for(inputs, opened)))).encode()


def _assignments(lotteries: Mapping[str, Lottery]) -> Iterator[Assignment]:
    for role, lottery in lotteries.items():
        for name, chosen in lottery.chosen.items():
            place = name.removesuffix(f"/{role}")
            for position, who in enumerate(chosen, 1):
                yield Assignment(place, role, position, who)
