"""A filing is prepared, sent, and either acknowledged with a number or returned with a reason and sent again."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class FilingState(TextChoices):
    PREPARED = "PREPARED", _("待报送")
    SENT = "SENT", _("已报送，待接收")
    RETURNED = "RETURNED", _("退回补正")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("已备案")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


S = FilingState
WORKFLOW = Workflow(
    {
        S.PREPARED: (S.SENT, S.WITHDRAWN),
        S.SENT: (S.ACKNOWLEDGED, S.RETURNED, S.WITHDRAWN),
        S.RETURNED: (S.SENT, S.WITHDRAWN),
    }
)
SENDABLE = (S.PREPARED, S.RETURNED)
OPEN = (S.PREPARED, S.SENT, S.RETURNED)  # nobody has accepted it yet
HANDED_IN = (S.SENT, S.ACKNOWLEDGED)
