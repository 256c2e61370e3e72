"""Whether rules and calendar may be changed so."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from mingcha.domain.policy.models import Calendar, Profile
from mingcha.domain.policy.rules.calendar import is_plain_workday
from mingcha.domain.policy.rules.calendar import is_workday as is_worked
from mingcha.domain.policy.rules.profiles import ProfileFile
from mingcha.kit.errors import Refused

LONGEST_HOLIDAY = 31


def check_adoptable(file: ProfileFile, *, digest: str, in_force: Iterable[Profile]) -> None:
    """Refuse an edition that is in force already, or begins before the one in force."""
    for present in in_force:
        if present.digest == digest:
            raise Refused(_("这份规则（%s）已经启用，不用再启用一次") % file.name, field="text")
        if file.effective_from < present.effective_from:
            raise Refused(
                _("这份规则自 %(new)s 起施行，早于正在施行的 %(old)s；改正 effective_from 后再启用")
                % {"new": file.effective_from.isoformat(), "old": present.effective_from.isoformat()},
                field="text",
            )


def check_amendable(on: date, until: date, *, is_workday: bool, name: str, source: str) -> None:
    """Refuse a change of the calendar that does not say what the day is called and which notice says so."""
    if until < on:
        raise Refused(_("最后一天早于第一天，对调后再存"), field="until")
    if (until - on).days >= LONGEST_HOLIDAY:
        raise Refused(_("一次最多录入 31 天，分几次录入"), field="until")
    if not name.strip():
        raise Refused(_("缺名称：写明是哪个节日，例如“春节”或“春节调休上班”"), field="name")
    if not source.strip():
        raise Refused(_("缺依据：写明放假安排的文号，例如“国办发明电〔2025〕7号”"), field="source")
    if is_workday and until > on:
        raise Refused(_("调休上班按单日录入：最后一天留空"), field="until")


def days_differ(on: date, until: date, *, is_workday: bool) -> Iterator[date]:
    """The days of a span whose weekday alone says otherwise: only those need a row of their own."""
    day = on
    while day <= until:
        if is_plain_workday(day) != is_workday or day == until == on:
            yield day
        day += timedelta(days=1)


def check_changes_something(days: Iterable[date], calendar: Calendar, *, worked: bool) -> None:
    """Refuse an entry that says what the calendar says already: a second press of the button, or a slip."""
    if all(is_worked(day, calendar) == worked for day in days):
        word = _("工作日") if worked else _("休息日")
        raise Refused(_("日历里这些天已经是%s，不用再录") % word, field="on")


def check_declarable(year: int, *, source: str, known: Iterable[int], exceptions: int) -> None:
    """Refuse to call a year known before its holidays are entered."""
    if year in set(known):
        raise Refused(_("%d 年已经登记为已知") % year, field="year")
    if not source.strip():
        raise Refused(_("缺依据：写明放假安排的文号，例如“国办发明电〔2025〕7号”"), field="source")
    if exceptions == 0:
        raise Refused(_("%d 年还没有录入放假和调休，先逐项录入，再登记为已知") % year, field="year")
