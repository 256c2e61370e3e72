"""更新确认: who said when that a register is complete and up to date."""

from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.models.batches import BatchKind


class RegisterConfirmation(models.Model):
    """更新确认: a department says that its register is complete and up to date; never changed, only given anew."""

    register = models.CharField(_("名录"), max_length=12, choices=BatchKind.choices)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    rows = models.PositiveIntegerField(_("条数"))
    digest = models.CharField(_("名录摘要"), max_length=64)  # of what a draw reads of the rows
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"))
    remark = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("名录更新确认")
        ordering = ["-confirmed_at"]
        indexes = [models.Index(fields=["department", "register", "confirmed_at"])]

    def __str__(self) -> str:
        return f"{self.department.short_name}{self.get_register_display()}"


class Standing(NamedTuple):
    """One register of one owner: its newest confirmation, and whether that still holds."""

    department: Department
    register: BatchKind
    confirmation: RegisterConfirmation | None
    until: date | None  # the last day; None without a confirmation, or where the rules set no end
    valid: bool
