"""Where and when a draw is held, and who is asked to be there."""

from datetime import datetime, timedelta

from django.db.models import Q

from mingcha.domain.draws.models import Announcement, Draw, DrawState, Invitation, Seat

IN_THE_ROOM = (DrawState.FROZEN, DrawState.COMMITTED, DrawState.DICE, DrawState.OPENED, DrawState.RESULT)
LATE = timedelta(hours=6)  # a ceremony that begins late is still one to come


def announcement_of(draw: Draw) -> Announcement | None:
    """The announcement that counts: the newest."""
    return draw.announcements.order_by("announced_at", "pk").last()


def draws_to_watch(*, now: datetime) -> list[tuple[Draw, Announcement]]:
    """What anybody may go and see: announced draws that are under way or still to come, the next first."""
    draws = Draw.objects.filter(is_rehearsal=False, state__in=[DrawState.SEATS, *IN_THE_ROOM], announcements__gt=0)
    places = draws.select_related("campaign__plan__department__region").prefetch_related("announcements").distinct()
    told = [(draw, draw.announcements.all()[0]) for draw in places]
    coming = [(draw, place) for draw, place in told if not draw.takes_seats or place.held_at > now - LATE]
    return sorted(coming, key=lambda pair: pair[1].held_at)


def invitation_with_code(draw: Draw, code: str) -> Invitation | None:
    """The invitation of this draw under a code."""
    return draw.invitations.filter(code=code.strip().upper()).first() if code else None


def seat_of_guest(invitation: Invitation) -> Seat | None:
    """Where the guest of an invitation sits, having shown the card or typed the code on the wall."""
    by_name = Q(invitation=None, name=invitation.name, unit=invitation.unit)
    return invitation.draw.seats.filter(Q(invitation=invitation) | by_name).order_by("pk").first()


def invitation_by_code(code: str) -> Invitation | None:
    """Any draw's invitation: what a citizen finds under the receipt."""
    invitations = Invitation.objects.select_related("draw__campaign__plan__department")
    return invitations.filter(code=code.strip().upper()).first()
