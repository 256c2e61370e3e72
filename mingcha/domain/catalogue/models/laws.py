"""法律法规库: what items rest on, and what their repeal does to them; 自由裁量权基准."""

from collections.abc import Collection
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.models.lists import InspectionItem
from mingcha.domain.organisation.models import Department, Region


class LawLevel(models.TextChoices):
    LAW = "LAW", _("法律")
    REGULATION = "REGULATION", _("行政法规")
    LOCAL_REGULATION = "LOCAL_REGULATION", _("地方性法规")
    MINISTRY_RULE = "MINISTRY_RULE", _("部门规章")
    LOCAL_RULE = "LOCAL_RULE", _("地方政府规章")


class LawQuerySet(models.QuerySet["Law"]):
    def holding(self, on: date) -> "LawQuerySet":
        """Those in force on a day."""
        return self.filter(Q(repealed_on=None) | Q(repealed_on__gt=on), effective_on__lte=on)


class Law(models.Model):
    """One law, regulation or rule. Once it is repealed its entry stays: old inspections rested on it."""

    title = models.CharField(_("名称"), max_length=200)
    document_no = models.CharField(_("文号"), max_length=100, blank=True)
    level = models.CharField(_("位阶"), max_length=20, choices=LawLevel.choices)
    # A local law holds in a region; without one it holds everywhere.
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name=_("适用区划"))
    effective_on = models.DateField(_("施行日期"))
    repealed_on = models.DateField(_("废止日期"), null=True, blank=True)
    repealed_by = models.CharField(_("废止依据"), max_length=300, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("替代为"))

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name = _("法律法规规章")
        ordering = ["level", "title", "-effective_on"]
        constraints = [
            models.UniqueConstraint(fields=["title", "effective_on"], name="catalogue_law_once_a_version"),
            models.CheckConstraint(
                name="catalogue_law_repealed_after_effect",
                condition=Q(repealed_on=None) | Q(repealed_on__gte=F("effective_on")),
            ),
            models.CheckConstraint(
                name="catalogue_repeal_has_its_basis", condition=Q(repealed_on=None) | ~Q(repealed_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def is_repealed(self) -> bool:
        """It was said to be repealed, on whatever day."""
        return self.repealed_on is not None

    def holds_on(self, on: date) -> bool:
        """In force on a day; no longer on the day of its repeal."""
        return self.effective_on <= on and (self.repealed_on is None or on < self.repealed_on)

    def holds_in(self, around: Collection[str]) -> bool:
        """Everywhere, or in a region: `around` are the codes of a place, its city and its province."""
        return self.region_id is None or self.region_id in around


class ItemBasis(models.Model):
    """检查依据 of an item as a link: which law, which article. The item's own words stay beside it."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="bases", verbose_name=_("事项"))
    law = models.ForeignKey(Law, models.PROTECT, related_name="bases", verbose_name=_("法律"))
    article = models.CharField(_("条款"), max_length=60)

    class Meta:
        verbose_name = _("检查依据")
        ordering = ["item", "law", "article"]
        constraints = [models.UniqueConstraint(fields=["item", "law", "article"], name="catalogue_basis_once")]

    def __str__(self) -> str:
        return f"{self.law}{self.article}"


class Freeze(models.Model):
    """依据失效-冻结: an item whose law was repealed; nobody is inspected for it while it is frozen."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="freezes", verbose_name=_("事项"))
    law = models.ForeignKey(Law, models.PROTECT, related_name="freezes", verbose_name=_("废止的法律"))
    frozen_at = models.DateTimeField(_("冻结时间"))
    lifted_at = models.DateTimeField(_("解冻时间"), null=True, blank=True)
    lifted_because = models.CharField(_("解冻理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("依据失效冻结")
        ordering = ["-frozen_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "law"], name="catalogue_frozen_once_a_law"),
            models.CheckConstraint(
                name="catalogue_thaw_has_its_reason",
                condition=Q(lifted_at=None, lifted_because="") | (Q(lifted_at__isnull=False) & ~Q(lifted_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}（{self.law}）"

    @property
    def is_lifted(self) -> bool:
        return self.lifted_at is not None


class Circumstance(models.TextChoices):
    MINOR = "MINOR", _("轻微")
    ORDINARY = "ORDINARY", _("一般")
    GRAVE = "GRAVE", _("较重")
    SERIOUS = "SERIOUS", _("严重")


class Discretion(models.Model):
    """自由裁量权基准: what each degree of a violation under an item entails. A new wording ends the old row."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    item_code = models.SlugField(_("事项编码"), max_length=40)
    violation = models.CharField(_("违法行为"), max_length=200)
    circumstance = models.CharField(_("情节"), max_length=10, choices=Circumstance.choices)
    description = models.TextField(_("情节认定"))
    range_text = models.CharField(_("裁量幅度"), max_length=300)
    law = models.ForeignKey(Law, models.PROTECT, verbose_name=_("处罚依据"))
    article = models.CharField(_("条款"), max_length=60)
    since = models.DateField(_("施行日期"))
    until = models.DateField(_("停止日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("裁量基准")
        ordering = ["department", "item_code", "violation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "item_code", "violation", "circumstance"],
                condition=Q(until=None),
                name="catalogue_one_benchmark_a_circumstance",
            ),
            models.CheckConstraint(
                name="catalogue_benchmark_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.violation}（{self.get_circumstance_display()}）"

    def holds_on(self, on: date) -> bool:
        """In force on a day; no longer on the day it stops."""
        return self.since <= on and (self.until is None or on < self.until)
