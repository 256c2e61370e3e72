"""Texts that are alike, found all at once: the same ones that comparing every two of them finds."""

from itertools import combinations
from random import Random

import pytest

from mingcha.domain.catalogue.rules import likeness
from mingcha.domain.catalogue.rules.near_texts import near_texts

WORDS = "示范制度记录留存公示许可证照餐具消毒通道设施台账人员"


@pytest.mark.parametrize("share", [0.3, 0.5, 1.0])
def test_what_is_found_at_once_is_what_comparing_every_two_finds(share):
    draw = Random(7)
    texts = ["", "检查", *("".join(draw.choices(WORDS[:9], k=draw.randint(1, 14))) for _each in range(150))]
    grams = [likeness.grams_of(text) for text in texts]
    found = near_texts(grams, share=share)
    for one, other in combinations(range(len(texts)), 2):
        is_near = likeness.overlap(grams[one], grams[other]) >= share
        assert bool(found[one] >> other & 1) == bool(found[other] >> one & 1) == is_near
    assert near_texts([], share=share) == []


def test_checkpoints_are_matched_as_reading_every_pair_matches_them():
    draw = Random(11)

    def asked() -> likeness.Points:
        words = ["".join(draw.choices(WORDS[:5], k=draw.randint(2, 7))) for _each in range(draw.randint(0, 6))]
        return tuple((text, likeness.grams_of(text)) for text in [*words, *words[:1]])

    items = [
        likeness.Looks(
            item=None, title=frozenset(), object_kind=frozenset(), points=asked(), laws=frozenset(), method=""
        )
        for _each in range(60)
    ]
    quick = likeness.Asked(items)
    seen = set()
    for one, other in combinations(items, 2):
        slow = len(likeness.same_points(one.points, other.points))
        total = len(one.points) + len(other.points)
        assert quick.percent(one.points, other.points) == (round(200 * slow / total) if total else 0)
        seen.add(slow)
    assert len(seen) > 3
