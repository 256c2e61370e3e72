"""What earlier inspections and disputes mean for the next draw."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.models.subjects import Subject


class Dispute(models.Model):
    """A dispute of a firm with a department (复议, 诉讼): while it runs, that department's draws leave the firm out.

    What it is about stays with the department; the public reads the kind of reason and nothing else.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="disputes", verbose_name=_("检查对象"))
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    reason = models.CharField(_("事由"), max_length=300)
    since = models.DateField(_("开始日"))
    until = models.DateField(_("结束日"), null=True, blank=True)  # from this day on it is over
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("未结争议")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "department"], condition=Q(until=None), name="registers_one_open_dispute"
            ),
            models.CheckConstraint(
                name="registers_dispute_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def is_open(self) -> bool:
        return self.until is None


class VisitNote(models.Model):
    """What was looked at where: told by inspections, asked when the next frame is made."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="notes", verbose_name=_("检查对象"))
    item_code = models.CharField(_("事项编码"), max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    on = models.DateField(_("日期"))
    is_clean = models.BooleanField(_("未发现问题"))

    class Meta:
        verbose_name = _("检查记事")
        constraints = [
            models.UniqueConstraint(fields=["subject", "item_code", "department", "on"], name="registers_note_once")
        ]
