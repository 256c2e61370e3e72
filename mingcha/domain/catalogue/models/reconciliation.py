"""与“互联网+监管”核对: the outside list as it was received, and every difference with what was decided about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, User


class OutsideList(models.Model):
    """One export of the superior system for one department, from a file or fetched; never changed."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    organisation_code = models.CharField(_("机构代码"), max_length=18)
    source = models.CharField(_("来源"), max_length=200)
    sha256 = models.CharField(_("摘要"), max_length=64)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    received_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("上级系统清单")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.department.short_name} {self.source}"


class OutsideItem(models.Model):
    """An item as the superior system writes it."""

    outside_list = models.ForeignKey(OutsideList, models.PROTECT, related_name="items", verbose_name=_("清单"))
    code = models.CharField(_("事项编码"), max_length=40)
    title = models.CharField(_("事项名称"), max_length=300)
    basis = models.TextField(_("依据"), blank=True)
    method = models.CharField(_("检查方式"), max_length=100, blank=True)
    ratio_text = models.CharField(_("检查比例"), max_length=60, blank=True)
    frequency_text = models.CharField(_("检查频次"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("上级系统事项")
        ordering = ["outside_list", "code"]
        constraints = [models.UniqueConstraint(fields=["outside_list", "code"], name="catalogue_outside_item_once")]

    def __str__(self) -> str:
        return self.title


class DifferenceKind(models.TextChoices):
    """The six attributes that are compared (于都 二（一）)."""

    NUMBER = "NUMBER", _("事项数量")
    TITLE = "TITLE", _("事项名称")
    BASIS = "BASIS", _("检查依据")
    METHOD = "METHOD", _("检查方式")
    RATIO = "RATIO", _("检查比例")
    FREQUENCY = "FREQUENCY", _("检查频次")


class Verdict(models.TextChoices):
    OPEN = "OPEN", _("待处理")
    TAKE_THEIRS = "TAKE_THEIRS", _("以上级系统为准")
    KEEP_OURS = "KEEP_OURS", _("本平台无误，请上级系统更正")


class Difference(models.Model):
    """One thing that both sides say differently; NUMBER is an item that stands on one side only."""

    outside_list = models.ForeignKey(OutsideList, models.PROTECT, related_name="differences", verbose_name=_("核对"))
    code = models.CharField(_("事项编码"), max_length=40)
    kind = models.CharField(_("差异"), max_length=10, choices=DifferenceKind.choices)
    ours = models.TextField(_("本平台"), blank=True)
    theirs = models.TextField(_("上级系统"), blank=True)
    verdict = models.CharField(_("处理"), max_length=12, choices=Verdict.choices, default=Verdict.OPEN)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("处理人"))
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("核对差异")
        ordering = ["outside_list", "code", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["outside_list", "code", "kind"], name="catalogue_difference_once"),
            models.CheckConstraint(
                name="catalogue_verdict_has_its_person",
                condition=Q(verdict=Verdict.OPEN, decided_by=None)
                | (~Q(verdict=Verdict.OPEN) & Q(decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"
