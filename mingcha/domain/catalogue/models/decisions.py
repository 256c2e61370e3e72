"""Who reviewed, approved or authorised a paper of the catalogue, and what was said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mingcha.domain.catalogue.models.joint import JointList
from mingcha.domain.catalogue.models.lists import ItemList
from mingcha.domain.catalogue.models.rulebooks import Rulebook
from mingcha.domain.organisation.models import BodyCode, User

# The rules name a department's own legal office beside the bodies of the place.
OWN_LEGAL_OFFICE = "AGENCY_LEGAL"
DECIDERS = [(OWN_LEGAL_OFFICE, _("本单位法制机构")), *BodyCode.choices]


class Step(models.TextChoices):
    LEGAL_REVIEW = "LEGAL_REVIEW", _("法制审核")
    APPROVAL = "APPROVAL", _("负责人审批")
    AUTHORISATION = "AUTHORISATION", _("外部审定")
    RETURNED = "RETURNED", _("退回")


class Decision(models.Model):
    """One decision on one paper, by the digest of its text; never changed, only followed by others."""

    item_list = models.ForeignKey(ItemList, models.PROTECT, null=True, blank=True, related_name="decisions")
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, null=True, blank=True, related_name="decisions")
    joint_list = models.ForeignKey(JointList, models.PROTECT, null=True, blank=True, related_name="decisions")
    step = models.CharField(_("步骤"), max_length=14, choices=Step.choices)
    body = models.CharField(_("审定机构"), max_length=20, choices=DECIDERS, blank=True)
    opinion = models.TextField(_("意见"), blank=True)
    digest = models.CharField(_("文本摘要"), max_length=64)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("决定人"))
    decided_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("审批意见")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="catalogue_decision_is_on_one_paper",
                condition=Q(item_list__isnull=False, rulebook=None, joint_list=None)
                | Q(item_list=None, rulebook__isnull=False, joint_list=None)
                | Q(item_list=None, rulebook=None, joint_list__isnull=False),
            ),
            models.CheckConstraint(name="catalogue_return_says_why", condition=~Q(step=Step.RETURNED) | ~Q(opinion="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}：{self.decided_by}"
