"""What is decided about a difference, and what of an earlier comparison has been settled. Pure: no query, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Difference, DifferenceKind, InspectionItem, ItemList, OutsideList, Verdict
from mingcha.domain.catalogue.rules.lists import CODE
from mingcha.domain.catalogue.rules.reconciliation import methods_of, plain
from mingcha.kit.errors import Refused

Kind = DifferenceKind
LONGEST_REASON = 300


@dataclass(frozen=True)
class Since:
    """A comparison beside the one before it: what was found again, and what has been settled meanwhile."""

    again: Sequence[tuple[Difference, Difference]]
    settled: Sequence[Difference]


def since(present: Iterable[Difference], before: Iterable[Difference]) -> Since:
    """`again` pairs what still differs with what was decided about it then; it is open anew."""
    earlier = {(difference.code, difference.kind): difference for difference in before}
    again = [
        (difference, earlier.pop((difference.code, difference.kind)))
        for difference in present
        if (difference.code, difference.kind) in earlier
    ]
    return Since(again, list(earlier.values()))


def check_newest(outside_list: OutsideList, newest: OutsideList | None) -> None:
    """Only the newest comparison is worked on; what an older one found may be settled long since."""
    if newest is not None and newest.pk != outside_list.pk:
        raise Refused(_("这次核对之后又核对过，处理意见写在最新一次核对里"))


def check_still_compared(outside_list: OutsideList, in_force: ItemList | None) -> None:
    """What was compared with an edition that holds no more says nothing about the present one."""
    if outside_list.edition_id != (in_force.pk if in_force is not None else None):
        raise Refused(_("核对之后施行的清单换了一版，重新导入或同步上级系统的清单，再处理差异"))


def check_verdict(verdict: str, reason: str) -> None:
    """A decision is one of two, and says why."""
    if verdict not in (Verdict.TAKE_THEIRS, Verdict.KEEP_OURS):
        raise Refused(_("选一种处理：以上级系统为准，或者本平台无误、请上级系统更正"), field="verdict")
    if not reason.strip():
        raise Refused(_("没有写理由，写明为什么这样处理"), field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(_("理由超过 %d 个字，写要点") % LONGEST_REASON, field="reason")


def check_chosen(chosen: Sequence[Difference]) -> None:
    """A decision is about something."""
    if not chosen:
        raise Refused(_("没有选中差异，勾选要处理的几条"), field="chosen")


def check_decision(difference: Difference, verdict: str) -> None:
    """Everything that a decision about one difference has to keep."""
    check_decidable(difference)
    if verdict == Verdict.TAKE_THEIRS:
        check_takeable(difference)


def check_decidable(difference: Difference) -> None:
    """What is written in a draft already is changed there."""
    if difference.taken_into is not None:
        raise Refused(
            _("%(difference)s已写入第%(edition)d版草稿，要改就在草稿里改")
            % {"difference": difference, "edition": difference.taken_into.edition},
            field="chosen",
        )


def check_takeable(difference: Difference) -> None:
    """Refuse to follow words that our list cannot hold: an empty one, an unknown method, a code nothing is found by."""
    if difference.kind == Kind.NUMBER and difference.item_id is not None:
        return
    if not plain(difference.theirs):
        raise Refused(
            _("%s：上级系统这一项是空的，没有可以照办的内容；选“本平台无误”，请上级系统补上") % difference,
            field="chosen",
        )
    method = difference.outside_item.method if difference.outside_item is not None else ""
    if difference.kind in (Kind.METHOD, Kind.NUMBER) and not methods_of(method):
        raise Refused(
            _("%(difference)s：上级系统的检查方式“%(method)s”不在检查方式代码里，请上级系统改用规范的写法")
            % {"difference": difference, "method": method},
            field="chosen",
        )
    if difference.kind == Kind.NUMBER and not CODE.match(difference.code):
        raise Refused(_("%s：上级系统的事项编码不能用，编码只能是字母、数字、“-”和“_”") % difference, field="chosen")
    _check_length(difference)


def _check_length(difference: Difference) -> None:
    """A name that fits their column may be too long for ours."""
    longest = InspectionItem._meta.get_field("title").max_length or 0
    if difference.kind in (Kind.TITLE, Kind.NUMBER) and len(difference.theirs) > longest:
        raise Refused(
            _("%(difference)s：上级系统的事项名称超过 %(longest)d 字，请上级系统改短")
            % {"difference": difference, "longest": longest},
            field="chosen",
        )


def check_something_taken(taken: Sequence[Difference]) -> None:
    """A draft is begun for something."""
    if not taken:
        raise Refused(_("没有待写入草稿的差异：先对差异选“以上级系统为准”；已经写入的不再重复"))


def check_in_draft(difference: Difference, present: InspectionItem | None, draft: ItemList) -> None:
    """Words are written over an item that the draft still has."""
    if present is None:
        raise Refused(
            _("第%d版草稿里已经没有它，“%s”无处可写；改选处理意见") % (draft.edition, difference.get_kind_display())
        )
