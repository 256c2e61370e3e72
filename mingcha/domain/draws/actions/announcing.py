"""Before the day: the public announcement, the invitations, and citizens who ask for a seat."""

from collections.abc import Callable
from datetime import datetime
from secrets import choice

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import queries, rules
from mingcha.domain.draws.actions.seating import ALPHABET
from mingcha.domain.draws.models import Announcement, Draw, Invitation, InvitationState
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.actors import Actor
from mingcha.kit.locking import locked

PUBLIC_ROLE = "群众代表"


def _code() -> str:
    return "".join(choice(ALPHABET) for _position in range(10))


@action
def announce(
    draw: Draw, *, place: str, held_at: datetime, watching: str = "", public_words: str = "", by: User, at: datetime
) -> Announcement:
    """Say in public where and when; a later announcement moves the draw, the earlier one stays to be read."""
    require(by, Permission.DRAW_RUN, within=draw.department)
    draw = locked(draw)
    place, watching, public_words = map(rules.plain_line, (place, watching, public_words))
    rules.check_announceable(draw, place=place, held_at=held_at, at=at)
    made = Announcement.objects.create(
        draw=draw,
        place=place,
        held_at=held_at,
        watching=watching,
        public_words=public_words,
        announced_at=at,
        announced_by=by,
    )
    draw.public_words = public_words
    draw.save(update_fields=["public_words"])
    record("draw.announced", draw, by=by, at=at, details={"place": place, "held_at": held_at.isoformat()})
    return made


@action
def invite(
    draw: Draw, *, name: str, unit: str, capacity: str, by: User, at: datetime, code: Callable[[], str] = _code
) -> Invitation:
    """Ask somebody to witness; the code on the card seats them without typing."""
    require(by, Permission.DRAW_RUN, within=draw.department)
    draw = locked(draw)
    name, unit, capacity = map(rules.plain_line, (name, unit, capacity))
    # Strangers' requests neither fill the office's list nor take a name from it.
    own = draw.invitations.filter(asked_by_citizen=False)
    rules.check_invitable(draw, name=name, unit=unit, capacity=capacity, asked=own)
    made = Invitation.objects.create(
        draw=draw,
        code=code(),
        state=InvitationState.INVITED,
        name=name,
        unit=unit,
        capacity=capacity,
        made_at=at,
        decided_at=at,
        decided_by=by,
    )
    record("draw.witness_invited", draw, by=by, at=at, details={"capacity": capacity})
    return made


@action
def ask_for_seat(draw: Draw, *, name: str, unit: str, at: datetime, code: Callable[[], str] = _code) -> Invitation:
    """A citizen asks to witness an announced draw; the code is the receipt, nothing else is kept."""
    draw = locked(draw)
    name, unit = rules.plain_line(name), rules.plain_line(unit) or "个人"
    rules.check_askable(draw, announced=queries.announcement_of(draw), at=at)
    requests = draw.invitations.filter(asked_by_citizen=True)
    rules.check_invitable(draw, name=name, unit=unit, capacity=PUBLIC_ROLE, asked=requests)
    made = Invitation.objects.create(
        draw=draw,
        code=code(),
        state=InvitationState.ASKED,
        asked_by_citizen=True,
        name=name,
        unit=unit,
        capacity=PUBLIC_ROLE,
        made_at=at,
    )
    record("draw.seat_asked_for", draw, by=Actor(chain="public", label="群众"), at=at)
    return made


@action
def decide_request(invitation: Invitation, *, agreed: bool, remark: str = "", by: User, at: datetime) -> Invitation:
    """Invite the citizen, or say why not; the answer is found under the receipt."""
    require(by, Permission.DRAW_RUN, within=invitation.draw.department)
    draw, invitation = locked(invitation.draw), locked(invitation)
    remark = rules.plain_line(remark)
    rules.check_decidable(draw, invitation, agreed=agreed, remark=remark)
    invitation.state = InvitationState.INVITED if agreed else InvitationState.DECLINED
    invitation.decided_at, invitation.decided_by, invitation.remark = at, by, remark
    invitation.save(update_fields=["state", "decided_at", "decided_by", "remark"])
    record("draw.seat_request_decided", draw, by=by, at=at, details={"agreed": str(agreed), "remark": remark})
    return invitation


@action
def withdraw_invitation(invitation: Invitation, *, reason: str, by: User, at: datetime) -> Invitation:
    """Call off an invitation, until its seat is taken; whoever holds the card reads the reason under its code."""
    require(by, Permission.DRAW_RUN, within=invitation.draw.department)
    draw, invitation = locked(invitation.draw), locked(invitation)
    reason = rules.plain_line(reason)
    rules.check_withdrawable(draw, invitation, seat=queries.seat_of_guest(invitation), reason=reason)
    invitation.state = InvitationState.REVOKED
    invitation.decided_at, invitation.decided_by, invitation.remark = at, by, reason
    invitation.save(update_fields=["state", "decided_at", "decided_by", "remark"])
    record("draw.invitation_withdrawn", draw, by=by, at=at, details={"capacity": invitation.capacity, "reason": reason})
    return invitation
