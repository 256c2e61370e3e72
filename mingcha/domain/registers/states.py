"""The lives of a subject, an inspector and an import."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class SubjectState(TextChoices):
    OPEN = "OPEN", _("存续")
    CLOSED = "CLOSED", _("已注销或吊销")


class InspectorState(TextChoices):
    ACTIVE = "ACTIVE", _("在库")
    SUSPENDED = "SUSPENDED", _("暂停")
    LEFT = "LEFT", _("出库")


class BatchState(TextChoices):
    CHECKED = "CHECKED", _("已检查，待合并")
    MERGED = "MERGED", _("已合并")
    REFUSED = "REFUSED", _("有误，未合并")
    DROPPED = "DROPPED", _("已放弃")


SUBJECT_WORKFLOW = Workflow({SubjectState.OPEN: (SubjectState.CLOSED,), SubjectState.CLOSED: (SubjectState.OPEN,)})
INSPECTOR_WORKFLOW = Workflow(
    {
        InspectorState.ACTIVE: (InspectorState.SUSPENDED, InspectorState.LEFT),
        InspectorState.SUSPENDED: (InspectorState.ACTIVE, InspectorState.LEFT),
    }
)
BATCH_WORKFLOW = Workflow({BatchState.CHECKED: (BatchState.MERGED, BatchState.DROPPED)})
