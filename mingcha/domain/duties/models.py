"""办理时限: what must be done until when, with the rule of its day copied in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.duties.states import WORKFLOW, DutyState
from mingcha.domain.organisation.models import Department


class DutyKind(models.TextChoices):
    """The clocks of this stage; each is computed by one rule."""

    ENTRY = "ENTRY", _("结果录入")
    CAMPAIGN_END = "CAMPAIGN_END", _("任务结束")
    PUBLISH_RESULT = "PUBLISH_RESULT", _("结果公示")


class Duty(models.Model):
    """One clock. `about` names the row it is for as the trail does; `rule` is a copy of value, quote and clause."""

    kind = models.CharField(_("时限"), max_length=20, choices=DutyKind.choices)
    about = models.CharField(_("对象"), max_length=120)
    about_label = models.CharField(_("对象名称"), max_length=300)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("责任部门"))
    started_at = models.DateTimeField(_("起算"))
    warn_at = models.DateTimeField(_("临期"), null=True, blank=True)
    due_at = models.DateTimeField(_("最迟"))
    provisional = models.BooleanField(_("暂按周一至周五估算"), default=False)
    rule = models.JSONField(_("依据"), default=dict)
    # How far the work has come, for clocks over many rows (a campaign); the row's own step tells it.
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("应完成"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=DutyState.choices, default=DutyState.RUNNING)
    ended_at = models.DateTimeField(_("办结"), null=True, blank=True)

    class Meta:
        verbose_name = _("办理时限")
        ordering = ["due_at"]
        constraints = [
            # One at a time: a clock that was met runs again when new work comes, and both runs stay (ADR 0023).
            models.UniqueConstraint(
                fields=["kind", "about"], condition=Q(state=DutyState.RUNNING), name="duties_one_running_of_a_kind"
            ),
            models.CheckConstraint(
                name="duties_ended_at_follows_state",
                condition=Q(state=DutyState.RUNNING, ended_at=None)
                | (~Q(state=DutyState.RUNNING) & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["about"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.about_label}"

    @property
    def is_running(self) -> bool:
        return self.state == DutyState.RUNNING

    @property
    def was_late(self) -> bool:
        return self.state == DutyState.LATE

    def move_to(self, state: DutyState) -> None:
        WORKFLOW.check(DutyState(self.state), state)
        self.state = state
