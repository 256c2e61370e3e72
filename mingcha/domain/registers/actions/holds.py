"""Between the freeze of a draw and its dispatch the links of its items can only become more. Told by draws and
inspections, inside their own actions; the trail says so with the freeze, the abort and the dispatch themselves."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.models import ItemLink, LinkHold
from mingcha.domain.registers.queries import hold_among, hold_on
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked


@action
def hold_links(items: Collection[tuple[int, str]], *, held_for: str, by: User, at: datetime) -> None:
    """Hold the links of these items (each by its department's key and its code) before the frame is read.

    The departments' rows are the lock that `hold_seen` takes as well: a change of links under way is in the frame, one
    that comes later finds the hold.
    """
    _hold_departments({department for department, _code in items})
    LinkHold.objects.bulk_create(
        LinkHold(department_id=department, item_code=code, held_for=held_for, since=at)
        for department, code in sorted(set(items))
    )


@action
def release_links(*, held_for: Collection[str], by: Acting, at: datetime) -> None:
    """These draws have been dispatched, or never will be, or their campaign's last day has passed after a void."""
    LinkHold.objects.filter(held_for__in=held_for).delete()


def hold_seen(department: Department, item_code: str) -> LinkHold | None:
    """The hold on an item, asked under the department's lock: none can come until the transaction ends.

    Taken before anything else that a change of links locks, so that no two of them wait for each other.
    """
    return hold_on(locked(department), item_code)


def hold_seen_among(links: QuerySet[ItemLink]) -> LinkHold | None:
    """The same for the links of several departments."""
    _hold_departments(set(links.order_by().values_list("department", flat=True).distinct()))
    return hold_among(links)


def _hold_departments(keys: set[int]) -> None:
    """Always in the same order, as `locked` does it for one."""
    list(Department.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
