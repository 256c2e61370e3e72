"""What the desk leaves to the worker; the worker finds it here: its columns and its filter are the desk's own."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mingcha.domain.registers.actions import discard_export, end_export, note_progress
from mingcha.domain.registers.actions.export_files import sweep
from mingcha.domain.registers.actions.exports import begin_export
from mingcha.domain.registers.models import RegisterExport, Subject
from mingcha.domain.registers.queries import exports_kept_since, exports_waiting
from mingcha.domain.registers.queries.exports import departments_read_by
from mingcha.domain.registers.rules import EXPORT_KEPT, XLSX, check_export
from mingcha.domain.registers.rules.exports import check_same_filter, check_same_reach
from mingcha.kit.errors import Refused
from mingcha.kit.schedule import every
from mingcha.web.desk.forms.registers import SubjectFilter
from mingcha.web.desk.register_exports import exported_lines, exported_rows, search_from, workbook

A_LOT = 5_000  # rows
logger = logging.getLogger("mingcha.exports")


@every(timedelta(seconds=1))
def write_exports(now: datetime) -> None:
    """Write what somebody waits for; one that fails says so to who asked and holds up no other."""
    for export in exports_waiting():
        try:
            write_export(export, now)
        except Refused as refusal:
            end_export(export, file=None, word=refusal.reason, at=now)
        except Exception:
            logger.exception("export %s stopped", export.pk)
            end_export(export, file=None, word=_("没有生成：系统出错，稍后再导出一次，或改为导出 CSV"), at=now)


def write_export(export: RegisterExport, now: datetime) -> RegisterExport:
    """What was asked for and told, or nothing; a worker that was killed begins anew, but not for ever."""
    begin_export(export)
    rows = exported_rows(export.owner, _search_of(export))
    check_export(rows.count(), form=XLSX)
    with workbook(exported_lines(_in_lots(rows, export))) as file:
        _search_of(export)  # it may have gone while it was read
        return end_export(export, file=file, at=now)


def _search_of(export: RegisterExport) -> SubjectFilter:
    """Its filter, where that still says the same and is still looked through by the same right."""
    check_same_reach(export.departments, departments_read_by(export.owner))
    search = search_from(export.owner, export.query)
    check_same_filter(export.query, search.as_query())
    return search


def _in_lots(rows: QuerySet[Subject], export: RegisterExport) -> Iterator[Subject]:
    """So many at a time, telling in between how many there were: SQLite lets nobody write who is still reading."""
    lot, written = list(rows[:A_LOT]), 0
    while lot:
        yield from lot
        written, last = written + len(lot), lot[-1]
        note_progress(export, written=written)
        further = Q(region_id__gt=last.region_id) | Q(region_id=last.region_id, code__gt=last.code)
        lot = list(rows.filter(further)[:A_LOT])


@every(timedelta(hours=1))
def discard_old_exports(now: datetime) -> None:
    """A list of firms does not lie about for longer than a day; nor does one that a killed worker left behind."""
    for export in exports_kept_since(now - EXPORT_KEPT):
        discard_export(export)
    sweep(older_than=now - EXPORT_KEPT)
