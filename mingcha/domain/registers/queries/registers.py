"""名录库、分库、标签: which there are, who is in them."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet, Sum

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers.models import LinkRule, Register, RegisterEntry, Subject
from mingcha.domain.registers.states import SubjectState
from mingcha.kit.digests import sha256_hex

PRIME = 2**31 - 1  # a square of a key by it: no two sets of firms come to the same sums by chance


@dataclass(frozen=True)
class Headcount:
    """How many subjects, how many of them have ended, and a mark of which they are."""

    number: int
    closed: int
    mark: str


def registers_visible_to(user: User | AnonymousUser) -> QuerySet[Register]:
    """The registers of the departments that a person may read, with how many are in each."""
    own = Register.objects.filter(department__in=reach(user, Permission.REGISTER_READ))
    return own.select_related("department", "parent").annotate(size=Count("entries"))


def registers_of(department: Department) -> QuerySet[Register]:
    """What a department keeps, parents before their parts."""
    return Register.objects.filter(department=department).select_related("parent").order_by("kind", "name")


def entries_of(register: Register) -> QuerySet[Subject]:
    """Who is in a register."""
    return Subject.objects.filter(entries__register=register).select_related("region").order_by("code")


def tags_of(subject: Subject) -> QuerySet[Register]:
    """The registers and tags that a subject is in."""
    return Register.objects.filter(entries__subject=subject).select_related("department").order_by("kind", "name")


def chain_of(register: Register) -> list[int]:
    """A register's key and that of the one it is a part of: whoever enters the part is in the whole."""
    return [register.pk, *([register.parent_id] if register.parent_id else [])]


def parts_of_register(register: Register) -> list[int]:
    """A register's key and those of its parts: whoever leaves the whole leaves them."""
    return [register.pk, *Register.objects.filter(parent=register).values_list("pk", flat=True)]


def register_at(department: Department, kind: str, name: str) -> Register | None:
    """The register of that kind and name, where the department keeps one."""
    return Register.objects.filter(department=department, kind=kind, name=name).first()


def known_codes(register: Register, codes: list[str]) -> set[str]:
    """Of these codes, those that the register's region knows."""
    inside = Subject.objects.filter(region__code__startswith=register.region.prefix, code__in=codes)
    return set(inside.values_list("code", flat=True))


def fillable_in(register: Register, subjects: QuerySet[Subject]) -> QuerySet[Subject]:
    """Of these subjects, those that may come into a register: of its region, and not void."""
    inside = Subject.objects.filter(region__code__startswith=register.region.prefix)
    return inside.exclude(state=SubjectState.VOID).filter(pk__in=subjects.order_by().values("pk"))


def headcount_of(subjects: QuerySet[Subject]) -> Headcount:
    """Counted and marked in one look of the database: by sums, because millions of keys would take seconds to read."""
    closed = Q(state=SubjectState.CLOSED)
    mixed = ExpressionWrapper(F("pk") * F("pk") % PRIME, BigIntegerField())
    found = subjects.order_by().aggregate(
        number=Count("pk"),
        closed=Count("pk", filter=closed),
        keys=Sum("pk"),
        mixed=Sum(mixed),
        mixed_closed=Sum(mixed, filter=closed),
    )
    mark = sha256_hex(" ".join(str(int(value or 0)) for value in found.values()))
    return Headcount(found["number"], found["closed"], mark)


def still_going(subjects: QuerySet[Subject]) -> QuerySet[Subject]:
    """Those that have not ended."""
    return subjects.exclude(state=SubjectState.CLOSED)


def entries_in(registers: list[int], codes: list[str]) -> QuerySet[RegisterEntry]:
    """The entries of some subjects in some registers."""
    return RegisterEntry.objects.filter(register__in=registers, subject__code__in=codes)


def rules_naming(register: Register) -> QuerySet[LinkRule]:
    """The rules that link by this register."""
    return LinkRule.objects.filter(registers=register)
