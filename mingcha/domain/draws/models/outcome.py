"""What the result names, as rows."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models.draw import Draw
from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import Inspector, Subject

# The first part of a rehearsal's codes: nobody can take them for a register's.
INVENTED_FIRM, INVENTED_PERSON = "YLQY", "YLRY"


def team_words(code: str) -> str:
    """T003 → 第 3 组; nothing where there is no team."""
    return gettext("第 %d 组") % int(code.removeprefix("T")) if code else ""


class DrawnSubject(models.Model):
    """A subject as the result names it: drawn, or in reserve."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="subjects", verbose_name=_("抽取"))
    # Empty in a rehearsal, whose firms are in no register.
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("检查对象"))
    code = models.CharField(_("编号"), max_length=64)
    name = models.CharField(_("名称"), max_length=200)
    stratum = models.CharField(_("分层"), max_length=64)
    rank = models.PositiveIntegerField(_("位次"))
    reserve = models.BooleanField(_("备选"))
    ticket = models.CharField(_("抽签值"), max_length=64)

    class Meta:
        verbose_name = _("抽中对象")
        ordering = ["draw", "stratum", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "code"], name="draws_subject_once"),
            models.UniqueConstraint(fields=["draw", "stratum", "rank"], name="draws_rank_once"),
        ]


class DrawnInspector(models.Model):
    """An inspector on a drawn subject, for a department, at a position."""

    drawn = models.ForeignKey(DrawnSubject, models.PROTECT, related_name="inspectors", verbose_name=_("抽中对象"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    # Empty in a rehearsal; code and name are copies from the moment of the draw.
    inspector = models.ForeignKey(
        Inspector, models.PROTECT, null=True, related_name="+", verbose_name=_("执法检查人员")
    )
    code = models.CharField(_("人员编号"), max_length=64)
    name = models.CharField(_("姓名"), max_length=60)
    position = models.PositiveIntegerField(_("次序"))
    # The team that the firm got by lot, whose member this is; empty where people are drawn for each firm.
    team = models.CharField(_("小组"), max_length=8, blank=True)

    class Meta:
        verbose_name = _("抽中人员")
        ordering = ["drawn", "department", "position"]
        constraints = [
            models.UniqueConstraint(fields=["drawn", "code"], name="draws_inspector_once_a_subject"),
            models.UniqueConstraint(fields=["drawn", "department", "position"], name="draws_position_once"),
        ]

    @property
    def team_words(self) -> str:
        """第 3 组, or nothing."""
        return team_words(self.team)
