"""Keeping regions, departments, accounts and grants."""

import csv
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation import queries, rules
from mingcha.domain.organisation.models import Body, Department, Grant, Region, Role, User
from mingcha.domain.organisation.permissions import Permission, grants_of, may, require
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.digests import sha256_hex
from mingcha.kit.errors import Forbidden
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
    code: str, *, uscc: str, name: str, short_name: str, region: Region, by: Acting, at: datetime
) -> Department:
    """Enter a department; its code stays, as draws and the trail go by it."""
    require(by, Permission.ACCOUNTS_KEEP)
    if isinstance(by, User) and not queries.regions_kept_by(by).filter(pk=region.pk).exists():
        raise Forbidden(_("这个账号不能在%s登记部门；由当地系统管理员登记") % region.name)
    region = locked(region)
    rules.check_short_code(code, taken=Department.objects.filter(code=code).exists())
    rules.check_department_code(uscc)
    rules.check_uscc_free(uscc, taken=Department.objects.filter(uscc=uscc).exists())
    rules.check_named(name, short_name)
    department = Department.objects.create(
        code=code,
        uscc=uscc,
        name=name.strip(),
        short_name=short_name.strip(),
        region=region,
    )
    record("organisation.department_opened", department, by=by, at=at, details={"code": code, "uscc": uscc})
    return department


@action
def amend_department(department: Department, *, name: str, short_name: str, by: Acting, at: datetime) -> Department:
    """Correct what a department is called; what was published under the old name keeps it."""
    require(by, Permission.ACCOUNTS_KEEP, within=department)
    department = locked(department)
    name, short_name = name.strip(), short_name.strip()
    rules.check_named(name, short_name)
    rules.check_renamed(department, name=name, short_name=short_name)
    details = {"name": name, "short_name": short_name, "before": f"{department.name}（{department.short_name}）"}
    department.name, department.short_name = name, short_name
    department.save(update_fields=["name", "short_name"])
    record("organisation.department_amended", department, by=by, at=at, details=details)
    return department


@action
def register_sealing_key(department: Department, *, key: str, by: Acting, at: datetime) -> Department:
    """Enter the public key that secrets of later draws are sealed to; a draw that is frozen keeps its own copy."""
    own = isinstance(by, User) and by.department_id == department.pk
    if not (own and may(by, Permission.DRAW_SIGN_DISCIPLINE, within=department)):
        require(by, Permission.ACCOUNTS_KEEP, within=department)
    department = locked(department)
    rules.check_sealing_key(department, key=key, has_officer=queries.officers_of(department).exists())
    before = department.sealing_key
    department.sealing_key = key
    department.save(update_fields=["sealing_key"])
    details = {"sha256": sha256_hex(key), "before": sha256_hex(before) if before else ""}
    record("organisation.sealing_key_registered", department, by=by, at=at, details=details)
    return department


@action
def name_body(
    region: Region,
    code: str,
    department: Department | None,
    *,
    sector: str = "",
    contact: str = "",
    by: Acting,
    at: datetime,
) -> Body | None:
    """Say which department plays a body of the rules in a region; none takes the naming back.

    What was filed keeps the department that received it.
    """
    _require_ruling(by, region)
    region = locked(region)
    sector, contact = sector.strip(), contact.strip()
    rules.check_body(code, sector=sector, contact=contact)
    before = Body.objects.filter(region=region, code=code, sector=sector).select_related("department").first()
    if before is not None and (before.department, before.contact) == (department, contact):
        return before
    rules.check_body_named(before, department)
    details = {"body": code, "sector": sector, "region": region.code, "contact": contact}
    details |= {"before": before.department.code if before else "", "department": department.code if department else ""}
    if department is None:
        Body.objects.filter(region=region, code=code, sector=sector).delete()
        record("organisation.body_named", region, by=by, at=at, details=details)
        return None
    body, _new = Body.objects.update_or_create(
        region=region, code=code, sector=sector, defaults={"department": department, "contact": contact}
    )
    record("organisation.body_named", body, by=by, at=at, details=details)
    return body


def _require_ruling(by: Acting, region: Region) -> None:
    """Whoever adopts the rules of a place says who plays the bodies that they name."""
    require(by, Permission.POLICY_ADOPT)
    if isinstance(by, User) and not queries.regions_ruled_by(by).filter(pk=region.pk).exists():
        raise Forbidden(_("这个账号不能在%s指定规则所称机构；由当地协调机构办理") % region.name)


@action
def open_account(
    username: str, *, full_name: str, department: Department | None, password: str, by: Acting, at: datetime
) -> User:
    """Open an account; it may do nothing until a role is granted."""
    require(by, Permission.ACCOUNTS_KEEP, within=department)
    rules.check_account_name(username, taken=User.objects.filter(username__iexact=username).exists())
    user = User(username=username, full_name=full_name, department=department)
    user.set_password(password)
    user.save()
    details = {"username": username, "full_name": full_name, "department": department.code if department else ""}
    record("organisation.account_opened", user, by=by, at=at, details=details)
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
    _require_keeping(by, department=department, region=region)
    user = locked(user)
    held = Grant.objects.valid(on=timezone.localdate(at)).filter(user=user)  # also those of an account switched off
    rules.check_grantable(role, held.values_list("role", flat=True))
    grant, _new = Grant.objects.update_or_create(
        user=user, role=role, department=department, region=region, defaults={"until": until}
    )
    record("organisation.role_granted", user, by=by, at=at, details={"role": role, "where": _where(grant)})
    return grant


@action
def withdraw_role(grant: Grant, *, by: Acting, at: datetime) -> None:
    """Take a role back; what was done with it stays in the trail."""
    _require_keeping(by, department=grant.department, region=grant.region)
    grant = locked(grant)
    _hold_keepers()
    place = grant.department or grant.region
    others = queries.keepers_of(place, on=timezone.localdate(at)).exclude(pk=grant.pk).count() if place else 0
    rules.check_withdrawable(grant.role, others)
    details = {"role": grant.role, "where": _where(grant)}
    user = grant.user
    grant.delete()
    record("organisation.role_withdrawn", user, by=by, at=at, details=details)


def _require_keeping(by: Acting, *, department: Department | None, region: Region | None) -> None:
    """A keeper keeps the own place only: a department of it, or a region that lies inside it."""
    require(by, Permission.ACCOUNTS_KEEP, within=department)
    if region is not None and isinstance(by, User) and not queries.regions_kept_by(by).filter(pk=region.pk).exists():
        raise Forbidden(_("这个账号不能在%s授予或收回角色；由当地系统管理员办理") % region.name)


def _where(grant: Grant) -> str:
    """The place of a grant, as a copy for the trail."""
    return grant.department.code if grant.department is not None else grant.region.code if grant.region else ""


def _hold_keepers() -> None:
    """Two keepers who switch each other off at one moment come one after the other."""
    list(Grant.objects.select_for_update().filter(role=Role.SYSTEM_KEEPER).values_list("pk", flat=True))


@action
def change_password(user: User, *, password: str, by: Acting, at: datetime) -> User:
    """A person's own password, by nobody else; the page has asked for the present one before."""
    user = locked(user)
    rules.check_own_password(user, is_oneself=by == user, is_the_same=user.check_password(password))
    user.set_password(password)
    user.save(update_fields=["password"])
    record("organisation.password_changed", user, by=by, at=at)
    return user


@action
def deactivate_account(user: User, *, by: Acting, at: datetime) -> User:
    """Shut an account out; its roles and everything it did stay."""
    require(by, Permission.ACCOUNTS_KEEP, within=user.department)
    user = locked(user)
    _hold_keepers()
    on = timezone.localdate(at)
    places = [grant.department or grant.region for grant in grants_of(user, on=on).filter(role=Role.SYSTEM_KEEPER)]
    alone = any(place and not queries.keepers_of(place, on=on).exclude(user=user).exists() for place in places)
    rules.check_deactivatable(user, is_oneself=by == user, leaves_no_keeper=alone)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("organisation.account_deactivated", user, by=by, at=at, details={"username": user.username})
    return user


@action
def reactivate_account(user: User, *, by: Acting, at: datetime) -> User:
    """Let an account in again, with the roles it has."""
    require(by, Permission.ACCOUNTS_KEEP, within=user.department)
    user = locked(user)
    rules.check_reactivatable(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("organisation.account_reactivated", user, by=by, at=at, details={"username": user.username})
    return user


@action
def note_sign_in(user: User, *, at: datetime) -> None:
    """A sign-in is an act of the person who signs in."""
    record("organisation.signed_in", user, by=user, at=at)
