"""The lives of a subject, an inspector and an import."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class SubjectState(TextChoices):
    """OPEN and STALE can be drawn; what is STALE is asked for at the next confirmation."""

    PENDING = "PENDING", _("待核验")
    OPEN = "OPEN", _("存续")
    STALE = "STALE", _("待更新")
    CLOSED = "CLOSED", _("已注销或吊销")
    VOID = "VOID", _("误录作废")


class InspectorState(TextChoices):
    ACTIVE = "ACTIVE", _("在库")
    SUSPENDED = "SUSPENDED", _("暂停")
    LEFT = "LEFT", _("出库")


class BatchState(TextChoices):
    """RECEIVED, READING, MERGING and UNDOING go on by themselves: the worker takes them up, and again after a stop."""

    RECEIVED = "RECEIVED", _("等待读取")
    READING = "READING", _("正在读取")
    CHECKED = "CHECKED", _("已检查，待合并")
    MERGING = "MERGING", _("正在合并")
    MERGED = "MERGED", _("已合并")
    UNDOING = "UNDOING", _("正在撤销")
    UNDONE = "UNDONE", _("已撤销")
    REFUSED = "REFUSED", _("有误，未合并")
    DROPPED = "DROPPED", _("已放弃")


SUBJECT_WORKFLOW = Workflow(
    {
        SubjectState.PENDING: (SubjectState.OPEN, SubjectState.VOID),
        SubjectState.OPEN: (SubjectState.STALE, SubjectState.CLOSED, SubjectState.VOID),
        SubjectState.STALE: (SubjectState.OPEN, SubjectState.CLOSED, SubjectState.VOID),
        SubjectState.CLOSED: (SubjectState.OPEN,),
    }
)
INSPECTOR_WORKFLOW = Workflow(
    {
        InspectorState.ACTIVE: (InspectorState.SUSPENDED, InspectorState.LEFT),
        InspectorState.SUSPENDED: (InspectorState.ACTIVE, InspectorState.LEFT),
    }
)
BATCH_WORKFLOW = Workflow(
    {
        BatchState.RECEIVED: (BatchState.READING, BatchState.REFUSED, BatchState.DROPPED),
        BatchState.READING: (BatchState.CHECKED, BatchState.REFUSED, BatchState.DROPPED),
        # Read again with other columns, or from another sheet.
        BatchState.CHECKED: (BatchState.MERGING, BatchState.MERGED, BatchState.RECEIVED, BatchState.DROPPED),
        BatchState.REFUSED: (BatchState.RECEIVED, BatchState.DROPPED),
        BatchState.MERGING: (BatchState.MERGED, BatchState.CHECKED),
        BatchState.MERGED: (BatchState.UNDOING, BatchState.UNDONE),
        BatchState.UNDOING: (BatchState.UNDONE, BatchState.MERGED),
    }
)


class SharingState(TextChoices):
    """A request for another department's data."""

    ASKED = "ASKED", _("待审批")
    GRANTED = "GRANTED", _("已同意")
    REFUSED = "REFUSED", _("未同意")
    ENDED = "ENDED", _("已终止")


SHARING_WORKFLOW = Workflow(
    {SharingState.ASKED: (SharingState.GRANTED, SharingState.REFUSED), SharingState.GRANTED: (SharingState.ENDED,)}
)
