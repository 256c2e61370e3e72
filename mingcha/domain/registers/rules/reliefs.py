"""Whether a subject may be left out of a department's draws for a time."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from mingcha.domain.policy.rules import Clause
from mingcha.domain.registers.models import Relief, Subject
from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.domain.registers.states import SubjectState
from mingcha.kit.errors import Refused

# No rule in hand says how long “一定期限” is; whoever decides for longer decides again. An operating bound, not law.
LONGEST_YEARS = 3
LONGEST_REASON = 300
MOST_AT_ONCE = 500
MOST_NAMED = 10  # in one message


def check_relief(*, kind: str, since: date, until: date, reason: str, today: date, clause: Clause | None) -> None:
    """A known kind that the rules of the place know, for a time that lies ahead, with its reason."""
    if kind not in Relief.Kind.values:
        raise Refused(_("没有这一种决定，重新选择"), field="kind")
    if kind == Relief.Kind.CLEAN_YEARS and clause is None:
        raise Refused(_("本地规则没有“连续良好可免于抽查”这一条，不能作免检决定；由协调机构在“规则与日历”中补充"))
    if since < today:
        raise Refused(_("开始日已经过去，免检不能往前算，改为今天或更晚"), field="since")
    if until < since:
        raise Refused(_("结束日早于开始日 %s，改为同一天或更晚") % since.isoformat(), field="until")
    if until > years_later(since, LONGEST_YEARS):
        raise Refused(_("期限超过 %d 年，缩短；到期可以再作决定") % LONGEST_YEARS, field="until")
    check_relief_reason(reason)


def check_relief_reason(reason: str) -> None:
    """Why, so that others can judge it."""
    if not reason.strip():
        raise Refused(_("没有写理由，补上后再提交"), field="reason")
    wrong = wrong_text(reason.strip().replace("\r\n", " ").replace("\n", " "), longest=LONGEST_REASON)
    if wrong:
        raise Refused(_("理由%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="reason")


class Misfit(NamedTuple):
    """A firm that was chosen and cannot be decided about."""

    name: str
    why: str


def check_chosen(*, chosen: int) -> None:
    """Some, and not too many to have been looked at."""
    if not chosen:
        raise Refused(_("没有选对象，先在名单里勾选"))
    if chosen > MOST_AT_ONCE:
        raise Refused(_("一次最多决定 %d 户，分几次办理") % MOST_AT_ONCE)


def why_not(subject: Subject, *, is_inside: bool, is_decided: bool) -> str:
    """What keeps one firm from being decided about; the first reason that holds."""
    if not is_inside:
        return _("不在本部门的区划内")
    if subject.state not in {SubjectState.OPEN, SubjectState.STALE}:
        return str(subject.get_state_display())
    return _("已有这种决定") if is_decided else _("已不符合连续良好的条件")


def check_fitting(misfits: Sequence[Misfit], *, count: int) -> None:
    """Every one of them fits; of those that do not, each that the person may see is named with its reason."""
    if not count:
        return
    named = [_("%(name)s（%(why)s）") % misfit._asdict() for misfit in misfits[:MOST_NAMED]]
    if len(named) < count:
        named.append(_("另有 %d 户不在名录里或没有列出") % (count - len(named)))
    told = {"count": count, "named": _("、").join(named)}
    raise Refused(_("选中的有 %(count)d 户不能决定：%(named)s；重新选择") % told)


def check_lapsable(relief: Relief, *, on: date) -> None:
    """What has ended is not ended again."""
    if relief.lapsed_on is not None or relief.until < on:
        raise Refused(_("这项决定已经失效，不用再终止"))


def years_later(on: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)
