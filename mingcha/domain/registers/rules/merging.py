"""When a file may be read again, merged, given up, taken back: pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import ImportBatch
from mingcha.kit.errors import Refused

UNDO_WITHIN = timedelta(hours=24)
NAMED = 3


def check_readable(batch: ImportBatch) -> None:
    """Reading it again throws away what was staged, so not once it is in the register."""
    if not (batch.may_be_merged or batch.is_refused):
        raise Refused(_("“%(file)s”现在是“%(state)s”，不能重新读取") % _named(batch))


def check_mergeable(batch: ImportBatch, *, good_only: bool) -> None:
    """Only a file that was read, and only once; rows without a fault alone only where somebody says so."""
    if batch.is_merged:
        raise Refused(_("“%s”已经合并过，没有再合并一次") % batch.file_name)
    _check_waiting(batch)
    if batch.faulty and not good_only:
        raise Refused(
            _("“%(file)s”有 %(count)d 行有问题，没有入库；改好后重新导入，或者先导入无误的 %(good)d 行")
            % {"file": batch.file_name, "count": batch.faulty, "good": batch.good}
        )


def check_droppable(batch: ImportBatch) -> None:
    """Whatever is not in the register yet can be given up."""
    if batch.is_merged or batch.is_merging:
        raise Refused(_("“%s”已经合并入库，不能再放弃") % batch.file_name)
    if not (batch.is_read or batch.may_be_merged or batch.is_refused):
        raise Refused(_("“%(file)s”现在是“%(state)s”，不用放弃") % _named(batch))


def _check_waiting(batch: ImportBatch) -> None:
    if batch.is_refused:
        raise Refused(_("“%s”有错误，改好文件后重新导入") % batch.file_name)
    if not (batch.may_be_merged or batch.is_merging):
        raise Refused(_("“%(file)s”现在是“%(state)s”，不能合并") % _named(batch))


def check_undisturbed(batch: ImportBatch, *, differing: int) -> None:
    """What is merged is what was shown."""
    if differing:
        raise Refused(
            _("读取“%(file)s”之后，名录里有 %(count)d 条已被改动；点“重新读取”，看过新的变化再合并")
            % {"file": batch.file_name, "count": differing}
        )


def check_undoable(batch: ImportBatch, *, at: datetime) -> None:
    """For a day."""
    if batch.is_undone:
        raise Refused(_("“%s”已经撤销过") % batch.file_name)
    if batch.merged_at is None or not (batch.is_merged or batch.is_undoing):
        raise Refused(_("“%(file)s”现在是“%(state)s”，没有可以撤销的") % _named(batch))
    if at > batch.merged_at + UNDO_WITHIN:
        raise Refused(_("“%s”合并已超过 24 小时，不能整批撤销；逐条更正") % batch.file_name)


def check_undepended(batch: ImportBatch, *, depended: list[str]) -> None:
    """Nothing may rest on what the file brought; `depended` says what does."""
    if depended:
        some = "；".join(depended[:NAMED])
        more = _("等 %d 处") % len(depended) if len(depended) > NAMED else ""
        raise Refused(
            _("“%(file)s”带来的内容已被使用，不能整批撤销：%(some)s%(more)s。逐条更正")
            % {"file": batch.file_name, "some": some, "more": more}
        )


def _named(batch: ImportBatch) -> dict[str, str]:
    return {"file": batch.file_name, "state": batch.get_state_display()}
