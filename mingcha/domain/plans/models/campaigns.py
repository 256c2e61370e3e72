"""抽查计划与抽查任务: who will be drawn for what, how many, by whom, when; approved by someone else."""

import math
from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.states import CAMPAIGN_WORKFLOW, PLAN_WORKFLOW, CampaignState, PlanState


class Plan(models.Model):
    """年度抽查计划 of one department."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=120)
    purpose = models.TextField(_("说明"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人"))
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    remark = models.CharField(_("退回意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("年度抽查计划")
        ordering = ["-year", "department"]
        constraints = [
            models.UniqueConstraint(fields=["department", "year", "title"], name="plans_plan_title_once_a_year"),
            models.CheckConstraint(
                name="plans_plan_approved_at_follows_state",
                condition=Q(state=PlanState.APPROVED, approved_at__isnull=False, approved_by__isnull=False)
                | (~Q(state=PlanState.APPROVED) & Q(approved_at=None, approved_by=None)),
            ),
            models.CheckConstraint(
                name="plans_plan_maker_is_not_checker", condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == PlanState.SUBMITTED

    @property
    def is_approved(self) -> bool:
        return self.state == PlanState.APPROVED

    def move_to(self, state: PlanState) -> None:
        PLAN_WORKFLOW.check(PlanState(self.state), state)
        self.state = state


class ListTiming(models.TextChoices):
    """When the drawn list goes public. There is no `never`."""

    AT_DRAW = "AT_DRAW", _("抽取生效时")
    AT_START = "AT_START", _("检查开始日")
    AT_END = "AT_END", _("检查结束日")


class Campaign(models.Model):
    """抽查任务 under a plan; joint when more than one department takes part."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="campaigns", verbose_name=_("年度计划"))
    title = models.CharField(_("名称"), max_length=120)
    starts_on = models.DateField(_("检查开始日"))
    ends_on = models.DateField(_("检查结束日"))
    list_timing = models.CharField(
        _("名单公开时点"), max_length=10, choices=ListTiming.choices, default=ListTiming.AT_DRAW
    )
    slack = models.PositiveSmallIntegerField(_("人员负荷宽松量"), default=1)
    # 随机匹配分组: so many teams are formed and matched with the firms by lot; 0: people are drawn for each firm.
    teams = models.PositiveSmallIntegerField(_("小组数"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    # Approved with the campaign; without it no share lies below the least that the rules allow.
    low_share_reason = models.CharField(_("比例低于下限的理由"), max_length=500, blank=True)
    # 补充抽查 of this campaign: always the first of them, so that all of one family know one another.
    supplements = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supplementary", verbose_name=_("补充的任务")
    )
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人"))
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    remark = models.CharField(_("退回意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("抽查任务")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "title"], name="plans_campaign_title_once_a_plan"),
            models.CheckConstraint(name="plans_campaign_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="plans_campaign_teams_have_codes", condition=Q(teams__lte=9999)),
            models.CheckConstraint(
                name="plans_campaign_approved_at_follows_state",
                condition=Q(
                    state__in=[CampaignState.APPROVED, CampaignState.DRAWN, CampaignState.CLOSED],
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                )
                | Q(state__in=[CampaignState.DRAFT, CampaignState.SUBMITTED], approved_at=None, approved_by=None),
            ),
            models.CheckConstraint(
                name="plans_campaign_maker_is_not_checker",
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def department(self) -> Department:
        """The lead: the department of the plan."""
        return self.plan.department

    @property
    def is_draft(self) -> bool:
        return self.state == CampaignState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == CampaignState.SUBMITTED

    @property
    def is_drawn(self) -> bool:
        """The list stands: what the register says now no longer changes it."""
        return self.state in (CampaignState.DRAWN, CampaignState.CLOSED)

    @property
    def is_joint(self) -> bool:
        """联合抽查: more than one department takes part."""
        return len(self.parties.all()) > 1

    @property
    def is_closed(self) -> bool:
        return self.state == CampaignState.CLOSED

    @property
    def in_teams(self) -> bool:
        """随机匹配分组: teams go, not people drawn for each firm."""
        return self.teams > 0

    @property
    def sending(self) -> str:
        """How people are sent, in words."""
        return gettext("随机分组、随机匹配（%d 个小组）") % self.teams if self.in_teams else gettext("每户各抽人员")

    @property
    def may_be_drawn(self) -> bool:
        return self.state == CampaignState.APPROVED

    def move_to(self, state: CampaignState) -> None:
        CAMPAIGN_WORKFLOW.check(CampaignState(self.state), state)
        self.state = state


class CampaignDepartment(models.Model):
    """A department that takes part, with how many of its inspectors go to each subject."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="parties", verbose_name=_("抽查任务"))
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    inspectors = models.PositiveSmallIntegerField(_("每户人数"), default=2)

    class Meta:
        verbose_name = _("参与部门")
        ordering = ["campaign", "department__code"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "department"], name="plans_party_once"),
            models.CheckConstraint(name="plans_party_has_two_inspectors", condition=Q(inspectors__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}（{self.department.short_name}）"


class CampaignItem(models.Model):
    """An item that the campaign inspects; its department takes part."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="items", verbose_name=_("抽查任务"))
    item = models.ForeignKey(InspectionItem, models.PROTECT, verbose_name=_("事项"))

    class Meta:
        verbose_name = _("任务事项")
        ordering = ["campaign", "item__item_list__department__code", "item__code"]
        constraints = [models.UniqueConstraint(fields=["campaign", "item"], name="plans_campaign_item_once")]


class CampaignStratum(models.Model):
    """分层: a subject falls into the first stratum (by position) that it fits; empty criteria fit everyone."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="strata", verbose_name=_("抽查任务"))
    position = models.PositiveSmallIntegerField(_("次序"))
    code = models.SlugField(_("分层代码"), max_length=30)
    label = models.CharField(_("分层名称"), max_length=60)
    foreign_only = models.BooleanField(_("仅涉外"), default=False)
    risks = models.CharField(_("信用风险"), max_length=10, blank=True)
    share = models.DecimalField(_("抽查比例"), max_digits=5, decimal_places=4)
    reserve = models.PositiveSmallIntegerField(_("备选户数"), default=2)

    class Meta:
        verbose_name = _("分层")
        ordering = ["campaign", "position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="plans_stratum_once"),
            models.UniqueConstraint(fields=["campaign", "position"], name="plans_stratum_position_once"),
            models.CheckConstraint(name="plans_share_is_a_share", condition=Q(share__gt=0, share__lte=1)),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def takes_everyone(self) -> bool:
        """No criteria: whoever came this far belongs here."""
        return not self.foreign_only and not self.risks

    def fits(self, *, is_foreign: bool, risk: str) -> bool:
        """Does a subject with these marks meet the criteria?"""
        return (is_foreign or not self.foreign_only) and (not self.risks or (risk != "" and risk in self.risks))

    def take_from(self, population: int, *, floor: Decimal = Decimal(0)) -> int:
        """How many are drawn: the share, or the floor where that has risen since, of the population, rounded up."""
        return math.ceil(max(self.share, floor) * population)


def stratum_for(strata: Iterable[CampaignStratum], *, is_foreign: bool, risk: str) -> CampaignStratum | None:
    """The first stratum, in their order, that a subject with these marks fits."""
    return next((stratum for stratum in strata if stratum.fits(is_foreign=is_foreign, risk=risk)), None)
