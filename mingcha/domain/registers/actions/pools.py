"""跨部门、跨区域人员库: opened by a lead, people proposed, lent by their own head, leaving again."""

from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, may, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import Inspector, Pool, PoolMember
from mingcha.domain.registers.queries.pools import inspector_coded, membership_in, pool_named
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def open_pool(keeper: Department, *, name: str, sector: str = "", by: User, at: datetime) -> Pool:
    """A pool of the keeper's region, empty; a city's may hold people of its counties, a county's of its neighbours."""
    require(by, Permission.REGISTER_EDIT, within=keeper)
    keeper = locked(keeper)
    rules.check_pool(name=name, sector=sector, held=pool_named(keeper.region, name.strip()))
    pool = Pool.objects.create(region=keeper.region, name=name.strip(), sector=sector.strip(), keeper=keeper)
    details = {"name": pool.name, "sector": pool.sector, "keeper": keeper.code}
    record("registers.pool_opened", pool, by=by, at=at, details=details)
    return pool


@action
def propose_member(pool: Pool, code: str, *, by: User, at: datetime) -> PoolMember:
    """Name a person by the roster code: the keeper may, and the person's own department."""
    pool, inspector = locked(pool), inspector_coded(rules.tidy_code(code))
    _require_either(by, pool, inspector)
    found = rules.check_proposable(inspector, member=membership_in(pool, inspector))
    member = PoolMember.objects.create(pool=pool, inspector=found, proposed_by=by)
    details = {"inspector": found.code, "department": found.department.code}
    record("registers.pool_member_proposed", pool, by=by, at=at, details=details)
    return member


def _require_either(by: User, pool: Pool, inspector: Inspector | None) -> None:
    """The pool's keeper or the person's own department; of others' codes a stranger learns nothing."""
    own = inspector is not None and may(by, Permission.REGISTER_EDIT, within=inspector.department)
    if not own:
        require(by, Permission.REGISTER_EDIT, within=pool.keeper)


@action
def agree_member(member: PoolMember, *, until: date | None = None, by: User, at: datetime) -> PoolMember:
    """The head of the person's own department lends the person, until a day or until further notice."""
    require(by, Permission.REGISTER_SHARE, within=member.inspector.department)
    member = locked(member)
    rules.check_agreeable(member, until=until, today=timezone.localdate(at))
    member.agreed_by, member.until = by, until
    member.save(update_fields=["agreed_by", "until"])
    details = {"inspector": member.inspector.code, "until": until.isoformat() if until is not None else ""}
    record("registers.pool_member_agreed", member.pool, by=by, at=at, details=details)
    return member


@action
def leave_pool(member: PoolMember, *, reason: str, by: User, at: datetime) -> PoolMember:
    """Out of the pool from today on, or not into it at all: the own head, the own department or the keeper says so."""
    if not may(by, Permission.REGISTER_SHARE, within=member.inspector.department):
        _require_either(by, member.pool, member.inspector)
    member = locked(member)
    rules.check_in_pool(member)
    rules.check_reason(reason)
    member.left_on = timezone.localdate(at)
    member.save(update_fields=["left_on"])
    details = {"inspector": member.inspector.code, "agreed": member.agreed_by_id is not None, "reason": reason.strip()}
    record("registers.pool_member_left", member.pool, by=by, at=at, details=details)
    return member
