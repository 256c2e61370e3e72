"""A plan and a campaign are drafted by one person and approved by another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class PlanState(TextChoices):
    DRAFT = "DRAFT", _("草稿")
    SUBMITTED = "SUBMITTED", _("待审核")
    APPROVED = "APPROVED", _("已批准")


class CampaignState(TextChoices):
    DRAFT = "DRAFT", _("草稿")
    SUBMITTED = "SUBMITTED", _("待审核")
    APPROVED = "APPROVED", _("待抽取")
    DRAWN = "DRAWN", _("实施中")
    CLOSED = "CLOSED", _("已结束")


PLAN_WORKFLOW = Workflow(
    {PlanState.DRAFT: (PlanState.SUBMITTED,), PlanState.SUBMITTED: (PlanState.APPROVED, PlanState.DRAFT)}
)
C = CampaignState
CAMPAIGN_WORKFLOW = Workflow(
    {
        C.DRAFT: (C.SUBMITTED,),
        C.SUBMITTED: (C.APPROVED, C.DRAFT),
        C.APPROVED: (C.DRAWN,),
        # Back only when the draw is formally void.
        C.DRAWN: (C.CLOSED, C.APPROVED),
    }
)
