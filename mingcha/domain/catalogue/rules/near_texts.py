"""Which of many short texts are alike, found for each of them at once instead of pair by pair. Pure.

Five hundred items of two departments are a quarter of a million pairs with dozens of checkpoints a pair. So every text
is a bit of one long number: adding up the numbers of its pairs of characters, digit by digit, counts for all texts
together what they share with it. Exact: what is near here is near by `likeness.overlap`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

Grams = frozenset[str]


def near_texts(texts: Sequence[Grams], *, share: float) -> list[int]:
    """For each text the set of those that overlap with it by this share, itself among them: bit n is text n."""
    bearing: defaultdict[str, int] = defaultdict(int)
    sizes: defaultdict[int, int] = defaultdict(int)
    for place, grams in enumerate(texts):
        sizes[len(grams)] |= 1 << place
        for gram in grams:
            bearing[gram] |= 1 << place
    return [_near(grams, bearing, sizes, share=share) for grams in texts]


def _near(grams: Grams, bearing: Mapping[str, int], sizes: Mapping[int, int], *, share: float) -> int:
    planes, found = _added_up(bearing[gram] for gram in grams), 0
    for size, bits in sizes.items():
        # Dice: twice what both have, by what the two have together.
        found |= bits & _at_least(planes, max(1, ceil(share * (len(grams) + size) / 2)))
    return found


def _added_up(numbers: Iterable[int]) -> list[int]:
    """How many of the numbers have each bit: the counts' binary digits, the lowest first."""
    planes: list[int] = []
    for number in numbers:
        carry = number
        for place, plane in enumerate(planes):
            planes[place], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    return planes


def _at_least(planes: Sequence[int], least: int) -> int:
    """The bits whose count is so much or more; `least` is one at least."""
    if least >> len(planes):
        return 0
    above, level = 0, -1
    for place in reversed(range(len(planes))):
        if least >> place & 1:
            level &= planes[place]
        else:
            above, level = above | level & planes[place], level & ~planes[place]
    return above | level
