"""Before the day: where and when a draw is held, and who is asked to watch it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingcha.domain.draws.models.draw import Draw
from mingcha.domain.organisation.models import User


class Announcement(models.Model):
    """抽取公告: the newest one counts, the earlier ones stay, so that a draw that was moved shows it."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="announcements", verbose_name=_("抽取"))
    place = models.CharField(_("地点"), max_length=120)
    held_at = models.DateTimeField(_("抽取时间"))
    watching = models.CharField(_("旁观方式"), max_length=300, blank=True)
    public_words = models.CharField(_("公共随机数的来源"), max_length=200, blank=True)
    announced_at = models.DateTimeField(_("公告时间"))
    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("公告人"))

    class Meta:
        verbose_name = _("抽取公告")
        ordering = ["draw", "-announced_at", "-pk"]
        get_latest_by = ["announced_at", "pk"]


class InvitationState(models.TextChoices):
    """A citizen asks; the office invites, or says why not; an invitation may be withdrawn until its seat is taken."""

    ASKED = "ASKED", _("申请中")
    INVITED = "INVITED", _("已邀请")
    DECLINED = "DECLINED", _("未同意")
    REVOKED = "REVOKED", _("已撤回")


class Invitation(models.Model):
    """A person asked to witness, by the office or on the own request. No phone number: the code is the receipt."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="invitations", verbose_name=_("抽取"))
    code = models.CharField(_("邀请码"), max_length=12, unique=True)
    state = models.CharField(_("状态"), max_length=8, choices=InvitationState.choices)
    asked_by_citizen = models.BooleanField(_("群众申请"), default=False)
    name = models.CharField(_("姓名"), max_length=60)
    unit = models.CharField(_("单位"), max_length=100)
    capacity = models.CharField(_("身份"), max_length=60)
    made_at = models.DateTimeField(_("时间"))
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    remark = models.CharField(_("答复"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("见证邀请")
        ordering = ["draw", "made_at", "pk"]
        constraints = [
            # Whoever was invited by mistake and called off can be invited again.
            models.UniqueConstraint(
                fields=["draw", "name", "unit", "asked_by_citizen"],
                condition=~models.Q(state="REVOKED"),
                name="draws_invited_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"

    @property
    def is_asked(self) -> bool:
        return self.state == InvitationState.ASKED

    @property
    def is_invited(self) -> bool:
        return self.state == InvitationState.INVITED

    @property
    def is_declined(self) -> bool:
        return self.state == InvitationState.DECLINED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == InvitationState.REVOKED
