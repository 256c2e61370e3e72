"""公示渠道: what of a list goes to the places where the rules want it published, and what those places answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.outlets.states import OPEN, STUCK, WORKFLOW, DeliveryState


class PaperKind(models.TextChoices):
    ITEM_LIST = "ITEM_LIST", _("抽查事项清单")
    JOINT_LIST = "JOINT_LIST", _("联查事项清单")
    RULEBOOK = "RULEBOOK", _("实施细则")


class Delivery(models.Model):
    """One content of one edition for one outlet. `about` names the edition as the trail does; content is a copy.

    What changes of an edition while it holds (a law is repealed, an item stops) is a further revision: another row.
    """

    kind = models.CharField(_("种类"), max_length=12, choices=PaperKind.choices)
    about = models.CharField(_("对象"), max_length=120)
    title = models.CharField(_("名称"), max_length=300)
    department = models.ForeignKey(Department, models.PROTECT, related_name="deliveries", verbose_name=_("公示部门"))
    outlet = models.CharField(_("公示渠道"), max_length=20)  # a code of the rules: CREDIT_PUBLICITY, PORTAL …
    revision = models.PositiveSmallIntegerField(_("第几次送"), default=1)
    content = models.JSONField(_("内容"), default=dict)
    digest = models.CharField(_("内容摘要"), max_length=64)
    rule = models.JSONField(_("依据"), default=dict)  # the clause that names the outlet
    state = models.CharField(_("状态"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    prepared_at = models.DateTimeField(_("形成时间"))
    tries = models.PositiveSmallIntegerField(_("送过几次"), default=0)
    next_try_at = models.DateTimeField(_("下次送出"), null=True, blank=True)
    fault = models.TextField(_("没有公布的原因"), blank=True)
    delivered_at = models.DateTimeField(_("公布时间"), null=True, blank=True)
    receipt_number = models.CharField(_("回执号"), max_length=120, blank=True)
    public_address = models.CharField(_("公布地址"), max_length=500, blank=True)
    # Whoever entered the public address; empty while it is the one that the outlet's receipt gave, or none.
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )

    class Meta:
        verbose_name = _("公示渠道送达")
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["about", "outlet", "revision"], name="outlets_revision_once"),
            models.UniqueConstraint(
                fields=["about", "outlet"], condition=Q(state__in=OPEN), name="outlets_one_open_a_paper_and_outlet"
            ),
            models.CheckConstraint(
                name="outlets_delivered_at_follows_state",
                condition=Q(state=DeliveryState.DELIVERED, delivered_at__isnull=False)
                | ~Q(state=DeliveryState.DELIVERED) & Q(delivered_at=None, receipt_number="", public_address=""),
            ),
            models.CheckConstraint(
                name="outlets_waiting_knows_when",
                condition=~Q(state=DeliveryState.WAITING) | Q(next_try_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state == DeliveryState.WAITING

    @property
    def is_delivered(self) -> bool:
        return self.state == DeliveryState.DELIVERED

    @property
    def is_open(self) -> bool:
        """Not put up yet, and still to be."""
        return self.state in OPEN

    @property
    def is_stuck(self) -> bool:
        """Goes on only when somebody does something."""
        return self.state in STUCK

    @property
    def is_overtaken(self) -> bool:
        return self.state == DeliveryState.OVERTAKEN

    @property
    def key(self) -> str:
        """The idempotency key: edition and digest. The outlet puts one key up once, however often it is sent."""
        edition = self.content.get("edition", 0)
        return f"{self.kind}.{self.department.uscc}.{edition}.{self.revision}.{self.digest}"

    def move_to(self, state: DeliveryState) -> None:
        WORKFLOW.check(DeliveryState(self.state), state)
        self.state = state
