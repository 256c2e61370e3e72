"""事项整合: two departments' items that look alike and are not to be brought together, said once and kept."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, User


class SetApart(models.Model):
    """A pair that a lead looked at and dismissed. By department and code: the next editions are not asked again."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("牵头部门"))
    # The department that was entered first stands first, so that a pair has one row only.
    one_department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    one_code = models.CharField(_("事项编码"), max_length=40)
    other_department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("另一部门"))
    other_code = models.CharField(_("另一事项编码"), max_length=40)
    reason = models.CharField(_("理由"), max_length=300)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("办理人"))
    decided_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("不整合的相似事项")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["one_department", "one_code", "other_department", "other_code"],
                name="catalogue_set_apart_once",
            ),
            models.CheckConstraint(
                name="catalogue_set_apart_in_order", condition=Q(one_department__lt=F("other_department"))
            ),
            models.CheckConstraint(name="catalogue_set_apart_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.one_code} / {self.other_code}"
