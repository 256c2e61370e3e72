"""Which items of two departments look alike, and why: five things compared by what both sides share.

The weights below are the whole of the judgement. Texts are compared by their neighbouring pairs of characters, which
needs no dictionary and can be shown to whoever asks. Pure: no query, no clock.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import combinations
from operator import or_

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemBasis
from mingcha.domain.catalogue.rules.joint import ItemKey, key_of
from mingcha.domain.catalogue.rules.near_texts import near_texts

# What each likeness counts for, out of a hundred, and from how much on a pair is shown.
WEIGHTS: Mapping[str, int] = {"title": 40, "checkpoints": 25, "object_kind": 15, "basis": 15, "method": 5}
LABELS: Mapping[str, StrOrPromise] = {
    "title": gettext_lazy("事项名称"),
    "checkpoints": gettext_lazy("检查要点"),
    "object_kind": gettext_lazy("检查对象"),
    "basis": gettext_lazy("检查依据"),
    "method": gettext_lazy("检查方式"),
}
SHOWN_FROM = 40
SAME_POINT = 0.5
# Words that nearly every item has: they make nothing alike.
EMPTY = re.compile(
    r"监督检查|行政检查|监督管理|随机抽查|检查|抽查|监督|情况|进行|开展|实施|单位|企业|的|对|等|和|及|或"
)
LAW = re.compile(r"《([^》]+)》")
Grams = frozenset[str]
Points = tuple[tuple[str, Grams], ...]
Read = tuple[InspectionItem, Sequence[Checkpoint], Sequence[ItemBasis]]


@dataclass(frozen=True)
class Looks:
    """What is compared of an item."""

    item: InspectionItem
    title: Grams
    object_kind: Grams
    points: Points
    laws: frozenset[str]
    method: str


@dataclass(frozen=True)
class Reason:
    """One of the five: how much is shared (0–100), what it counts for, the words that both sides have."""

    field: str
    percent: int
    shared: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(LABELS[self.field])

    @property
    def weight(self) -> int:
        return WEIGHTS[self.field]


@dataclass(frozen=True)
class Likeness:
    """Two items of two departments, the one of the department entered first in front.

    The score is wanted of every pair, the reasons only of those that somebody looks at.
    """

    sides: tuple[Looks, Looks]
    score: int

    @property
    def items(self) -> tuple[InspectionItem, InspectionItem]:
        return self.one, self.other

    @property
    def one(self) -> InspectionItem:
        return self.sides[0].item

    @property
    def other(self) -> InspectionItem:
        return self.sides[1].item

    @property
    def keys(self) -> tuple[ItemKey, ItemKey]:
        return key_of(self.one), key_of(self.other)

    @property
    def sectors(self) -> list[str]:
        """The 监管领域 of the two, one or both."""
        return list(dict.fromkeys(item.sector for item in self.items if item.sector))

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        one, other = self.sides
        points = same_points(one.points, other.points)
        shared = {
            "title": runs_of(one.item.title, other.title),
            "checkpoints": tuple(mine for mine, _theirs in points),
            "object_kind": runs_of(one.item.object_kind, other.object_kind),
            "basis": tuple(f"《{name}》" for name in sorted(one.laws & other.laws)),
            "method": (one.method,) if one.method == other.method else (),
        }
        percents = {**_percents(one, other), "checkpoints": _asked(one.points, other.points)}
        return tuple(Reason(field, percents[field], shared[field]) for field in WEIGHTS)


def find_alike(rows: Iterable[Read]) -> list[Likeness]:
    """Every pair of two departments that looks alike, the most alike first.

    Checkpoints, much the dearest to compare, are compared only where they can still tip the scale, and once for all
    items that ask the same.
    """
    looks = sorted((looks_of(*row) for row in rows), key=lambda each: key_of(each.item))
    asked, found = cache(Asked(looks).percent), []
    for one, other in combinations(looks, 2):
        if one.item.item_list.department_id == other.item.item_list.department_id:
            continue
        percents = _percents(one, other)
        if _weighed({**percents, "checkpoints": 100}) < SHOWN_FROM:
            continue
        score = _weighed({**percents, "checkpoints": asked(one.points, other.points)})
        if score >= SHOWN_FROM:
            found.append(Likeness((one, other), score))
    return sorted(found, key=lambda alike: (-alike.score, alike.one.code, alike.other.code))


class Asked:
    """How much is shared of the checkpoints of any two of these items: what `_asked` says, without reading most."""

    def __init__(self, looks: Iterable[Looks]) -> None:
        texts = {text: said for each in looks for text, said in each.points}
        self._bit = {text: 1 << place for place, text in enumerate(texts)}
        self._near = dict(zip(texts, near_texts(list(texts.values()), share=SAME_POINT), strict=True))

    def percent(self, one: Points, other: Points) -> int:
        return _percent(_shared(self._matched(one, other), len(one), len(other)))

    def _matched(self, one: Points, other: Points) -> int:
        """How many pairs `same_points` makes."""
        mine, theirs = {text for text, _said in one}, {text for text, _said in other}
        bits = sum(self._bit[text] for text in theirs)
        reached = [near for text in mine if (near := self._near[text] & bits)]
        if len(reached) == len(mine) and all(near == bits for near in reached):
            return min(len(mine), len(theirs))
        if sum(near.bit_count() for near in reached) == len(reached) == reduce(or_, reached, 0).bit_count():
            return len(reached)
        return len(same_points(one, other))


def likeness_of(one: Read, other: Read) -> Likeness:
    """Why two items look alike, however little."""
    first, second = sorted((looks_of(*one), looks_of(*other)), key=lambda each: key_of(each.item))
    percents = {**_percents(first, second), "checkpoints": _asked(first.points, second.points)}
    return Likeness((first, second), _weighed(percents))


def looks_of(item: InspectionItem, checkpoints: Sequence[Checkpoint], bases: Sequence[ItemBasis]) -> Looks:
    """What is compared of an item, taken apart once."""
    named = LAW.findall(item.legal_basis) + [basis.law.title for basis in bases]
    return Looks(
        item,
        grams_of(item.title),
        grams_of(item.object_kind),
        tuple((point.text, grams_of(point.text)) for point in checkpoints),
        frozenset(name.removeprefix("中华人民共和国") for name in named),
        str(item.get_method_display()),
    )


def grams_of(text: str) -> Grams:
    """The neighbouring pairs of characters of every stretch between marks and empty words; a lone one is itself."""
    parts = [part for part in re.split(r"[\W_]+", EMPTY.sub(" ", text)) if part]
    return frozenset(part[place : place + 2] for part in parts for place in range(max(len(part) - 1, 1)))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice what both have, by what the two have together (Dice)."""
    return _shared(len(one & other), len(one), len(other))


def _shared(common: int, one: int, other: int) -> float:
    return 2 * common / (one + other) if one + other else 0.0


def _percents(one: Looks, other: Looks) -> dict[str, int]:
    """How much is shared of everything but the checkpoints."""
    return {
        "title": _percent(overlap(one.title, other.title)),
        "object_kind": _percent(overlap(one.object_kind, other.object_kind)),
        "basis": _percent(overlap(one.laws, other.laws)),
        "method": 100 if one.method == other.method else 0,
    }


def _asked(one: Points, other: Points) -> int:
    """How much is shared of the checkpoints."""
    return _percent(_shared(len(same_points(one, other)), len(one), len(other)))


def _weighed(percents: Mapping[str, int]) -> int:
    return round(sum(percent * WEIGHTS[field] for field, percent in percents.items()) / 100)


def _percent(share: float) -> int:
    return round(share * 100)


def same_points(one: Points, other: Points) -> list[tuple[str, str]]:
    """Checkpoints of both sides that ask the same, each used once, the most alike first."""
    near = sorted(
        (-overlap(said, heard), mine, theirs)
        for mine, said in one
        for theirs, heard in other
        # Most have too little in common by far: asked in place, a call each would double the time of the whole.
        if 2 * len(said & heard) >= SAME_POINT * (len(said) + len(heard)) > 0
    )
    pairs: list[tuple[str, str]] = []
    for _score, mine, theirs in near:
        if not any(mine == left or theirs == right for left, right in pairs):
            pairs.append((mine, theirs))
    return pairs


def runs_of(text: str, theirs: Grams) -> tuple[str, ...]:
    """The stretches of a text that the other side has too."""
    runs: list[str] = []
    for part in re.split(r"[\W_]+", EMPTY.sub(" ", text)):
        run = ""
        for place in range(max(len(part) - 1, 1)):
            gram = part[place : place + 2]
            if gram and gram in theirs:
                run = run + gram[-1] if run else gram
            elif run:
                runs, run = [*runs, run], ""
        runs += [run] if run else []
    return tuple(dict.fromkeys(runs))
