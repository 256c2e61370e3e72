"""What has been filed with whom, what is waiting."""

from django.db.models import Model, Q, QuerySet

from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.states import FilingState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach


def filings_visible_to(user: User) -> QuerySet[Filing]:
    """What the person's departments file, and what is sent to the departments they receive for."""
    sent_to_them = Q(recipient__in=reach(user, Permission.FILING_RECEIVE)) & ~Q(state=FilingState.PREPARED)
    own = Q(department__in=reach(user, Permission.FILING_READ))
    return Filing.objects.filter(own | sent_to_them).select_related("department", "recipient", "sent_by")


def name_of(row: Model) -> str:
    """A row as filings and the trail name it: catalogue.ItemList:12."""
    return f"{row._meta.label}:{row.pk}"


def filings_about(row: Model) -> QuerySet[Filing]:
    """Every filing of one paper that was not withdrawn."""
    return Filing.objects.filter(about=name_of(row)).exclude(state=FilingState.WITHDRAWN)


def all_acknowledged(row: Model) -> bool:
    """Has every recipient of this paper given its number? True too when nothing has to be filed."""
    return not filings_about(row).exclude(state=FilingState.ACKNOWLEDGED).exists()
