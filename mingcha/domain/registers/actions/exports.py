"""Who took what out of a register as a file."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.kit.action import action


@action
def note_export(table: str, *, form: str, rows: int, query: str, by: User, at: datetime) -> None:
    """Before the first row leaves: how many rows, in which form, by which filter."""
    require(by, Permission.REGISTER_READ)
    rules.check_export(rows, form=form)
    details = {"table": table, "form": form, "rows": rows, "query": query}
    record("registers.register_exported", by.department, by=by, at=at, details=details)
