"""What every page may need."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mingcha.domain.duties.queries import duties_visible_to
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, held_by
from mingcha.web.shared.rail import rail_for, rooms_for

OFFICE = _("明察 · 双随机、一公开")


def page_context(request: HttpRequest) -> dict[str, object]:
    """The office's name and the moment for everyone; the rail and the duties for staff."""
    context: dict[str, object] = {"office": OFFICE, "now": timezone.now()}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        held = held_by(user)
        context["rail"] = rail_for(request, held)
        context["rooms"] = rooms_for(request, held)
        context["sees_duties"] = Permission.DUTY_READ in held
        context["open_duties"] = lambda: duties_visible_to(user).filter(ended_at=None).count()
    return context
