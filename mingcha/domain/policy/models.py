"""各地规则作为数据: what a jurisdiction's papers say, each value with its clause; and the working-day calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Region
from mingcha.domain.policy.states import WORKFLOW, ProfileState


class Profile(models.Model):
    """One dated edition of a jurisdiction's rules, as read from its file."""

    code = models.SlugField(_("编号"), max_length=60)
    name = models.CharField(_("名称"), max_length=120)
    document = models.CharField(_("文件"), max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    effective_from = models.DateField(_("施行日期"))
    effective_to = models.DateField(_("截止日期"), null=True, blank=True)
    clauses = models.JSONField(_("条款"), default=list)
    documents = models.JSONField(_("引用文件"), default=dict)
    digest = models.CharField(_("文件摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=12, choices=ProfileState.choices, default=ProfileState.DRAFT)

    class Meta:
        verbose_name = _("规则")
        ordering = ["region", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "effective_from"],
                condition=Q(state=ProfileState.IN_FORCE),
                name="policy_one_profile_in_force_from_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def move_to(self, state: ProfileState) -> None:
        WORKFLOW.check(ProfileState(self.state), state)
        self.state = state


class CalendarYear(models.Model):
    """A year whose holidays are known; a deadline in any other year is provisional."""

    year = models.PositiveSmallIntegerField(_("年份"), primary_key=True)
    source = models.CharField(_("来源"), max_length=200)

    class Meta:
        verbose_name = _("已知年份")
        ordering = ["year"]

    def __str__(self) -> str:
        return gettext("%d年放假安排") % self.year


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, or a Saturday or Sunday that is worked."""

    on = models.DateField(_("日期"), primary_key=True)
    is_workday = models.BooleanField(_("是否工作日"))
    name = models.CharField(_("说明"), max_length=60)
    source = models.CharField(_("来源"), max_length=200, blank=True)
    # Entered by the office after the product's own table was made; loading the table again leaves it alone.
    amended = models.BooleanField(_("本单位录入"), default=False)

    class Meta:
        verbose_name = _("节假日与调休")
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on.isoformat()} {self.name}"


@dataclass(frozen=True)
class Calendar:
    """The whole calendar as rules read it: the days that are not what their weekday says, and the known years."""

    days: Mapping[date, bool]
    known_years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict)
