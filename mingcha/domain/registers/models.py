"""两库: who may be inspected and who may inspect; how they got in; what was already looked at."""

from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.registers.states import (
    BATCH_WORKFLOW,
    INSPECTOR_WORKFLOW,
    SUBJECT_WORKFLOW,
    BatchState,
    InspectorState,
    SubjectState,
)


class Risk(models.TextChoices):
    """信用风险分类 (国市监信发〔2022〕6号)."""

    LOW = "A", _("A 低")
    COMMON = "B", _("B 一般")
    RAISED = "C", _("C 较高")
    HIGH = "D", _("D 高")


class Subject(models.Model):
    """检查对象. `code` is the 统一社会信用代码 or a register number: its public name in every draw."""

    code = models.CharField(_("统一社会信用代码"), max_length=64)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    name = models.CharField(_("名称"), max_length=200)
    kind = models.CharField(_("类型"), max_length=60, blank=True)
    industry = models.CharField(_("行业"), max_length=60, blank=True)
    area = models.CharField(_("片区代码"), max_length=64, blank=True)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    established_on = models.DateField(_("成立日期"), null=True, blank=True)
    is_foreign = models.BooleanField(_("涉外"), default=False)
    risk = models.CharField(_("信用风险"), max_length=1, choices=Risk.choices, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=SubjectState.choices, default=SubjectState.OPEN)
    warning = models.CharField(_("提醒"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("检查对象")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="registers_subject_once_a_region"),
            models.CheckConstraint(
                name="registers_subject_code_can_be_drawn", condition=Q(code__regex=r"^[0-9A-Za-z._-]{2,64}$")
            ),
        ]
        indexes = [models.Index(fields=["region", "state"]), models.Index(fields=["code"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == SubjectState.OPEN

    def move_to(self, state: SubjectState) -> None:
        SUBJECT_WORKFLOW.check(SubjectState(self.state), state)
        self.state = state


class Inspector(models.Model):
    """执法检查人员. `code` is the roster code a draw knows; areas and skills are comma lists, `*` is everywhere."""

    code = models.CharField(_("名录编号"), max_length=64, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="inspectors", verbose_name=_("部门"))
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, related_name="inspector")
    name = models.CharField(_("姓名"), max_length=60)
    certificate_no = models.CharField(_("执法证号"), max_length=60, unique=True)
    certificate_until = models.DateField(_("执法证有效期至"))
    areas = models.CharField(_("片区"), max_length=600, default="*")
    skills = models.CharField(_("专业"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=InspectorState.choices, default=InspectorState.ACTIVE)
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("执法检查人员")
        ordering = ["department", "code"]
        constraints = [
            models.CheckConstraint(
                name="registers_inspector_code_can_be_drawn", condition=Q(code__regex=r"^[0-9A-Za-z._-]{2,64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def move_to(self, state: InspectorState) -> None:
        INSPECTOR_WORKFLOW.check(InspectorState(self.state), state)
        self.state = state

    @property
    def is_active(self) -> bool:
        return self.state == InspectorState.ACTIVE

    @property
    def is_suspended(self) -> bool:
        return self.state == InspectorState.SUSPENDED

    def may_inspect(self, on: date) -> bool:
        """In the register and certified on that day (行政处罚法 §42)."""
        return self.state == InspectorState.ACTIVE and self.certificate_until >= on


class Avoidance(models.Model):
    """回避: this person must not inspect this subject. Kept private, used silently."""

    subject = models.ForeignKey(Subject, models.PROTECT, verbose_name=_("检查对象"))
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="avoidances", verbose_name=_("人员"))
    reason = models.CharField(_("事由"), max_length=200)
    declared_at = models.DateTimeField(_("申报时间"))

    class Meta:
        verbose_name = _("回避关系")
        constraints = [models.UniqueConstraint(fields=["subject", "inspector"], name="registers_avoidance_once")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Dispute(models.Model):
    """A dispute of a firm with a department (复议, 诉讼): while it runs, that department's draws leave the firm out.

    What it is about stays with the department; the public reads the kind of reason and nothing else.
    """

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="disputes", verbose_name=_("检查对象"))
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    reason = models.CharField(_("事由"), max_length=300)
    since = models.DateField(_("开始日"))
    until = models.DateField(_("结束日"), null=True, blank=True)  # from this day on it is over
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))

    class Meta:
        verbose_name = _("未结争议")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "department"], condition=Q(until=None), name="registers_one_open_dispute"
            ),
            models.CheckConstraint(
                name="registers_dispute_ends_after_start", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def is_open(self) -> bool:
        return self.until is None


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


class VisitNote(models.Model):
    """What was looked at where: told by inspections, asked when the next frame is made."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="notes", verbose_name=_("检查对象"))
    item_code = models.CharField(_("事项编码"), max_length=40)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    on = models.DateField(_("日期"))
    is_clean = models.BooleanField(_("未发现问题"))

    class Meta:
        verbose_name = _("检查记事")
        constraints = [
            models.UniqueConstraint(fields=["subject", "item_code", "department", "on"], name="registers_note_once")
        ]


class RegisterConfirmation(models.Model):
    """更新确认: a department says that its register is complete and up to date; never changed, only given anew."""

    register = models.CharField(_("名录"), max_length=12, choices=BatchKind.choices)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    rows = models.PositiveIntegerField(_("条数"))
    digest = models.CharField(_("名录摘要"), max_length=64)  # of what a draw reads of the rows
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"))
    remark = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("名录更新确认")
        ordering = ["-confirmed_at"]
        indexes = [models.Index(fields=["department", "register", "confirmed_at"])]

    def __str__(self) -> str:
        return f"{self.department.short_name}{self.get_register_display()}"


class Standing(NamedTuple):
    """One register of one owner: its newest confirmation, and whether that still holds."""

    department: Department
    register: BatchKind
    confirmation: RegisterConfirmation | None
    until: date | None  # the last day; None without a confirmation, or where the rules set no end
    valid: bool
