"""Who looked at what is masked."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach

SHOWN = "registers.personal_shown"


def lookers_visible_to(user: User | AnonymousUser) -> QuerySet[Entry]:
    """Every look at personal data by people of the departments that this person audits or heads."""
    codes = {
        *reach(user, Permission.TRAIL_READ).values_list("code", flat=True),
        *reach(user, Permission.REGISTER_SHARE).values_list("code", flat=True),
    }
    return Entry.objects.filter(event=SHOWN, chain__in=codes).order_by("-at", "-pk")
