"""Data that one department asks another for (巴中 二: 根据各部门需求搞好数据共享), and the views people save."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.states import SHARING_WORKFLOW, SharingState


class DataRequest(models.Model):
    """Which fields of which register, for what; granted until a day or refused with a reason."""

    asker = models.ForeignKey(Department, models.PROTECT, related_name="data_requests", verbose_name=_("申请部门"))
    owner = models.ForeignKey(Department, models.PROTECT, related_name="data_grants", verbose_name=_("提供部门"))
    register = models.CharField(_("名录"), max_length=12)
    fields = models.JSONField(_("申请的字段"), default=list)
    granted = models.JSONField(_("同意的字段"), default=list, blank=True)
    filters = models.JSONField(_("范围"), default=dict, blank=True)
    purpose = models.CharField(_("用途"), max_length=300)
    state = models.CharField(_("状态"), max_length=10, choices=SharingState.choices, default=SharingState.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("审批人"))
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    answer = models.CharField(_("审批意见"), max_length=300, blank=True)
    until = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta:
        verbose_name = _("数据共享申请")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="registers_sharing_decided_follows_state",
                condition=Q(state=SharingState.ASKED, decided_by=None)
                | (~Q(state=SharingState.ASKED) & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(name="registers_sharing_is_between_two", condition=~Q(asker=models.F("owner"))),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def is_asked(self) -> bool:
        return self.state == SharingState.ASKED

    @property
    def is_granted(self) -> bool:
        return self.state == SharingState.GRANTED

    def move_to(self, state: SharingState) -> None:
        SHARING_WORKFLOW.check(SharingState(self.state), state)
        self.state = state


class DataDelivery(models.Model):
    """Each time that data was taken under a grant: how many rows, by whom, with the digest of the file."""

    request = models.ForeignKey(DataRequest, models.PROTECT, related_name="deliveries", verbose_name=_("申请"))
    rows = models.PositiveIntegerField(_("行数"))
    sha256 = models.CharField(_("文件摘要"), max_length=64)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    taken_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("数据提供记录")
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.request} {self.rows}"


class SavedView(models.Model):
    """A filter with its columns under a name: one's own, or the department's."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="views", verbose_name=_("所有人"))
    table = models.CharField(_("表"), max_length=20)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=1000, blank=True)
    columns = models.JSONField(_("列"), default=list)
    is_shared = models.BooleanField(_("本部门可见"), default=False)

    class Meta:
        verbose_name = _("常用视图")
        ordering = ["table", "name"]
        constraints = [models.UniqueConstraint(fields=["owner", "table", "name"], name="registers_view_once")]

    def __str__(self) -> str:
        return self.name


class RegisterExport(models.Model):
    """A file of the list that takes too long to wait for: the worker writes it, its owner takes it."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    query = models.TextField(_("条件"), blank=True)  # percent-encoded: nine letters a Chinese character
    departments = models.JSONField(_("可查看的部门"), default=list)  # by whose right it was asked for, then written
    rows = models.PositiveIntegerField(_("行数"))
    written = models.PositiveIntegerField(_("已写行数"), default=0)
    asked_at = models.DateTimeField(_("提交时间"))
    ended_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    file = models.FileField(_("文件"), upload_to="exports/", blank=True)
    word = models.CharField(_("结果说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("导出")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["ended_at", "asked_at"], name="registers_export_waiting")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def is_ready(self) -> bool:
        """May it be taken?"""
        return bool(self.file)

    @property
    def share(self) -> float:
        """How far it is."""
        return min(1.0, self.written / self.rows) if self.ended_at is None and self.rows else 1.0
