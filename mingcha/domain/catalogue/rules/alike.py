"""整合相同或相近领域监管事项: which items of two departments look alike, and why. Pure: no query, no clock.

Five things are compared, each by what both sides share; the weights below are the whole of the judgement. Texts are
compared by their neighbouring pairs of characters, which needs no dictionary and can be shown to whoever asks.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemBasis, SetApart
from mingcha.domain.catalogue.rules.joint import ItemKey, JointFields, fields_from, key_of
from mingcha.domain.organisation.models import Department
from mingcha.kit.errors import Refused, refuse_together

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
LONGEST_REASON = 300
# Words that nearly every item has: they make nothing alike.
EMPTY = re.compile(
    r"监督检查|行政检查|监督管理|随机抽查|检查|抽查|监督|情况|进行|开展|实施|单位|企业|的|对|等|和|及|或"
)
LAW = re.compile(r"《([^》]+)》")
Grams = frozenset[str]
Read = tuple[InspectionItem, Sequence[Checkpoint], Sequence[ItemBasis]]


@dataclass(frozen=True)
class Looks:
    """What is compared of an item."""

    item: InspectionItem
    title: Grams
    object_kind: Grams
    points: tuple[tuple[str, Grams], ...]
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
    """Two items of two departments, the one of the department entered first in front."""

    one: InspectionItem
    other: InspectionItem
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        return round(sum(reason.percent * reason.weight for reason in self.reasons) / 100)

    @property
    def keys(self) -> tuple[ItemKey, ItemKey]:
        return key_of(self.one), key_of(self.other)

    @property
    def items(self) -> tuple[InspectionItem, InspectionItem]:
        return self.one, self.other

    @property
    def sectors(self) -> list[str]:
        """The 监管领域 of the two, one or both."""
        return list(dict.fromkeys(item.sector for item in self.items if item.sector))


def find_alike(rows: Iterable[Read]) -> list[Likeness]:
    """Every pair of two departments that looks alike, the most alike first."""
    looks = [looks_of(*row) for row in rows]
    found = [alike for one, other in _candidates(looks) if (alike := _likeness(looks[one], looks[other])) is not None]
    return sorted(found, key=lambda alike: (-alike.score, alike.one.code, alike.other.code))


def likeness_of(one: Read, other: Read) -> Likeness:
    """Why two items look alike, however little."""
    first, second = sorted((looks_of(*one), looks_of(*other)), key=lambda each: key_of(each.item))
    return Likeness(first.item, second.item, _reasons(first, second))


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


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Twice what both have, by what the two have together (Dice)."""
    return _shared(len(set(one) & set(other)), len(one), len(other))


def _shared(common: int, one: int, other: int) -> float:
    return 2 * common / (one + other) if one + other else 0.0


def _candidates(looks: Sequence[Looks]) -> Iterable[tuple[int, int]]:
    """Pairs of two departments that share a pair of characters in their titles, a checkpoint or a law."""
    bearing: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, each in enumerate(looks):
        marks = [("title", gram) for gram in each.title] + [("law", name) for name in each.laws]
        for mark in [*marks, *(("point", text) for text, _said in each.points)]:
            bearing[mark].append(place)
    pairs = {
        (one, other) if key_of(looks[one].item) < key_of(looks[other].item) else (other, one)
        for places in bearing.values()
        for one, other in product(places, repeat=2)
        if looks[one].item.item_list.department_id != looks[other].item.item_list.department_id
    }
    return sorted(pairs)


def _likeness(one: Looks, other: Looks) -> Likeness | None:
    """The pair, if it is alike enough; checkpoints are read only where they can still tip the scale."""
    quick = overlap(one.title, other.title) * WEIGHTS["title"] + _rest(one, other) + WEIGHTS["checkpoints"]
    if quick < SHOWN_FROM:
        return None
    alike = Likeness(one.item, other.item, _reasons(one, other))
    return alike if alike.score >= SHOWN_FROM else None


def _rest(one: Looks, other: Looks) -> float:
    return (
        overlap(one.object_kind, other.object_kind) * WEIGHTS["object_kind"]
        + overlap(one.laws, other.laws) * WEIGHTS["basis"]
        + (one.method == other.method) * WEIGHTS["method"]
    )


def _reasons(one: Looks, other: Looks) -> tuple[Reason, ...]:
    points = same_points(one.points, other.points)
    laws = sorted(one.laws & other.laws)
    asked = _shared(len(points), len(one.points), len(other.points))
    return (
        Reason("title", _percent(overlap(one.title, other.title)), runs_of(one.item.title, other.title)),
        Reason("checkpoints", _percent(asked), tuple(mine for mine, _theirs in points)),
        Reason(
            "object_kind",
            _percent(overlap(one.object_kind, other.object_kind)),
            runs_of(one.item.object_kind, other.object_kind),
        ),
        Reason("basis", _percent(overlap(one.laws, other.laws)), tuple(f"《{name}》" for name in laws)),
        Reason("method", 100 if one.method == other.method else 0, (one.method,) if one.method == other.method else ()),
    )


def _percent(share: float) -> int:
    return round(share * 100)


def same_points(one: Sequence[tuple[str, Grams]], other: Sequence[tuple[str, Grams]]) -> list[tuple[str, str]]:
    """Checkpoints of both sides that ask the same, each used once, the most alike first."""
    scored = sorted(
        ((-overlap(mine[1], theirs[1]), mine[0], theirs[0]) for mine, theirs in product(one, other)),
    )
    pairs: list[tuple[str, str]] = []
    for score, mine, theirs in scored:
        used = any(mine == left or theirs == right for left, right in pairs)
        if -score >= SAME_POINT and not used:
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


def check_judged_by(department: Department, leads: Collection[Department], *, items: Sequence[InspectionItem]) -> None:
    """Only the lead of a sector that one of the items is in says whether they belong together."""
    if department in leads:
        return
    sectors = _("、").join(dict.fromkeys(item.sector or _("未写明") for item in items))
    who = _("、").join(sorted({lead.short_name for lead in leads}))
    if not who:
        raise Refused(_("这两项的监管领域是“%s”，还没有登记牵头部门，由系统管理员在“规则所称机构”里登记") % sectors)
    raise Refused(_("这两项的监管领域是“%(sectors)s”，由%(who)s决定是否整合") % {"sectors": sectors, "who": who})


def check_pair(one: InspectionItem, other: InspectionItem) -> None:
    """Two items that hold, of two departments of one region."""
    for item in (one, other):
        if not item.is_in_force:
            raise Refused(_("“%s”不在施行中的部门清单里，不用再比较") % item)
    departments = one.item_list.department, other.item_list.department
    if departments[0] == departments[1]:
        raise Refused(_("两项都是%s的，在它自己的清单里合并") % departments[0].short_name)
    if departments[0].region_id != departments[1].region_id:
        raise Refused(_("两项不在同一个区划，不能一起整合"))


def check_set_apart(reason: str, *, before: SetApart | None) -> None:
    """A pair is dismissed once, for a reason that can be read later."""
    if before is not None:
        raise Refused(
            _("%(who)s已经写明不整合：%(reason)s") % {"who": before.decided_by.full_name, "reason": before.reason}
        )
    if not reason.strip():
        raise Refused(_("写明不整合的理由，例如：对象不同、要点不同"), field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(_("理由超过 %d 个字，写短一些") % LONGEST_REASON, field="reason")


def check_together(items: Sequence[InspectionItem]) -> None:
    """Brought together are items of two departments at least."""
    if len({item.item_list.department_id for item in items}) <= 1:
        raise Refused(_("整合至少要两个部门的事项，再选一个别的部门的事项"), field="items")


def check_authorities(items: Sequence[InspectionItem], authorities: Mapping[int, str]) -> None:
    """Every department says what it may do itself; everybody who has not is named at once."""
    refuse_together(*(lambda item=item: _check_authority(item, authorities.get(item.pk, "")) for item in items))


def _check_authority(item: InspectionItem, authority: str) -> None:
    if not authority.strip():
        raise Refused(
            _("缺%s的执法权限，写明查出问题可以做什么") % item.item_list.department.short_name,
            field=f"authority_{item.pk}",
        )


def as_project(item: InspectionItem, shared: Mapping[str, str], *, authority: str) -> JointFields:
    """The five things of an item that is part of a joint project: name and content are the project's."""
    said = fields_from(item)
    said["project"], said["content"], said["authority"] = shared["project"], shared["content"], authority
    return said


def fields_together(items: Sequence[InspectionItem]) -> dict[str, str]:
    """What the joint project says of all of them, to begin with: the shortest name, every content once."""
    contents = dict.fromkeys(item.content.strip() for item in items if item.content.strip())
    return {"project": min((item.title for item in items), key=len), "content": _("；").join(contents)}
