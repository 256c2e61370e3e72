"""What the trail can be asked."""

from datetime import date

from django.db.models import Model, QuerySet
from django.utils import timezone

from mingcha.domain.audit.models import Chain, DayHead, Entry


def trail_of(row: Model) -> QuerySet[Entry]:
    """Everything that was done to one row, oldest first."""
    return Entry.objects.filter(about=f"{row._meta.label}:{row.pk}").order_by("at", "pk")


def chains() -> QuerySet[Chain]:
    """Every chain with its present head and count."""
    return Chain.objects.order_by("name")


def day_heads(*, since: date) -> QuerySet[DayHead]:
    """The published heads from a day on, newest first."""
    return DayHead.objects.filter(on__gte=since)


def entries_on_chain(chain: str) -> QuerySet[Entry]:
    """One department's trail, in order."""
    return Entry.objects.filter(chain=chain).order_by("number")


def known_heads() -> list[DayHead]:
    """The published heads, and what each chain says of its own end today: a tail cut since midnight shows too."""
    own = [DayHead(chain=c.name, on=timezone.localdate(), count=c.count, head=c.head) for c in Chain.objects.all()]
    return [*own, *DayHead.objects.all()]  # where both speak of one entry, what was published holds


def chain_names() -> list[str]:
    """Every chain that has an entry or a published head."""
    named = Entry.objects.order_by().values_list("chain").union(DayHead.objects.order_by().values_list("chain"))
    return sorted(name for (name,) in named)
