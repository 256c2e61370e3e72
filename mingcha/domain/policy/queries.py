"""Which rules hold where and when, and which days are worked."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mingcha.domain.organisation.models import Region
from mingcha.domain.policy.models import Calendar, CalendarDay, CalendarYear, Profile
from mingcha.domain.policy.states import ProfileState
from mingcha.kit.errors import Refused


def profiles_of(region: Region) -> QuerySet[Profile]:
    """Every adopted edition for a region and for the regions around it, the one that counts first."""
    return profiles_around([region])


def profiles_around(regions: Iterable[Region]) -> QuerySet[Profile]:
    """The same for several regions."""
    around = {code for one in regions for code in (one.code, one.code[:4] + "00", one.code[:2] + "0000")}
    return (
        Profile.objects.filter(region__code__in=around)
        .exclude(state=ProfileState.DRAFT)
        .select_related("region")
        .order_by("-region__code", "-effective_from", "-pk")
    )


def profile_for(region: Region, *, on: date) -> Profile:
    """The rules that held in a region on a day: its own, else those of the city or province around it."""
    held = profiles_of(region).filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on).first()
    if held is None:
        raise Refused(
            _("%(region)s在 %(on)s 没有施行中的规则，由协调机构在“规则与日历”中启用后再办")
            % {"region": region.name, "on": on.isoformat()}
        )
    return held


def calendar() -> Calendar:
    """The working-day calendar, whole: a few hundred rows."""
    rows = list(CalendarDay.objects.values_list("on", "is_workday", "name"))
    return Calendar(
        days={on: worked for on, worked, _name in rows},
        known_years=frozenset(CalendarYear.objects.values_list("year", flat=True)),
        names={on: name for on, _worked, name in rows},
    )


def calendar_years() -> QuerySet[CalendarYear]:
    """The years whose holidays are known."""
    return CalendarYear.objects.all()


def exceptions_of(year: int) -> QuerySet[CalendarDay]:
    """The days of a year that are not what their weekday says."""
    return CalendarDay.objects.filter(on__year=year)
