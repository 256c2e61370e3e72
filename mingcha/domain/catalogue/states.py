"""An edition of an item list is drafted, holds, and is followed by the next."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class ListState(TextChoices):
    DRAFT = "DRAFT", _("草稿")
    IN_FORCE = "IN_FORCE", _("施行中")
    SUPERSEDED = "SUPERSEDED", _("已被替代")


S = ListState
WORKFLOW = Workflow({S.DRAFT: (S.IN_FORCE,), S.IN_FORCE: (S.SUPERSEDED,)})
