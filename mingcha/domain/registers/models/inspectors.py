"""执法检查人员: who may inspect, with what papers, whom not, and when not."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, Region, User
from mingcha.domain.registers.models.subjects import Subject
from mingcha.domain.registers.states import INSPECTOR_WORKFLOW, InspectorState


class StaffCategory(models.TextChoices):
    """Who may stand in the roster (泰安 二（二）2)."""

    CIVIL_SERVANT = "CIVIL_SERVANT", _("行政执法类公务员")
    LICENSED = "LICENSED", _("具有行政执法资格的工作人员")
    DAILY = "DAILY", _("从事日常监管工作的人员")


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
    category = models.CharField(
        _("人员类别"), max_length=14, choices=StaffCategory.choices, default=StaffCategory.LICENSED
    )
    post = models.CharField(_("岗位"), max_length=60, blank=True)
    team = models.CharField(_("执法队伍"), max_length=60, blank=True)  # 综合执法队伍 (泰安 二（二）2)
    item_codes = models.JSONField(_("可查事项"), default=list, blank=True)  # empty: all of the department's
    is_expert = models.BooleanField(_("专家"), default=False)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
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


class Qualification(models.Model):
    """资格证书 beside the enforcement certificate, such as 特种设备安全监察员."""

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="qualifications", verbose_name=_("人员"))
    name = models.CharField(_("资格"), max_length=60)
    number = models.CharField(_("证号"), max_length=60, blank=True)
    until = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        verbose_name = _("资格")
        ordering = ["inspector", "name"]
        constraints = [models.UniqueConstraint(fields=["inspector", "name"], name="registers_qualification_once")]

    def __str__(self) -> str:
        return self.name


class Leave(models.Model):
    """请假、培训: days on which a person is not drawn; over by itself, the person stays in the roster."""

    class Kind(models.TextChoices):
        LEAVE = "LEAVE", _("请假")
        TRAINING = "TRAINING", _("脱产培训")
        SECONDED = "SECONDED", _("借调")

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="leaves", verbose_name=_("人员"))
    kind = models.CharField(_("事由"), max_length=10, choices=Kind.choices)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"))
    remark = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("请假")
        ordering = ["-since"]
        constraints = [models.CheckConstraint(name="registers_leave_ends", condition=Q(until__gte=F("since")))]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Training(models.Model):
    """培训记录 (泰安 三（四）)."""

    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="trainings", verbose_name=_("人员"))
    on = models.DateField(_("日期"))
    title = models.CharField(_("内容"), max_length=200)
    hours = models.PositiveSmallIntegerField(_("学时"))
    passed = models.BooleanField(_("考核合格"), default=True)

    class Meta:
        verbose_name = _("培训记录")
        ordering = ["-on"]
        constraints = [models.UniqueConstraint(fields=["inspector", "on", "title"], name="registers_training_once")]

    def __str__(self) -> str:
        return self.title


class Pool(models.Model):
    """跨部门、跨区域执法检查人员名录库: people whom several departments may draw from."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("区划"))
    name = models.CharField(_("名称"), max_length=100)
    sector = models.CharField(_("监管领域"), max_length=30, blank=True)
    keeper = models.ForeignKey(Department, models.PROTECT, verbose_name=_("牵头部门"))

    class Meta:
        verbose_name = _("跨部门人员库")
        ordering = ["region", "name"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="registers_pool_once")]

    def __str__(self) -> str:
        return self.name


class PoolMember(models.Model):
    """A person in a pool; the own department's head has agreed, for as long as it says."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="members", verbose_name=_("人员库"))
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="pools", verbose_name=_("人员"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("提名人"))
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("同意人"))
    until = models.DateField(_("借用至"), null=True, blank=True)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("库内人员")
        ordering = ["pool", "inspector"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "inspector"], condition=Q(left_on=None), name="registers_in_a_pool_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspector} {self.pool}"


class AvoidanceReason(models.TextChoices):
    """回避事由 (codes-and-data E14)."""

    RELATIVE = "RELATIVE", _("近亲属")
    STAKE = "STAKE", _("持股或投资")
    FORMER_POST = "FORMER_POST", _("三年内曾任职")
    DEALINGS = "DEALINGS", _("经济往来")
    COMPLAINT = "COMPLAINT", _("与投诉举报有关")
    ASKED = "ASKED", _("企业申请回避")
    OTHER = "OTHER", _("其他")


class Avoidance(models.Model):
    """回避: this person must not inspect this subject. Kept private, used silently."""

    subject = models.ForeignKey(Subject, models.PROTECT, verbose_name=_("检查对象"))
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="avoidances", verbose_name=_("人员"))
    kind = models.CharField(
        _("事由种类"), max_length=12, choices=AvoidanceReason.choices, default=AvoidanceReason.OTHER
    )
    reason = models.CharField(_("事由"), max_length=200)
    declared_at = models.DateTimeField(_("申报时间"))

    class Meta:
        verbose_name = _("回避关系")
        constraints = [models.UniqueConstraint(fields=["subject", "inspector"], name="registers_avoidance_once")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
