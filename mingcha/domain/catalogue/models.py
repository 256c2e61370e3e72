"""抽查事项清单: what may be inspected at all, on which law, how."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.states import WORKFLOW, ListState
from mingcha.domain.organisation.models import Department, User


class ItemClass(models.TextChoices):
    GENERAL = "GENERAL", _("一般检查事项")
    KEY = "KEY", _("重点检查事项")


class Method(models.TextChoices):
    """检查方式 (codes-and-data E2)."""

    ON_SITE = "ON_SITE", _("实地检查")
    WRITTEN = "WRITTEN", _("书面检查")
    ADOPTED = "ADOPTED", _("部门检查结果或专业意见")
    TESTING = "TESTING", _("检验检测")
    NETWORK = "NETWORK", _("网络监测")
    COMMISSIONED = "COMMISSIONED", _("委托专业机构")


class ChangeReason(models.TextChoices):
    """Why a list may be changed at all (于都 一（二）); anything else is 随意增减."""

    LAW = "LAW", _("法律法规规章调整")
    REFORM = "REFORM", _("机构改革")
    PRACTICE = "PRACTICE", _("监管实际")


class ItemList(models.Model):
    """One edition of a department's list. Only the edition in force can be inspected (清单之外无检查)."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    edition = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=12, choices=ListState.choices, default=ListState.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人"))
    in_force_at = models.DateTimeField(_("施行时间"), null=True, blank=True)
    change_reason = models.CharField(_("调整原因"), max_length=10, choices=ChangeReason.choices, blank=True)
    change_note = models.TextField(_("调整说明"), blank=True)

    class Meta:
        verbose_name = _("事项清单")
        ordering = ["department", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["department", "edition"], name="catalogue_edition_once"),
            models.UniqueConstraint(
                fields=["department"], condition=Q(state=ListState.IN_FORCE), name="catalogue_one_list_in_force"
            ),
            models.CheckConstraint(
                name="catalogue_in_force_at_follows_state",
                condition=Q(state=ListState.DRAFT, in_force_at=None)
                | (~Q(state=ListState.DRAFT) & Q(in_force_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="catalogue_maker_is_not_checker", condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by"))
            ),
            models.UniqueConstraint(
                fields=["department"], condition=Q(state=ListState.DRAFT), name="catalogue_one_draft_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(department)s事项清单第%(edition)d版") % {
            "department": self.department.short_name,
            "edition": self.edition,
        }

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == ListState.IN_FORCE

    def move_to(self, state: ListState) -> None:
        WORKFLOW.check(ListState(self.state), state)
        self.state = state


class ItemQuerySet(models.QuerySet["InspectionItem"]):
    def in_force(self) -> "ItemQuerySet":
        """Those that may be inspected now."""
        return self.filter(item_list__state=ListState.IN_FORCE)


class InspectionItem(models.Model):
    """抽查事项. `code` stays the same from edition to edition; ratio and frequency keep the words of the list."""

    item_list = models.ForeignKey(ItemList, models.PROTECT, related_name="items", verbose_name=_("清单"))
    code = models.SlugField(_("事项编码"), max_length=40)
    title = models.CharField(_("事项名称"), max_length=200)
    legal_basis = models.TextField(_("检查依据"))
    item_class = models.CharField(_("类别"), max_length=10, choices=ItemClass.choices)
    market_regulation = models.BooleanField(_("市场监管领域"), default=True)
    method = models.CharField(_("检查方式"), max_length=14, choices=Method.choices, default=Method.ON_SITE)
    object_kind = models.CharField(_("检查对象"), max_length=200)
    content = models.TextField(_("检查内容"), blank=True)
    ratio_text = models.CharField(_("抽查比例"), max_length=60, blank=True)
    frequency_text = models.CharField(_("抽查频次"), max_length=60, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("抽查事项")
        ordering = ["item_list", "code"]
        constraints = [models.UniqueConstraint(fields=["item_list", "code"], name="catalogue_item_once_a_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_force(self) -> bool:
        return self.item_list.is_in_force


class Checkpoint(models.Model):
    """检查要点: one question an inspector answers, with how to look."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="checkpoints", verbose_name=_("事项"))
    position = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("检查要点"), max_length=300)
    guidance = models.TextField(_("操作要领"), blank=True)
    photo_required = models.BooleanField(_("须附照片"), default=False)

    class Meta:
        verbose_name = _("检查要点")
        ordering = ["item", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="catalogue_checkpoint_once")]

    def __str__(self) -> str:
        return self.text
