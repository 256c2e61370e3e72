"""Two editions side by side: what both say, what they say differently, and what only one says."""

from collections.abc import Iterable
from dataclasses import dataclass

from mingcha.domain.policy.rules.clauses import Clause, keys, label_of


@dataclass(frozen=True)
class Pair:
    """One rule in two editions; None where an edition says nothing about it."""

    key: str
    left: Clause | None
    right: Clause | None

    @property
    def label(self) -> str:
        return label_of(self.key)

    @property
    def standing(self) -> str:
        """SAME, OTHER, or whose alone it is: LEFT, RIGHT. Other words for the same value are the same rule."""
        if self.left is None or self.right is None:
            return "RIGHT" if self.left is None else "LEFT"
        return "SAME" if self.left.value == self.right.value else "OTHER"

    @property
    def differs(self) -> bool:
        return self.standing != "SAME"


def compare(left: Iterable[Clause], right: Iterable[Clause]) -> list[Pair]:
    """Every rule that either edition says, in the order of the table of rules."""
    ours, theirs = {clause.key: clause for clause in left}, {clause.key: clause for clause in right}
    known = [*keys(), *sorted((ours.keys() | theirs.keys()) - keys().keys())]
    return [Pair(key, ours.get(key), theirs.get(key)) for key in known if key in ours or key in theirs]
