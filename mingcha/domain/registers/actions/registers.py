"""名录库、分库、标签: opening them, putting subjects in and out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import BodyCode, Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.organisation.queries import body_for
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.inserting import insert_selected
from mingcha.domain.registers.models import Register, RegisterEntry, Subject
from mingcha.domain.registers.queries.registers import (
    chain_of,
    entries_in,
    known_codes,
    parts_of_register,
    register_at,
    rules_naming,
)
from mingcha.domain.registers.states import SubjectState
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
    removed = RegisterEntry.objects.filter(register=register).delete()[0]
    details = {"name": register.name, "removed": removed}
    record("registers.register_dropped", register, by=by, at=at, details=details)
    register.delete()


@action
def enter_subjects(register: Register, codes: Collection[str], *, by: User, at: datetime) -> Entered:
    """Put subjects in by their codes; what the region does not know is named, not refused."""
    require(by, Permission.REGISTER_EDIT, within=register.department)
    wanted = rules.tidy_words(rules.tidy_code(code) for code in codes)
    rules.check_codes(wanted)
    register = locked(register)
    here = sum(entries_in([register.pk], lot).count() for lot in _lots(wanted))
    unknown = [code for lot in _lots(wanted) for code in lot if code not in known_codes(register, lot)]
    entered = sum(_enter(register, _alive(register).filter(code__in=lot)) for lot in _lots(wanted))
    details = {"name": register.name, "entered": entered, "unknown": len(unknown)}
    record("registers.subjects_entered", register, by=by, at=at, details=details)
    return Entered(entered, here, unknown)


@action
def remove_subjects(register: Register, codes: Collection[str], *, by: User, at: datetime) -> int:
    """Take subjects out by their codes, out of the parts of the register too; how many were in it."""
    require(by, Permission.REGISTER_EDIT, within=register.department)
    wanted = rules.tidy_words(rules.tidy_code(code) for code in codes)
    rules.check_codes(wanted)
    register = locked(register)
    removed = 0
    for lot in _lots(wanted):
        removed += entries_in([register.pk], lot).count()
        entries_in(parts_of_register(register), lot).delete()
    details = {"name": register.name, "removed": removed}
    record("registers.subjects_removed", register, by=by, at=at, details=details)
    return removed


def _alive(register: Register) -> QuerySet[Subject]:
    inside = Subject.objects.filter(region__code__startswith=register.region.prefix)
    return inside.exclude(state=SubjectState.VOID)


def _enter(register: Register, subjects: QuerySet[Subject]) -> int:
    """Into the register and into the whole that it is a part of; how many are new in the register itself."""
    counts = [
        insert_selected(RegisterEntry, subjects, key="subject", fixed={"register": key}) for key in chain_of(register)
    ]
    return counts[0]


def _lots(codes: list[str]) -> list[list[str]]:
    return [codes[start : start + A_STROKE] for start in range(0, len(codes), A_STROKE)]
