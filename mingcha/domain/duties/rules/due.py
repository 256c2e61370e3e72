"""When a duty is due, step by step, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.rules.wording import day, moment, skipped
from mingcha.domain.policy.models import Calendar
from mingcha.domain.policy.rules import Clause, days_until, end_of_day, working_days_after, working_days_before

STARTS: Mapping[str, StrOrPromise] = {
    DutyKind.ENTRY: gettext_lazy("检查结束 %s"),
    DutyKind.CAMPAIGN_END: gettext_lazy("任务开始 %s"),
    DutyKind.PUBLISH_RESULT: gettext_lazy("从 %s 起算"),
}
# By the codes of publish_from: 自联查工作结束之日起, or from the end of each visit.
COUNTED_FROM: Mapping[str, StrOrPromise] = {
    "CAMPAIGN_END": gettext_lazy("抽查工作结束 %s"),
    "INSPECTION_END": gettext_lazy("检查结束 %s"),
}


@dataclass(frozen=True)
class Due:
    """The last moment, whether the calendar behind it is a guess, and how it was reckoned."""

    at: datetime
    provisional: bool
    steps: list[str]


def due_for(
    kind: str,
    *,
    event_at: datetime,
    clause: Clause,
    calendar: Calendar,
    limit: datetime | None = None,
    counted_from: str = "",
    with_entry: bool = False,
) -> Due:
    """Clock hours for an entry (the campaign's end may bind earlier), working days for a publication.

    `counted_from`: the event that the rules name as the start; `with_entry`: shown to the public with the entry.
    """
    start = [str(COUNTED_FROM.get(counted_from) or STARTS[kind]) % moment(event_at)]
    if with_entry:
        start.append(_("录入后自动公示（审核通过即公示），与录入同一期限"))
    if clause.unit == "hours":
        return _after_hours(start, event_at, clause, limit)
    if clause.unit == "working_days":
        return _after_working_days(start, event_at, clause, calendar)
    if limit is None:
        raise ValueError(f"{kind}: {clause.key} gives no length, so a limit is needed")
    return Due(limit, False, [*start, _("最迟 %s，即任务的检查结束日") % moment(limit)])


def _after_hours(start: list[str], event_at: datetime, clause: Clause, limit: datetime | None) -> Due:
    at = event_at + timedelta(hours=clause.number)
    steps = [*start, _("加 %d 小时（含周末和节假日）") % clause.number]
    if limit is None:
        return Due(at, False, [*steps, _("最迟 %s") % moment(at)])
    places = {"own": moment(at), "limit": moment(limit)}
    if limit < at:
        steps.append(_("得 %(own)s；任务结束 %(limit)s 更早，以任务结束为准") % places)
    else:
        steps.append(_("得 %(own)s；任务结束 %(limit)s 不早于它，以小时数为准") % places)
    return Due(min(at, limit), False, [*steps, _("最迟 %s") % moment(min(at, limit))])


def _after_working_days(start: list[str], event_at: datetime, clause: Clause, calendar: Calendar) -> Due:
    event_on = timezone.localdate(event_at)
    due = working_days_after(event_on, clause.number, calendar)
    at = end_of_day(due.on)
    steps = [
        *start,
        _("加 %(count)d 个工作日，从 %(day)s 之后的第一个工作日数起") % {"count": clause.number, "day": day(event_on)},
        *skipped(days_until(event_on, due.on, calendar)),
        _("最迟 %s") % moment(at),
    ]
    if due.provisional:
        steps.append(_("其中有的年份放假安排尚未公布，暂按周一至周五估算"))
    return Due(at, due.provisional, steps)


def warning_for(due: Due, *, clause: Clause | None, calendar: Calendar) -> datetime | None:
    """When the light turns yellow; never, where the rules set no warning."""
    if clause is None:
        return None
    if clause.unit == "hours":
        return due.at - timedelta(hours=clause.number)
    # “3 working days left”: the third last working day, the due day counted, is the first yellow one.
    last = timezone.localdate(due.at) + timedelta(days=1)
    first = working_days_before(last, clause.number, calendar).on
    return timezone.make_aware(datetime.combine(first, datetime.min.time()))
