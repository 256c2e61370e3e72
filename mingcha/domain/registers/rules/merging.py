"""What merging a batch changes, and when it may be merged."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import ImportBatch, Verdict
from mingcha.kit.errors import Refused

Content = Mapping[str, object]


def judge(before: Content | None, after: Content) -> tuple[Verdict, dict[str, object]]:
    """What a row does to its register, with the values it replaces; a field the row does not name stays as it is."""
    if before is None:
        return Verdict.CREATED, {}
    replaced = {key: before.get(key) for key, value in after.items() if before.get(key) != value}
    return (Verdict.CHANGED if replaced else Verdict.UNCHANGED), replaced


def check_mergeable(batch: ImportBatch) -> None:
    """Only a file that was read without a fault, and only once."""
    if batch.is_merged:
        raise Refused(_("“%s”已经合并过，没有再合并一次") % batch.file_name)
    _check_waiting(batch)


def check_droppable(batch: ImportBatch) -> None:
    """Only a file that waits; what was merged stays in the register."""
    if batch.is_merged:
        raise Refused(_("“%s”已经合并入库，不能再放弃") % batch.file_name)
    _check_waiting(batch)


def _check_waiting(batch: ImportBatch) -> None:
    if batch.is_refused:
        raise Refused(_("“%s”有错误，改好文件后重新导入") % batch.file_name)
    if not batch.may_be_merged:
        raise Refused(_("“%s”已放弃，需要时重新导入") % batch.file_name)


def check_undisturbed(batch: ImportBatch, *, differing: int) -> None:
    """What is merged is what was shown."""
    if differing:
        raise Refused(
            _("读取“%(file)s”之后，名录里有 %(count)d 条已被改动；放弃这次导入，重新选择文件")
            % {"file": batch.file_name, "count": differing}
        )
