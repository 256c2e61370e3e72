"""检查任务与结果: one visit to a firm, each department's part in it, what was seen and found."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem
from mingcha.domain.draws.models import DrawnSubject
from mingcha.domain.inspections.states import WORKFLOW, InspectionState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Inspector, Subject


class Visit(models.Model):
    """One firm in one campaign: all departments come together (进一家门、查多项事)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="visits", verbose_name=_("抽查任务"))
    drawn = models.OneToOneField(DrawnSubject, models.PROTECT, related_name="visit", verbose_name=_("抽取结果"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="visits", verbose_name=_("检查对象"))

    class Meta:
        verbose_name = _("入户检查")
        ordering = ["campaign", "subject__code"]
        constraints = [models.UniqueConstraint(fields=["campaign", "subject"], name="inspections_one_visit")]

    def __str__(self) -> str:
        return str(self.subject)


class SubjectOutcome(models.TextChoices):
    """How the inspected unit took the record."""

    SIGNED = "SIGNED", _("签名")
    REFUSED = "REFUSED", _("拒绝签字")
    UNABLE = "UNABLE", _("无法签字")
    ABSENT = "ABSENT", _("无人在场")


class Inspection(models.Model):
    """检查: one department's part of a visit; entered, confirmed and published by that department alone."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="inspections", verbose_name=_("入户检查"))
    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    state = models.CharField(
        _("状态"), max_length=10, choices=InspectionState.choices, default=InspectionState.ASSIGNED
    )
    arrived_at = models.DateTimeField(_("到场时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("检查结束时间"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("录入人"))
    confirmed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("审核人"))
    published_at = models.DateTimeField(_("公示时间"), null=True, blank=True)
    subject_opinion = models.CharField(_("被检查单位意见"), max_length=500, blank=True)
    subject_signed = models.CharField(_("被检查单位签字"), max_length=60, blank=True)
    subject_outcome = models.CharField(
        _("被检查单位签署情况"), max_length=8, choices=SubjectOutcome.choices, blank=True
    )
    remark = models.CharField(_("退回意见"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("检查")
        ordering = ["visit", "department"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "department"], name="inspections_one_part_a_department"),
            models.CheckConstraint(
                name="inspections_maker_is_not_checker",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="inspections_recorded_follows_state",
                condition=Q(
                    state__in=[InspectionState.RECORDED, InspectionState.CONFIRMED],
                    recorded_at__isnull=False,
                    recorded_by__isnull=False,
                )
                | (
                    ~Q(state__in=[InspectionState.RECORDED, InspectionState.CONFIRMED])
                    & Q(recorded_at=None, recorded_by=None)
                ),
            ),
            models.CheckConstraint(
                name="inspections_confirmed_follows_state",
                condition=Q(state=InspectionState.CONFIRMED, confirmed_at__isnull=False, confirmed_by__isnull=False)
                | (~Q(state=InspectionState.CONFIRMED) & Q(confirmed_at=None, confirmed_by=None)),
            ),
            models.CheckConstraint(
                name="inspections_published_after_confirmed",
                condition=Q(published_at=None) | Q(state=InspectionState.CONFIRMED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit.subject}（{self.department.short_name}）"

    @property
    def campaign(self) -> Campaign:
        return self.visit.campaign

    @property
    def subject(self) -> Subject:
        return self.visit.subject

    @property
    def awaits_inspectors(self) -> bool:
        return self.state == InspectionState.ASSIGNED

    @property
    def is_visiting(self) -> bool:
        return self.state == InspectionState.VISITING

    @property
    def is_finished(self) -> bool:
        """The visit is over, its results are not entered yet."""
        return self.state == InspectionState.FINISHED

    @property
    def is_recorded(self) -> bool:
        return self.state == InspectionState.RECORDED

    @property
    def is_confirmed(self) -> bool:
        return self.state == InspectionState.CONFIRMED

    @property
    def is_called_off(self) -> bool:
        """A reserve is visited in place of this firm."""
        return self.state == InspectionState.CALLED_OFF

    def move_to(self, state: InspectionState) -> None:
        WORKFLOW.check(InspectionState(self.state), state)
        self.state = state


class AssignmentSet(models.QuerySet["Assignment"]):
    """Assignments; whoever was replaced stays among them."""

    def standing(self) -> Self:
        """Those who go: everything that counts people starts here."""
        return self.filter(withdrawn_at=None)


class Assignment(models.Model):
    """A drawn inspector, or who stands in for one, on an inspection; arrival and signature are each person's own."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="assignments", verbose_name=_("检查"))
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="assignments", verbose_name=_("人员"))
    position = models.PositiveIntegerField(_("次序"))
    # The notice of being sent, and the person's own word that it was read.
    sent_at = models.DateTimeField(_("派员通知时间"))
    acknowledged_at = models.DateTimeField(_("确认收到时间"), null=True, blank=True)
    # Replaced by a substitute before arriving. The row stays: it says who was drawn.
    withdrawn_at = models.DateTimeField(_("退出时间"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("到场时间"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签字时间"), null=True, blank=True)

    objects = AssignmentSet.as_manager()

    class Meta:
        verbose_name = _("派出人员")
        ordering = ["inspection", "position", "sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "inspector"], name="inspections_person_once"),
            models.UniqueConstraint(
                fields=["inspection", "position"],
                condition=Q(withdrawn_at=None),
                name="inspections_one_person_a_position",
            ),
            models.CheckConstraint(
                name="inspections_withdrawn_signs_nothing", condition=Q(withdrawn_at=None) | Q(signed_at=None)
            ),
        ]

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_new(self) -> bool:
        """Sent, and not confirmed by the person yet."""
        return self.withdrawn_at is None and self.acknowledged_at is None

    def arrived_on(self, day: date) -> bool:
        """Here on that day (Asia/Shanghai); an arrival of an earlier day does not count."""
        return self.arrived_at is not None and timezone.localdate(self.arrived_at) == day


class Result(models.TextChoices):
    """抽查结果, the national eight and other (codes-and-data E1)."""

    CLEAN = "01", _("未发现问题")
    NOT_PUBLISHED = "02", _("未按规定公示应当公示的信息")
    CONCEALED = "03", _("公示信息隐瞒真实情况、弄虚作假")
    UNREACHABLE = "04", _("通过登记的住所（经营场所）无法联系")
    CORRECTED = "05", _("发现问题已责令改正")
    UNCOOPERATIVE = "06", _("不配合检查情节严重")
    NO_ACTIVITY = "07", _("未发现开展本次抽查涉及的经营活动")
    PENDING = "08", _("发现问题待后续处理")
    OTHER = "99", _("其他")


class Finding(models.Model):
    """检查结果 of one item. Only an item in force may stand here when the visit starts; the database keeps that."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings", verbose_name=_("检查"))
    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="+", verbose_name=_("事项"))
    result = models.CharField(_("检查结果"), max_length=2, choices=Result.choices, blank=True)
    problem = models.CharField(_("问题描述"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("检查结果")
        ordering = ["inspection", "item__code"]
        constraints = [models.UniqueConstraint(fields=["inspection", "item"], name="inspections_item_once")]

    @property
    def is_clean(self) -> bool:
        return self.result == Result.CLEAN


class Answer(models.Model):
    """What an inspector saw at one checkpoint."""

    class Value(models.TextChoices):
        MEETS = "MEETS", _("符合")
        FAILS = "FAILS", _("不符合")
        NOT_APPLICABLE = "NOT_APPLICABLE", _("不适用")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="answers", verbose_name=_("检查结果"))
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="+", verbose_name=_("检查要点"))
    value = models.CharField(_("答案"), max_length=14, choices=Value.choices)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("填写人"))
    answered_at = models.DateTimeField(_("填写时间"))

    class Meta:
        verbose_name = _("检查答案")
        ordering = ["checkpoint__position"]
        constraints = [models.UniqueConstraint(fields=["finding", "checkpoint"], name="inspections_answer_once")]


class Evidence(models.Model):
    """现场证据. The file is re-encoded on arrival; the digest of what the phone sent is kept."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="evidence", verbose_name=_("检查"))
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, null=True, related_name="+", verbose_name=_("检查要点"))
    file = models.FileField(_("文件"), upload_to="evidence/%Y/%m/")
    sha256 = models.CharField(_("原件摘要"), max_length=64)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    taken_at = models.DateTimeField(_("收到时间"))

    class Meta:
        verbose_name = _("现场证据")
        ordering = ["taken_at"]
        constraints = [models.UniqueConstraint(fields=["inspection", "sha256"], name="inspections_photo_once")]
