"""控制台: the one next step of whoever looks, and what pressing it makes final."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import DrawState
from mingcha.domain.draws.queries import list_is_public, when_public
from mingcha.domain.draws.rules import LEAST_WITNESSES
from mingcha.web.desk.draw_scene import Scene
from mingcha.web.desk.draw_tasks import Task


class Step(NamedTuple):
    """What to do now; without `label` there is nothing to press, only to wait for."""

    words: str
    label: str = ""
    address: str = ""
    caution: str = ""
    posts: bool = False
    look: str = "btn-primary"


def _to(scene: Scene, view: str, *rest: object) -> str:
    return reverse(f"desk:{view}", args=[scene.draw.pk, *rest])


def next_step(scene: Scene, tasks: list[Task]) -> Step:
    """For this person, in this phase; a stop that waits for its second person comes before everything."""
    draw, rights = scene.draw, scene.rights
    if draw.may_be_aborted and draw.abort_proposed_by_id:
        return _abort(scene)
    if draw.may_be_voided and draw.void_proposed_by_id and rights.may_sign_discipline:
        return Step(
            _("%s提出宣告无效，等您确认或不确认。") % _name(draw.void_proposed_by),
            _("去确认宣告无效…"),
            _to(scene, "draw_void_confirm"),
            _("确认后不能恢复；已抽中的企业仍要检查。") if draw.has_result else _("确认后不能恢复。"),
        )
    if draw.takes_seats:
        return _before(scene, tasks)
    return IN_PHASE[DrawState(draw.state)](scene)


def _name(person: object) -> str:
    return getattr(person, "full_name", "")


def _abort(scene: Scene) -> Step:
    draw, rights = scene.draw, scene.rights
    proposer = _name(draw.abort_proposed_by)
    if draw.abort_proposed_by != scene.user and (rights.may_sign_agency or rights.may_sign_discipline):
        return Step(
            _("%s提出中止，等您确认或不确认。") % proposer,
            _("去确认中止…"),
            _to(scene, "draw_abort_confirm"),
            _("确认后编号作废，不能恢复。"),
        )
    return Step(_("%s提出中止，等部门负责人或纪检监察人员确认；不确认的，抽取照常进行。") % proposer)


def _before(scene: Scene, tasks: list[Task]) -> Step:
    rights, seated = scene.rights, len(scene.seats)
    if scene.enough_seats and (rights.may_run or rights.may_sign_agency):
        return Step(
            _("见证人已入席 %d 位。核对人都在场，再看一遍将要锁定的内容，然后冻结。") % seated,
            _("冻结名单…"),
            _to(scene, "draw_freeze"),
            _("冻结后不能修改名单，也不能再入席。"),
        )
    mine = next((task for task in tasks if task.is_open and task.address), None) if rights.may_run else None
    if mine is not None:
        return Step(_("准备工作还没有做完，下一项：%s。") % mine.label, mine.act, mine.address, posts=mine.posts)
    if scene.enough_seats:
        return Step(_("见证人已入席 %d 位，等经办人冻结名单。") % seated)
    return Step(
        _("打开大屏，等见证人用手机扫码入席：已入席 %(seated)d 位，至少 %(least)d 位才能冻结名单。")
        % {"seated": seated, "least": LEAST_WITNESSES}
    )


def _frozen(scene: Scene) -> Step:
    names = "、".join(seat.name for seat in scene.uncommitted)
    return Step(_("名单已锁定。等见证人在手机上生成并封存随机数，还差：%s。") % names)


def _committed(scene: Scene) -> Step:
    if scene.draw.copies_checked_at is None:
        return _copies(scene)
    if not scene.rights.may_type or scene.draw.copies_checked_by_id == scene.user.pk:
        return Step(_("掷骰，由两个人各自录入 20 位数字，一致才算数。"))
    last = _("两人一致后谁也不能再改，也不能再中止。")
    if scene.own_entry is None:
        words = _("读出冻结摘要，掷骰，然后录入您自己读到的 20 位数字。")
        return Step(words, _("录入骰子"), _to(scene, "draw_dice"), last)
    if scene.apart or scene.values_apart:
        words = _("两个人的录入不一致。对照桌上的骰子核对您的录入，录错的人更正。")
        return Step(words, _("核对我的录入"), _to(scene, "draw_dice"), last)
    return Step(_("您已录入，等另一个人录入同样的数字。"), _("更正我的录入"), _to(scene, "draw_dice"), look="")


def _copies(scene: Scene) -> Step:
    if scene.rights.may_sign_discipline:
        words = _("用本机构的私钥逐份打开密封副本，核对一致后才能掷骰。")
        return Step(words, _("核对密封副本…"), _to(scene, "draw_copies"), _("确认一致后不能撤回。"))
    return Step(_("等纪检监察人员核对密封副本；核对完才能掷骰。"))


def _dice(scene: Scene) -> Step:
    names = "、".join(seat.name for seat in scene.unopened)
    words = _("等见证人在手机上开封，还差：%s。最后一位开封后系统自动开封并产生结果。") % names
    if not scene.rights.may_sign_discipline:
        return Step(words)
    return Step(
        words,
        _("用密封副本开封"),
        _to(scene, "draw_unseal"),
        _("只在见证人不能或不愿开封时使用，开封后不能撤回。"),
        look="",
    )


def _opened(scene: Scene) -> Step:
    words = _("服务器打不开自己的随机数，由纪检监察人员用密封副本开封。")
    if not scene.rights.may_sign_discipline:
        return Step(words)
    return Step(words, _("用密封副本开封"), _to(scene, "draw_unseal"), _("开封后立即产生结果，不能撤回。"))


def _result(scene: Scene) -> Step:
    rights = scene.rights
    if scene.is_blocked:
        if rights.may_sign_agency and not scene.draw.void_proposed_by_id:
            words = _("必须签字的席位没有签字确认，这次抽取不能生效，只能依规宣告无效。")
            return Step(words, _("提出宣告无效…"), _to(scene, "draw_void"), _("已抽中的企业仍要检查。"), look="")
        return Step(_("必须签字的席位没有签字确认。由承办机构负责人提出、纪检监察人员确认宣告无效。"))
    for seat, allowed, label in (
        ("agency", rights.may_sign_agency, _("代表承办机构签字…")),
        ("discipline", rights.may_sign_discipline, _("代表纪检监察机构签字…")),
    ):
        if allowed and seat in scene.unsigned:
            words = _("结果已经确定，核对摘要后签字。")
            return Step(words, label, _to(scene, "draw_sign", seat), _("签后不能更改。"))
    return Step(_("结果已经确定，等承办机构和纪检监察机构签字。"))


def _signed(scene: Scene) -> Step:
    draw = scene.draw
    if draw.is_rehearsal:
        return _to_the_campaign(scene, _("演练完成，到此为止：不生效、不派发，也不影响正式抽取。"))
    if not scene.rights.may_run:
        return Step(_("签字齐全，等经办人生效并派发检查。"))
    disputed = draw.void_proposed_by_id is not None
    words = (
        _("负责人提出宣告无效，先等纪检监察人员确认或不确认；不确认的，照常生效。")
        if disputed
        else _("签字齐全。生效后检查任务派到人员手机上。")
    )
    last = _("生效后不能宣告无效，只能按规定递补。")
    look = "" if disputed else "btn-seal"
    return Step(words, _("生效并派发"), _to(scene, "inspection_dispatch"), last, posts=True, look=look)


def _to_the_campaign(scene: Scene, words: str) -> Step:
    """For those who may open it."""
    if not (scene.rights.may_run or scene.rights.may_sign_agency):
        return Step(words)
    return Step(words, _("看抽查任务"), reverse("desk:campaign_detail", args=[scene.draw.campaign_id]), look="")


def _in_force(scene: Scene) -> Step:
    number = scene.draw.number
    words = (
        _("抽取已生效，名单不再变动。任何人都能在公开页面核验。")
        if list_is_public(scene.draw, now=timezone.now())
        else _("抽取已生效，名单不再变动。%s") % when_public(scene.draw)
    )
    return Step(words, _("看公开的核验页"), reverse("portal:verification", args=[number]), look="")


def _ended(scene: Scene) -> Step:
    draw = scene.draw
    words = _("这次抽取已中止，编号作废并永久公开。") if draw.is_aborted else _("这次抽取已宣告无效，理由永久公开。")
    if draw.is_rehearsal:
        return _to_the_campaign(scene, words)
    if draw.has_result:
        words += _("已抽中的企业并入下一次的检查。")
    return _to_the_campaign(scene, words + _("任务另开编号重新抽取。"))


IN_PHASE: Mapping[DrawState, Callable[[Scene], Step]] = {
    DrawState.FROZEN: _frozen,
    DrawState.COMMITTED: _committed,
    DrawState.DICE: _dice,
    DrawState.OPENED: _opened,
    DrawState.RESULT: _result,
    DrawState.SIGNED: _signed,
    DrawState.IN_FORCE: _in_force,
    DrawState.ABORTED: _ended,
    DrawState.VOIDED: _ended,
}
