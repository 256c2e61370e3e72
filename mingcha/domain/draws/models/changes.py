"""What is changed after the result, one person or one firm at a time, on the record and never in the bundle."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models.outcome import DrawnSubject
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.models import Inspector


class Decision(models.TextChoices):
    """Proposed by one person, decided by another."""

    PROPOSED = "PROPOSED", _("待批准")
    APPROVED = "APPROVED", _("已批准")
    REFUSED = "REFUSED", _("未批准")


class Change(models.Model):
    """What both kinds have in common: a reason, who proposed it, who decided."""

    reason_text = models.CharField(_("理由"), max_length=500)
    decision = models.CharField(_("状态"), max_length=8, choices=Decision.choices, default=Decision.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    remark = models.CharField(_("批准意见"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_proposed(self) -> bool:
        return self.decision == Decision.PROPOSED

    @property
    def is_approved(self) -> bool:
        return self.decision == Decision.APPROVED


class Substitution(Change):
    """人员递补: `enters`, the next in the same pair order, goes instead of `leaves` (draw-protocol §5)."""

    drawn = models.ForeignKey(DrawnSubject, models.PROTECT, related_name="substitutions", verbose_name=_("抽中对象"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    leaves = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("退出的人员"))
    enters = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("递补的人员"))

    class Meta:
        verbose_name = _("人员递补")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["drawn", "leaves"],
                condition=~Q(decision=Decision.REFUSED),
                name="draws_one_substitution_a_person",
            ),
            models.CheckConstraint(
                name="draws_substitution_two_people", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))
            ),
        ]


class ReserveReason(models.TextChoices):
    """The only reasons for which a drawn firm is replaced (draw-protocol §4)."""

    CLOSED = "CLOSED", _("注销")
    MOVED = "MOVED", _("迁出")
    DUPLICATE = "DUPLICATE", _("重复")


class UsedReserve(Change):
    """对象递补: the next reserve of the same stratum takes the place of a drawn firm, with its inspectors."""

    drawn = models.ForeignKey(DrawnSubject, models.PROTECT, related_name="replacements", verbose_name=_("被替换的对象"))
    reserve = models.ForeignKey(DrawnSubject, models.PROTECT, related_name="replaces", verbose_name=_("递补的对象"))
    reason = models.CharField(_("事由"), max_length=10, choices=ReserveReason.choices)

    class Meta:
        verbose_name = _("对象递补")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["drawn"], condition=~Q(decision=Decision.REFUSED), name="draws_replaced_once"
            ),
            models.UniqueConstraint(
                fields=["reserve"], condition=~Q(decision=Decision.REFUSED), name="draws_reserve_used_once"
            ),
            models.CheckConstraint(
                name="draws_reserve_two_people", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))
            ),
        ]
