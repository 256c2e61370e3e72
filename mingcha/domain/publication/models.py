"""公示: frozen copies of what was shown to the public, and when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department
from mingcha.domain.publication.states import WORKFLOW, PublicationState


class PublicationKind(models.TextChoices):
    PLAN = "PLAN", _("年度抽查计划")
    DRAWN_LIST = "DRAWN_LIST", _("检查公告")
    RESULT = "RESULT", _("检查结果")


class Publication(models.Model):
    """`about` names the row it was made from; `content` is what was shown, a copy that never changes."""

    kind = models.CharField(_("种类"), max_length=12, choices=PublicationKind.choices)
    about = models.CharField(_("来源"), max_length=120)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("公示部门"))
    title = models.CharField(_("标题"), max_length=300)
    subject_code = models.CharField(_("企业代码"), max_length=64, blank=True)
    subject_name = models.CharField(_("企业名称"), max_length=200, blank=True)
    # Of a result: nothing was found at any item. Kept beside the copy so that lists can be filtered.
    found_nothing = models.BooleanField(_("未发现问题"), null=True)
    content = models.JSONField(_("内容"), default=dict)
    digest = models.CharField(_("内容摘要"), max_length=64, blank=True)
    # The day the plan set for a drawn list, or the last day the rule allows for a result.
    due_at = models.DateTimeField(_("最迟公示"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=PublicationState.choices, default=PublicationState.DUE)
    published_at = models.DateTimeField(_("公示时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("公示")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="publication_once"),
            models.CheckConstraint(
                name="publication_published_at_follows_state",
                condition=Q(state=PublicationState.DUE, published_at=None, digest="")
                | (Q(state=PublicationState.PUBLISHED, published_at__isnull=False) & ~Q(digest="")),
            ),
        ]
        indexes = [models.Index(fields=["kind", "state"]), models.Index(fields=["subject_code"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == PublicationState.PUBLISHED

    def move_to(self, state: PublicationState) -> None:
        WORKFLOW.check(PublicationState(self.state), state)
        self.state = state
