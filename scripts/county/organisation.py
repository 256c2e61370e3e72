"""Regions, departments, accounts, rules and calendar."""

from datetime import datetime
from pathlib import Path

from demo.accounts import accounts
from demo.codes import REGION
from demo.departments import BODIES, DEPARTMENTS, SECTOR_LEADS
from mingcha.domain.organisation.actions import (
    grant_role,
    load_regions,
    name_body,
    open_account,
    open_department,
    register_sealing_key,
)
from mingcha.domain.organisation.models import Region
from mingcha.domain.policy.actions import adopt_profile, load_calendar
from mingcha.kit.actors import SYSTEM
from scripts.county.setting import Setting

PROFILES = Path(__file__).resolve().parents[2] / "mingcha" / "domain" / "policy" / "profiles"


def found(setting: Setting, *, days: int) -> None:
    """Set the county up, so many days from today; fills the setting's departments and users."""
    at = setting.at(days, 9)
    load_regions(by=SYSTEM, at=at)
    load_calendar(by=SYSTEM, at=at)
    setting.region = Region.objects.get(pk=REGION)
    adopt_profile((PROFILES / "yudu-2020.toml").read_text(encoding="utf-8"), by=SYSTEM, at=at)
    adopt_profile((PROFILES / "demo-county.toml").read_text(encoding="utf-8"), by=SYSTEM, at=at)
    for one in DEPARTMENTS:
        setting.departments[one.code] = open_department(
            one.code,
            uscc=one.uscc,
            name=one.name,
            short_name=one.short_name,
            region=setting.region,
            by=SYSTEM,
            at=at,
        )
    name_bodies(setting, at=at)
    open_accounts(setting, at=at)
    register_sealing_key(
        setting.departments["jijian"],
        key=bytes(setting.sealing.public_key).hex(),
        by=setting.users["jijian"],
        at=setting.at(days, 10),
    )
    setting.departments["jijian"].refresh_from_db()


def name_bodies(setting: Setting, *, at: datetime) -> None:
    """Who plays the bodies that the rules name: review, authorise, receive, lead a sector."""
    region = Region.objects.get(pk=REGION)
    for code, department in BODIES.items():
        name_body(region, code, setting.departments[department], by=SYSTEM, at=at)
    for sector, department in SECTOR_LEADS.items():
        name_body(region, "SECTOR_LEAD", setting.departments[department], sector=sector, by=SYSTEM, at=at)


def open_accounts(setting: Setting, *, at: datetime) -> None:
    """One account for each seat, with its role."""
    for account in accounts(today=setting.today):
        department = setting.departments[account.department]
        user = open_account(
            account.username,
            full_name=account.full_name,
            department=department,
            password=setting.password,
            by=SYSTEM,
            at=at,
        )
        setting.users[account.username] = user
        where = {"region": setting.region} if account.region else {"department": department}
        grant_role(user, account.role, by=SYSTEM, at=at, **where)
