"""A publication is due and then stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class PublicationState(TextChoices):
    DUE = "DUE", _("待公示")
    PUBLISHED = "PUBLISHED", _("已公示")


S = PublicationState
WORKFLOW = Workflow({S.DUE: (S.PUBLISHED,)})
