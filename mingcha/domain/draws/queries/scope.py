"""Which department has what to inspect at a firm of a campaign: the frame's own reading of the links, item by item.

An item for which its department keeps no links at all is for everybody; any other is for the firms that are linked to
it, by their code. Read as the links stand when it is asked, which is when the visits go out: the frozen files say who
is in the frame and not for which item, so there are no links of the day of the freeze to go back to. From the freeze to
the dispatch links can only be added (registers: LinkHold), so nobody is taken away from a department in between; where
such a hold ended before (holding.py), every department goes.
The limit: a reserve that enters after the dispatch is read by the links of its day, which may have become fewer since.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mingcha.domain.plans.models import Campaign
from mingcha.domain.plans.queries.frame import scopes_of
from mingcha.domain.registers.queries import linked_to

CHUNK = 2000

Item = tuple[int, str]  # its department's key and its code, which editions share


@dataclass(frozen=True)
class Scope:
    """A campaign's items, those that are for everybody, and those that some firms are linked to, by the firm's code."""

    items: frozenset[Item]
    for_everybody: frozenset[Item]
    linked: Mapping[str, frozenset[Item]]
    let_go: frozenset[str] = frozenset()  # firms of a void draw whose hold has ended: nobody relies on their links

    def is_loose(self, code: str) -> bool:
        """No item is for this firm. No frame takes such a firm; its links may have gone since the draw."""
        return not (self.for_everybody or code in self.linked)

    def items_at(self, code: str) -> frozenset[Item]:
        """What the firm is inspected for. A loose one for everything: what was drawn is visited, by everybody."""
        if code in self.let_go or self.is_loose(code):
            return self.items
        return self.for_everybody | self.linked.get(code, frozenset())

    def departments_at(self, code: str) -> frozenset[int]:
        """The keys of the departments that have something to inspect there."""
        return frozenset(department for department, _code in self.items_at(code))


def scope_at(codes: Collection[str], *, campaign: Campaign, let_go: Collection[str] = ()) -> Scope:
    """What each of these firms is inspected for in a campaign."""
    scopes = scopes_of(campaign)
    kept = [(scope.department, scope.code) for scope in scopes if scope.is_linked]
    return Scope(
        items=frozenset((scope.department, scope.code) for scope in scopes),
        for_everybody=frozenset((scope.department, scope.code) for scope in scopes if not scope.is_linked),
        linked=_linked(list(codes), kept) if kept else {},
        let_go=frozenset(let_go),
    )


def _linked(codes: list[str], items: list[Item]) -> dict[str, frozenset[Item]]:
    found: dict[str, set[Item]] = defaultdict(set)
    for start in range(0, len(codes), CHUNK):
        links = linked_to(items).filter(subject__code__in=codes[start : start + CHUNK])
        for firm, department, code in links.values_list("subject__code", "department_id", "item_code"):
            found[firm].add((department, code))
    return {firm: frozenset(those) for firm, those in found.items()}
