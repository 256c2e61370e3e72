"""监管对象齐全、监管人员合格、监管事项合法 (巴中 二): each gate as figures that open their rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries import edition_in_force
from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import BatchKind, Category, Inspector, ItemLink, Subject
from mingcha.domain.registers.queries.links import subjects_in
from mingcha.domain.registers.states import InspectorState, SubjectState

# Those whom the business register gives an industry; a project or a vehicle has none.
IN_TRADE = (Category.ENTERPRISE, Category.TRADER, Category.COOPERATIVE, Category.FOREIGN_OFFICE)


@dataclass(frozen=True)
class Meter:
    """So many of so many are as they should be; `key` opens the others."""

    key: str
    label: StrOrPromise
    good: int
    whole: int

    @property
    def lacking(self) -> int:
        return self.whole - self.good

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all of them."""
        return 100 * self.good // self.whole if self.whole else 100


@dataclass(frozen=True)
class Gate:
    """One of the three gates."""

    label: StrOrPromise
    meters: list[Meter]

    @property
    def is_open(self) -> bool:
        return all(not meter.lacking for meter in self.meters)


def lacking_fields(department: Department, on: date) -> QuerySet[Subject]:
    """Entries without an address, without the industry that a trader has, or without an area where areas are used."""
    everyone = subjects_in(department.region)
    empty = (Q(address="") & ~Q(category=Category.VEHICLE)) | Q(industry="", category__in=IN_TRADE)
    if everyone.exclude(area="").exists():
        empty |= Q(area="")
    return everyone.filter(empty)


def lacking_links(department: Department, on: date) -> QuerySet[Subject]:
    """Entries that no department has linked to an item."""
    return subjects_in(department.region).filter(~Exists(ItemLink.objects.filter(subject=OuterRef("pk"))))


def lacking_codes(department: Department, on: date) -> QuerySet[Subject]:
    """Entries with a doubt about their code."""
    return subjects_in(department.region).exclude(warning="")


def lacking_verification(department: Department, on: date) -> QuerySet[Subject]:
    """Entries that wait to be looked at."""
    return subjects_in(department.region).filter(state__in=(SubjectState.PENDING, SubjectState.STALE))


def lacking_certificates(department: Department, on: date) -> QuerySet[Inspector]:
    """People in the roster whose certificate has ended."""
    return _active(department).filter(certificate_until__lt=on)


def lacking_basis(department: Department, on: date) -> QuerySet[InspectionItem]:
    """Items of the edition in force without a legal basis, or frozen because their law was repealed."""
    frozen = Q(freezes__isnull=False, freezes__lifted_at=None)
    return _items(department).filter(Q(legal_basis="") | frozen).distinct()


Lacking = Callable[[Department, date], QuerySet[Any]]
LACKING: dict[str, tuple[StrOrPromise, Lacking]] = {
    "fields": (_("必填项目填全"), lacking_fields),
    "links": (_("与事项关联"), lacking_links),
    "codes": (_("编号没有疑问"), lacking_codes),
    "verified": (_("资料是新的"), lacking_verification),
    "certificates": (_("执法证有效"), lacking_certificates),
    "basis": (_("依据有效"), lacking_basis),
}


def gates_of(department: Department, *, on: date, register: str = "") -> list[Gate]:
    """The three gates of a department, or those of one register."""
    subjects = subjects_in(department.region).count() if register != BatchKind.INSPECTORS else 0
    complete = Gate(_("监管对象齐全"), [_meter(key, department, subjects, on) for key in list(LACKING)[:4]])
    certified = Gate(_("监管人员合格"), [_meter("certificates", department, _active(department).count(), on)])
    lawful = Gate(_("监管事项合法"), [_meter("basis", department, _items(department).count(), on)])
    if register == BatchKind.SUBJECTS:
        return [complete, lawful]
    return [certified] if register == BatchKind.INSPECTORS else [complete, certified, lawful]


def _meter(key: str, department: Department, whole: int, on: date) -> Meter:
    label, lacking = LACKING[key]
    return Meter(key, label, whole - lacking(department, on).count() if whole else 0, whole)


def _active(department: Department) -> QuerySet[Inspector]:
    return Inspector.objects.filter(department=department, state=InspectorState.ACTIVE)


def _items(department: Department) -> QuerySet[InspectionItem]:
    return InspectionItem.objects.filter(item_list=edition_in_force(department), item_list__isnull=False)
