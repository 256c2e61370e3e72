"""Which firms of a draw are visited and by whom, after everything that was approved since the result."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from mingcha.domain.draws.models import Decision, Draw, DrawnInspector, DrawnSubject, Substitution, UsedReserve
from mingcha.domain.draws.queries.sources import carried_over
from mingcha.domain.plans.models import Campaign


class Sent(NamedTuple):
    """Who goes, for which department, at which position."""

    inspector_id: int
    department_id: int
    position: int


class Change(NamedTuple):
    """An approved substitution in codes: where, for which role, who left, who entered."""

    place: str
    role: str
    leaves: str
    enters: str


@dataclass(frozen=True)
class Line:
    """A drawn firm, each reserve that took its place after it, and who goes there now."""

    rows: list[DrawnSubject]
    party: list[Sent]

    @property
    def drawn(self) -> DrawnSubject:
        """The firm that chance named: the place in the files."""
        return self.rows[0]

    @property
    def current(self) -> DrawnSubject:
        """The firm that is visited."""
        return self.rows[-1]

    @property
    def replaced(self) -> list[DrawnSubject]:
        return self.rows[:-1]


def lines_of(draw: Draw, *, roots: Collection[int] | None = None) -> list[Line]:
    """Every firm of a draw that is visited, or those that began as these drawn rows, in three queries."""
    drawn = draw.subjects.filter(reserve=False).select_related("subject")
    if roots is not None:
        drawn = drawn.filter(pk__in=roots)
    following = _following(draw)
    chains = [_chain(row, following) for row in drawn]
    parties = _parties(draw, {row.pk: chain[0].pk for chain in chains for row in chain})
    return [Line(chain, parties[chain[0].pk]) for chain in chains]


def line_of(row: DrawnSubject) -> Line | None:
    """The line that a row stands in; None for a reserve that nobody has taken."""
    before = {reserve.pk: drawn for drawn, reserve in _following(row.draw).items()}
    root = row.pk
    while root in before:
        root = before[root]
    return next(iter(lines_of(row.draw, roots=[root])), None)


def _following(draw: Draw) -> dict[int, DrawnSubject]:
    """The reserve that took the place of each replaced row."""
    used = UsedReserve.objects.filter(drawn__draw=draw, decision=Decision.APPROVED)
    return {change.drawn_id: change.reserve for change in used.select_related("reserve__subject")}


def _chain(row: DrawnSubject, following: dict[int, DrawnSubject]) -> list[DrawnSubject]:
    chain = [row]
    while chain[-1].pk in following:
        chain.append(following[chain[-1].pk])
    return chain


def _parties(draw: Draw, root_of: dict[int, int]) -> dict[int, list[Sent]]:
    """By root: the people of the result, each replaced by whoever entered for them."""
    parties: dict[int, dict[int, Sent]] = defaultdict(dict)
    people = DrawnInspector.objects.filter(drawn__draw=draw, drawn__reserve=False, inspector__isnull=False)
    for root, *sent in people.values_list("drawn_id", "inspector_id", "department_id", "position"):
        if root in root_of:
            parties[root][sent[0]] = Sent(*sent)
    for change in _approved(draw):
        party = parties[root_of[change.drawn_id]] if change.drawn_id in root_of else {}
        if change.leaves_id in party:
            party[change.enters_id] = party.pop(change.leaves_id)._replace(inspector_id=change.enters_id)
    ordered = {root: sorted(party.values(), key=lambda sent: sent[1:]) for root, party in parties.items()}
    return defaultdict(list, ordered)


def _approved(draw: Draw) -> QuerySet[Substitution]:
    return Substitution.objects.filter(drawn__draw=draw, decision=Decision.APPROVED).order_by("decided_at", "pk")


def team_of(row: DrawnSubject) -> str:
    """The team that a drawn firm got; empty where people are drawn for each firm, and where no team could go."""
    return next(iter(row.inspectors.values_list("team", flat=True)), "")


def earlier_substitutions(draw: Draw, *, leaving: tuple[str, str] = ("", "")) -> list[Change]:
    """The approved ones as the engine wants them. The place of a reserve is that of the firm it stands for.

    Where teams go, the place is the team (draw-protocol §5: TEAM/ROLE), at how many of its firms a change was approved
    does not matter, and those of `leaving` (team, person) at other firms do not count: one and the same person stands
    in for whoever leaves a team.
    """
    changes = _changes(draw)
    teams = dict(draw.subjects.filter(inspectors__team__gt="").values_list("code", "inspectors__team"))
    if not teams:
        return changes
    within = dict.fromkeys(change._replace(place=teams.get(change.place, change.place)) for change in changes)
    return [change for change in within if (change.place, change.leaves) != leaving]


def _changes(draw: Draw) -> list[Change]:
    before = {reserve.pk: drawn for drawn, reserve in _following(draw).items()}
    codes = dict(draw.subjects.filter(pk__in=before.values()).values_list("pk", "code"))
    rows = _approved(draw).select_related("drawn", "department", "leaves", "enters")
    return [
        Change(_place(row.drawn, before, codes), row.department.code, row.leaves.code, row.enters.code) for row in rows
    ]


def _place(row: DrawnSubject, before: dict[int, int], codes: dict[int, str]) -> str:
    root = row.pk
    while root in before:
        root = before[root]
    return codes.get(root, row.code)


def carried_lines(campaign: Campaign) -> list[Line]:
    """What void draws of a campaign drew, with the people of each draw's own result."""
    void = campaign.draws.filter(pk__in=carried_over(campaign).values("draw")).order_by("opened_at", "pk")
    return [line for draw in void for line in lines_of(draw)]
