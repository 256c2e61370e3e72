"""What may be kept of a person of the roster beside the certificate."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Leave, StaffCategory
from mingcha.domain.registers.rules.entries import wrong_name, wrong_text
from mingcha.kit.errors import Refused

LONGEST = 60
LONGEST_TITLE = 200
MOST_HOURS = 500


def check_described(
    *, category: str, post: str, team: str, phone: str, item_codes: Collection[str], known: Collection[str]
) -> None:
    """A known category, short words, items of the own list only."""
    if category not in StaffCategory.values:
        raise Refused(_("没有这一类人员，选公务员、具有执法资格或从事日常监管"), field="category")
    for field, label, text in (
        ("post", _("岗位"), post),
        ("team", _("执法队伍"), team),
        ("phone", _("联系电话"), phone),
    ):
        wrong = wrong_text(text, longest=LONGEST if field != "phone" else LONGEST // 2)
        if wrong:
            raise Refused(
                _("%(label)s%(wrong)s，%(fix)s") % {"label": label, "wrong": wrong[0], "fix": wrong[1]}, field=field
            )
    strange = sorted(set(item_codes) - set(known))
    if strange:
        raise Refused(_("本部门现行清单里没有事项 %s，重新选择") % "、".join(strange), field="item_codes")


def check_changed(replaced: Collection[str]) -> None:
    """Something must differ."""
    if not replaced:
        raise Refused(_("和名录里现在的内容一样，没有可改的"))


def check_qualification(*, name: str, number: str, exists: bool) -> None:
    """A name, once a person."""
    wrong = wrong_name(name, longest=LONGEST)
    if wrong:
        raise Refused(_("资格%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="name")
    wrong = wrong_text(number, longest=LONGEST)
    if wrong:
        raise Refused(_("证号%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="number")
    if exists:
        raise Refused(_("已登记过“%s”，换证时先撤销旧的再登记") % name.strip(), field="name")


def check_leave(*, kind: str, since: date, until: date, remark: str, today: date, others: Iterable[Leave]) -> None:
    """From a day to a day that is not over, not inside another."""
    if kind not in Leave.Kind.values:
        raise Refused(_("没有这一种事由，选请假、脱产培训或借调"), field="kind")
    if until < since:
        raise Refused(_("结束日早于开始日 %s，改为同一天或更晚") % since.isoformat(), field="until")
    if until < today:
        raise Refused(_("这段时间已经过去，不影响以后的抽取，不用登记"), field="until")
    wrong = wrong_text(remark, longest=LONGEST_TITLE)
    if wrong:
        raise Refused(_("说明%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="remark")
    for other in others:
        if other.since <= until and since <= other.until:
            told = {"kind": other.get_kind_display(), "since": other.since, "until": other.until}
            raise Refused(_("%(since)s 至 %(until)s 已登记%(kind)s，时间重叠，先销掉那一段") % told, field="since")


def check_return(leave: Leave, *, on: date) -> None:
    """Whoever is back already cannot come back."""
    if leave.until < on:
        raise Refused(_("这段%(kind)s已在 %(until)s 结束") % {"kind": leave.get_kind_display(), "until": leave.until})


def check_training(*, on: date, title: str, hours: int, today: date, exists: bool) -> None:
    """Held, with a title and a number of hours, once."""
    if on > today:
        raise Refused(_("培训日期还没有到，办完再登记"), field="on")
    wrong = wrong_name(title, longest=LONGEST_TITLE)
    if wrong:
        raise Refused(_("培训内容%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="title")
    if not 1 <= hours <= MOST_HOURS:
        raise Refused(_("学时填 1 至 %d 的整数") % MOST_HOURS, field="hours")
    if exists:
        raise Refused(_("同一天的这项培训已经登记过"), field="title")
