"""Keeping regions, departments, accounts and grants."""

import csv
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation import rules
from mingcha.domain.organisation.models import Department, Grant, Region, Role, User
from mingcha.domain.organisation.permissions import Permission, grants_of, require
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked

REGIONS = Path(__file__).parent / "reference" / "regions.csv"


@action
def load_regions(*, by: Acting, at: datetime) -> int:
    """Bring the regions in line with the official table that comes with the product; returns how many there are."""
    require(by, Permission.ACCOUNTS_KEEP)
    with REGIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    regions = [
        Region(code=r["code"], name=r["name"], level=r["level"], parent_id=None, invented=r["invented"] == "1")
        for r in rows
    ]
    Region.objects.bulk_create(
        regions, update_conflicts=True, unique_fields=["code"], update_fields=["name", "level", "invented"]
    )
    parents = {r["code"]: r["parent_code"] or None for r in rows}
    for region in regions:
        region.parent_id = parents[region.code]
    Region.objects.bulk_update(regions, ["parent"], batch_size=500)
    record("organisation.regions_loaded", by=by, at=at, details={"rows": len(regions)})
    return len(regions)


@action
def open_department(
    code: str, *, uscc: str, name: str, short_name: str, region: Region, by: Acting, at: datetime, sealing_key: str = ""
) -> Department:
    """Enter a department."""
    require(by, Permission.ACCOUNTS_KEEP)
    rules.check_department_code(uscc)
    department = Department.objects.create(
        code=code, uscc=uscc, name=name, short_name=short_name, region=region, sealing_key=sealing_key
    )
    record("organisation.department_opened", department, by=by, at=at, details={"code": code, "uscc": uscc})
    return department


@action
def open_account(
    username: str, *, full_name: str, department: Department | None, password: str, by: Acting, at: datetime
) -> User:
    """Open an account; it may do nothing until a role is granted."""
    require(by, Permission.ACCOUNTS_KEEP)
    user = User(username=username, full_name=full_name, department=department)
    user.set_password(password)
    user.save()
    record("organisation.account_opened", user, by=by, at=at, details={"username": username})
    return user


@action
def grant_role(
    user: User,
    role: str,
    *,
    by: Acting,
    at: datetime,
    department: Department | None = None,
    region: Region | None = None,
    until: date | None = None,
) -> Grant:
    """Give a person a role in a department or in a whole region."""
    require(by, Permission.ACCOUNTS_KEEP)
    user = locked(user)
    rules.check_grantable(role, grants_of(user, on=timezone.localdate(at)).values_list("role", flat=True))
    grant, _new = Grant.objects.update_or_create(
        user=user, role=role, department=department, region=region, defaults={"until": until}
    )
    where = department.code if department is not None else region.code if region is not None else ""
    record("organisation.role_granted", user, by=by, at=at, details={"role": role, "where": where})
    return grant


@action
def withdraw_role(grant: Grant, *, by: Acting, at: datetime) -> None:
    """Take a role back; what was done with it stays in the trail."""
    require(by, Permission.ACCOUNTS_KEEP)
    grant = locked(grant)
    keepers = Grant.objects.valid(on=timezone.localdate(at)).filter(role=Role.SYSTEM_KEEPER)
    rules.check_withdrawable(grant.role, keepers.exclude(pk=grant.pk).count())
    details = {"role": grant.role}
    user = grant.user
    grant.delete()
    record("organisation.role_withdrawn", user, by=by, at=at, details=details)


@action
def note_sign_in(user: User, *, at: datetime) -> None:
    """A sign-in is an act of the person who signs in."""
    record("organisation.signed_in", user, by=user, at=at)
