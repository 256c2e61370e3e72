"""A delivery waits until its outlet has put it up, sends it back, stays silent too long, or newer content comes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class DeliveryState(TextChoices):
    WAITING = "WAITING", _("待公布")
    DELIVERED = "DELIVERED", _("已公布")
    REFUSED = "REFUSED", _("渠道退回")
    GIVEN_UP = "GIVEN_UP", _("多次没有送到")
    OVERTAKEN = "OVERTAKEN", _("已有新内容，不再送")


S = DeliveryState
WORKFLOW = Workflow(
    {
        S.WAITING: (S.DELIVERED, S.REFUSED, S.GIVEN_UP, S.OVERTAKEN),
        S.REFUSED: (S.WAITING, S.DELIVERED, S.OVERTAKEN),
        S.GIVEN_UP: (S.WAITING, S.DELIVERED, S.OVERTAKEN),
        S.OVERTAKEN: (S.DELIVERED,),  # the outlet had taken it all the same, before the newer one came
    }
)
OPEN = (S.WAITING, S.REFUSED, S.GIVEN_UP)
STUCK = (S.REFUSED, S.GIVEN_UP)
