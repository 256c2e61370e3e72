"""The way of a paper of the catalogue: drafted, reviewed, approved, filed, in force, followed by the next.

Which steps a paper takes is said by the rules of its place (`rules/steps.py`); what they do not know is passed over.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class ListState(TextChoices):
    """An edition of a department's list, of a sector's joint list, or of a rulebook."""

    DRAFT = "DRAFT", _("草稿")
    LEGAL_REVIEW = "LEGAL_REVIEW", _("法制审核")
    APPROVAL = "APPROVAL", _("负责人审批")
    AUTHORISATION = "AUTHORISATION", _("外部审定")
    FILING = "FILING", _("备案")
    IN_FORCE = "IN_FORCE", _("施行中")
    SUPERSEDED = "SUPERSEDED", _("已被替代")


S = ListState
WORKFLOW = Workflow(
    {
        S.DRAFT: (S.LEGAL_REVIEW, S.APPROVAL),
        S.LEGAL_REVIEW: (S.APPROVAL, S.DRAFT),
        S.APPROVAL: (S.AUTHORISATION, S.FILING, S.IN_FORCE, S.DRAFT),
        S.AUTHORISATION: (S.FILING, S.IN_FORCE, S.DRAFT),
        S.FILING: (S.IN_FORCE, S.DRAFT),
        S.IN_FORCE: (S.SUPERSEDED,),
    }
)
# Nobody writes in a paper any more once it has been handed in; before it holds it may come back.
UNDER_WAY = (S.DRAFT, S.LEGAL_REVIEW, S.APPROVAL, S.AUTHORISATION, S.FILING)
HELD = (S.IN_FORCE, S.SUPERSEDED)
