"""A profile is prepared, holds, and is followed by the next edition."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class ProfileState(TextChoices):
    DRAFT = "DRAFT", _("待启用")
    IN_FORCE = "IN_FORCE", _("施行中")
    SUPERSEDED = "SUPERSEDED", _("已被替代")


S = ProfileState
WORKFLOW = Workflow({S.DRAFT: (S.IN_FORCE,), S.IN_FORCE: (S.SUPERSEDED,)})
