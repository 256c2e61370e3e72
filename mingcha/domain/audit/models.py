"""操作留痕: what was done, by whom, to what. Copies, never keys: an entry outlives what it describes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chain(models.Model):
    """The lock and the head of one department's trail; `public` is the chain of citizens and the system."""

    name = models.CharField(_("链"), max_length=64, primary_key=True)
    count = models.PositiveBigIntegerField(_("条数"), default=0)
    head = models.CharField(_("链头"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("留痕链")


class Entry(models.Model):
    """One act. Its digest covers the one before it, so nothing can be taken out or changed unseen."""

    chain = models.CharField(_("链"), max_length=64)
    number = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    actor = models.CharField(_("操作人"), max_length=200)
    event = models.CharField(_("事件"), max_length=80)
    about = models.CharField(_("对象"), max_length=120, blank=True)
    about_label = models.CharField(_("对象名称"), max_length=300, blank=True)
    details = models.JSONField(_("内容"), default=dict)
    previous = models.CharField(_("前一条摘要"), max_length=64, blank=True)
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        verbose_name = _("留痕")
        ordering = ["chain", "number"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_numbered_in_its_chain")]
        indexes = [models.Index(fields=["about"]), models.Index(fields=["at"])]


class DayHead(models.Model):
    """The head and count of a chain at the end of a day (Asia/Shanghai), as the portal shows it for ever."""

    chain = models.CharField(_("链"), max_length=64)
    on = models.DateField(_("日期"))
    count = models.PositiveBigIntegerField(_("条数"))
    head = models.CharField(_("链头"), max_length=64)

    class Meta:
        verbose_name = _("每日链头")
        ordering = ["-on", "chain"]
        constraints = [models.UniqueConstraint(fields=["chain", "on"], name="audit_one_head_a_day")]
