"""Writing into a draft what was decided in favour of the superior system. The draft then goes its ordinary way."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.actions.items import leave_out_item, take_over_item
from mingcha.domain.catalogue.actions.lists import draft_list
from mingcha.domain.catalogue.models import (
    ChangeNote,
    ChangeReason,
    Difference,
    DifferenceKind,
    InspectionItem,
    ItemList,
    OutsideItem,
    OutsideList,
)
from mingcha.domain.catalogue.queries.lists import draft_of, edition_in_force, material_of, reasons_allowed
from mingcha.domain.catalogue.queries.reconciliation import newest_outside_list, taken_differences
from mingcha.domain.catalogue.rules import reconciliation_verdicts as verdicts
from mingcha.domain.catalogue.rules.reconciliation import methods_of
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.errors import Forbidden, Refused
from mingcha.kit.locking import locked

Kind = DifferenceKind


@action
def draft_differences(outside_list: OutsideList, *, reason: str, note: str, by: User, at: datetime) -> ItemList:
    """Begin or go on with a draft and write into it everything that was decided for the superior system."""
    require(by, Permission.CATALOGUE_EDIT, within=outside_list.department)
    department = locked(outside_list.department)
    verdicts.check_newest(outside_list, newest_outside_list(department))
    verdicts.check_still_compared(outside_list, edition_in_force(department))
    taken = list(taken_differences(outside_list))
    verdicts.check_something_taken(taken)
    rules.check_reason(reason, note, allowed=reasons_allowed(department, on=timezone.localdate(at)))
    draft = draft_of(department) or draft_list(department, by=by, at=at)
    for code, about in groupby(taken, key=lambda difference: difference.code):
        with _naming(code):
            _write(list(about), draft, by=by, at=at)
    for difference in taken:
        difference.taken_into = draft
    Difference.objects.bulk_update(taken, ["taken_into"])
    _explain(draft, {difference.code for difference in taken}, reason=reason, note=note)
    named = "；".join(str(difference) for difference in taken)
    details = {"edition": draft.edition, "count": len(taken), "differences": named, "reason": reason, "note": note}
    record("catalogue.differences_drafted", outside_list, by=by, at=at, details=details)
    return draft


@contextmanager
def _naming(code: str) -> Iterator[None]:
    """Many items are written at once: a refusal says which it is about."""
    try:
        yield
    except Forbidden:
        raise
    except Refused as refusal:
        raise Refused(_("事项 %(code)s：%(reason)s") % {"code": code, "reason": refusal.reason}) from refusal


def _write(about: Sequence[Difference], draft: ItemList, *, by: User, at: datetime) -> None:
    """One item: taken over, left out, or some of its words replaced by theirs."""
    first, source = about[0], str(about[0].outside_list)
    present = draft.items.filter(code=first.code).first()
    if first.outside_item is None:
        if present is not None:
            leave_out_item(present, source=source, by=by, at=at)
        return
    if first.kind != Kind.NUMBER:
        verdicts.check_in_draft(first, present, draft)
    _take_over(first.outside_item, present, {difference.kind for difference in about}, draft, by=by, at=at)


def _take_over(
    theirs: OutsideItem, present: InspectionItem | None, kinds: set[str], draft: ItemList, *, by: User, at: datetime
) -> None:
    """Their words where they were chosen, ours where not; of a new item all are theirs."""

    def chosen(kind: Kind, their: str, our: str) -> str:
        return their if present is None or {kind, Kind.NUMBER} & kinds else our

    methods = methods_of(theirs.method)
    item = take_over_item(
        draft,
        theirs.code if present is None else present.code,
        title=chosen(Kind.TITLE, theirs.title, present.title if present else ""),
        legal_basis=chosen(Kind.BASIS, theirs.basis, present.legal_basis if present else ""),
        method=chosen(Kind.METHOD, methods[0] if methods else "", present.method if present else ""),
        ratio_text=chosen(Kind.RATIO, theirs.ratio_text, present.ratio_text if present else ""),
        frequency_text=chosen(Kind.FREQUENCY, theirs.frequency_text, present.frequency_text if present else ""),
        object_kind=theirs.object_kind,
        source=str(theirs.outside_list),
        by=by,
        at=at,
    )
    if present is None or {Kind.METHOD, Kind.NUMBER} & kinds:
        item.further_methods = [str(method) for method in methods[1:]]
        item.save(update_fields=["further_methods"])


def _explain(draft: ItemList, codes: Iterable[str], *, reason: str, note: str) -> None:
    """The person's reason for every item that does differ now; a first edition changes nothing and explains nothing."""
    items, before, _notes = material_of(draft)
    if before is None:
        return
    changed = {change.code for change in rules.changes_between(rules.edition_facts(before), rules.edition_facts(items))}
    for code in changed.intersection(codes):
        ChangeNote.objects.update_or_create(
            item_list=draft, code=code, defaults={"reason": ChangeReason(reason), "note": note.strip()}
        )
