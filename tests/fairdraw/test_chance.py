"""Monte-Carlo over the engine (seeds are numbered, so this is deterministic), and proof that bias would be found.

The statistics, their number of comparisons and false alarms are in benchmarks/fairness; `make bench ONLY=chance` runs
the same with 400,000 and 1,500 seeds.
"""

import hashlib
from collections.abc import Sequence

import pytest

from benchmarks.chance import keys
from benchmarks.fairness.inspectors import assign_often, county
from benchmarks.fairness.objects import STRATA, as_normal, draw_often, findings
from fairdraw import Stratum

Tickets = list[tuple[bytes, str]]

EACH = "inclusion of each object"
ALL = "inclusion of all objects of a stratum (chi-square)"
ORDER = "order of the drawn and the reserves (chi-square)"
EACH_PAIR = "inclusion of each pair of objects"
ALL_PAIRS = "inclusion of all pairs (chi-square)"


def test_every_object_has_take_of_size_whoever_it_is_and_whoever_else_is_drawn() -> None:
    found = findings(draw_often(STRATA, keys(50_000)))
    assert [finding.sentence for finding in found if not finding.fair] == []
    assert [(finding.name, finding.comparisons) for finding in found] == [
        (EACH, 183),
        (ALL, 5),
        (ORDER, 4),  # one drawn without reserve has no order
        (EACH_PAIR, 6027),
        (ALL_PAIRS, 3),  # one drawn, and one left, leave nothing to pairs
    ]


# ---- the statistics find bias ----------------------------------------------------------------------------------


def number(key: str, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{key}:{name}".encode()).digest(), "big")


def fair(key: str, name: str) -> int:
    return number(key, name)


def favoured(key: str, name: str) -> int:
    """One firm of twenty has a friend: its ticket is a tenth larger, so it is drawn less often."""
    return number(key, name) * 11 // 10 if name.endswith("007") else number(key, name)


def every_second(key: str, name: str) -> int:
    """Every second firm a twentieth larger: too little to see in any single one."""
    return number(key, name) * 21 // 20 if int(name[-1]) % 2 else number(key, name)


def short(key: str, name: str) -> int:
    """Six bits of the ticket: some are equal, and then the smaller code wins."""
    return number(key, name) >> 250


def neighbours(key: str, name: str) -> int:
    """Two and two share the first half of their tickets: each has its chance, but they come together."""
    return number(key, f"pair {int(name[-3:]) // 2}") >> 128 << 128 | number(key, name) >> 128


@pytest.mark.parametrize(
    ("lie", "found_by", "hidden_from"),
    [
        (fair, set(), {EACH, ALL, ORDER, EACH_PAIR, ALL_PAIRS}),
        (favoured, {EACH, ALL}, {ALL_PAIRS}),
        (every_second, {ALL}, {EACH}),
        (short, {ALL, ORDER}, {EACH}),
        (neighbours, {EACH_PAIR, ALL_PAIRS}, {EACH, ALL}),
    ],
)
def test_biased_tickets_are_found(monkeypatch, lie, found_by, hidden_from) -> None:
    def below(objects: Sequence[str], key: str, limit: bytes) -> Tickets:
        return [(lie(key, name).to_bytes(33, "big"), name) for name in objects]

    monkeypatch.setattr("fairdraw.tickets._tickets_below", below)
    found = unfair()
    assert found_by <= found
    assert not found & hidden_from  # so none of the statistics could be left out


def test_a_list_in_the_order_of_the_codes_is_found(monkeypatch) -> None:
    """The right firms with the right chances, but who stands first is no chance any more."""

    def below(objects: Sequence[str], key: str, limit: bytes) -> Tickets:
        order = [name for _, name in sorted((number(key, name), name) for name in objects)]
        return [(bytes([place]), name) for place, name in enumerate(sorted(order[:4]) + order[4:])]

    monkeypatch.setattr("fairdraw.tickets._tickets_below", below)
    assert unfair() == {ORDER}


def unfair() -> set[str]:
    found = findings(draw_often({"few": (20, Stratum(4, 3))}, keys(20_000)))
    return {finding.name for finding in found if not finding.fair}


@pytest.mark.parametrize(
    ("chi_square", "freedom", "quantile"), [(3.8415, 1, 1.645), (18.307, 10, 1.645), (135.807, 100, 2.326)]
)
def test_chi_square_is_read_as_the_tables_have_it(chi_square, freedom, quantile) -> None:
    assert as_normal(chi_square, freedom) == pytest.approx(quantile, abs=0.03)


# ---- inspectors ------------------------------------------------------------------------------------------------


def test_with_slack_one_every_permitted_pair_meets() -> None:
    meetings = assign_often(county(slack=1), keys(300))
    assert (len(meetings.times), meetings.never) == (2181, [])


def test_with_exact_balance_hundreds_of_permitted_pairs_never_meet() -> None:
    meetings = assign_often(county(slack=0), keys(150))
    assert len(meetings.never) > 300
