"""Moments, spans and skipped days in the words of an explanation."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.policy.rules import CountedDay

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
    holidays, weekends, worked = [], [], []
    for is_workday, group in groupby(days, key=lambda counted: counted.is_workday):
        run = list(group)
        name = next((counted.name for counted in run if counted.name), "")
        if is_workday:
            worked += [_named([counted], counted.name) for counted in run if counted.is_exception]
        elif name:
            holidays.append(_named(run, name))
        else:
            weekends.append(_run(run))
    if weekends:
        holidays.append(_("周末 %s") % "、".join(weekends))
    lines = [_("不计 %s") % "；".join(holidays)] if holidays else []
    return [*lines, _("计入 %s") % "；".join(worked)] if worked else lines


def _named(run: list[CountedDay], name: str) -> str:
    return _("%(days)s（%(name)s）") % {"days": _run(run), "name": name}


def _run(run: list[CountedDay]) -> str:
    """10月1日至7日; 10月31日至11月1日."""
    first, last = run[0].on, run[-1].on
    text = f"{first.month}月{first.day}日"
    if last == first:
        return text
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return _("%(first)s至%(last)s") % {"first": text, "last": end}
