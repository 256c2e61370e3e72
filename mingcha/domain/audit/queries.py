"""What the trail can be asked."""

from datetime import date

from django.db.models import Model, QuerySet

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


def chain_names() -> list[str]:
    """Every chain that has an entry or a published head."""
    named = Entry.objects.order_by().values_list("chain").union(DayHead.objects.order_by().values_list("chain"))
    return sorted(name for (name,) in named)
