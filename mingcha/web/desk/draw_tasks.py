"""控制台, before the day: what is ready and what is not, each with the page where it is done."""

from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw, DrawState, InvitationState
from mingcha.domain.draws.queries import (
    announcement_of,
    discipline_body_for,
    invented_sources,
    report_for,
    taken_before,
)
from mingcha.domain.draws.rules import LEAST_WITNESSES
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.queries import confirmations_needed, outlook_of
from mingcha.web.desk.draw_scene import Scene
from mingcha.web.shared.templatetags.mingcha import moment

REHEARSED = (DrawState.RESULT, DrawState.SIGNED)


class Task(NamedTuple):
    """`done` is None where there is nothing to tick, only something to look at."""

    label: str
    told: str
    done: bool | None
    act: str = ""
    address: str = ""
    posts: bool = False

    @property
    def is_open(self) -> bool:
        return self.done is False


def tasks_of(scene: Scene) -> list[Task]:
    """Only while seats are free; a rehearsal needs neither approval nor announcement nor invitations."""
    draw = scene.draw
    if not draw.takes_seats:
        return []
    if draw.is_rehearsal:
        return [_invented_frame(draw), _key(scene), _devices(draw)]
    return [
        _approval(scene),
        *_registers(scene),
        *_frame(scene),
        _report(draw),
        _announcement(draw),
        _witnesses(draw),
        _key(scene),
        _devices(draw),
        _rehearsal(draw),
    ]


def _to(view: str, draw: Draw) -> str:
    return reverse(f"desk:{view}", args=[draw.pk])


def _approval(scene: Scene) -> Task:
    campaign = scene.draw.campaign
    told = _("%s 批准") % moment(campaign.approved_at) if campaign.approved_at else _("还没有批准")
    address = reverse("desk:campaign_detail", args=[campaign.pk]) if scene.opens_campaign else ""
    return Task(_("任务已批准"), told, campaign.approved_at is not None, _("看任务"), address)


def _registers(scene: Scene) -> list[Task]:
    """Each owner's word that the own register is complete; nothing where no rule asks for it."""
    needed = confirmations_needed(scene.draw.campaign, on=timezone.localdate())
    if not needed:
        return []
    missing = [one for one in needed if not one.valid]
    if not missing:
        return [Task(_("两库由各方更新确认"), _("%d 份都已确认，在有效期内") % len(needed), True)]
    own = set(reach(scene.user, Permission.REGISTER_CONFIRM).values_list("pk", flat=True))
    mine = next((one for one in missing if one.department.pk in own), None)
    address = reverse("desk:register_confirm", args=[mine.department.pk, mine.register.lower()]) if mine else ""
    owners = "、".join(f"{one.department.short_name}（{one.register.label}）" for one in missing)
    return [Task(_("两库由各方更新确认"), _("等确认：%s") % owners, False, _("去确认"), address)]


def _frame(scene: Scene) -> list[Task]:
    """Counted from the whole register, and so not again for every witness who sits down: the freeze counts anyway."""
    draw, campaign = scene.draw, scene.draw.campaign
    if scene.seats:
        address = _to("draw_frame", draw)
        return [Task(_("入抽、排除和分层"), _("冻结前的页面逐项列出"), None, _("看名单"), address)]
    outlook = outlook_of(campaign, on=timezone.localdate(), taken=taken_before(campaign))
    out = sum(number for _reason, number in outlook.reasons)
    empty = [size.stratum.label for size in outlook.sizes if not size.population]
    sizes = _("共抽 %(take)d 户，分 %(strata)d 层") % {"take": outlook.take, "strata": len(outlook.sizes)}
    if empty:
        sizes += _("；没有对象的层：%s") % "、".join(empty)
    address = _to("draw_frame", draw)
    return [
        Task(
            _("入抽名单和排除名单"),
            _("入抽 %(in)d 户，排除 %(out)d 户，逐户有原因") % {"in": outlook.population, "out": out},
            outlook.population > 0,
            _("看名单"),
            address,
        ),
        Task(_("分层和抽取户数"), sizes, outlook.take > 0, _("看分层"), f"{address}#strata"),
    ]


def _invented_frame(draw: Draw) -> Task:
    sources = invented_sources(draw.campaign)
    told = _("虚构企业 %(in)d 户，抽 %(take)d 户") % {"in": len(sources.frame), "take": sources.places}
    return Task(_("演练名单"), told, bool(sources.frame), _("看名单"), _to("draw_frame", draw))


def _report(draw: Draw) -> Task:
    report = report_for(draw)
    told = (
        _("%(at)s 用 %(n)d 个演练种子算出") % {"at": moment(report.made_at), "n": report.seeds}
        if report
        else _("后台正在算，几分钟后有；现在可以先看户数")
    )
    return Task(_("可预测性报告"), told, None, _("看报告"), _to("draw_report", draw))


def _announcement(draw: Draw) -> Task:
    made = announcement_of(draw)
    told = (
        _("%(at)s，%(place)s") % {"at": moment(made.held_at), "place": made.place}
        if made
        else _("公开专栏上还没有时间和地点")
    )
    act = _("看公告") if made else _("发布公告")
    return Task(_("抽取公告"), told, made is not None, act, _to("draw_announce", draw))


def _witnesses(draw: Draw) -> Task:
    counts = draw.invitations.aggregate(
        invited=Count("pk", filter=Q(state=InvitationState.INVITED)),
        asked=Count("pk", filter=Q(state=InvitationState.ASKED)),
    )
    told = _("已邀请 %d 位") % counts["invited"]
    if counts["asked"]:
        told += _("，%d 个群众申请等答复") % counts["asked"]
    done = counts["invited"] >= LEAST_WITNESSES and not counts["asked"]
    return Task(_("邀请见证人"), told, done, _("邀请和答复"), _to("draw_witnesses", draw))


def _key(scene: Scene) -> Task:
    body = discipline_body_for(scene.draw.department)
    told = _("密封副本交给%s") % body.name if body else _("没有登记密封公钥的纪检监察机构，登记前不能冻结")
    # The keeper or the officer registers it, in their own place: nothing for the host to press.
    return Task(_("纪检监察机构的密封公钥"), told, body is not None)


def _devices(draw: Draw) -> Task:
    return Task(_("设备检查单"), _("投影、打印机、备用手机、20 个十面骰子"), None, _("打印"), _to("draw_devices", draw))


def _rehearsal(draw: Draw) -> Task:
    label = _("演练一次")
    rehearsals = list(draw.campaign.draws.filter(is_rehearsal=True).order_by("-opened_at", "-pk"))
    finished = next((one for one in rehearsals if one.state in REHEARSED), None)
    if finished is not None:
        told = _("%s 已走完全程") % finished.number
        return Task(label, told, True, _("看演练"), _to("draw_detail", finished))
    running = next((one for one in rehearsals if not one.is_over), None)
    if running is not None:
        told = _("%s 正在进行") % running.number
        return Task(label, told, False, _("继续演练"), _to("draw_detail", running))
    start = reverse("desk:draw_rehearse", args=[draw.campaign_id])
    return Task(label, _("虚构企业，约两分钟，不影响正式抽取"), False, _("开始演练"), start, posts=True)
