"""权力清单: what a department may do by law at all; how much of it the item list covers is measured against it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department


class PowerEntry(models.Model):
    """One inspection power of a department's 权力清单; `item_code` is the item that carries it, or empty."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="powers", verbose_name=_("部门"))
    code = models.CharField(_("权力编码"), max_length=60)
    title = models.CharField(_("权力名称"), max_length=300)
    market_regulation = models.BooleanField(_("市场监管领域"), default=True)
    item_code = models.CharField(_("对应事项编码"), max_length=40, blank=True)
    source = models.CharField(_("出处"), max_length=200)

    class Meta:
        verbose_name = _("权力清单条目")
        ordering = ["department", "code"]
        constraints = [models.UniqueConstraint(fields=["department", "code"], name="catalogue_power_once")]

    def __str__(self) -> str:
        return self.title
