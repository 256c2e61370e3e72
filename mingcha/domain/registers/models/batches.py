"""Imports: one file each, its rows, what is wrong with them, what became of them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.registers.models.inspectors import StaffCategory
from mingcha.domain.registers.models.subjects import Category, CodeType
from mingcha.domain.registers.states import BATCH_WORKFLOW, BatchState


class BatchKind(models.TextChoices):
    SUBJECTS = "SUBJECTS", _("检查对象")
    INSPECTORS = "INSPECTORS", _("执法检查人员")


class ImportBatch(models.Model):
    """One file: what it holds, what is wrong with it, what became of it."""

    kind = models.CharField(_("名录"), max_length=12, choices=BatchKind.choices)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    file = models.FileField(_("原文件"), upload_to="imports/%Y/%m/", blank=True)
    file_name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小"), default=0)
    # What a person said about the file; where nothing was said it is found out.
    sheet = models.CharField(_("工作表"), max_length=100, blank=True)
    heading_row = models.PositiveIntegerField(_("表头行"), null=True, blank=True)
    columns = models.JSONField(_("指定的列"), default=dict, blank=True)
    # What was found out. Of the headings each with the field it fills; an empty field is a column not imported.
    found = models.CharField(_("识别结果"), max_length=300, blank=True)
    sheets = models.JSONField(_("工作表"), default=list)
    headings = models.JSONField(_("列的对应"), default=list)
    # How far it has been read: all lines up to this number are staged, in so many rounds.
    read_to = models.PositiveIntegerField(_("已读到行"), default=0)
    share = models.FloatField(_("已读比例"), default=0)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    created = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更新"), default=0)
    unchanged = models.PositiveIntegerField(_("无变化"), default=0)
    missing = models.PositiveIntegerField(_("缺失"), default=0)
    faulty = models.PositiveIntegerField(_("有问题的行"), default=0)
    fault_count = models.PositiveIntegerField(_("问题数"), default=0)
    warning_count = models.PositiveIntegerField(_("提醒数"), default=0)
    state = models.CharField(_("状态"), max_length=8, choices=BatchState.choices)
    word = models.CharField(_("结果说明"), max_length=500, blank=True)
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    loaded_at = models.DateTimeField(_("时间"))
    # Who pressed merge or undo, and whether the rows without a fault go in alone.
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("合并人"))
    good_only = models.BooleanField(_("只导入无误的行"), default=False)
    merged_at = models.DateTimeField(_("合并时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入")
        ordering = ["-loaded_at"]
        indexes = [models.Index(fields=["state", "loaded_at"])]

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

    @property
    def is_read(self) -> bool:
        return self.state in {BatchState.RECEIVED, BatchState.READING}

    @property
    def is_merging(self) -> bool:
        return self.state == BatchState.MERGING

    @property
    def is_undoing(self) -> bool:
        return self.state == BatchState.UNDOING

    @property
    def is_undone(self) -> bool:
        return self.state == BatchState.UNDONE

    @property
    def is_under_way(self) -> bool:
        """Something happens to it by itself: it is being read, merged or undone, or waits for that."""
        return self.is_read or self.state in {BatchState.MERGING, BatchState.UNDOING}

    @property
    def good(self) -> int:
        """Rows that may be taken, whatever is wrong with others."""
        return self.created + self.changed + self.unchanged


class Verdict(models.TextChoices):
    """What merging a row does to the register; FORMER rows are what the register said before the merge."""

    CREATED = "CREATED", _("新增")
    CHANGED = "CHANGED", _("更新")
    UNCHANGED = "UNCHANGED", _("无变化")
    FAULTY = "FAULTY", _("有问题")
    FORMER = "FORMER", _("改动前")


WORKING = frozenset({"id", "batch", "line", "code", "verdict", "seen"})


class StagedRow(models.Model):
    """A row of a file as the register would hold it; after the merge, those that changed something are its change log.

    Typed like the register itself, so that a merge is one statement in the database and a row is never taken apart.
    """

    # No constraint, as it would be asked once a row: a million rows of working material, written by one action only.
    batch = models.ForeignKey(ImportBatch, models.CASCADE, db_index=False, db_constraint=False, related_name="+")
    line = models.PositiveIntegerField(_("行号"))
    code = models.CharField(_("编号"), max_length=64, blank=True)
    verdict = models.CharField(_("变化"), max_length=9, choices=Verdict.choices)
    # When the register's own row last changed, as it was when the file was read.
    seen = models.DateTimeField(_("名录更新时间"), null=True)
    # Given by queries to rows that are to be shown: all values, and those they replace.
    content: dict[str, Any]
    before: dict[str, Any]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @classmethod
    def kept(cls) -> tuple[str, ...]:
        """The columns that the register has too: what a file can fill."""
        return tuple(field.attname for field in cls._meta.fields if field.name not in WORKING)


class StagedSubject(StagedRow):
    """Of the file of subjects."""

    name = models.CharField(_("名称"), max_length=200)
    code_type = models.CharField(_("编号种类"), max_length=12, choices=CodeType.choices)
    category = models.CharField(_("主体大类"), max_length=14, choices=Category.choices)
    kind = models.CharField(_("类型"), max_length=60, blank=True)
    industry = models.CharField(_("行业"), max_length=60, blank=True)
    area = models.CharField(_("片区代码"), max_length=64, blank=True)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    established_on = models.DateField(_("成立日期"), null=True)
    is_foreign = models.BooleanField(_("涉外"))
    risk = models.CharField(_("信用风险"), max_length=1, blank=True)
    state = models.CharField(_("状态"), max_length=8)
    warning = models.CharField(_("提醒"), max_length=300, blank=True)
    contact = models.CharField(_("联络员"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    source = models.CharField(_("来源"), max_length=60, blank=True)
    verified_on = models.DateField(_("核对日期"), null=True)
    search = models.TextField(_("检索词"), blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("导入的检查对象")
        indexes = [models.Index(fields=["code", "batch"]), models.Index(fields=["batch", "verdict", "line"])]


class StagedInspector(StagedRow):
    """Of the file of people."""

    department = models.ForeignKey(Department, models.PROTECT, null=True, db_index=False, related_name="+")
    name = models.CharField(_("姓名"), max_length=60)
    certificate_no = models.CharField(_("执法证号"), max_length=60)
    certificate_until = models.DateField(_("执法证有效期至"), null=True)
    areas = models.CharField(_("片区"), max_length=600)
    skills = models.CharField(_("专业"), max_length=300, blank=True)
    category = models.CharField(_("人员类别"), max_length=14, choices=StaffCategory.choices)
    post = models.CharField(_("岗位"), max_length=60, blank=True)
    team = models.CharField(_("执法队伍"), max_length=60, blank=True)
    item_codes = models.JSONField(_("可查事项"), default=list)
    is_expert = models.BooleanField(_("专家"))
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("导入的人员")
        indexes = [models.Index(fields=["code", "batch"]), models.Index(fields=["batch", "verdict", "line"])]


def staged_model(kind: str) -> type[StagedSubject] | type[StagedInspector]:
    """Where the rows of this register's files wait."""
    return StagedSubject if kind == BatchKind.SUBJECTS else StagedInspector


class ImportRemark(models.Model):
    """One thing that is wrong or doubtful in a file: where, what, why, what to do."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, db_index=False, related_name="remarks")
    is_fault = models.BooleanField(_("不能入库"))
    line = models.PositiveIntegerField(_("行"))
    column = models.CharField(_("列"), max_length=60, blank=True)
    value = models.CharField(_("值"), max_length=200, blank=True)
    reason = models.CharField(_("问题"), max_length=300)
    fix = models.CharField(_("怎么改"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("导入的问题")
        ordering = ["line", "pk"]
        indexes = [models.Index(fields=["batch", "is_fault", "line"])]

    def __str__(self) -> str:
        return self.reason


class ColumnChoice(models.Model):
    """Which heading fills which field, as somebody of a department once said it for files with the same headings."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    kind = models.CharField(_("名录"), max_length=12, choices=BatchKind.choices)
    headings = models.CharField(_("表头摘要"), max_length=64)
    columns = models.JSONField(_("指定的列"), default=dict)

    class Meta:
        verbose_name = _("记住的列")
        constraints = [
            models.UniqueConstraint(fields=["department", "kind", "headings"], name="registers_column_choice_once")
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
