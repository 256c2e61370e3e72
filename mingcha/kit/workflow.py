"""A state table that can be checked, drawn and tested."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused


class Workflow:
    """`moves`: state → the states that may follow; a state without successors may be left out."""

    def __init__(self, moves: Mapping[str, tuple[str, ...]]) -> None:
        self.moves = moves

    def check(self, old: str, new: str) -> None:
        """Refuse a move that is not in the table."""
        if new not in self.moves.get(old, ()):
            raise Refused(
                _("“%(old)s”之后不能是“%(new)s”，刷新页面看现在的状态") % {"old": label_of(old), "new": label_of(new)}
            )

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((old, new) for old, targets in self.moves.items() for new in targets)

    def diagram(self) -> str:
        """Mermaid source, for docs/workflows."""
        return "\n".join(["stateDiagram-v2", *(f"    {old} --> {new}" for old, new in self)])


def label_of(state: str) -> str:
    """The Chinese label of a TextChoices member, or the bare value."""
    return str(getattr(state, "label", state))
