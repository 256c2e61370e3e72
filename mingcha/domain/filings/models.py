"""报备与回执: what a department hands to the body that the rules name, and what that body answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.filings.states import HANDED_IN, OPEN, SENDABLE, WORKFLOW, FilingState
from mingcha.domain.organisation.models import BodyCode, Department, User


class FilingKind(models.TextChoices):
    ITEM_LIST = "ITEM_LIST", _("抽查事项清单")
    JOINT_LIST = "JOINT_LIST", _("联查事项清单")
    RULEBOOK = "RULEBOOK", _("实施细则")
    NIL_RETURN = "NIL_RETURN", _("无调整报送")
    PLAN = "PLAN", _("年度抽查计划")


class Filing(models.Model):
    """One paper for one recipient. `about` names the row as the trail does; content and rule are copies."""

    kind = models.CharField(_("种类"), max_length=12, choices=FilingKind.choices)
    about = models.CharField(_("对象"), max_length=120, blank=True)  # empty for a nil return
    title = models.CharField(_("名称"), max_length=300)
    department = models.ForeignKey(Department, models.PROTECT, related_name="filings", verbose_name=_("报备部门"))
    body = models.CharField(_("接收机构"), max_length=20, choices=BodyCode.choices)
    sector = models.CharField(_("监管领域"), max_length=30, blank=True)  # a paper may go to the leads of several
    # Empty when the body has no account here: its receipt is then entered by the filing department, with the scan.
    recipient = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="received_filings", verbose_name=_("接收部门")
    )
    content = models.JSONField(_("备案内容"), default=dict)
    digest = models.CharField(_("内容摘要"), max_length=64)
    rule = models.JSONField(_("依据"), default=dict)  # the clause: place, words, value
    due_on = models.DateField(_("期限"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=12, choices=FilingState.choices, default=FilingState.PREPARED)
    prepared_at = models.DateTimeField(_("形成时间"))
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("报送人"))
    sent_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    scan = models.FileField(_("盖章扫描件"), upload_to="filings/", blank=True)
    scan_sha256 = models.CharField(_("扫描件摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("报备")
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "body", "sector"],
                condition=~Q(about="") & Q(state__in=OPEN),
                name="filings_open_once_a_paper_and_body",
            ),
            models.UniqueConstraint(
                fields=["department", "body", "year"],
                condition=Q(kind=FilingKind.NIL_RETURN) & ~Q(state=FilingState.WITHDRAWN),
                name="filings_one_nil_return_a_year",
            ),
            models.CheckConstraint(
                name="filings_sent_follows_state",
                condition=Q(state__in=[FilingState.PREPARED, FilingState.WITHDRAWN])
                | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["about"]), models.Index(fields=["recipient", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_acknowledged(self) -> bool:
        return self.state == FilingState.ACKNOWLEDGED

    @property
    def is_sendable(self) -> bool:
        return self.state in SENDABLE

    @property
    def is_sent(self) -> bool:
        """Lies with the recipient, unanswered."""
        return self.state == FilingState.SENT

    @property
    def is_returned(self) -> bool:
        return self.state == FilingState.RETURNED

    @property
    def is_handed_in(self) -> bool:
        """With the recipient or accepted; not sent back, not taken back."""
        return self.state in HANDED_IN

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_nil_return(self) -> bool:
        return self.kind == FilingKind.NIL_RETURN

    @property
    def body_name(self) -> str:
        """接收机构 as people say it, with the department that plays it here and the sector it leads."""
        sector = f"（{self.sector}）" if self.sector else ""
        played = f"：{self.recipient.short_name}" if self.recipient is not None else ""
        return f"{self.get_body_display()}{sector}{played}"

    def move_to(self, state: FilingState) -> None:
        WORKFLOW.check(FilingState(self.state), state)
        self.state = state


class Receipt(models.Model):
    """回执: accepted under a number, or returned with a reason. Never changed."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="receipts", verbose_name=_("报备"))
    accepted = models.BooleanField(_("接收"))
    number = models.CharField(_("备案号"), max_length=60, blank=True)
    remark = models.TextField(_("说明"), blank=True)
    # The paper receipt of a body without an account here, as the filing department scanned it.
    scan = models.FileField(_("回执扫描件"), upload_to="filings/", blank=True)
    scan_sha256 = models.CharField(_("扫描件摘要"), max_length=64, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    received_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("回执")
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="filings_receipt_has_number_or_reason",
                condition=Q(accepted=True) & ~Q(number="") | Q(accepted=False) & ~Q(remark=""),
            ),
            models.UniqueConstraint(fields=["filing"], condition=Q(accepted=True), name="filings_one_acceptance"),
        ]

    def __str__(self) -> str:
        return self.number or str(_("退回"))
