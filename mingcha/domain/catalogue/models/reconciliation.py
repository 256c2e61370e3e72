"""与“互联网+监管”核对: the outside list as it was received, and every difference with what was decided about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.models.lists import InspectionItem, ItemList
from mingcha.domain.organisation.models import Department, User


class OutsideList(models.Model):
    """One export of the superior system for one department, from a file or fetched; never changed."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    organisation_code = models.CharField(_("机构代码"), max_length=18)
    source = models.CharField(_("来源"), max_length=200)
    # Of a list that was fetched: what the other side calls this state of it, so that it is fetched again only if new.
    etag = models.CharField(_("版本标识"), max_length=200, blank=True)
    sha256 = models.CharField(_("摘要"), max_length=64)
    # What it was compared with, and in which attributes; without an edition in force everything is theirs alone.
    edition = models.ForeignKey(ItemList, models.PROTECT, null=True, related_name="+", verbose_name=_("比对的版次"))
    kinds = models.JSONField(_("比对内容"), default=list)
    # Rows that the superior system has cancelled or suspended: they are no items any more.
    ended = models.PositiveIntegerField(_("停用的行"), default=0)
    # Nobody, where the list was fetched by itself.
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    received_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("上级系统清单")
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.department.short_name} {self.source}"


class OutsideItem(models.Model):
    """An item as the superior system writes it."""

    outside_list = models.ForeignKey(OutsideList, models.PROTECT, related_name="items", verbose_name=_("清单"))
    # `code` is the unit's own (实施编码); the same item has the same basic code in every unit.
    code = models.CharField(_("事项编码"), max_length=40)
    basic_code = models.CharField(_("基本编码"), max_length=40, blank=True)
    title = models.CharField(_("事项名称"), max_length=300)
    basis = models.TextField(_("依据"), blank=True)
    method = models.CharField(_("检查方式"), max_length=100, blank=True)
    ratio_text = models.CharField(_("检查比例"), max_length=60, blank=True)
    frequency_text = models.CharField(_("检查频次"), max_length=60, blank=True)
    object_kind = models.CharField(_("检查对象"), max_length=200, blank=True)
    # None where the superior system does not say it.
    is_random = models.BooleanField(_("纳入双随机"), null=True, blank=True)

    class Meta:
        verbose_name = _("上级系统事项")
        ordering = ["outside_list", "code"]
        constraints = [models.UniqueConstraint(fields=["outside_list", "code"], name="catalogue_outside_item_once")]

    def __str__(self) -> str:
        return self.title


class StrayItem(models.Model):
    """机构代码不一致: a row of the outside list that names another unit; nothing of it is compared."""

    outside_list = models.ForeignKey(OutsideList, models.PROTECT, related_name="strays", verbose_name=_("清单"))
    position = models.PositiveIntegerField(_("行"))
    organisation_code = models.CharField(_("机构代码"), max_length=60, blank=True)
    organisation_name = models.CharField(_("机构名称"), max_length=200, blank=True)
    code = models.CharField(_("事项编码"), max_length=40)
    title = models.CharField(_("事项名称"), max_length=300)

    class Meta:
        verbose_name = _("机构代码不一致的行")
        ordering = ["outside_list", "position"]
        constraints = [models.UniqueConstraint(fields=["outside_list", "position"], name="catalogue_stray_once_a_row")]

    def __str__(self) -> str:
        return self.title


class DifferenceKind(models.TextChoices):
    """The six attributes that are compared (于都 一（三）)."""

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
    # The two that were compared; of a NUMBER one is missing.
    item = models.ForeignKey(
        InspectionItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("本平台事项")
    )
    outside_item = models.ForeignKey(
        OutsideItem, models.PROTECT, null=True, blank=True, related_name="differences", verbose_name=_("上级系统事项")
    )
    verdict = models.CharField(_("处理"), max_length=12, choices=Verdict.choices, default=Verdict.OPEN)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("处理人"))
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    # The edition that their words were written into; empty again when that draft is given up.
    taken_into = models.ForeignKey(
        ItemList, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("写入的版次")
    )

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
            models.CheckConstraint(
                name="catalogue_verdict_has_its_reason", condition=Q(verdict=Verdict.OPEN) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="catalogue_difference_has_a_side", condition=Q(item__isnull=False) | Q(outside_item__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        return self.verdict == Verdict.OPEN

    @property
    def is_kept(self) -> bool:
        """Our word was chosen; the superior system is asked to mend its own."""
        return self.verdict == Verdict.KEEP_OURS
