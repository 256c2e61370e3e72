"""Adopting rules, keeping the calendar."""

import csv
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Region, User
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.domain.policy import rules
from mingcha.domain.policy.models import CalendarDay, CalendarYear, Profile
from mingcha.domain.policy.queries import calendar
from mingcha.domain.policy.states import ProfileState
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.digests import sha256_hex
from mingcha.kit.errors import Forbidden, Refused

REFERENCE = Path(__file__).parent / "reference"


@action
def adopt_profile(text: str, *, by: Acting, at: datetime) -> Profile:
    """Put an edition into force; the one before it ends the day before and stays the rule of its own days."""
    require(by, Permission.POLICY_ADOPT)
    file = rules.read_profile(text)
    region = _region_of(file, by=by)
    digest = sha256_hex(text)
    in_force = list(Profile.objects.select_for_update().filter(region=region, state=ProfileState.IN_FORCE))
    rules.check_adoptable(file, digest=digest, in_force=in_force)
    for previous in in_force:
        previous.move_to(ProfileState.SUPERSEDED)
        previous.effective_to = file.effective_from - timedelta(days=1)
        previous.save(update_fields=["state", "effective_to"])
    profile = Profile(
        code=file.code,
        name=file.name,
        document=file.document,
        region=region,
        effective_from=file.effective_from,
        effective_to=file.effective_to,
        clauses=[clause.model_dump(mode="json", exclude_defaults=True) for clause in file.clauses],
        documents={number: paper.model_dump(mode="json") for number, paper in file.documents.items()},
        digest=digest,
    )
    profile.move_to(ProfileState.IN_FORCE)
    profile.save()
    details = {"code": file.code, "region": region.code, "clauses": len(file.clauses), "sha256": digest}
    record("policy.profile_adopted", profile, by=by, at=at, details=details)
    return profile


def _region_of(file: rules.ProfileFile, *, by: Acting) -> Region:
    """The region a file is for, refused to whoever looks after other places only."""
    region = Region.objects.filter(pk=file.jurisdiction).first()
    if region is None:
        raise Refused(_("没有区划 %s，改正 jurisdiction 后再启用") % file.jurisdiction, field="text")
    if isinstance(by, User) and not reach(by, Permission.POLICY_ADOPT).filter(region=region).exists():
        raise Forbidden(_("这个账号不能启用%s的规则；由当地协调机构启用") % region.name)
    return region


@action
def load_calendar(*, by: Acting, at: datetime) -> int:
    """Bring holidays and worked weekends in line with the product's own table; returns its number of days.

    Days that the office entered itself are newer than the table and stay.
    """
    require(by, Permission.POLICY_ADOPT)
    kept = set(CalendarDay.objects.filter(amended=True).values_list("on", flat=True))
    with (REFERENCE / "workdays.csv").open(encoding="utf-8", newline="") as file:
        days = [
            CalendarDay(
                on=date.fromisoformat(row["date"]),
                is_workday=row["is_workday"] == "1",
                name=row["name"],
                source=row["source"],
            )
            for row in csv.DictReader(file)
        ]
    CalendarDay.objects.filter(amended=False).delete()
    CalendarDay.objects.bulk_create([day for day in days if day.on not in kept])
    notices = tomllib.loads((REFERENCE / "calendar.toml").read_text(encoding="utf-8"))["notices"]
    CalendarYear.objects.bulk_create(
        [CalendarYear(year=int(year), source=source) for year, source in notices.items()],
        update_conflicts=True,
        unique_fields=["year"],
        update_fields=["source"],
    )
    record("policy.calendar_loaded", by=by, at=at, details={"days": len(days), "years": len(notices)})
    return len(days)


@action
def amend_calendar(
    on: date, *, is_workday: bool, name: str, source: str, until: date | None = None, by: Acting, at: datetime
) -> list[CalendarDay]:
    """Enter a holiday (a day, or a span of days) or one weekend day that is worked."""
    require(by, Permission.POLICY_ADOPT)
    until = until or on
    rules.check_amendable(on, until, is_workday=is_workday, name=name, source=source)
    days = list(rules.days_differ(on, until, is_workday=is_workday))
    rules.check_changes_something(days, calendar(), worked=is_workday)
    rows = [
        CalendarDay(on=day, is_workday=is_workday, name=name.strip(), source=source.strip(), amended=True)
        for day in days
    ]
    CalendarDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["on"],
        update_fields=["is_workday", "name", "source", "amended"],
    )
    details = {"from": on.isoformat(), "until": until.isoformat(), "is_workday": is_workday, "name": name.strip()}
    record("policy.calendar_amended", rows[0], by=by, at=at, details={**details, "source": source.strip()})
    return rows


@action
def declare_year_known(year: int, *, source: str, by: Acting, at: datetime) -> CalendarYear:
    """Say that a year's arrangement is entered whole: from now on its due dates are no guesses."""
    require(by, Permission.POLICY_ADOPT)
    known = CalendarYear.objects.values_list("year", flat=True)
    exceptions = CalendarDay.objects.filter(on__year=year).count()
    rules.check_declarable(year, source=source, known=known, exceptions=exceptions)
    declared = CalendarYear.objects.create(year=year, source=source.strip())
    details = {"year": year, "source": source.strip(), "exceptions": exceptions}
    record("policy.year_declared_known", declared, by=by, at=at, details=details)
    return declared
