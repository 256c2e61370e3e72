"""双随机抽取: the ceremony's state, its frozen files, its parties, its result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.states import WORKFLOW, DrawState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Inspector, Subject


class DrawSeries(models.Model):
    """The gapless public numbers of one body and year; its row is the lock under which a number is given."""

    department = models.ForeignKey(Department, models.PROTECT, verbose_name=_("部门"))
    year = models.PositiveSmallIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        verbose_name = _("抽取编号")
        constraints = [models.UniqueConstraint(fields=["department", "year"], name="draws_one_series_a_year")]


class Draw(models.Model):
    """One draw under one public number. Everything it will ever be follows from its frozen files and secrets."""

    number = models.CharField(_("抽取编号"), max_length=64, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="draws", verbose_name=_("抽查任务"))
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
    dice = models.CharField(_("骰子"), max_length=20, blank=True)
    dice_at = models.DateTimeField(_("骰子时间"), null=True, blank=True)
    system_secret = models.CharField(_("系统随机数"), max_length=64, blank=True)
    seed = models.CharField(_("种子"), max_length=64, blank=True)
    key = models.CharField(_("钥匙"), max_length=32, blank=True)
    result_sha256 = models.CharField(_("结果摘要"), max_length=64, blank=True)
    result_at = models.DateTimeField(_("结果时间"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("生效时间"), null=True, blank=True)
    abort_reason = models.CharField(_("中止理由"), max_length=500, blank=True)
    abort_proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("提出中止的人")
    )
    aborted_at = models.DateTimeField(_("中止时间"), null=True, blank=True)
    pairing_code = models.CharField(_("配对码"), max_length=12)
    # Copies from the moment of the freeze: the body that every secret is sealed to, and who must sign by the rules.
    sealed_to = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("密封给")
    )
    sealing_key = models.CharField(_("密封公钥"), max_length=64, blank=True)
    signatories = models.JSONField(_("应签字的席位"), default=list)

    class Meta:
        verbose_name = _("双随机抽取")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=~Q(state=DrawState.ABORTED), name="draws_one_draw_a_campaign"
            ),
            models.CheckConstraint(
                name="draws_result_follows_state",
                condition=Q(
                    state__in=[DrawState.RESULT, DrawState.SIGNED, DrawState.IN_FORCE],
                    result_at__isnull=False,
                )
                | (
                    ~Q(state__in=[DrawState.RESULT, DrawState.SIGNED, DrawState.IN_FORCE])
                    & Q(result_at=None, result_sha256="", seed="", key="")
                ),
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


class Seat(models.Model):
    """见证席位: a person in the room with a phone, no account. `token` (a digest) is what the phone shows again."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats", verbose_name=_("抽取"))
    party = models.CharField(_("席位"), max_length=8)
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=100)
    capacity = models.CharField(_("身份"), max_length=60)
    token = models.CharField(_("席位凭据摘要"), max_length=64, unique=True)
    taken_at = models.DateTimeField(_("入席时间"))
    commitment = models.CharField(_("封存值"), max_length=64, blank=True)
    sealed_copy = models.TextField(_("密封副本"), blank=True)
    committed_at = models.DateTimeField(_("封存时间"), null=True, blank=True)
    secret = models.CharField(_("开封的随机数"), max_length=64, blank=True)
    opened_at = models.DateTimeField(_("开封时间"), null=True, blank=True)
    opened_from_copy = models.BooleanField(_("由密封副本开封"), default=False)

    class Meta:
        verbose_name = _("见证席位")
        ordering = ["draw", "party"]
        constraints = [models.UniqueConstraint(fields=["draw", "party"], name="draws_seat_once")]

    def __str__(self) -> str:
        return f"{self.party} {self.name}"


class DiceEntry(models.Model):
    """The twenty digits as one person typed them; two people must agree."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="dice_entries", verbose_name=_("抽取"))
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("录入人"))
    digits = models.CharField(_("数字"), max_length=20)
    typed_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("骰子录入")
        constraints = [models.UniqueConstraint(fields=["draw", "typed_by"], name="draws_dice_once_a_person")]


class DrawnSubject(models.Model):
    """A subject as the result names it: drawn, or in reserve."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="subjects", verbose_name=_("抽取"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("检查对象"))
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
    inspector = models.ForeignKey(Inspector, models.PROTECT, related_name="+", verbose_name=_("执法检查人员"))
    position = models.PositiveIntegerField(_("次序"))

    class Meta:
        verbose_name = _("抽中人员")
        ordering = ["drawn", "department", "position"]
        constraints = [
            models.UniqueConstraint(fields=["drawn", "inspector"], name="draws_inspector_once_a_subject"),
            models.UniqueConstraint(fields=["drawn", "department", "position"], name="draws_position_once"),
        ]


class SignatureSeat(models.TextChoices):
    """The seats that sign by an account; a witness signs under its party. The rules' words are their upper case."""

    AGENCY = "agency", _("承办机构")
    DISCIPLINE = "discipline", _("纪检监察机构")


class Outcome(models.TextChoices):
    """What became of a signature."""

    SIGNED = "SIGNED", _("签字确认")
    REFUSED = "REFUSED", _("拒绝签字")
    RESERVED = "RESERVED", _("保留意见")


class Signature(models.Model):
    """`seat` is `agency`, `discipline` or a witness's party."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="signatures", verbose_name=_("抽取"))
    seat = models.CharField(_("席位"), max_length=16)
    name = models.CharField(_("姓名"), max_length=60)
    capacity = models.CharField(_("身份"), max_length=60)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome.choices)
    text = models.CharField(_("意见"), max_length=500, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("账号"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("签字")
        ordering = ["draw", "at"]
        constraints = [models.UniqueConstraint(fields=["draw", "seat"], name="draws_one_signature_a_seat")]
