"""Working days. Nobody knows a year before the State Council has announced it: such a day is provisional."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mingcha.domain.policy.models import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = 4
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DueDay:
    """A day reached by counting; provisional when a year on the way is not known."""

    on: date
    provisional: bool


@dataclass(frozen=True)
class CountedDay:
    """One day on the way: worked or not, and what it is called when it is not what its weekday says."""

    on: date
    is_workday: bool
    name: str

    @property
    def is_exception(self) -> bool:
        return self.is_workday != is_plain_workday(self.on)


def is_plain_workday(on: date) -> bool:
    """What the weekday alone says: Monday to Friday."""
    return on.weekday() <= FRIDAY


def is_workday(on: date, calendar: Calendar) -> bool:
    """Is this day worked? In a year that is not known, Monday to Friday is the guess."""
    return calendar.days.get(on, is_plain_workday(on))


def working_days_after(on: date, count: int, calendar: Calendar) -> DueDay:
    """Day 0 is the day of the event; counting starts with the next working day."""
    return _count(on, count, ONE_DAY, calendar)


def working_days_before(on: date, count: int, calendar: Calendar) -> DueDay:
    """The working day from which `count` more lead up to `on`."""
    return _count(on, count, -ONE_DAY, calendar)


def _count(on: date, count: int, step: timedelta, calendar: Calendar) -> DueDay:
    provisional = False
    while count > 0:
        on += step
        provisional = provisional or on.year not in calendar.known_years
        count -= is_workday(on, calendar)
    return DueDay(on, provisional)


def days_until(after: date, until: date, calendar: Calendar) -> Iterator[CountedDay]:
    """Every day from the one after `after` to `until`, with what the calendar says of it."""
    on = after + ONE_DAY
    while on <= until:
        yield CountedDay(on, is_workday(on, calendar), calendar.names.get(on, ""))
        on += ONE_DAY


def end_of_day(on: date) -> datetime:
    """The last moment of a day in Shanghai: what 24:00 of that day means for a deadline."""
    return datetime.combine(on, time.max, tzinfo=SHANGHAI)
