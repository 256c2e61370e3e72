"""跨部门联查事项清单: what the departments of one 监管领域 inspect together, drawn up by the lead."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.models.lists import InspectionItem
from mingcha.domain.catalogue.states import HELD, UNDER_WAY, WORKFLOW, ListState
from mingcha.domain.organisation.models import Department, Region, User


class JointList(models.Model):
    """One batch of a sector (成熟一批、公布一批): batches of the same sector hold side by side."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    sector = models.CharField(_("监管领域"), max_length=30)
    batch = models.PositiveSmallIntegerField(_("批次"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="joint_lists", verbose_name=_("牵头部门"))
    state = models.CharField(_("状态"), max_length=14, choices=ListState.choices, default=ListState.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    in_force_at = models.DateTimeField(_("公布时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("联查事项清单")
        ordering = ["region", "sector", "-batch"]
        constraints = [
            models.UniqueConstraint(fields=["region", "sector", "batch"], name="catalogue_joint_batch_once"),
            models.CheckConstraint(
                name="catalogue_joint_in_force_at_follows_state",
                condition=Q(state__in=UNDER_WAY, in_force_at=None) | Q(state__in=HELD, in_force_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(sector)s联查事项清单第%(batch)d批") % {"sector": self.sector, "batch": self.batch}

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == ListState.IN_FORCE

    def move_to(self, state: ListState) -> None:
        WORKFLOW.check(ListState(self.state), state)
        self.state = state


class JointItem(models.Model):
    """An item of a department in force on the joint list, with the five things the list must say (郴州 三（一）2)."""

    joint_list = models.ForeignKey(JointList, models.PROTECT, related_name="items", verbose_name=_("清单"))
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="joint_items", verbose_name=_("事项"))
    project = models.CharField(_("抽查项目"), max_length=200)
    basis = models.TextField(_("抽查依据"))
    body = models.CharField(_("抽查主体"), max_length=200)
    content = models.TextField(_("抽查内容"))
    authority = models.CharField(_("执法权限"), max_length=300)

    class Meta:
        verbose_name = _("联查事项")
        ordering = ["joint_list", "project", "pk"]
        constraints = [models.UniqueConstraint(fields=["joint_list", "item"], name="catalogue_joint_item_once")]

    def __str__(self) -> str:
        return self.project
