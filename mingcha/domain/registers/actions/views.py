"""The views that people keep of a list. What one likes to see is nobody else's business: only sharing is on record."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import rules
from mingcha.domain.registers.models import SavedView
from mingcha.kit.action import action, mark_traced
from mingcha.kit.errors import Forbidden


@action
def save_view(
    table: str, *, name: str, query: str, columns: Sequence[str], is_shared: bool, by: User, at: datetime
) -> SavedView:
    """Keep a filter and its columns under a name; one's own view of that name is replaced."""
    require(by, Permission.REGISTER_READ)
    rules.check_view(name, query)
    content = {"query": query, "columns": list(columns), "is_shared": is_shared}
    view, _new = SavedView.objects.update_or_create(owner=by, table=table, name=name.strip(), defaults=content)
    if is_shared:
        record("registers.view_shared", view, by=by, at=at, details={"table": table, "query": query})
    mark_traced()
    return view


@action
def drop_view(view: SavedView, *, by: User, at: datetime) -> None:
    """Take it away; only its owner can, and doing it twice changes nothing."""
    if view.owner_id != by.pk:
        raise Forbidden(_("这个视图是%s保存的，只有本人能删除") % view.owner.full_name)
    if view.is_shared:
        record("registers.view_dropped", view, by=by, at=at, details={"table": view.table})
    mark_traced()
    SavedView.objects.filter(pk=view.pk).delete()


@action
def choose_columns(table: str, *, columns: Sequence[str], by: User) -> SavedView:
    """Remember which columns a person wants to see where no view says otherwise."""
    require(by, Permission.REGISTER_READ)
    mark_traced()
    view, _new = SavedView.objects.update_or_create(owner=by, table=table, name="", defaults={"columns": list(columns)})
    return view
