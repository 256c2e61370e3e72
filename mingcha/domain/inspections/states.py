"""One department's part of a visit, from the draw to the confirmed result, or called off before it began."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class InspectionState(TextChoices):
    ASSIGNED = "ASSIGNED", _("待检查")
    VISITING = "VISITING", _("检查中")
    FINISHED = "FINISHED", _("待录入")
    RECORDED = "RECORDED", _("待审核")
    CONFIRMED = "CONFIRMED", _("已审核")
    CALLED_OFF = "CALLED_OFF", _("已由备选替换")


S = InspectionState
WORKFLOW = Workflow(
    {
        S.ASSIGNED: (S.VISITING, S.CALLED_OFF),
        S.VISITING: (S.FINISHED,),
        S.FINISHED: (S.RECORDED,),
        S.RECORDED: (S.CONFIRMED, S.FINISHED),
    }
)
