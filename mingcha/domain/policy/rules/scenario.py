"""One campaign, planned under a place's rules: what they would ask of it. Pure; clocks are reckoned by `duties`."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from mingcha.domain.policy.rules.clauses import Clause
from mingcha.domain.policy.rules.wording import words_of

Said = Mapping[str, Clause]
MONTHS_A_QUARTER = 3
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Scenario:
    """The campaign that is planned in several places at once."""

    firms: int
    foreign_share: Decimal
    share: Decimal
    joint: bool
    departments: int
    starts_on: date
    ends_on: date
    inspection_ended_at: datetime


@dataclass(frozen=True)
class Answer:
    """What the rules make of one question, and the clauses that say so; none where they are silent."""

    words: str
    clauses: tuple[Clause, ...] = ()


def said_by(clauses: Iterable[Clause]) -> Said:
    return {clause.key: clause for clause in clauses}


def quoted(said: Said, *keys: str) -> tuple[Clause, ...]:
    """The clauses of these keys that the place has."""
    return tuple(said[key] for key in keys if key in said)


def take_of(share: Decimal, firms: int) -> int:
    """How many a share is, rounded up: a floor is never undercut by rounding."""
    return int((share * firms).to_integral_value(ROUND_CEILING))


def on_day(value: str, year: int) -> date:
    """01-31 in a year; 02-29 is the last of February where there is no other."""
    month, day = (int(part) for part in value.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def quarter_end(on: date) -> date:
    """The last day of the quarter that a day lies in."""
    month = (on.month - 1) // MONTHS_A_QUARTER * MONTHS_A_QUARTER + MONTHS_A_QUARTER
    return date(on.year, month, monthrange(on.year, month)[1])


def last_week_of_quarter(on: date) -> tuple[date, date]:
    """The last seven days of the quarter that a day lies in."""
    last = quarter_end(on)
    return last - WEEK, last


def smallest_take(said: Said, scenario: Scenario) -> Answer:
    """The floor, where there is one; without it what was planned is drawn."""
    drawn = take_of(scenario.share, scenario.firms)
    floor = said.get("min_ratio")
    if floor is None:
        return Answer(_("没有下限：按拟定比例抽 %d 户") % drawn)
    least = take_of(floor.share, scenario.firms)
    numbers = {"least": least, "share": words_of(floor), "drawn": drawn}
    if scenario.share < floor.share:
        words = _("至少 %(least)d 户（%(share)s）；拟抽 %(drawn)d 户低于下限，要写明理由并经批准") % numbers
    else:
        words = _("至少 %(least)d 户（%(share)s）；拟抽 %(drawn)d 户，够") % numbers
    return Answer(words, (floor,))


def foreign_take(said: Said, scenario: Scenario) -> Answer:
    """What foreign firms may be raised to: neither a floor nor a ceiling."""
    foreign = int((scenario.foreign_share * scenario.firms).to_integral_value(ROUND_HALF_UP))
    numbers = {"foreign": foreign, "drawn": take_of(scenario.share, foreign)}
    clause = said.get("foreign_ratio_up_to")
    if clause is None:
        return Answer(_("涉外 %(foreign)d 户与其他对象同一比例，抽 %(drawn)d 户") % numbers)
    raised = {**numbers, "raised": take_of(clause.share, foreign), "share": words_of(clause)}
    words = _(
        "涉外 %(foreign)d 户，按拟定比例抽 %(drawn)d 户；"
        "可以提高到 %(share)s，即 %(raised)d 户——可以提高，不是必须，也不封顶"
    )
    return Answer(words % raised, (clause,))


def approval(said: Said, scenario: Scenario) -> Answer:
    """Who has to agree before anything is drawn or visited."""
    parts = []
    if "plan_approver" in said:
        parts.append(_("计划和任务由%s审核，批准前不能抽取") % words_of(said["plan_approver"]))
    if "inspection_approver" in said:
        parts.append(_("入户检查要经%s批准") % words_of(said["inspection_approver"]))
    return Answer(_("；").join(parts) or _("没有规定由谁审核"), quoted(said, "plan_approver", "inspection_approver"))


def list_filing(said: Said, scenario: Scenario) -> Answer:
    """To whom the item list goes, and by when."""
    parts = []
    if "item_change_filed_with" in said:
        parts.append(_("清单报%s备案") % words_of(said["item_change_filed_with"]))
    if "item_list_due" in said:
        due = on_day(str(said["item_list_due"].value), scenario.starts_on.year)
        parts.append(_("%s 前报送") % due.isoformat())
    if "nil_return" in said:
        parts.append(_("没有调整也要报"))
    if "item_list_published" in said:
        parts.append(_("清单和调整向社会公布"))
    keys = ("item_change_filed_with", "item_list_due", "nil_return", "item_list_published")
    return Answer(_("；").join(parts) or _("没有规定报送"), quoted(said, *keys))


def plan_filing(said: Said, scenario: Scenario) -> Answer:
    """To whom the yearly plan goes, and by when; a joint campaign stands in the joint plan too."""
    parts = _filed(said, scenario, "annual_plan", _("年度计划"))
    keys = ["annual_plan_due", "annual_plan_filed_with", "annual_plan_outlets"]
    if "annual_plan_outlets" in said:
        parts.append(_("在%s公开") % words_of(said["annual_plan_outlets"]))
    if scenario.joint:
        parts += _filed(said, scenario, "joint_plan", _("联查工作计划"))
        keys += ["joint_plan_due", "joint_plan_filed_with"]
    return Answer(_("；").join(parts) or _("没有规定报送"), quoted(said, *keys))


def joint_list(said: Said, scenario: Scenario) -> Answer:
    """What a joint campaign needs beside the departments' own lists."""
    if not scenario.joint:
        return Answer(_("不是联合抽查，不需要联查清单"))
    parts = _filed(said, scenario, "joint_list", _("联查事项清单"))
    if "joint_list_approvers" in said:
        parts.insert(0, _("经%s分别审定") % words_of(said["joint_list_approvers"]))
    keys = ("joint_list_approvers", "joint_list_due", "joint_list_filed_with")
    return Answer(_("；").join(parts) or _("没有规定联查清单"), quoted(said, *keys))


def _filed(said: Said, scenario: Scenario, name: str, what: str) -> list[str]:
    """联查工作计划 2026-03-31 前报…备案, as far as the place says so."""
    due, bodies = said.get(f"{name}_due"), said.get(f"{name}_filed_with")
    if bodies is None:
        return []
    given = {"what": what, "bodies": words_of(bodies)}
    if due is None:
        return [_("%(what)s报%(bodies)s备案") % given]
    by = on_day(str(due.value), scenario.starts_on.year).isoformat()
    return [_("%(what)s %(by)s 前报%(bodies)s备案") % {**given, "by": by}]


def adjustment(said: Said, scenario: Scenario) -> Answer:
    """When a changed plan is handed in."""
    if "plan_adjustment_window" in said:
        first, last = last_week_of_quarter(scenario.starts_on)
        days = {"first": first.isoformat(), "last": last.isoformat()}
        words = _("在季度最后一周报送并公示：本季度是 %(first)s 至 %(last)s") % days
        return Answer(words, quoted(said, "plan_adjustment_window"))
    if "plan_adjustable" in said:
        return Answer(_("可以动态调整，没有规定时间"), quoted(said, "plan_adjustable"))
    return Answer(_("没有规定"))
