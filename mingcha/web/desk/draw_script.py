"""What the host reads aloud in each phase, and one line for each thing that goes wrong in a hall."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.draws.models import DrawState
from mingcha.domain.draws.queries import room_sees_names, spoken_digest
from mingcha.web.desk.draw_scene import Scene

S = DrawState
REHEARSED = _("这是演练：企业和人员都是虚构的，结果不作数。")
SCRIPT: Mapping[str, tuple[StrOrPromise, ...]] = {
    S.SEATS: (
        _("各位好，今天公开抽取“%(title)s”，抽取编号 %(number)s。"),
        _("请见证人用手机扫大屏上的码，填写姓名、单位和身份入席；现在已入席 %(seats)d 位。"),
        _("名单冻结以后谁也不能再改；抽到谁由在场每个人的随机数和骰子共同决定，系统一家说了不算。"),
    ),
    S.FROZEN: (
        _("名单已经冻结：%(frame)d 户里要抽 %(take)d 户。名单摘要读作：%(rules)s。请对照自己的手机。"),
        _("系统已经先把自己的随机数封好。现在请每位见证人在手机上按“生成”，再按“封存”。"),
        _("数字留在您自己的手机里，现场看到的只是封条；还差 %(waiting)d 位。"),
    ),
    S.COMMITTED: (
        _("各方都封好了。冻结摘要读作：%(freeze)s。请对照自己的手机，不一样的马上举手。"),
        _("请见证人轮流掷骰，一共 20 位；滚落桌面或没有放平的，读数之前重掷。"),
        _("两个人分别录入，互不相看。录入一致以后，谁也不能再叫停。"),
    ),
    S.DICE: (
        _("骰子已经定了。请每位见证人在手机上按“开封”；还差 %(shut)d 位。"),
        _("最后一位开封后，系统自动开封，结果当场算出来，没有人能再停下来。"),
    ),
    S.OPENED: (
        _("见证人都已开封。服务器打不开自己的随机数，由纪检监察人员打开密封副本。"),
        _("副本里的数字要与事先公布的封条一致才算数，请看大屏。"),
    ),
    S.RESULT: (
        _("结果在种子产生的那一刻就已确定，大屏上是逐条展示。"),
        _("哪位想看哪家企业，报出名字，我们当场查给大家看：它的号码是多少，线在哪里。"),
        _("请承办机构和纪检监察机构签字；见证人可以在手机上签字，也可以写下保留意见。"),
    ),
    S.SIGNED: (
        _("签字齐全。记录单当场打印，公开页面用手机就能核验。"),
        _("从检查到公示，每一步都会在公开专栏看到。谢谢各位见证。"),
    ),
    S.ABORTED: (_("抽取 %(number)s 已中止，编号作废，理由永久公开。任务另开编号重新抽取。"),),
    S.VOIDED: (_("抽取 %(number)s 已宣告无效，理由永久公开。任务另开编号重新抽取。"),),
}
# In the place of the lines of a phase, in a particular situation.
COPIES_FIRST = (
    _("各方都封好了。请纪检监察人员在自己的电脑上逐份打开密封副本核对，大约一分钟。"),
    _("哪部手机坏了，就靠这份副本继续；没有核对过的副本不能用，所以核对完才掷骰。"),
)
VOID_WITH_RESULT = (_("抽取 %(number)s 已宣告无效，理由永久公开。已经抽中的企业仍要检查，不能借重抽换掉任何一家。"),)
SEALED_RESULT = (
    _("结果已经确定。按计划，名单在%(when)s公开，今天只公布户数和摘要，现场不念任何一家企业。"),
    _("到公开那天，任何人都能用今天的摘要核对名单有没有换过。"),
    _("请承办机构和纪检监察机构签字；见证人可以在手机上签字，也可以写下保留意见。"),
)


class Trouble(NamedTuple):
    """A line of the panic card."""

    what: StrOrPromise
    remedy: StrOrPromise


PANIC = (
    Trouble(_("停电"), _("每一步都已存在服务器上。来电后重新打开本页，从同一步继续，不用重来。")),
    Trouble(_("断网"), _("见证人手机走移动网络不受影响；本机改用手机热点，恢复后各屏自动跟上。")),
    Trouble(_("投影坏了"), _("在任何一台电脑上打开大屏地址、输入配对码，就是同一画面；也可以只看手机。")),
    Trouble(
        _("见证人身体不适"),
        _("先照顾人。没封存的，等他回来，或由两人中止后另开编号；已封存的，开封时用密封副本代开。"),
    ),
    Trouble(_("有人抗议"), _("让他入席的手机按“我有异议”写下来，永久公开；抽取照常进行，不争论，不重来。")),
)


def script_of(scene: Scene) -> list[str]:
    """The two or three sentences of this moment."""
    lines = [str(line) % _figures(scene) for line in _lines(scene)]
    return [str(REHEARSED), *lines] if scene.draw.is_rehearsal and lines else lines


def _lines(scene: Scene) -> tuple[StrOrPromise, ...]:
    draw = scene.draw
    if draw.state == S.COMMITTED and draw.copies_checked_at is None:
        return COPIES_FIRST
    if draw.state == S.RESULT and not room_sees_names(draw, now=scene.now):
        return SEALED_RESULT
    if draw.is_voided and draw.has_result and not draw.is_rehearsal:
        return VOID_WITH_RESULT
    return SCRIPT.get(draw.state, ())


def _figures(scene: Scene) -> dict[str, object]:
    draw = scene.draw
    sizes = draw.forecast.get("sizes", [])
    return {
        "title": draw.campaign.title,
        "number": draw.number,
        "seats": len(scene.seats),
        "waiting": len(scene.uncommitted),
        "shut": len(scene.unopened),
        "frame": draw.forecast.get("frame", 0),
        "take": sum(size["take"] for size in sizes),
        "rules": _spoken(draw.rules_digest),
        "freeze": _spoken(draw.freeze_digest),
        "when": draw.campaign.get_list_timing_display(),
    }


def _spoken(digest: str) -> str:
    words = spoken_digest(digest)
    return "、".join(words["words"]) if words else ""
