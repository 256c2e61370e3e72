"""Where and when a draw is held, and who is asked to be there."""

from mingcha.domain.draws.models import Announcement, Draw, Invitation


def announcement_of(draw: Draw) -> Announcement | None:
    """The announcement that counts: the newest."""
    return draw.announcements.order_by("announced_at", "pk").last()


def invitation_with_code(draw: Draw, code: str) -> Invitation | None:
    """The invitation of this draw under a code."""
    return draw.invitations.filter(code=code.strip().upper()).first() if code else None


def invitation_by_code(code: str) -> Invitation | None:
    """Any draw's invitation: what a citizen finds under the receipt."""
    invitations = Invitation.objects.select_related("draw__campaign__plan__department")
    return invitations.filter(code=code.strip().upper()).first()
