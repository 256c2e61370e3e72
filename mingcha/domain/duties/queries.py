"""Which clocks run."""

from django.db.models import QuerySet

from mingcha.domain.duties.models import Duty
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach


def duties_visible_to(user: User) -> QuerySet[Duty]:
    """The clocks of the departments this person looks after, the earliest first."""
    return Duty.objects.filter(department__in=reach(user, Permission.DUTY_READ)).select_related("department")
