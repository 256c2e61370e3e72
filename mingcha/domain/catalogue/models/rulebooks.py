"""实施细则: how a department inspects, chapter by chapter; parts of a chapter are data that the work reads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.states import HELD, UNDER_WAY, WORKFLOW, ListState
from mingcha.domain.organisation.models import Department, User


class Rulebook(models.Model):
    """One edition. `parent` is the upper department's rulebook that it was made from."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    edition = models.PositiveSmallIntegerField(_("版次"))
    title = models.CharField(_("名称"), max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("上级细则"))
    state = models.CharField(_("状态"), max_length=14, choices=ListState.choices, default=ListState.DRAFT)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    in_force_at = models.DateTimeField(_("施行时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("实施细则")
        ordering = ["department", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["department", "edition"], name="catalogue_rulebook_edition_once"),
            models.UniqueConstraint(
                fields=["department"], condition=Q(state=ListState.IN_FORCE), name="catalogue_one_rulebook_in_force"
            ),
            models.UniqueConstraint(
                fields=["department"], condition=Q(state__in=UNDER_WAY), name="catalogue_one_rulebook_under_way"
            ),
            models.CheckConstraint(
                name="catalogue_rulebook_in_force_at_follows_state",
                condition=Q(state__in=UNDER_WAY, in_force_at=None) | Q(state__in=HELD, in_force_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(title)s（第%(edition)d版）") % {"title": self.title, "edition": self.edition}

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == ListState.IN_FORCE

    def move_to(self, state: ListState) -> None:
        WORKFLOW.check(ListState(self.state), state)
        self.state = state


class RulebookChapter(models.Model):
    """A chapter the rules ask for. `settings` is the part that the work reads, by the names in rules/chapters.py."""

    rulebook = models.ForeignKey(Rulebook, models.PROTECT, related_name="chapters", verbose_name=_("细则"))
    code = models.CharField(_("章节"), max_length=20)
    position = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("内容"), blank=True)
    settings = models.JSONField(_("执行参数"), default=dict, blank=True)
    is_inherited = models.BooleanField(_("照上级细则"), default=False)

    class Meta:
        verbose_name = _("细则章节")
        ordering = ["rulebook", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rulebook", "code"], name="catalogue_chapter_once"),
            models.UniqueConstraint(fields=["rulebook", "position"], name="catalogue_chapter_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.rulebook} {self.code}"
