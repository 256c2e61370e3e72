"""Announcing, inviting, asking for a seat."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Announcement, Draw, Invitation, Seat
from mingcha.kit.errors import Refused

MOST_INVITED = 60
EARLY = timedelta(minutes=30)  # everyone is there already


def check_announceable(draw: Draw, *, place: str, held_at: datetime, at: datetime) -> None:
    """While seats are free, for a time to come."""
    if not draw.takes_seats:
        raise Refused(_("抽取 %s 已经冻结名单，不能再改公告") % draw.number)
    if not place:
        raise Refused(_("写明抽取的地点"), field="place")
    if held_at <= at:
        raise Refused(_("抽取时间要晚于现在，核对日期和钟点"), field="held_at")


def check_announced(announced: Announcement | None, *, at: datetime) -> None:
    """No draw at night: the public knew where and when, and it is that time."""
    if announced is None:
        raise Refused(_("还没有公告抽取的时间和地点；公告以后，到时间才能冻结名单"))
    if at < announced.held_at - EARLY:
        raise Refused(
            _("公告的抽取时间是 %(when)s，最多提前 %(minutes)d 分钟冻结名单；要提前抽取的，先改公告")
            % {
                "when": timezone.localtime(announced.held_at).strftime("%Y-%m-%d %H:%M"),
                "minutes": EARLY // timedelta(minutes=1),
            }
        )


def check_invitable(draw: Draw, *, name: str, unit: str, capacity: str, asked: Iterable[Invitation]) -> None:
    """Everyone once, while seats are free; `asked` are the office's own guests or, for a citizen, the requests. What
    was declined leaves its place free, so that nobody fills the list with invented names for good."""
    if not draw.takes_seats:
        raise Refused(_("抽取 %s 已经冻结名单，不再邀请见证人") % draw.number)
    for value, field, words in (
        (name, "name", _("填写姓名")),
        (unit, "unit", _("填写单位；没有单位的写“个人”")),
        (capacity, "capacity", _("选择身份")),
    ):
        if not value:
            raise Refused(words, field=field)
    present = [one for one in asked if not one.is_withdrawn]
    if any((one.name, one.unit) == (name, unit) for one in present):
        raise Refused(_("%(unit)s的%(name)s已在邀请名单上") % {"unit": unit, "name": name}, field="name")
    if sum(not one.is_declined for one in present) >= MOST_INVITED:
        raise Refused(_("一次抽取最多邀请和登记 %d 人，已经满额") % MOST_INVITED)


def check_askable(draw: Draw, *, announced: Announcement | None, at: datetime) -> None:
    """Citizens ask for a seat once a draw is announced and before its hour; a rehearsal is for the office alone."""
    if draw.is_rehearsal or announced is None:
        raise Refused(_("抽取 %s 还没有公告时间和地点，公告后可以申请见证") % draw.number)
    if not draw.takes_seats or at >= announced.held_at:
        raise Refused(_("抽取 %s 已停止申请，可以在公开页面旁观和核验") % draw.number)


def check_decidable(draw: Draw, invitation: Invitation, *, agreed: bool, remark: str) -> None:
    """Once, while seats are free, with a reason for a no."""
    if not invitation.is_asked:
        raise Refused(_("这个申请已经答复：%s") % invitation.get_state_display())
    if not draw.takes_seats:
        raise Refused(_("抽取 %s 已经冻结名单，不再答复申请") % draw.number)
    if not agreed and not remark:
        raise Refused(_("写明不同意的理由，申请人凭受理号可以看到"), field="remark")


def check_withdrawable(draw: Draw, invitation: Invitation, *, seat: Seat | None, reason: str) -> None:
    """What was sent, until its guest sits, with this card or by the code on the wall; with a reason to be read."""
    told = {"who": str(invitation), "state": invitation.get_state_display(), "party": seat.party if seat else ""}
    if not invitation.is_invited:
        raise Refused(_("%(who)s现在是“%(state)s”，只有发出的邀请能撤回") % told)
    if seat is not None:
        raise Refused(_("%(who)s已经入席（%(party)s），邀请不能再撤回") % told)
    if not draw.takes_seats:
        raise Refused(_("抽取 %s 已经冻结名单，没有入席的邀请已经作废，不用撤回") % draw.number)
    if not reason:
        raise Refused(_("写明撤回的理由，受邀人凭邀请码可以看到"), field="reason")


def check_invitation(invitation: Invitation | None) -> None:
    """The card is for this draw, agreed to, and not used yet."""
    if invitation is not None and invitation.is_withdrawn:
        raise Refused(
            _("这个邀请已经撤回，理由：%s。不能凭它入席") % invitation.remark,
            field="invitation_code",
        )
    if invitation is None or not invitation.is_invited:
        raise Refused(_("这个邀请码不属于这次抽取，向主持人核对；也可以不用邀请码直接入席"), field="invitation_code")
    if hasattr(invitation, "seat"):
        raise Refused(_("这个邀请码已在另一部手机上入席，用那部手机继续"), field="invitation_code")
