"""What the first page says about draws: each at the step that this person may take."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.draws.models import Draw, DrawState
from mingcha.domain.draws.queries import draws_visible_to, reserves_awaiting, substitutions_awaiting
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.queries import campaigns_visible_to
from mingcha.web.desk.home_waiting import AT_ONCE, Waiting

P = Permission
# A draw's phase → what is to be done, and who may do it.
STEPS: dict[str, tuple[tuple[StrOrPromise, Permission], ...]] = {
    DrawState.SEATS: ((_("见证人入席后冻结名单"), P.DRAW_RUN),),
    DrawState.FROZEN: ((_("等待各方封存随机数"), P.DRAW_RUN),),
    DrawState.COMMITTED: ((_("掷骰并录入数字"), P.DRAW_TYPE_DICE),),
    DrawState.DICE: ((_("等待见证人开封"), P.DRAW_RUN),),
    DrawState.OPENED: ((_("用密封副本开封系统随机数"), P.DRAW_SIGN_DISCIPLINE),),
    DrawState.RESULT: (
        (_("在抽取结果上签字"), P.DRAW_SIGN_AGENCY),
        (_("在抽取结果上签字"), P.DRAW_SIGN_DISCIPLINE),
    ),
    DrawState.SIGNED: ((_("派发检查任务"), P.DRAW_RUN),),
}
UNTRIED = ((_("核对密封副本，之后才能掷骰"), P.DRAW_SIGN_DISCIPLINE),)
SIGNING = {P.DRAW_SIGN_AGENCY: "agency", P.DRAW_SIGN_DISCIPLINE: "discipline"}
ENDED = (DrawState.ABORTED, DrawState.VOIDED)


def draws_waiting(user: User) -> Iterator[Waiting]:
    """Campaigns to draw, and draws at a step that this person may take."""
    hands = {
        permission: set(reach(user, permission).values_list("pk", flat=True))
        for permission in (P.DRAW_RUN, P.DRAW_TYPE_DICE, P.DRAW_SIGN_AGENCY, P.DRAW_SIGN_DISCIPLINE)
    }
    visible = draws_visible_to(user)
    begun = visible.exclude(state__in=ENDED).exclude(is_rehearsal=True).values("campaign")
    for campaign in campaigns_visible_to(user).filter(state="APPROVED").exclude(pk__in=begun)[:AT_ONCE]:
        if campaign.department.pk in hands[P.DRAW_RUN]:
            address = reverse("desk:campaign_detail", args=[campaign.pk])
            yield Waiting(_("公开抽取"), campaign.title, campaign.department.short_name, address)
    for draw in visible.filter(state__in=STEPS).prefetch_related("signatures", "invitations")[:AT_ONCE]:
        for word, permission in (*_steps(draw), *_asked(draw)):
            if draw.department.pk in hands[permission] and not _has_signed(draw, permission) and not _knows(draw, user):
                yield _line(word, draw)


def _steps(draw: Draw) -> tuple[tuple[StrOrPromise, Permission], ...]:
    if draw.is_over:
        return ()
    if draw.state == DrawState.COMMITTED and draw.copies_checked_at is None:
        return UNTRIED
    return STEPS[draw.state]


def _asked(draw: Draw) -> Iterator[tuple[StrOrPromise, Permission]]:
    """What somebody else has proposed or asked for."""
    if draw.abort_proposed_by_id and draw.may_be_aborted:
        yield _("确认或不理会中止"), P.DRAW_SIGN_DISCIPLINE
    if draw.void_proposed_by_id and draw.may_be_voided:
        yield _("确认或不理会宣告无效"), P.DRAW_SIGN_DISCIPLINE
    if draw.takes_seats and any(invitation.is_asked for invitation in draw.invitations.all()):
        yield _("答复群众的见证申请"), P.DRAW_RUN


def _knows(draw: Draw, user: User) -> bool:
    """Whoever opened the sealed copies leaves the dice to others."""
    return draw.state == DrawState.COMMITTED and draw.copies_checked_by_id == user.pk


def _has_signed(draw: Draw, permission: Permission) -> bool:
    """Is the seat that this permission signs for signed already?"""
    return draw.may_be_signed and SIGNING.get(permission) in {signature.seat for signature in draw.signatures.all()}


def changes_waiting(user: User) -> Iterator[Waiting]:
    """Substitutes and reserves that somebody else proposed."""
    for substitution in substitutions_awaiting(user)[:AT_ONCE]:
        address = reverse("desk:substitute_decide", args=[substitution.pk])
        yield Waiting(_("批准人员递补"), str(substitution.drawn.name), substitution.department.short_name, address)
    for used in reserves_awaiting(user)[:AT_ONCE]:
        place = used.drawn.draw.department.short_name
        yield Waiting(_("批准对象递补"), used.drawn.name, place, reverse("desk:reserve_decide", args=[used.pk]))


def _line(word: StrOrPromise, draw: Draw) -> Waiting:
    about = f"{draw.number} {draw.campaign.title}"
    return Waiting(word, about, draw.department.short_name, reverse("desk:draw_detail", args=[draw.pk]))
