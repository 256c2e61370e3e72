"""A duty runs until it is met; a late one stays late for ever. New work is a run of its own (`resume_duty`)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class DutyState(TextChoices):
    RUNNING = "RUNNING", _("办理中")
    MET = "MET", _("按时办结")
    LATE = "LATE", _("逾期办结")


S = DutyState
WORKFLOW = Workflow({S.RUNNING: (S.MET, S.LATE)})
