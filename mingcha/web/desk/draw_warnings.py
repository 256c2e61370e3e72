"""控制台: what only those who act in a draw are told, before it becomes a trouble."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws.models import Draw, DrawState, Seat
from mingcha.domain.draws.queries import announcement_of, discipline_body_for, room_sees_names
from mingcha.domain.draws.rules import LEAST_WITNESSES
from mingcha.domain.organisation.models import Role
from mingcha.domain.organisation.queries import holders_of
from mingcha.domain.plans.models import ListTiming
from mingcha.domain.plans.queries import register_changes
from mingcha.web.desk.draw_scene import Scene
from mingcha.web.shared.templatetags.mingcha import moment

PATIENCE = timedelta(minutes=3)


def warnings_of(scene: Scene) -> list[str]:
    """Sentences that name what is missing and what to do; nothing for whoever only looks on."""
    if not scene.rights.takes_part or scene.draw.is_over:
        return []
    return [
        *_before(scene),
        *_changed(scene.draw, before=scene.now),
        *_officer(scene),
        *_slow(scene),
        *_dice(scene),
        *_sealed(scene),
    ]


def next_look(scene: Scene) -> int | None:
    """In how many seconds a phone that does nothing becomes a warning: nothing else would load the page again then."""
    since = _waiting_since(scene)
    return int((since + PATIENCE - scene.now).total_seconds()) if since and scene.now < since + PATIENCE else None


def _before(scene: Scene) -> Iterable[str]:
    draw = scene.draw
    if not draw.takes_seats:
        return
    held = announcement_of(draw)
    if len(scene.seats) < LEAST_WITNESSES and held and held.held_at <= scene.now:
        yield _("公告的时间（%(at)s）已到，见证人只有 %(n)d 位，至少要 %(least)d 位：再请一位，或另行公告改期") % {
            "at": moment(held.held_at),
            "n": len(scene.seats),
            "least": LEAST_WITNESSES,
        }
    if discipline_body_for(draw.department) is None:
        yield _("没有登记密封公钥的纪检监察机构，冻结会被拒绝：由纪检监察人员登录后在本机构页面登记公钥")


def _changed(draw: Draw, *, before: datetime) -> Iterable[str]:
    """Firms that leave the register shortly before a draw are what a witness will ask about."""
    if not draw.takes_seats or draw.is_rehearsal:
        return
    for change in register_changes(draw.campaign, at=before):
        yield _("名录临近抽取有变动：%(at)s，%(who)s，%(register)s%(what)s %(n)d 条，准备好说明原因") % {
            "at": moment(change.at),
            "who": change.department,
            "register": change.register.label,
            "what": change.what,
            "n": change.how_many,
        }


def _officer(scene: Scene) -> Iterable[str]:
    """The officer checks the copies and signs: a room that waits for somebody to come is a bad sight."""
    draw = scene.draw
    if draw.has_result and "discipline" not in scene.unsigned:
        return
    officers = list(holders_of(Role.DISCIPLINE, within=draw.department))
    midnight = timezone.localtime(scene.now).replace(hour=0, minute=0, second=0, microsecond=0)
    if not any(trail_of(one).filter(event="organisation.signed_in", at__gte=midnight).exists() for one in officers):
        yield _("纪检监察人员今天还没有登录：核对密封副本和签字都要由其本人操作，先请其登录")


def _waiting_since(scene: Scene) -> datetime | None:
    draw = scene.draw
    if draw.state == DrawState.FROZEN:
        return draw.frozen_at
    return draw.dice_at if draw.state == DrawState.DICE else None


def _slow(scene: Scene) -> Iterable[str]:
    since = _waiting_since(scene)
    if since is None or scene.now < since + PATIENCE:
        return
    if scene.draw.state == DrawState.FROZEN:
        yield _("%s超过 3 分钟没有封存：去看他的手机，换网络或刷新；确实不行的，由两人中止后另开编号") % _names(
            scene.uncommitted
        )
    else:
        shut = _names(scene.unopened)
        yield _("%s超过 3 分钟没有开封：去看他的手机；确实不行的，由纪检监察人员用密封副本开封") % shut


def _names(seats: Iterable[Seat]) -> str:
    return "、".join(f"{seat.name}（{seat.party}）" for seat in seats)


def _dice(scene: Scene) -> Iterable[str]:
    if scene.apart:
        places = "、".join(map(str, scene.apart))
        yield _("两个人录入的骰子第 %s 位不同：都到桌前再看一遍，录错的人更正，不要念出自己录的数字") % places
    if scene.values_apart:
        yield _("两个人录入的公共随机数不同：对照公告的来源重新核对")


def _sealed(scene: Scene) -> Iterable[str]:
    draw = scene.draw
    if draw.campaign.list_timing == ListTiming.AT_DRAW or draw.is_rehearsal or draw.takes_seats:
        return
    if not room_sees_names(draw, now=scene.now):
        when = draw.campaign.get_list_timing_display()
        yield _("按计划名单在%s公开：现场不念企业名称，各屏只显示户数和摘要") % when
