"""Imports: one file each, its rows, what became of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.registers.states import BATCH_WORKFLOW, BatchState


class BatchKind(models.TextChoices):
    SUBJECTS = "SUBJECTS", _("检查对象")
    INSPECTORS = "INSPECTORS", _("执法检查人员")


class ImportBatch(models.Model):
    """One file that was read: what it holds, what is wrong with it, what became of it."""

    kind = models.CharField(_("名录"), max_length=12, choices=BatchKind.choices)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    file_name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    found = models.CharField(_("识别结果"), max_length=200, blank=True)
    # Each heading of the file with the field it fills; an empty field is a column that is not imported.
    headings = models.JSONField(_("列的对应"), default=list)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    created = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更新"), default=0)
    unchanged = models.PositiveIntegerField(_("无变化"), default=0)
    # The first of them, to be shown; the counts say how many there are.
    faults = models.JSONField(_("问题"), default=list)
    fault_count = models.PositiveIntegerField(_("问题数"), default=0)
    warnings = models.JSONField(_("提醒"), default=list)
    warning_count = models.PositiveIntegerField(_("提醒数"), default=0)
    state = models.CharField(_("状态"), max_length=8, choices=BatchState.choices)
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    loaded_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("导入")
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return self.file_name

    def move_to(self, state: BatchState) -> None:
        BATCH_WORKFLOW.check(BatchState(self.state), state)
        self.state = state

    @property
    def may_be_merged(self) -> bool:
        return self.state == BatchState.CHECKED

    @property
    def is_merged(self) -> bool:
        return self.state == BatchState.MERGED

    @property
    def is_refused(self) -> bool:
        return self.state == BatchState.REFUSED


class Verdict(models.TextChoices):
    """What merging a row does to the register."""

    CREATED = "CREATED", _("新增")
    CHANGED = "CHANGED", _("更新")
    UNCHANGED = "UNCHANGED", _("无变化")


class StagedRow(models.Model):
    """A checked row: it waits for the merge, then those that changed something stay as the register's change log."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="staged")
    line = models.PositiveIntegerField(_("行号"))
    code = models.CharField(_("编号"), max_length=64)
    content = models.JSONField(_("内容"))
    verdict = models.CharField(_("变化"), max_length=9, choices=Verdict.choices)
    before = models.JSONField(_("改动前"), default=dict)

    class Meta:
        verbose_name = _("导入的行")
        ordering = ["batch", "line"]
        constraints = [models.UniqueConstraint(fields=["batch", "code"], name="registers_staged_code_once")]
        indexes = [models.Index(fields=["code"])]
