"""Two texts side by side: which characters only one of them has."""

from difflib import SequenceMatcher
from typing import NamedTuple

# Longer texts are shown whole: marking them letter by letter would take longer than reading them.
LONGEST_MARKED = 600
# With less than this in common, single characters that happen to agree only confuse.
ALIKE = 0.5


class Piece(NamedTuple):
    """Some characters, and whether the other side lacks them."""

    text: str
    alone: bool


def marked(ours: str, theirs: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces."""
    if not (ours and theirs) or max(len(ours), len(theirs)) > LONGEST_MARKED:
        return [Piece(ours, alone=False)], [Piece(theirs, alone=False)]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [Piece(ours, alone=True)], [Piece(theirs, alone=True)]
    left, right = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        left.append(Piece(ours[a:b], tag != "equal"))
        right.append(Piece(theirs[c:d], tag != "equal"))
    return [piece for piece in left if piece.text], [piece for piece in right if piece.text]
