"""The draw under its public number, and the files that it froze."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.states import WORKFLOW, DrawState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.models import Campaign

ENDED_WITHOUT = (DrawState.ABORTED, DrawState.VOIDED)
WITH_RESULT = (DrawState.RESULT, DrawState.SIGNED, DrawState.IN_FORCE)


class DrawSeries(models.Model):
    """The gapless public numbers of one body and year; its row is the lock under which a number is given."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    year = models.PositiveSmallIntegerField(_("年度"))
    is_rehearsal = models.BooleanField(_("演练"), default=False)
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = _("抽取编号")
        constraints = [
            models.UniqueConstraint(fields=["department", "year", "is_rehearsal"], name="draws_one_series_a_year")
        ]


class Draw(models.Model):
    """One draw under one public number. Everything it will ever be follows from its frozen files and secrets."""

    number = models.CharField(_("抽取编号"), max_length=64, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="draws", verbose_name=_("抽查任务"))
    # 演练: invented firms and people under a number series of its own; nothing ever follows from it.
    is_rehearsal = models.BooleanField(_("演练"), default=False)
    state = models.CharField(_("阶段"), max_length=10, choices=DrawState.choices, default=DrawState.SEATS)
    opened_at = models.DateTimeField(_("开始时间"))
    frozen_at = models.DateTimeField(_("冻结时间"), null=True, blank=True)
    rules_digest = models.CharField(_("规则摘要"), max_length=64, blank=True)
    # What the platform says about predictability before it freezes (draw-protocol §2).
    forecast = models.JSONField(_("可预测性报告"), default=dict)
    unstaffed_reason = models.CharField(_("人员不足的书面理由"), max_length=500, blank=True)
    # The system's secret, encrypted with the server's key until the system opens; and sealed for the discipline body.
    locked_secret = models.TextField(_("系统随机数（加密）"), blank=True)
    system_commitment = models.CharField(_("系统封存值"), max_length=64, blank=True)
    system_sealed_copy = models.TextField(_("系统密封副本"), blank=True)
    committed_at = models.DateTimeField(_("封存时间"), null=True, blank=True)
    freeze_digest = models.CharField(_("冻结摘要"), max_length=64, blank=True)
    # The discipline body has opened every sealed copy for itself and found it to match: before the dice, or no copy
    # would be worth anything when it is needed.
    copies_checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核对密封副本的人")
    )
    copies_checked_at = models.DateTimeField(_("核对密封副本的时间"), null=True, blank=True)
    dice = models.CharField(_("骰子"), max_length=20, blank=True)
    dice_at = models.DateTimeField(_("骰子时间"), null=True, blank=True)
    # An announced public value: the words that say which one and how it is written, and then the value itself.
    public_words = models.CharField(_("公共随机数的来源"), max_length=200, blank=True)
    public_value = models.CharField(_("公共随机数"), max_length=128, blank=True)
    system_secret = models.CharField(_("系统随机数"), max_length=64, blank=True)
    seed = models.CharField(_("种子"), max_length=64, blank=True)
    key = models.CharField(_("钥匙"), max_length=32, blank=True)
    result_sha256 = models.CharField(_("结果摘要"), max_length=64, blank=True)
    result_at = models.DateTimeField(_("结果时间"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("生效时间"), null=True, blank=True)
    abort_reason = models.CharField(_("中止理由"), max_length=500, blank=True)
    abort_proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出中止的人")
    )
    aborted_at = models.DateTimeField(_("中止时间"), null=True, blank=True)
    void_reason = models.CharField(_("宣告无效的理由"), max_length=500, blank=True)
    void_proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出宣告无效的人")
    )
    voided_at = models.DateTimeField(_("宣告无效的时间"), null=True, blank=True)
    pairing_code = models.CharField(_("配对码"), max_length=12)
    # Copies from the moment of the freeze: the body that every secret is sealed to, and who must sign by the rules.
    sealed_to = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("密封给")
    )
    sealing_key = models.CharField(_("密封公钥"), max_length=64, blank=True)
    signatories = models.JSONField(_("应签字的席位"), default=list)
    # The firm that the host has looked up for the hall.
    shown_code = models.CharField(_("大屏正在查看的对象"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("双随机抽取")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"],
                condition=~Q(state__in=ENDED_WITHOUT) & Q(is_rehearsal=False),
                name="draws_one_draw_a_campaign",
            ),
            models.CheckConstraint(
                name="draws_result_follows_state",
                condition=Q(state__in=WITH_RESULT, result_at__isnull=False)
                | Q(state=DrawState.VOIDED)
                | (
                    ~Q(state__in=[*WITH_RESULT, DrawState.VOIDED])
                    & Q(result_at=None, result_sha256="", seed="", key="")
                ),
            ),
            models.CheckConstraint(
                name="draws_rehearsal_stays_one",
                condition=Q(is_rehearsal=False) | ~Q(state=DrawState.IN_FORCE),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def department(self) -> Department:
        """The body that draws: the lead of the campaign."""
        return self.campaign.plan.department

    @property
    def has_result(self) -> bool:
        return self.result_at is not None

    @property
    def takes_seats(self) -> bool:
        return self.state == DrawState.SEATS

    @property
    def may_be_aborted(self) -> bool:
        """Nobody can know anything of the outcome before the dice lie; afterwards nobody may stop it."""
        return self.state in (DrawState.SEATS, DrawState.FROZEN, DrawState.COMMITTED)

    @property
    def may_be_voided(self) -> bool:
        """From the dice until it takes effect: too late for an abort, and no visit hangs on it yet."""
        return self.state in (DrawState.DICE, DrawState.OPENED, DrawState.RESULT, DrawState.SIGNED)

    @property
    def waits_for_system(self) -> bool:
        """The server cannot open its own secret any more: its sealed copy has to be opened instead."""
        return self.state == DrawState.OPENED

    @property
    def may_be_signed(self) -> bool:
        """From the result until it takes effect."""
        return self.state in (DrawState.RESULT, DrawState.SIGNED)

    @property
    def is_signed(self) -> bool:
        return self.state == DrawState.SIGNED

    @property
    def is_in_force(self) -> bool:
        return self.state == DrawState.IN_FORCE

    @property
    def is_aborted(self) -> bool:
        return self.state == DrawState.ABORTED

    @property
    def is_voided(self) -> bool:
        return self.state == DrawState.VOIDED

    @property
    def is_over(self) -> bool:
        """Nothing more will happen in the room."""
        return self.is_in_force or self.is_aborted or self.is_voided or (self.is_rehearsal and self.is_signed)

    def move_to(self, state: DrawState) -> None:
        WORKFLOW.check(DrawState(self.state), state)
        self.state = state


class FrozenFile(models.Model):
    """A file of the bundle, byte for byte, as it was when it was fixed."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="files", verbose_name=_("抽取"))
    name = models.CharField(_("文件"), max_length=40)
    content = models.BinaryField(_("内容"))
    sha256 = models.CharField(_("摘要"), max_length=64)
    rows = models.PositiveIntegerField(_("行数"))

    class Meta:
        verbose_name = _("冻结文件")
        ordering = ["draw", "name"]
        constraints = [models.UniqueConstraint(fields=["draw", "name"], name="draws_file_once")]


class PredictabilityReport(models.Model):
    """What rehearsal seeds say about who is likely to meet whom, for the tables that these digests name."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="reports", verbose_name=_("抽取"))
    inputs_digest = models.CharField(_("名单摘要"), max_length=64)
    made_at = models.DateTimeField(_("生成时间"))
    seeds = models.PositiveSmallIntegerField(_("演练种子数"))
    pairs = models.JSONField(_("最可能的配对"), default=dict)

    class Meta:
        verbose_name = _("演练种子报告")
        ordering = ["draw", "-made_at"]
        constraints = [models.UniqueConstraint(fields=["draw", "inputs_digest"], name="draws_report_once")]
