"""Leaving the trail. `record` is the last beat of every action, in the same transaction."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Model

from mingcha.domain.audit import rules
from mingcha.domain.audit.models import Chain, DayHead, Entry
from mingcha.kit.action import action, mark_traced
from mingcha.kit.actors import Acting


@action
def record(
    event: str, about: Model | None = None, *, by: Acting, at: datetime, details: Mapping[str, object] | None = None
) -> Entry:
    """Append one entry to the actor's chain. `event` is past tense with the app first: `plan.approved`."""
    Chain.objects.get_or_create(name=by.chain)
    chain = Chain.objects.select_for_update().get(name=by.chain)
    entry = Entry(
        chain=chain.name,
        number=chain.count + 1,
        at=at,
        actor=by.label,
        event=event,
        about=f"{about._meta.label}:{about.pk}" if about is not None else "",
        about_label=str(about)[:300] if about is not None else "",
        details=dict(details or {}),
        previous=chain.head,
    )
    entry.digest = rules.digest_of(entry)
    entry.save(force_insert=True)
    chain.count, chain.head = entry.number, entry.digest
    chain.save(update_fields=["count", "head"])
    mark_traced()
    return entry


@action
def publish_heads(*, on: date) -> list[DayHead]:
    """Fix the head and count of every chain for a day that has ended; a day already fixed stays as it is.

    Leaves no entry of its own: what it writes is a copy of the trail's own end.
    """
    mark_traced()
    known = set(DayHead.objects.filter(on=on).values_list("chain", flat=True))
    heads = []
    for name in Chain.objects.exclude(name__in=known).values_list("name", flat=True):
        last = Entry.objects.filter(chain=name, at__date__lte=on).order_by("-number").first()
        if last is not None:
            heads.append(DayHead(chain=name, on=on, count=last.number, head=last.digest))
    return DayHead.objects.bulk_create(heads)
