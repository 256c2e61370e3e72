"""Receiving the superior system's list, comparing it, deciding about what differs. Our list stays as it is."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import (
    Difference,
    DifferenceKind,
    ItemList,
    OutsideItem,
    OutsideList,
    StrayItem,
)
from mingcha.domain.catalogue.queries.lists import edition_in_force, items_of
from mingcha.domain.catalogue.queries.reconciliation import newest_outside_list, reconciliation_clauses
from mingcha.domain.catalogue.rules import reconciliation as rules
from mingcha.domain.catalogue.rules import reconciliation_verdicts as verdicts
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM, Acting
from mingcha.kit.errors import refuse_together
from mingcha.kit.locking import locked


@action
def receive_outside_list(
    department: Department,
    *,
    rows: Sequence[rules.OutsideRow],
    source: str,
    sha256: str,
    etag: str = "",
    by: Acting,
    at: datetime,
) -> OutsideList:
    """Keep what the superior system says and note every difference; the same content twice is one comparison."""
    _require_receiver(by, department)
    department = locked(department)
    clauses = reconciliation_clauses(department, on=timezone.localdate(at))
    strict = clauses["department_codes_match"] is not None
    rules.check_codes_given(rows, strict=strict)
    in_force, newest = edition_in_force(department), newest_outside_list(department)
    if newest is not None and newest.sha256 == sha256 and newest.edition_id == (in_force.pk if in_force else None):
        note_outside_list_unchanged(newest, by=by, at=at)
        return newest
    listed = clauses["items_reconciled"]
    kinds = [kind for kind in DifferenceKind.values if listed is None or kind in listed.codes]
    sorted_rows = rules.sort_out(rows, organisation_code=department.uscc, strict=strict)
    received = OutsideList.objects.create(
        department=department,
        organisation_code=department.uscc,
        source=source[:200],
        etag=etag,
        sha256=sha256,
        edition=in_force,
        kinds=kinds,
        ended=sorted_rows.ended,
        received_by=by if isinstance(by, User) else None,
        received_at=at,
    )
    found = _write(received, sorted_rows, in_force)
    details = {"items": len(sorted_rows.own), "strays": len(sorted_rows.strays), "differences": found, "sha256": sha256}
    record("catalogue.outside_list_received", received, by=by, at=at, details=details)
    return received


def _require_receiver(by: Acting, department: Department) -> None:
    """What the system fetches by itself changes no list of ours, so it needs nobody's right; a person needs one."""
    if by is not SYSTEM:
        require(by, Permission.CATALOGUE_EDIT, within=department)


def _write(received: OutsideList, sorted_rows: rules.Sorted, in_force: ItemList | None) -> int:
    """The rows as they are, then what differs; the number of differences."""
    StrayItem.objects.bulk_create(_stray(received, row) for row in sorted_rows.strays)
    OutsideItem.objects.bulk_create(_outside_item(received, row) for row in sorted_rows.own)
    if not sorted_rows.own and sorted_rows.strays:
        return 0  # only other organisations: nothing can be said about our list
    kept = {item.code: item for item in received.items.all()}
    pairs = rules.comparable(rules.pair_up(items_of(in_force), sorted_rows.own), sorted_rows.strays)
    found = [row for pair in pairs for row in _differences(received, pair, kept)]
    Difference.objects.bulk_create(found)
    return len(found)


def _stray(received: OutsideList, row: rules.OutsideRow) -> StrayItem:
    return StrayItem(
        outside_list=received,
        position=row.position,
        organisation_code=row.organisation_code,
        organisation_name=row.organisation_name,
        code=row.code,
        title=row.title,
    )


def _outside_item(received: OutsideList, row: rules.OutsideRow) -> OutsideItem:
    return OutsideItem(
        outside_list=received,
        code=row.code,
        basic_code=row.basic_code,
        title=row.title,
        basis=row.basis,
        method=row.method,
        ratio_text=row.ratio_text,
        frequency_text=row.frequency_text,
        object_kind=row.object_kind,
        is_random=row.is_random,
    )


def _differences(received: OutsideList, pair: rules.Pair, kept: dict[str, OutsideItem]) -> Iterable[Difference]:
    ours = rules.said_by_us(pair.item) if pair.item is not None else None
    theirs = rules.said_by_them(pair.row) if pair.row is not None else None
    for found in rules.differences(ours, theirs, kinds=received.kinds):
        yield Difference(
            outside_list=received,
            code=pair.code,
            kind=found.kind,
            ours=found.ours,
            theirs=found.theirs,
            item=pair.item,
            outside_item=kept[pair.row.code] if pair.row is not None else None,
        )


@action
def note_outside_list_unchanged(outside_list: OutsideList, *, by: Acting, at: datetime) -> OutsideList:
    """The superior system says what it said before: a line in the trail, no second comparison."""
    _require_receiver(by, outside_list.department)
    record("catalogue.outside_list_unchanged", outside_list, by=by, at=at, details={"sha256": outside_list.sha256})
    return outside_list


@action
def decide_differences(
    outside_list: OutsideList, chosen: Collection[int], *, verdict: str, reason: str, by: User, at: datetime
) -> list[Difference]:
    """Say of some differences whose word holds, and why; nothing is changed by it yet."""
    require(by, Permission.CATALOGUE_EDIT, within=outside_list.department)
    department = locked(outside_list.department)
    verdicts.check_newest(outside_list, newest_outside_list(department))
    verdicts.check_still_compared(outside_list, edition_in_force(department))
    verdicts.check_verdict(verdict, reason)
    found = list(
        Difference.objects.filter(outside_list=outside_list, pk__in=chosen).select_related("taken_into", "outside_item")
    )
    verdicts.check_chosen(found)
    refuse_together(*(partial(verdicts.check_decision, difference, verdict) for difference in found))
    for difference in found:
        difference.verdict, difference.reason = verdict, reason.strip()
        difference.decided_by, difference.decided_at = by, at
    Difference.objects.bulk_update(found, ["verdict", "reason", "decided_by", "decided_at"])
    named = "；".join(str(difference) for difference in found)
    details = {"verdict": verdict, "reason": reason.strip(), "count": len(found), "differences": named}
    record("catalogue.differences_decided", outside_list, by=by, at=at, details=details)
    return found
