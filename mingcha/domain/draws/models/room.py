"""The people in the room: seats, dice, objections, signatures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models.draw import Draw
from mingcha.domain.draws.models.invitations import Invitation
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User


class Seat(models.Model):
    """见证席位: a person in the room with a phone, no account. `token` (a digest) is what the phone shows again."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats", verbose_name=_("抽取"))
    party = models.CharField(_("席位"), max_length=8)
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=100)
    capacity = models.CharField(_("身份"), max_length=60)
    token = models.CharField(_("席位凭据摘要"), max_length=64, unique=True)
    taken_at = models.DateTimeField(_("入席时间"))
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="seat", verbose_name=_("邀请")
    )
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
    """The twenty digits, and the public value where one was announced, as one person typed them; two must agree."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="dice_entries", verbose_name=_("抽取"))
    typed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("录入人"))
    digits = models.CharField(_("数字"), max_length=20)
    public_value = models.CharField(_("公共随机数"), max_length=128, blank=True)
    typed_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("骰子录入")
        constraints = [models.UniqueConstraint(fields=["draw", "typed_by"], name="draws_dice_once_a_person")]


class Objection(models.Model):
    """异议 of a witness at any step: it stops nothing and is public for ever."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="objections", verbose_name=_("席位"))
    phase = models.CharField(_("阶段"), max_length=10, choices=DrawState.choices)
    text = models.CharField(_("内容"), max_length=500)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("异议")
        ordering = ["at", "pk"]


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
