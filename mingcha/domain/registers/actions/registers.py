"""名录库、分库、标签: opening them, putting subjects in and out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import BodyCode, Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.organisation.queries import body_for
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.inserting import insert_selected
from mingcha.domain.registers.actions.moves import note_moves
from mingcha.domain.registers.models import Register, RegisterEntry, Subject
from mingcha.domain.registers.queries.registers import (
    chain_of,
    entries_in,
    fillable_in,
    headcount_of,
    known_codes,
    parts_of_register,
    register_at,
    rules_naming,
    still_going,
)
from mingcha.kit.action import action
from mingcha.kit.locking import locked

A_STROKE = 5_000  # codes that one statement names


@dataclass(frozen=True)
class Entered:
    """What became of the codes that were given."""

    entered: int
    known: int  # were in it already
    unknown: list[str]  # are in no register of the region


@action
def open_register(
    department: Department,
    *,
    kind: str,
    name: str,
    sector: str = "",
    parent: Register | None = None,
    by: User,
    at: datetime,
) -> Register:
    """A new register, sub-register or tag of a department, empty."""
    require(by, Permission.REGISTER_EDIT, within=department)
    department = locked(department)
    rules.check_register(kind=kind, name=name, sector=sector, parent=parent)
    rules.check_parent(parent, department=department)
    rules.check_keeper(kind, department, keeper=body_for(department.region, BodyCode.MARKET))
    rules.check_register_new(register_at(department, kind, name.strip()))
    register = Register.objects.create(
        region=department.region,
        department=department,
        kind=kind,
        name=name.strip(),
        sector=sector.strip(),
        parent=parent,
    )
    details = {"kind": kind, "name": register.name, "parent": parent.name if parent is not None else ""}
    record("registers.register_opened", register, by=by, at=at, details=details)
    return register


@action
def drop_register(register: Register, *, by: User, at: datetime) -> None:
    """It goes with its entries; the subjects stay."""
    require(by, Permission.REGISTER_EDIT, within=register.department)
    register = locked(register)
    parts = len(parts_of_register(register)) - 1
    rules.check_droppable_register(parts=parts, rules=rules_naming(register).count())
    leaving = Subject.objects.filter(entries__register=register)
    note_moves(register, leaving, is_entry=False, reason=_("名录库已删除"), by=by, at=at)
    removed = RegisterEntry.objects.filter(register=register).delete()[0]
    details = {"name": register.name, "removed": removed}
    record("registers.register_dropped", register, by=by, at=at, details=details)
    register.delete()


@action
def enter_subjects(register: Register, codes: Collection[str], *, reason: str = "", by: User, at: datetime) -> Entered:
    """Put subjects in by their codes; what the region does not know is named, not refused."""
    require(by, Permission.REGISTER_EDIT, within=register.department)
    rules.check_why(reason)
    wanted = rules.tidy_words(rules.tidy_code(code) for code in codes)
    rules.check_codes(wanted)
    register = _held(register)
    here = sum(entries_in([register.pk], lot).count() for lot in _lots(wanted))
    unknown = [code for lot in _lots(wanted) for code in lot if code not in known_codes(register, lot)]
    why = reason.strip()
    entered = sum(
        _enter(register, fillable_in(register, Subject.objects.filter(code__in=lot)), reason=why, by=by, at=at)
        for lot in _lots(wanted)
    )
    details = {"name": register.name, "entered": entered, "unknown": len(unknown), "reason": why}
    record("registers.subjects_entered", register, by=by, at=at, details=details)
    return Entered(entered, here, unknown)


@action
def fill_register(
    register: Register,
    subjects: QuerySet[Subject],
    *,
    seen: str | None = None,
    with_closed: bool = False,
    reason: str = "",
    by: User,
    at: datetime,
) -> Entered:
    """Put in whatever a filter of the master register leaves, however many; of other regions nobody.

    `seen` is the mark of those whom somebody was shown before saying yes: others do not go in unseen. Who has ended
    stays out unless that is wanted.
    """
    require(by, Permission.REGISTER_EDIT, within=register.department)
    rules.check_why(reason)
    register, why = _held(register), reason.strip()
    found = fillable_in(register, subjects)
    there = headcount_of(found)
    rules.check_fillable(there.number, closed=there.closed, with_closed=with_closed)
    rules.check_seen(there.number, mark=there.mark, seen=seen)
    entered = _enter(register, found if with_closed else still_going(found), reason=why, by=by, at=at)
    details = {"name": register.name, "entered": entered, "with_closed": with_closed, "reason": why}
    record("registers.subjects_entered", register, by=by, at=at, details=details)
    return Entered(entered, there.number - (0 if with_closed else there.closed) - entered, [])


@action
def remove_subjects(register: Register, codes: Collection[str], *, reason: str = "", by: User, at: datetime) -> int:
    """Take subjects out by their codes, out of the parts of the register too; how many were in it."""
    require(by, Permission.REGISTER_EDIT, within=register.department)
    rules.check_why(reason)
    wanted = rules.tidy_words(rules.tidy_code(code) for code in codes)
    rules.check_codes(wanted)
    register = locked(register)
    parts = [register, *(locked(part) for part in Register.objects.filter(parent=register).order_by("pk"))]
    removed = 0
    for lot in _lots(wanted):
        removed += entries_in([register.pk], lot).count()
        for part in parts:
            leaving = Subject.objects.filter(entries__register=part, code__in=lot)
            note_moves(part, leaving, is_entry=False, reason=reason.strip(), by=by, at=at)
            entries_in([part.pk], lot).delete()
    details = {"name": register.name, "removed": removed, "reason": reason.strip()}
    record("registers.subjects_removed", register, by=by, at=at, details=details)
    return removed


def _held(register: Register) -> Register:
    """Locked, the whole that it is a part of first: two parts filled at once tell an entry into the whole once."""
    if register.parent is not None:
        locked(register.parent)
    return locked(register)


def _enter(register: Register, subjects: QuerySet[Subject], *, reason: str, by: User, at: datetime) -> int:
    """Into the register and into the whole that it is a part of; how many are new in the register itself."""
    counts: dict[int, int] = {}
    for one in Register.objects.filter(pk__in=chain_of(register)).select_related("department"):
        there = RegisterEntry.objects.filter(register=one, subject=OuterRef("pk"))
        note_moves(one, subjects.filter(~Exists(there)), is_entry=True, reason=reason, by=by, at=at)
        counts[one.pk] = insert_selected(RegisterEntry, subjects, key="subject", fixed={"register": one.pk})
    return counts[register.pk]


def _lots(codes: list[str]) -> list[list[str]]:
    return [codes[start : start + A_STROKE] for start in range(0, len(codes), A_STROKE)]
