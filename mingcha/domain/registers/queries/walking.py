"""Walking through the list of subjects in its order: from a key to the next rows, a part of the index at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, F, Func, QuerySet

from mingcha.domain.organisation.models import Region
from mingcha.domain.registers.models import Position, Subject

WALKS = (2_000, 8_000, 30_000)  # so many rows of the list are looked at before the index is asked after all

Rows = QuerySet[Subject]
Order = Sequence[Any]  # of expressions
WALKED = (F("region_id"), F("code"))
# The same order, but by no index: without this PostgreSQL might walk along the list where the words are rare.
SORTED = (Func(F("region_id"), template="(%(expressions)s || '')", output_field=CharField()), F("code"))


@dataclass(frozen=True)
class Slice:
    """Some rows of a list, and where to go on."""

    rows: list[Subject]
    previous: Position | None = None
    next: Position | None = None
    is_unfinished: bool = False  # looking ended at `next`; nothing is said yet of what lies behind it

    @property
    def is_whole(self) -> bool:
        """Is this everything there is?"""
        return self.previous is None and self.next is None


def spans(rows: Rows, start: Position | None, end: Position | None = None) -> Iterator[Rows]:
    """The rows beyond a position, up to and with another, in at most three parts that an index has in one piece each.

    One condition for all of it ("a later region, or this one and a later code") makes the index begin at the region.
    """
    if start is None and end is None:
        yield rows
        return
    beyond, up_to = ("lt", "gte") if _is_backwards(start) else ("gt", "lte")
    after = {f"code__{beyond}": start.code} if start is not None else {}
    until = {f"code__{up_to}": end.code} if end is not None else {}
    if start is not None and end is not None and start.region == end.region:
        yield rows.filter(region=start.region, **after, **until)
        return
    if start is not None:
        yield rows.filter(region=start.region, **after)
    yield rows.filter(region__in=_between(start, end))
    if end is not None:
        yield rows.filter(region=end.region, **until)


def _between(start: Position | None, end: Position | None) -> list[str]:
    """The regions after one and before another, by name: SQLite minds only one bound where it is given two."""
    ahead, short_of = ("lt", "gt") if _is_backwards(start) else ("gt", "lt")
    regions = Region.objects.all()
    if start is not None:
        regions = regions.filter(**{f"code__{ahead}": start.region})
    if end is not None:
        regions = regions.filter(**{f"code__{short_of}": end.region})
    return list(regions.values_list("code", flat=True))


def walked(rows: Rows, among: Rows, at: Position | None, size: int) -> list[Subject] | None:
    """What a walk meets in longer and longer stretches; None when too little stands along the way."""
    found: list[Subject] = []
    start, behind = at or _first(among), 0
    for steps in WALKS:
        end = further(among, start, steps)
        found += taken(spans(rows, start, end), at, size - len(found))
        if len(found) > size or end is None:
            return found
        start, behind = end, behind + steps
        if len(found) * sum(WALKS) < size * behind:  # going on like this would not fill the page
            return None
    return None


def taken(spans: Iterator[Rows], at: Position | None, size: int, order: Order = WALKED) -> list[Subject]:
    """The next rows in the direction of walking, and one more if there is one."""
    found: list[Subject] = []
    for rows in spans:
        found += _in_order(rows, order, at)[: size + 1 - len(found)]
        if len(found) > size:
            break
    return found


def _first(among: Rows) -> Position | None:
    """Before all codes of the first region: from here on one part of the index is enough for a short walk."""
    for region in _in_order(among, WALKED, None).values_list("region_id", flat=True)[:1]:
        return Position(region, "")
    return None


def further(among: Rows, at: Position | None, steps: int) -> Position | None:
    """The key so many rows further on; None when the list ends before."""
    for rows in spans(among, at):
        keys = _in_order(rows, WALKED, at).values_list("region_id", "code")
        for region, code in keys[steps - 1 : steps]:
            return Position(region, code, is_backwards=_is_backwards(at))
        steps -= keys[:steps].count()
    return None


def _in_order(rows: Rows, order: Order, at: Position | None) -> Rows:
    return rows.order_by(*(term.desc() for term in order) if _is_backwards(at) else order)


def _is_backwards(at: Position | None) -> bool:
    return at is not None and at.is_backwards


def cut(found: list[Subject], at: Position | None, size: int) -> Slice:
    """What was taken as the page shows it, with the positions before and after it."""
    more, rows = len(found) > size, found[:size]
    if not rows:
        return Slice([])
    if _is_backwards(at):
        rows.reverse()
    first, last = (Position(row.region_id, row.code) for row in (rows[0], rows[-1]))
    before = replace(first, is_backwards=True)
    if _is_backwards(at):
        return Slice(rows, previous=before if more else None, next=last)
    return Slice(rows, previous=before if at is not None else None, next=last if more else None)
