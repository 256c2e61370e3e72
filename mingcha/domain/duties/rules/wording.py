"""Moments, spans and skipped days in the words of an explanation."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.policy.rules import CountedDay

WEEKDAYS = "一二三四五六日"
COUNTED_IN_HOURS = 72


def moment(at: datetime) -> str:
    """2026年11月26日 16:20; the last moment of a day is said as its 24:00."""
    local = timezone.localtime(at)
    clock = "24:00" if local.time() == time.max else f"{local:%H:%M}"
    return f"{local.year}年{local.month}月{local.day}日 {clock}"


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def span(length: timedelta) -> str:
    """31 小时 10 分; from three days on, 18 天 4 小时. Rounded down, so that what is left is never overstated."""
    minutes = int(length.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    if hours >= COUNTED_IN_HOURS:
        return _("%(days)d 天 %(hours)d 小时") % {"days": hours // 24, "hours": hours % 24}
    if hours == 0:
        return _("%d 分") % minutes
    return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": minutes}


def skipped(days: Iterable[CountedDay]) -> list[str]:
    """What was not counted, and what was counted although it is a weekend: the calendar strip in words."""
    lines = []
    for (worked, name), group in groupby(days, key=_sort_of):
        run = list(group)
        if worked and name:
            lines.append(_("%(days)s 调休上班（%(name)s），计入") % {"days": _run(run), "name": name})
        elif not worked:
            lines.append(_("%(days)s %(name)s，不计") % {"days": _run(run), "name": name or _("周末")})
    return lines


def _sort_of(counted: CountedDay) -> tuple[bool, str]:
    """Neighbouring days of one sort are said together; a plain working day has no name."""
    return counted.is_workday, counted.name if counted.is_exception or not counted.is_workday else ""


def _run(run: list[CountedDay]) -> str:
    first, last = run[0].on, run[-1].on
    text = f"{first.month}月{first.day}日（周{WEEKDAYS[first.weekday()]}）"
    if last == first:
        return text
    return _("%(first)s至%(last)s") % {
        "first": text,
        "last": f"{last.month}月{last.day}日（周{WEEKDAYS[last.weekday()]}）",
    }
