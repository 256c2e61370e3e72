"""Who took what out of a register as a file; long files are asked for and written by the worker."""

from datetime import datetime
from typing import IO

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.export_files import put_away
from mingcha.domain.registers.models import RegisterExport
from mingcha.domain.registers.queries.exports import departments_read_by, export_under_way
from mingcha.domain.registers.rules.exports import check_tries
from mingcha.kit.action import action, mark_traced
from mingcha.kit.locking import locked


@action
def note_export(table: str, *, form: str, rows: int, query: str, by: User, at: datetime) -> None:
    """Before the first row leaves: how many rows, in which form, by which filter."""
    require(by, Permission.REGISTER_READ)
    rules.check_export(rows, form=form)
    details = {"table": table, "form": form, "rows": rows, "query": query}
    record("registers.register_exported", by.department, by=by, at=at, details=details)


@action
def ask_export(table: str, *, rows: int, query: str, by: User, at: datetime) -> RegisterExport:
    """A workbook that the worker is to write; pressed twice, it is written once."""
    require(by, Permission.REGISTER_READ)
    owner = locked(User.objects.get(pk=by.pk))  # by itself it may be a request's lazy stand-in
    rules.check_export(rows, form=rules.XLSX)
    departments = departments_read_by(owner)
    if held := export_under_way(owner, query, departments=departments):
        mark_traced()  # when it was first asked for
        return held
    export = RegisterExport.objects.create(owner=owner, query=query, departments=departments, rows=rows, asked_at=at)
    details = {"table": table, "form": rules.XLSX, "rows": rows, "query": query}
    record("registers.register_exported", by.department, by=by, at=at, details=details)
    return export


@action
def begin_export(export: RegisterExport) -> None:
    """Subordinate: counted before a row is read, so that a file which kills its worker is given up in the end."""
    mark_traced()  # of no register: that it was asked for is told
    held = locked(export)
    check_tries(held.tries)
    export.tries, export.written = held.tries + 1, 0
    export.save(update_fields=["tries", "written"])


@action
def note_progress(export: RegisterExport, *, written: int) -> None:
    """Subordinate: how far the worker is."""
    mark_traced()  # of no register: that it was asked for is told
    export.written = written
    export.save(update_fields=["written"])


@action
def end_export(export: RegisterExport, *, file: IO[bytes] | None, word: str = "", at: datetime) -> RegisterExport:
    """Subordinate: it lies ready, or it could not be written and says why; once. The trail tells the true number."""
    mark_traced()
    export = locked(export)
    if export.ended_at is None:
        export.ended_at, export.word = at, word[:300]
        if file is not None:
            export.file = put_away(file)
        if file is not None and export.written != export.rows:
            details = {"form": rules.XLSX, "rows": export.written, "query": export.query}
            record("registers.register_exported", export.owner.department, by=export.owner, at=at, details=details)
        export.save()
    return export


@action
def discard_export(export: RegisterExport) -> None:
    """Subordinate: the file goes, that it was taken stays in the trail."""
    mark_traced()
    export = locked(export)
    if export.file:
        export.file.delete(save=False)
    export.file = ""
    export.save(update_fields=["file"])
